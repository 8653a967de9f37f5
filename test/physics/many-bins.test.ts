/** Very many bins of an observable that is not smeared: right in every bin, at a cost that grows no faster than they. */
import { describe, expect, test } from "vitest";
import { adaptiveBin } from "./adaptive.ts";
import { type Compiled, compiled, countsOf, modelOfText } from "./compile.ts";

/** An ionisation detector at a source of pions at rest, in bins of the same width from 0.2 to 8.2 keV. */
function specWith(bins: number, value: string): Compiled {
  const text = `use nuclei { Ge74 }
use sources { SNS }
use interactions { TreeLevel }
material Pure = { Ge74: 1 }
detector Diode {
  target Pure = 10 kg
  observable energy: keVee {
    value(T) = ${value}
    efficiency(x) = 1 - 0.5*exp(-x/(1 keVee))
  }
}
experiment One {
  source SNS { protons = 1e23 POT; distance = 20 m }
  detector Diode
  bins energy = [0.2 .. 8.2 step ${8 / bins}] keVee
}
analysis Many {
  model = TreeLevel
  experiments = One
  data = asimov
}`;
  return compiled(modelOfText(text), { derivatives: "none" });
}

const quenched = "(0.15 + 0.001*T/keVnr)*T*keVee/keVnr";

function expectBins(spec: Compiled, bins: readonly number[]): void {
  const counts = countsOf(spec.analysis).components.CEvNS ?? [];
  const floor = Math.max(...counts) * 1e-9;
  for (const bin of bins) {
    const expected = adaptiveBin(spec, "One/CEvNS", [bin], 1e-9);
    const off = Math.abs((counts[bin] ?? Number.NaN) - expected) / Math.max(expected, floor);
    expect(off, `bin ${bin}`).toBeLessThan(1e-6);
  }
}

describe("400 bins", () => {
  test("a quenched energy, up to the end of each spectrum", () => {
    const spec = specWith(400, quenched);
    expect(spec.unit.reached).toBeLessThan(1e-6);
    expectBins(spec, [0, 1, 137, 250, 399]);
  });

  test("an energy that rises and falls again has two intervals in a bin", () => {
    expectBins(specWith(400, "(0.2 - 0.002*T/keVnr)*T*keVee/keVnr"), [3, 200]);
  });

  test("bins that no recoil reaches are empty", () => {
    const counts = countsOf(specWith(400, "0.02*T*keVee/keVnr").analysis).components.CEvNS ?? [];
    expect(counts[0]).toBeGreaterThan(0);
    expect(counts.slice(200).every((count) => count === 0)).toBe(true);
  });
});

describe("a rate without an end at small recoils", () => {
  const specOf = (bins: string, efficiency = "1"): Compiled =>
    compiled(
      modelOfText(`use nuclei { Ge74 }
use sources { SNS }
use interactions { TreeLevel, MagneticMoment }
material Pure = { Ge74: 1 }
detector Counter {
  target Pure = 10 kg
  observable recoil: keVnr {
    value(T) = T
    efficiency(x) = ${efficiency}
  }
}
experiment One {
  source SNS { protons = 1e23 POT; distance = 20 m }
  detector Counter
  bins recoil = ${bins} keVnr
}
analysis Many {
  model = TreeLevel + MagneticMoment
  experiments = One
  fix mu_nu[mu] = 1e-9 mu_B
  data = asimov
}`),
      { derivatives: "none" },
    );

  test("has numbers in all bins, nothing in those that no recoil reaches", () => {
    const many = specOf("[1 .. 101 step 0.2]");
    const counts = countsOf(many.analysis).total;
    expect(counts.every(Number.isFinite)).toBe(true);
    expect(counts.at(-1)).toBe(0);
    expectBins(many, [0, 100, 200]);
    const few = countsOf(specOf("[1 .. 101 step 1]").analysis).total;
    few.forEach((count, bin) => {
      const parts = counts.slice(5 * bin, 5 * bin + 5).reduce((sum, one) => sum + one, 0);
      expect(Math.abs(parts - count)).toBeLessThan(2e-6 * Math.max(count, few[0]! * 1e-6));
    });
  });

  test("one wide bin behind narrow ones is as exact as they are", () => {
    const spec = specOf("[0.3 .. 2.3 step 0.01, 18]", "1 - 0.5*exp(-((x/keVnr - 10)/0.05)^2)");
    expectBins(spec, [0, 100, 200]);
  });
});

test("four times the bins cost four times the operations", () => {
  const [some, many] = [300, 1200].map((bins) => {
    const { stages } = specWith(bins, quenched).unit.kernel;
    return stages.reduce((sum, { cost }) => sum + cost, 0);
  });
  expect(many! / some!).toBeLessThan(5);
});
