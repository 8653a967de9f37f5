/** Generated code against adaptive quadrature of the same symbolic rates, bin by bin. */
import { describe, expect, test } from "vitest";
import { adaptiveBin, binsOf, factorOver } from "./adaptive.ts";
import { adaptiveSpecs } from "./adaptive-specs.ts";
import { type Compiled, compiled, countsOf, difference, modelOfText } from "./compile.ts";

const csi = `use interactions { StandardModel }
use experiments { CsI2021 }
analysis Sm {
  model = StandardModel
  experiments = CsI2021
  profile CsINa.qf0
  profile CsINa.eff
  profile SNS.onset
}`;

describe("COHERENT CsI[Na]", () => {
  const light = compiled(modelOfText(csi), { observables: ["pe"], derivatives: "none" });

  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8])(
    "signal in bin %d of photoelectrons",
    { timeout: 120_000 },
    (bin) => {
      const expected = adaptiveBin(light, "CsI2021/CEvNS", [bin], 1e-7);
      expect(difference(countsOf(light.analysis).components.CEvNS?.[bin], expected)).toBeLessThan(1e-7);
    },
  );

  test("the lowest bin with the quenching and the efficiency moved by 2 and 1.5 standard deviations", {
    timeout: 120_000,
  }, () => {
    const changes = { "CsINa.qf0": 2, "CsINa.eff": -1.5 };
    const expected = adaptiveBin(light, "CsI2021/CEvNS", [0], 1e-7, changes);
    const found = countsOf(light.analysis, changes).components.CEvNS?.[0];
    expect(difference(found, expected)).toBeLessThan(1e-6);
  });

  test.each([0, 20, -50])("fractions in the bins of time with the beam shifted by %d ns", (onset) => {
    const both = compiled(modelOfText(csi), { derivatives: "none" });
    const changes = { "SNS.onset": onset };
    const counts = countsOf(both.analysis, changes).channels;
    const before = countsOf(light.analysis).channels;
    for (const species of ["nu_mu", "nubar_mu", "nu_e"]) {
      const key = `CEvNS/${species}`;
      const events = before[key]?.[4] ?? Number.NaN;
      for (let bin = 0; bin < 11; bin++) {
        const found = (counts[key]?.[4 * 11 + bin] ?? Number.NaN) / events;
        const expected = factorOver(both, `CsI2021/${key}`, "time", bin, changes);
        expect(difference(found, expected), `${species} ${bin}`).toBeLessThan(1e-7);
      }
    }
  });
});

describe("detectors and sources of the reader's own", () => {
  test.each(adaptiveSpecs)("$name", { timeout: 120_000 }, ({ text, changes }) => {
    const spec = compiled(modelOfText(text), { derivatives: "none" });
    expect(spec.unit.reached).toBeLessThan(1e-6);
    expectEveryBin(spec, {});
    expectEveryBin(spec, changes);
  });
});

function expectEveryBin(spec: Compiled, changes: Readonly<Record<string, number>>): void {
  const counts = countsOf(spec.analysis, changes).components.CEvNS ?? [];
  const largest = Math.max(...counts);
  expect(largest).toBeGreaterThan(0);
  binsOf(spec.unit.outputs.get("One/CEvNS")?.axes ?? []).forEach((bin, i) => {
    const expected = adaptiveBin(spec, "One/CEvNS", bin, 1e-8, changes);
    const scale = Math.max(Math.abs(expected), largest * 1e-9);
    const off = Math.abs((counts[i] ?? Number.NaN) - expected) / scale;
    expect(off, `bin ${bin.join(", ")} at ${JSON.stringify(changes)}`).toBeLessThan(1e-6);
  });
}
