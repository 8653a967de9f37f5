/** Names that were exchanged, or renamed with their parameters, and what looks like it and is another physics. */
import { expect, test } from "vitest";
import { inFolder, sevens } from "../cli/harness.ts";

const spec = `sevens 1
use materials { Ge }
use interactions { StandardModel }
use sources { SNS }

constant low = 0.16
constant high = 0.5

function first(x: number): number = low * x
function second(x: number): number = x + high^2

interaction Extra {
  parameter g = 1e-4 in 0 .. 1e-2
  parameter h = 2e-3 in 0 .. 1e-1
  dsigma/dT [l] += G_F^2 * M/pi * Z^2 * (g - 2*h^2) * (1 - 0.5*T/E)
}

detector Small {
  target Ge = 100 kg
  observable energy: keVnr {
    density(x | T) = normal_pdf(x, T, 1 keVnr)
    efficiency(x) = first(0.5) * second(0.25)
  }
}

experiment Run {
  source SNS {
    protons = 1.5e23 POT
    distance = 20 m
  }
  detector Small
  bins energy = [2, 4, 6, 8] keVnr
  data = [100, 120, 30]
}

analysis Both {
  model = StandardModel + Extra
  experiments = Run
  free Extra.g in 0 .. 1e-2
}
`;

type Edit = readonly [from: string | RegExp, to: string];

const edited = (...edits: readonly Edit[]): string =>
  edits.reduce((text, [from, to]) => {
    const now = text.replaceAll(typeof from === "string" ? from : new RegExp(from, "g"), to);
    expect(now).not.toBe(text);
    return now;
  }, spec);

/** One name in the place of the other and the other way round, wherever they stand as words. */
const exchange = (a: string, b: string): readonly Edit[] => [
  [new RegExp(`\\b${a}\\b`), "placeholder"],
  [new RegExp(`\\b${b}\\b`), a],
  [/\bplaceholder\b/, b],
];

async function kindsOf(now: string): Promise<readonly string[]> {
  const { stdout, stderr } = await inFolder({ "old.sevens": spec, "new.sevens": now }, (cwd) =>
    sevens(["diff", "old.sevens", "new.sevens", "--format", "json"], { cwd }),
  );
  expect(stderr).toBe("");
  const { differences }: { differences: readonly { kind: string; what: string; declaration: string }[] } =
    JSON.parse(stdout);
  // A use of another name of a declaration is written otherwise.
  return differences
    .filter(({ kind }) => kind !== "cosmetic")
    .map(({ kind, declaration, what }) => `${kind}: ${declaration}: ${what}`);
}

/** Counts of the experiment: a second opinion. */
async function countsOf(text: string): Promise<readonly number[]> {
  const { stdout, stderr } = await inFolder({ "one.sevens": text }, (cwd) =>
    sevens(["rates", "one.sevens", "--format", "json"], { cwd }),
  );
  expect(stderr).not.toContain("error");
  return JSON.parse(stdout).experiments[0].total.counts;
}

test.each([
  ["two constants", edited(...exchange("low", "high")), ["constant high", "constant low"]],
  ["two functions", edited(...exchange("first", "second")), ["function second", "function first"]],
  ["two parameters", edited(...exchange("g", "h")), ["interaction Extra", "interaction Extra"]],
  [
    "two constants and two functions",
    edited(...exchange("low", "high"), ...exchange("first", "second")),
    ["constant high", "constant low", "function second", "function first"],
  ],
  [
    "an interaction with a parameter of it",
    edited([/\bExtra\b/, "Other"], [/\bg\b/, "coupling"]),
    ["interaction Other", "interaction Other"],
  ],
  [
    "an interaction with both of its parameters",
    edited([/\bExtra\b/, "Other"], [/\bg\b/, "y"], [/\bh\b/, "x"]),
    ["interaction Other", "interaction Other", "interaction Other"],
  ],
])("renamed, with every use: %s", async (_, now, where) => {
  const found = await kindsOf(now);
  expect([...found].sort()).toEqual(where.map((one) => `interface: ${one}: renamed`).sort());
  const [before, after] = [await countsOf(spec), await countsOf(now)];
  for (const [i, count] of after.entries()) expect(count / (before[i] ?? 0)).toBeCloseTo(1, 12);
});

test.each([
  ["the values of two constants", edited(["low = 0.16", "low = 0.5"], ["high = 0.5", "high = 0.16"])],
  [
    "two functions",
    edited(
      ["(x: number): number = low * x", "(x: number): number = x + high^2 "],
      ["second(x: number): number = x + high^2", "second(x: number): number = low * x"],
    ),
  ],
  [
    "the values of two parameters",
    edited(
      ["g = 1e-4 in 0 .. 1e-2\n  parameter", "g = 2e-3 in 0 .. 1e-1\n  parameter"],
      ["h = 2e-3 in 0 .. 1e-1", "h = 1e-4 in 0 .. 1e-2"],
    ),
  ],
  ["two parameters in a formula", edited(["(g - 2*h^2)", "(h - 2*g^2)"])],
  [
    "two constants, of which one use does not follow",
    edited(...exchange("low", "high"), ["x + low^2", "x + high^2"]),
  ],
  [
    "two constants, of which one use is another formula, beside a function that follows",
    edited(...exchange("low", "high"), ["= high * x", "= 2 * high * x"]),
  ],
  [
    "two parameters, where the formula does not follow",
    edited(...exchange("g", "h"), ["(h - 2*g^2)", "(g - 2*h^2)"]),
  ],
  [
    "two parameters, where the analysis does not follow",
    edited(...exchange("g", "h"), ["Extra.h in 0 .. 1e-2", "Extra.g in 0 .. 1e-2"]),
  ],
  [
    "an interaction with a parameter, and the formula",
    edited([/\bExtra\b/, "Other"], [/\bg\b/, "coupling"], ["2*h^2", "3*h^2"]),
  ],
  [
    "an interaction with both of its parameters, exchanged in the formula",
    edited(
      [/\bExtra\b/, "Other"],
      ["(g - 2*h^2)", "(y - 2*x^2)"],
      ["parameter g", "parameter x"],
      ["parameter h", "parameter y"],
      ["Other.g", "Other.x"],
    ),
  ],
])("exchanged, and another physics: %s", async (_, now) => {
  const found = await kindsOf(now);
  expect(found.some((one) => /^(physics|numeric)/.test(one))).toBe(true);
  expect(found.filter((one) => /^interface: (constant|function)/.test(one))).toEqual([]);
});
