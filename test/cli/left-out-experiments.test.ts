/** `--experiment` in analyses whose experiments share parameters: those left out have no data, their parameters have names. */
import { describe, expect, it } from "vitest";
import type { FitOutput } from "../../compiler/cli/schemas/fit.ts";
import { inFolder, sevens } from "./harness.ts";

const head = `sevens 1
use materials { Ge }
use interactions { StandardModel }
source Beam {
  fluence = 1 /cm^2
  spectrum[nu_mu](E) = delta(E - 29.79 MeV)
}
detector Counter {
  target Ge = 1 g
  observable recoil: keVnr { value(T) = T }
}
experiment Near {
  source Beam
  detector Counter
  bins recoil = [1, 2] keVnr
  data = [130]
  errors = [5]
  background Bkg {
    shape = [1]
    total = 100 +- 10%
  }
}
experiment Far {
  source Beam
  detector Counter
  bins recoil = [1, 2] keVnr
  data = [90]
  errors = [6]
  parameter level = 0 in -1 .. 1
  parameter k = 0.05 +- 0.02 in -1 .. 1
  background Bkg {
    shape = [1]
    total = 80 +- 20%
  }
  background More {
    shape = [1]
    total = 80*level*(1 + k)
  }
}
experiment Third from Far {
  data = [88]
}
`;

const joint = (statements: string): string =>
  `${head}analysis Joint {\n  model = StandardModel\n  experiments = Near, Far, Third\n${statements}\n}\n`;

async function fitted(spec: string, ...args: string[]): Promise<FitOutput["analyses"][number]> {
  const { code, stdout, stderr } = await sevens(["fit", "-", "--format", "json", ...args], { stdin: spec });
  expect({ code, errors: stderr.match(/^error.*/gm) }).toEqual({ code: 0, errors: null });
  const { analyses } = JSON.parse(stdout) as FitOutput;
  return analyses[0]!;
}

/** A measurement `of · (a, b)` = value ± sigma. */
interface Row {
  readonly of: readonly [number, number];
  readonly value: number;
  readonly sigma: number;
}

/** χ² of measurements of straight lines in (a, b) at its minimum: the normal equations, solved by Cramer's rule. */
function least(rows: readonly Row[]): { readonly a: number; readonly b: number; readonly chi2: number } {
  const sum = (of: (row: Row) => number): number =>
    rows.reduce((all, row) => all + of(row) / row.sigma ** 2, 0);
  const [aa, ab, bb] = [
    sum(({ of: [x] }) => x * x),
    sum(({ of: [x, y] }) => x * y),
    sum(({ of: [, y] }) => y * y),
  ];
  const [ra, rb] = [sum(({ of: [x], value }) => x * value), sum(({ of: [, y], value }) => y * value)];
  const determinant = aa * bb - ab * ab;
  const [a, b] = [(ra * bb - rb * ab) / determinant, (rb * aa - ra * ab) / determinant];
  return { a, b, chi2: sum(({ of: [x, y], value }) => (x * a + y * b - value) ** 2) };
}

// a is the shift of the background of Near, b that of Far; the counts of Near are 100 (1 + a).
const priorOfNear: Row = { of: [1, 0], value: 0, sigma: 0.1 };
const priorOfFar: Row = { of: [0, 1], value: 0, sigma: 0.2 };
const dataOfNear = (of: Row["of"]): Row => ({ of, value: 0.3, sigma: 0.05 });
const dataOfFar = (of: Row["of"]): Row => ({ of, value: 10 / 80, sigma: 6 / 80 });
const nuisances = ({ nuisances }: FitOutput["analyses"][number]): Record<string, number> =>
  Object.fromEntries(nuisances.map(({ name, value }) => [name, value]));

describe("an analysis with some of its experiments alone", () => {
  const tied = joint("  tie Near.Bkg = 0.5*Far.Bkg\n  tie Third.Bkg = Near.Bkg");

  it.each<[what: string, name: string, data: Row]>([
    ["knows the parameter of another that one is tied to, with its constraint", "Near", dataOfNear([0, 0.5])],
    ["follows chains of ties through those left out", "Third", { of: [0, 0.5], value: 0.1, sigma: 6 / 80 }],
    ["needs no parameter of another that is tied to one of its own", "Far", dataOfFar([0, 1])],
  ])("%s", async (_, name, data) => {
    const expected = least([data, priorOfFar, priorOfNear]);
    const found = await fitted(tied, "--experiment", name);
    expect(found.minimum).toBeCloseTo(expected.chi2, 9);
    expect(nuisances(found)).toEqual({ "Far.Bkg": expect.closeTo(expected.b, 6) });
  });

  it("keeps constraints over parameters of both", async () => {
    const both = joint("  constraint sum {\n    value = Near.Bkg + Far.Bkg\n    measured = 0.4 +- 0.1\n  }");
    const shared: Row[] = [priorOfNear, priorOfFar, { of: [1, 1], value: 0.4, sigma: 0.1 }];
    const near = least([...shared, dataOfNear([1, 0])]);
    const far = least([...shared, dataOfFar([0, 1])]);
    for (const [name, expected] of [
      ["Near", near],
      ["Far", far],
    ] as const) {
      const found = await fitted(both, "--experiment", name);
      expect(found.minimum).toBeCloseTo(expected.chi2, 9);
      expect(nuisances(found)).toEqual({
        "Near.Bkg": expect.closeTo(expected.a, 6),
        "Far.Bkg": expect.closeTo(expected.b, 6),
      });
    }
  });

  const free = joint("  free Far.level\n  profile Far.k\n  fix Third.level = 0.1");

  it("leaves out free parameters of others, which act on nothing", async () => {
    const found = await fitted(free, "--experiment", "Near");
    expect(found.parameters).toEqual([]);
    expect(nuisances(found)).toEqual({ "Near.Bkg": expect.closeTo(0.24, 6) });
    expect(found.minimum).toBeCloseTo(0.3 ** 2 / (0.05 ** 2 + 0.1 ** 2), 9);
    expect(found.degreesOfFreedom).toBe(1);
    expect((await fitted(free, "--experiment", "Far")).parameters.map(({ name }) => name)).toEqual([
      "Far.level",
    ]);
  });

  it("gives the value of a parameter of another to what is tied to it", async () => {
    const spec = joint("  tie Third.level = 2*Far.level");
    const args = ["rates", "-", "--format", "json", "--experiment", "Third", "--set", "Far.level=0.2"];
    const { code, stdout } = await sevens(args, { stdin: spec });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).experiments[0].components.More.total).toBeCloseTo(32 * 1.05, 9);
  });

  it("has the short names of its own experiments for --set", async () => {
    const args = ["rates", "-", "--format", "json", "--experiment", "Third", "--set", "level=0.2"];
    const { code, stdout } = await sevens(args, { stdin: joint("") });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).experiments[0].components.More.total).toBeCloseTo(16 * 1.05, 9);
  });

  it.each([
    ["rates"],
    ["explain"],
    ["plot", "-o", "a.svg"],
    ["report", "-o", "a.html"],
    ["build", "-o", "a.ts"],
    ["limit", "--parameter", "Third.level"],
    ["scan", "--grid", "Third.level = 0.1", "--workers", "1"],
    [
      "contour",
      "--grid",
      "Third.level in -1 .. 1 7 points",
      "--grid",
      "Far.k in 0 .. 0.1 5 points",
      "--level",
      "90%",
    ],
    ["sample", "--draws", "1000", "--chains", "2", "--workers", "1"],
    ["toys", "--count", "2", "--workers", "1"],
    ["export", "--to", "hs3"],
  ])("does in %s", (verb, ...args) =>
    inFolder({}, async (cwd) => {
      const statements =
        "  tie Near.Bkg = 0.5*Far.Bkg\n  tie Far.level = Third.level\n  free Third.level\n  profile Far.k";
      const command = [verb, "-", ...args, "--experiment", "Far"];
      const { code, stderr } = await sevens(command, { cwd, stdin: joint(statements) });
      expect({ code, errors: stderr.match(/^error.*/gm) }).toEqual({ code: 0, errors: null });
    }),
  );
});

describe("an experiment that no analysis has", () => {
  const spec = `${joint("").replace("Near, Far, Third", "Near")}`;

  it("is told where it stands in the command", async () => {
    const { code, stderr } = await sevens(["fit", "-", "--experiment", "Far"], { stdin: spec });
    expect(code).toBe(2);
    expect(stderr).toContain("error[SV1903]: the spec has no analysis with the experiment `Far`");
    expect(stderr).toContain("= note: there is Near");
  });

  it("leaves out analyses without any of those that are asked for", async () => {
    const other = `${spec}analysis Other {\n  model = StandardModel\n  experiments = Far\n}\n`;
    const { stdout } = await sevens(["fit", "-", "--experiment", "Far", "--format", "json"], {
      stdin: other,
    });
    expect((JSON.parse(stdout) as FitOutput).analyses.map(({ name }) => name)).toEqual(["Other"]);
  });
});
