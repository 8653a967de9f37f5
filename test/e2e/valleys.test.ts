/** Likelihoods of several valleys: scans and intervals find the lowest one everywhere, whichever they came from. */
import { describe, expect, test } from "vitest";
import { sevens } from "../infrastructure/command-line.ts";
import { csiAnalysis } from "../physics/spec-parts.ts";

/** The strip in which the boson turns the sign of the amplitude is as narrow in the mass as it is long in the coupling. */
const boson = `sevens 1
use interactions { StandardModel, UniversalVector }
use experiments { CsI2021 }
analysis Boson {
  model = StandardModel + UniversalVector
  experiments = CsI2021
  free g_Zp in 1e-7 .. 1e-1 log
  free M_Zp in 0.1 MeV .. 10 GeV log
  interval = 90%
}
`;

/** Five values of a, each with a narrow range of b around 0.3 a. */
const comb = csiAnalysis(
  "Comb",
  `
  parameter a = 0.1 in -1 .. 1
  parameter b = 0 in -1 .. 1
  constraint teeth {
    value = sin(8*a)
    measured = 0.1 +- 0.03
  }
  constraint line {
    value = b - 0.3*a
    measured = 0 +- 0.01
  }
  interval = 90%`,
);

async function json(stdin: string, ...args: readonly string[]) {
  const { exitCode, stdout, stderr } = await sevens([...args, "--format", "json"], { stdin });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return JSON.parse(stdout);
}

describe("a strip along which the mass goes with the coupling", () => {
  test("is followed by a scan of the coupling, before the point where it was met as well", async () => {
    const { points } = await json(boson, "scan", "-", "--grid", "g_Zp in 1e-6 .. 1e-1 log 26 points");
    const at = (g: number) =>
      points.find(({ at }: { at: readonly number[] }) => Math.abs(at[0]! / g - 1) < 0.01);
    // χ² on a fine grid of the mass is 85.02 in the strip.
    for (const g of [0.00398, 0.00631, 0.01, 0.01585]) expect(at(g).chi2).toBeCloseTo(85.02, 1);
  });

  test("is part of the interval", async () => {
    const { analyses } = await json(boson, "fit", "-");
    const { regions } = analyses[0].intervals.find(
      ({ parameter }: { parameter: string }) => parameter === "g_Zp",
    );
    expect(regions).toEqual([{ low: 1e-7, high: expect.closeTo(0.01772, 4), status: ["at-bound", "found"] }]);
  });
});

test("each minimum that a fit lists is in a region of the intervals", async () => {
  const { analyses } = await json(comb, "fit", "-", "--starts", "30");
  const [{ intervals, otherMinima }] = analyses;
  expect(otherMinima).toHaveLength(4);
  for (const { parameter, regions } of intervals) {
    expect(regions).toHaveLength(5);
    for (const { values } of otherMinima) {
      const at = values[`Comb.${parameter}`] ?? values[parameter];
      const isIn = ({ low, high }: { low: number; high: number }): boolean => low < at && at < high;
      expect(regions.filter(isIn)).toHaveLength(1);
    }
  }
});

/** Two valleys of y for a given a, of which one falls towards smaller a until it ends: it has no minimum of its own but for a held a. */
const fold = csiAnalysis(
  "Fold",
  `
  parameter a = -0.9 in -1 .. 1
  parameter y = -1 in -2 .. 2
  constraint valleys {
    value = (20*(y^4/4 - y^2/2 - a*y) + 60)^0.5
    measured = 0 +- 1
  }
  constraint pull {
    value = a
    measured = -5 +- 0.6
  }
  interval = 90%`,
);

/** χ² of the two constraints at the best y, which is looked for everywhere. */
function lowestOfFold(a: number): number {
  const places = Array.from({ length: 8001 }, (_, i) => i / 2000 - 2);
  const pull = ((a + 5) / 0.6) ** 2;
  return Math.min(...places.map((y) => 20 * (y ** 4 / 4 - y ** 2 / 2 - a * y) + 60)) + pull;
}

test.each([5, 11, 17, 41])(
  "a scan of %i points finds a valley that has a minimum only where the grid holds it",
  async (count) => {
    const { points } = await json(fold, "scan", "-", "--grid", `a in -1 .. 1 ${count} points`);
    const [first] = points;
    for (const { at, chi2 } of points) {
      expect(chi2 - first.chi2).toBeCloseTo(lowestOfFold(at[0]) - lowestOfFold(-1), 2);
    }
  },
);

/** Three wells, of which the second has no minimum of its own but where a is held: it lies on the slope of the first. */
const shoulder = csiAnalysis(
  "Shoulder",
  `
  parameter a = 0.6 in -3 .. 3
  parameter y = 1 in -3 .. 3
  parameter z = -1.3 in -3 .. 3
  constraint wells {
    value = (10 - 2*log(exp(-0.5*(u1^2 + ((y-1.012)/0.416 - 0.373*u1)^2 + ((z-0.652)/0.546 + 0.325*u1)^2 + 1.562)) + exp(-0.5*(u2^2 + ((y-1.174)/0.301 + 0.7175*u2)^2 + ((z-2.009)/0.611 - 0.313*u2)^2 + 2.717)) + exp(-0.5*(u3^2 + ((y+0.297)/0.438 + 0.7864*u3)^2 + ((z+2.199)/0.556 + 0.5389*u3)^2 + 2.471)) + 1e-300))^0.5 where u1 = (a+1.14)/0.744, u2 = (a+0.454)/0.915, u3 = (a-1.644)/0.465
    measured = 0 +- 1
  }
  interval = 90%`,
);

/** The lowest value of the wells at a, by brute force, without what is the same everywhere. */
function lowestOfShoulder(a: number): number {
  const [u, v, w] = [(a + 1.14) / 0.744, (a + 0.454) / 0.915, (a - 1.644) / 0.465];
  let highest = 0;
  for (let i = 0; i <= 300; i++) {
    for (let j = 0; j <= 300; j++) {
      const [y, z] = [i / 50 - 3, j / 50 - 3];
      const first = u ** 2 + ((y - 1.012) / 0.416 - 0.373 * u) ** 2 + ((z - 0.652) / 0.546 + 0.325 * u) ** 2;
      const second =
        v ** 2 + ((y - 1.174) / 0.301 + 0.7175 * v) ** 2 + ((z - 2.009) / 0.611 - 0.313 * v) ** 2;
      const third =
        w ** 2 + ((y + 0.297) / 0.438 + 0.7864 * w) ** 2 + ((z + 2.199) / 0.556 + 0.5389 * w) ** 2;
      const sum =
        Math.exp(-(first + 1.562) / 2) + Math.exp(-(second + 2.717) / 2) + Math.exp(-(third + 2.471) / 2);
      highest = Math.max(highest, sum);
    }
  }
  return -2 * Math.log(highest);
}

test("an interval goes on in a valley that has a minimum only where the parameter is held", async () => {
  const { analyses } = await json(shoulder, "fit", "-");
  const { regions } = analyses[0].intervals.find(({ parameter }: { parameter: string }) => parameter === "a");
  const lowest = Math.min(...[-1.16, -1.14, -1.12, -1.1, -1.08].map(lowestOfShoulder));
  expect(regions).toHaveLength(2);
  for (const { low, high } of regions)
    for (const end of [low, high]) expect(lowestOfShoulder(end) - lowest).toBeCloseTo(2.7055, 1);
  // Between the regions, and within the valley.
  expect(lowestOfShoulder(0.85) - lowest).toBeGreaterThan(2.7055);
  expect(regions[0].high).toBeGreaterThan(0.6);
});
