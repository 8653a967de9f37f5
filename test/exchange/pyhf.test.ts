/** Workspaces of pyhf: the likelihood of HistFactory, evaluated from its definition, is ours. */
import { describe, expect, test } from "vitest";
import type { Fidelity } from "../../compiler/exchange/fidelity.ts";
import { code4 } from "../../compiler/exchange/interpolate.ts";
import { pyhfExport, pyhfObstacles, pyhfWorkspace } from "../../compiler/exchange/pyhf.ts";
import { code4 as code4OfTest, expected, minusTwoLogL, start, type Workspace } from "./histfactory.ts";
import {
  type Exporting,
  hasSchemas,
  needsSchemas,
  ofExample,
  ofText,
  pyhfSchema,
  spread,
} from "./support.ts";

const csi = ofExample("coherent-csi/neutron-radius.sevens");
const free = ofExample("coherent-csi/free-normalisation.sevens");
const response = ofExample("coherent-csi/response-systematics.sevens");
const argon = ofExample("coherent-lar/free-normalisation.sevens");
const shapes = ofExample("coherent-lar/shape-systematics.sevens");
const germanium = ofExample("dresden-ii/iron-filtered.sevens");

const workspaceOf = ({ binned }: Exporting): Workspace => pyhfWorkspace(binned);

function degreeOf(record: readonly Fidelity[], subject: string): string | undefined {
  return record.find((one) => one.subject === subject)?.degree;
}

const close = (found: number, wanted: number): void =>
  expect(Math.abs(found - wanted)).toBeLessThan(1e-9 * Math.max(1, Math.abs(wanted)));

describe("COHERENT CsI[Na]", () => {
  const sigma = { norm: 0.12, SSB: 0.021, BRN: 0.25, NIN: 0.35 };

  test("has our likelihood at several values of all nuisances", () => {
    const workspace = workspaceOf(csi);
    const pulls = spread({ norm: [-3, 3], SSB: [-4, 4], BRN: [-3, 3], NIN: [-2.5, 3] }, 12);
    for (const pull of [{ norm: 0, SSB: 0, BRN: 0, NIN: 0 }, ...pulls]) {
      const named = Object.entries(pull).map(([name, alpha]) => [`CsI2021.${name}`, alpha] as const);
      const ours = named.map(
        ([name, alpha]) => [name, alpha * sigma[name.slice(8) as keyof typeof sigma]] as const,
      );
      close(minusTwoLogL(workspace, Object.fromEntries(named)), csi.chi2(Object.fromEntries(ours)));
    }
  });

  test("with a free normalisation, which is a factor of the signal", () => {
    const workspace = workspaceOf(free);
    expect(workspace.measurements[0]!.config).toMatchObject({
      poi: "CsI2021.norm",
      parameters: [{ name: "CsI2021.norm", inits: [1], bounds: [[0, 4]] }, {}, {}, {}],
    });
    for (const { mu, SSB } of spread({ mu: [0, 4], SSB: [-3, 3] }, 6)) {
      const point = { "CsI2021.norm": mu!, "CsI2021.SSB": SSB!, "CsI2021.BRN": 0.5, "CsI2021.NIN": -1 };
      const ours = {
        "CsI2021.norm": mu! - 1,
        "CsI2021.SSB": SSB! * 0.021,
        "CsI2021.BRN": 0.125,
        "CsI2021.NIN": -0.35,
      };
      close(minusTwoLogL(workspace, point), free.chi2(ours));
    }
  });

  test("says what it cannot say: the radius is held at its value", () => {
    const { fidelity, held } = pyhfExport(csi.binned);
    expect(held.map(({ name }) => name)).toEqual(["Rn"]);
    expect(degreeOf(fidelity, "Rn")).toBe("unsupported");
    for (const name of ["norm", "SSB", "BRN", "NIN"])
      expect(degreeOf(fidelity, `CsI2021.${name}`)).toBe("exact");
  });

  test("with the response fitted: one pull multiplies, the others are matched at one sigma, alone", () => {
    const { workspace, fidelity } = pyhfExport(response.binned);
    const { parameters } = workspace.measurements[0]!.config;
    expect(parameters.find(({ name }) => name === "lumi")).toMatchObject({ auxdata: [1], inits: [1] });
    expect(degreeOf(fidelity, "SNS.yield")).toBe("exact");
    expect(degreeOf(fidelity, "CsINa.qf0")).toBe("matched at ±1σ");
    expect(degreeOf(fidelity, "CsINa.qf0 with CsINa.qf1")).toBe("approximate");
    const zero = Object.fromEntries(parameters.map(({ name }) => [name, name === "lumi" ? 1 : 0]));
    close(minusTwoLogL(workspace, zero), response.chi2());
    for (const name of ["SNS.onset", "CsINa.qf0", "CsINa.qf1", "CsINa.eff"]) {
      const info = response.analysis.parameters.find((one) => one.name === name)!;
      for (const alpha of [-1, 1]) {
        const ours = { [name]: info.value + alpha * info.constraint!.sigma };
        close(minusTwoLogL(workspace, { ...zero, [name]: alpha }), response.chi2(ours));
      }
    }
    for (const lumi of [0.7, 1.2]) {
      close(minusTwoLogL(workspace, { ...zero, lumi }), response.chi2({ "SNS.yield": 0.0848 * lumi }));
    }
  });
});

describe("COHERENT liquid argon", () => {
  test("has our likelihood, shapes held", () => {
    const workspace = workspaceOf(argon);
    const sigma: Record<string, number> = { BRN: 160 / 497, delayedBRN: 1, SSB: 25 / 3152 };
    for (const { mu, ...pulls } of spread(
      { mu: [0, 4], BRN: [-2, 2], delayedBRN: [-0.9, 3], SSB: [-3, 3] },
      8,
    )) {
      const named = Object.entries(pulls).map(([name, alpha]) => [`LAr2020.${name}`, alpha] as const);
      const ours = named.map(([name, alpha]) => [name, alpha * sigma[name.slice(8)]!] as const);
      const theirs = minusTwoLogL(workspace, { "LAr2020.norm": mu!, ...Object.fromEntries(named) });
      close(theirs, argon.chi2({ "LAr2020.norm": mu! - 1, ...Object.fromEntries(ours) }));
    }
  });

  test("with shapes fitted: the bound of the record holds, and is reached", () => {
    const { workspace, fidelity } = pyhfExport(shapes.binned);
    const [bound] = fidelity.find(({ subject }) => subject === "LAr2020.brn_time")!.bounds!;
    const { parameters } = workspace.measurements[0]!.config;
    const zero = Object.fromEntries(parameters.map(({ name, inits }) => [name, inits[0]!]));
    const furthest = [-2 / 3, -1 / 2, -1 / 3, 1 / 3, 1 / 2, 2 / 3].map((alpha) => {
      const theirs = expected(workspace, "LAr2020", { ...zero, "LAr2020.brn_time": alpha });
      const at = shapes.analysis.parameters.map(({ name, value }) =>
        name === "LAr2020.brn_time" ? alpha : value,
      );
      const ours = shapes.analysis.totals(Float64Array.from(at)).LAr2020!;
      return Math.max(...theirs.map((nu, b) => Math.abs(nu - ours[b]!) / Math.sqrt(ours[b]!)));
    });
    expect(Math.max(...furthest)).toBeCloseTo(bound!.perError, 9);
    expect(degreeOf(fidelity, "LAr2020.brn_time with LAr2020.brn_width")).toBe("approximate");
  });
});

describe("Dresden-II, whose bins are Gaussian", () => {
  test("becomes Poisson counts with the same relative errors", () => {
    const { workspace, fidelity, held } = pyhfExport(germanium.binned);
    expect(held.map(({ name }) => name)).toEqual(["scale", "E_L1", "sigma_L1"]);
    expect(degreeOf(fidelity, "DresdenII")).toBe("approximate");
    const { data, errors } = germanium.analysis.experiments[0]!;
    const observed = workspace.observations[0]!.data;
    for (const [b, count] of observed.entries()) {
      expect(Math.sqrt(count) / count).toBeCloseTo(errors![b]! / data![b]!, 12);
    }
    const point = { "DresdenII.norm": 1, level: 1, epithermal: 1, captures: 1, "DresdenII.ratioM": 0.7 };
    const nu = expected(workspace, "DresdenII", point);
    const values = germanium.analysis.parameters.map(({ name, value }) =>
      name === "DresdenII.ratioM" || name === "ratioM" ? 0.16 + 0.7 * 0.03 : value,
    );
    const ours = germanium.analysis.totals(Float64Array.from(values)).DresdenII!;
    for (const [b, count] of nu.entries()) close(count / observed[b]!, ours[b]! / data![b]!);
  });

  test("has no Poisson counts where the data are not positive", () => {
    const { binned } = ofText(counting({ data: "[5, -1, 3]", errors: "[2, 2, 2]" }));
    expect(pyhfObstacles(binned)).toEqual([
      { channel: "Run", reason: expect.stringContaining("bin 2 has none") },
    ]);
  });
});

/** A small experiment: three bins of a background of known totals. */
function counting(
  { data, errors }: { readonly data: string; readonly errors?: string },
  background = "events(E) = 10*exp(b)/keVee",
): string {
  return `
use interactions { StandardModel }
use sources { SNS }
use detectors { PointContactGe }
experiment Run {
  source SNS {
    protons = 1e22 POT
    distance = 20 m
  }
  detector PointContactGe {
    active = 1 kg
    noise = 100 eVee
  }
  livetime = 1 day
  bins energy = [1, 2, 3, 4] keVee
  parameter b = 0 +- 0.2
  data = ${data}
  ${errors === undefined ? "" : `errors = ${errors}`}
  background Flat {
    ${background}
  }
  systematic norm = 10% on signal
  systematic flat = 5% on Flat
}
analysis Counting {
  model = StandardModel
  experiments = Run
  profile Run.b
}
`;
}

describe("a background that is log-normal", () => {
  const withError = (sigma: number): Exporting =>
    ofText(counting({ data: "[12, 9, 11]" }).replace("b = 0 +- 0.2", `b = 0 +- ${sigma}`));

  test("is a normsys with k and 1/k, exact with a small error", () => {
    const small = withError(0.1);
    const { workspace, fidelity } = pyhfExport(small.binned);
    const flat = workspace.channels[0]!.samples.find(({ name }) => name === "Flat")!;
    expect(flat.modifiers.find(({ type }) => type === "normsys")?.data).toEqual({
      lo: expect.closeTo(Math.exp(-0.1), 12),
      hi: expect.closeTo(Math.exp(0.1), 12),
    });
    expect(degreeOf(fidelity, "Run.b")).toBe("exact");
    for (const { b, norm, flat } of spread({ b: [-3, 3], norm: [-3, 3], flat: [-3, 3] }, 8)) {
      const theirs = minusTwoLogL(workspace, { "Run.b": b!, "Run.norm": norm!, "Run.flat": flat! });
      close(theirs, small.chi2({ "Run.b": 0.1 * b!, "Run.norm": 0.1 * norm!, "Run.flat": 0.05 * flat! }));
    }
  });

  /** How much more χ² changes from the centre to one standard deviation at most, by the definition of code 4, at the places of the record. */
  const furthest = (one: Exporting, sigma: number): number => {
    const workspace = workspaceOf(one);
    const zero = { "Run.b": 0, "Run.norm": 0, "Run.flat": 0 };
    const excess = (pull: number): number =>
      minusTwoLogL(workspace, { ...zero, "Run.b": pull }) - one.chi2({ "Run.b": sigma * pull });
    return Math.max(...[-5, -4, -3, -2, -1, 1, 2, 3, 4, 5].map((k) => Math.abs(excess(k / 6) - excess(0))));
  };

  test("is not exact with a large error: the bound of chi2 holds, and is reached", () => {
    const large = withError(0.5);
    const record = pyhfExport(large.binned).fidelity.find(({ subject }) => subject === "Run.b")!;
    expect(record).toMatchObject({ as: "normsys", degree: "matched at ±1σ", note: "code 4 between" });
    const wanted = furthest(large, 0.5);
    expect(wanted).toBeGreaterThan(1e-6);
    for (const bound of record.bounds!) expect(bound.chi2! / wanted).toBeCloseTo(1, 6);
  });

  test("nor with a small one of many counts", () => {
    const data = "[1.2e6, 9e5, 1.1e6]";
    const many = ofText(counting({ data }, "events(E) = 1e6*exp(b)/keVee"));
    const record = pyhfExport(many.binned).fidelity.find(({ subject }) => subject === "Run.b")!;
    expect(record.degree).toBe("matched at ±1σ");
    expect(record.bounds![0]!.relative).toBeLessThan(1e-9);
    expect(record.bounds![0]!.chi2! / furthest(many, 0.2)).toBeCloseTo(1, 3);
  });

  test.each([
    [0.1, 1, 9e-4],
    [0.1, 3, 3.1e-2],
    [0.25, 1, 6e-3],
    [0.25, 3, 0.2],
  ])("code 4 between 1 - %f and 1 + %f is as far from a line as pyhf has it", (sigma, within, known) => {
    const places = Array.from({ length: 201 }, (_, i) => (i / 100 - 1) * within);
    for (const interpolation of [code4, code4OfTest]) {
      const far = places.map((pull) =>
        Math.abs(interpolation(pull, 1 - sigma, 1 + sigma) - (1 + sigma * pull)),
      );
      expect(Math.max(...far) / known).toBeCloseTo(1, 1);
    }
    for (const pull of places) close(code4(pull, 0.7, 1.6), code4OfTest(pull, 0.7, 1.6));
  });
});

describe("measured expressions", () => {
  const measured = (value: string, error: string): Exporting =>
    ofText(`
use interactions { StandardModel }
use experiments { CsI2021 }
analysis Measured {
  model = StandardModel
  experiments = CsI2021
  free CsI2021.norm in -1 .. 3
  constraint elsewhere {
    value = ${value}
    measured = ${error}
  }
}`);

  test("that are linear in a parameter are its constraint: the same differences of chi2", () => {
    for (const [value, error] of [
      ["2*CsI2021.norm + 1", "1.3 +- 0.2"],
      ["CsI2021.BRN", "0.1 +- 0.3"],
    ] as const) {
      const both = measured(value, error);
      const { workspace, fidelity } = pyhfExport(both.binned);
      expect(degreeOf(fidelity, "constraint elsewhere")).toBe("exact");
      const relations = pyhfExport(both.binned).parameters.map(({ name, parameter, relation }) => {
        const [, mean = "0", sigma = "0"] = /= (\S+) \+ (\S+) \* pull$/.exec(relation) ?? [];
        return {
          name,
          parameter,
          isPull: relation.endsWith("pull"),
          mean: Number(mean),
          sigma: Number(sigma),
        };
      });
      const at = (pull: number): readonly [number, number] => {
        const theirs = relations.map(({ name, isPull }) => [name, isPull ? pull : 1 + pull / 10] as const);
        const ours = relations.map(({ parameter, isPull, mean, sigma }) => {
          return [parameter, isPull ? mean + sigma * pull : pull / 10] as const;
        });
        return [minusTwoLogL(workspace, Object.fromEntries(theirs)), both.chi2(Object.fromEntries(ours))];
      };
      const [start, ...others] = [0, -1.5, 0.7, 2].map(at);
      for (const [theirs, ours] of others) close(theirs - start![0], ours - start![1]);
    }
  });

  test("others are left out, which the record says", () => {
    const { fidelity } = pyhfExport(measured("CsI2021.norm^2", "0.01 +- 0.02").binned);
    expect(degreeOf(fidelity, "constraint elsewhere")).toBe("unsupported");
  });
});

describe("a projection", () => {
  test("has its expectation as data", () => {
    const expectation = ofText(`${counting({ data: "[1, 1, 1]" })}`.replace("data = [1, 1, 1]", ""));
    const { workspace, fidelity } = pyhfExport(expectation.binned);
    expect(degreeOf(fidelity, "data of Run")).toBe("exact");
    close(minusTwoLogL(workspace, start(workspace)), 0);
  });
});

describe.skipIf(!hasSchemas)(`the published schema ${needsSchemas}`, () => {
  test("takes every workspace", () => {
    const validate = pyhfSchema("workspace");
    for (const one of [csi, free, response, argon, shapes, germanium]) {
      expect(validate(JSON.parse(JSON.stringify(workspaceOf(one)))) || validate.errors).toBe(true);
    }
  });

  test("refuses what is none", () => {
    expect(pyhfSchema("workspace")({ ...workspaceOf(csi), metadata: {} })).toBe(false);
  });
});
