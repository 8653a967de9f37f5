/** Documents of HS3: their likelihood, evaluated from their own definitions, is ours. */
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { hs3Schema } from "../../compiler/cli/schemas/hs3.ts";
import { type Hs3Export, hs3Export } from "../../compiler/exchange/hs3.ts";
import { inFolder, sevens } from "../cli/harness.ts";
import { root } from "../physics/compile.ts";
import { type Document, defaults, evaluate, minusTwoLogL, namesIn, type Values } from "./hs3-evaluate.ts";
import { type Exporting, ofExample, ofText, spread } from "./support.ts";

const known = new WeakMap<Exporting, Hs3Export>();

function exportOf(exporting: Exporting): Hs3Export {
  const found = known.get(exporting) ?? hs3Export(exporting.binned);
  known.set(exporting, found);
  return found;
}

/** Values of a document in those of the analysis. */
function ours(exporting: Exporting, values: Values): Record<string, number> {
  const meaning = new Map(exportOf(exporting).parameters.map(({ name, parameter }) => [name, parameter]));
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [meaning.get(name)!, value]));
}

/** From the values of the document to others, −2 ln L changes by as much as our χ². */
function compare(exporting: Exporting, values: Values): void {
  const document: Document = exportOf(exporting).document;
  const start = defaults(document);
  const all = { ...start, ...values };
  const [from, to] = [start, all].map((at) => exporting.chi2(ours(exporting, at)));
  const change = minusTwoLogL(document, all) - minusTwoLogL(document, start);
  expect(Math.abs(change - (to! - from!))).toBeLessThan(1e-9 * Math.max(1, Math.abs(to!)));
}

describe("COHERENT CsI[Na]", () => {
  const mixing = ofExample("coherent-csi/weak-mixing-angle.sevens");

  test("has our likelihood at any mixing angle and nuisances: the weak charge is a function", () => {
    const ranges = {
      StandardModel_s2w: [0, 0.5],
      CsI2021_norm: [-0.4, 0.4],
      CsI2021_SSB: [-0.08, 0.08],
    } as const;
    for (const values of spread({ ...ranges, CsI2021_BRN: [-0.9, 1], CsI2021_NIN: [-0.9, 1] }, 10)) {
      compare(mixing, values);
    }
    expect(exportOf(mixing).fidelity.every(({ degree }) => degree === "exact")).toBe(true);
  });

  test("with the response fitted: exact where a nuisance is alone at one sigma, the flux everywhere", () => {
    const response = ofExample("coherent-csi/response-systematics.sevens");
    compare(response, { SNS_yield: 0.11, CsI2021_SSB: 0.03 });
    for (const pull of [-1, 1]) {
      compare(response, { CsINa_qf0: pull, SNS_yield: 0.09 });
      compare(response, { CsINa_eff: pull });
      compare(response, { SNS_onset: 20 * pull });
    }
  });
});

describe("couplings", () => {
  test("a vector boson: the fourth power of its coupling is in the functions", () => {
    const boson = ofText(`
use interactions { StandardModel, UniversalVector }
use experiments { CsI2021 }
analysis Coupling {
  model = StandardModel + UniversalVector
  experiments = CsI2021
  free g_Zp
  fix M_Zp = 10 MeV
}`);
    for (const { g, norm } of spread({ g: [1e-6, 8e-5], norm: [-0.3, 0.3] }, 8)) {
      compare(boson, { UniversalVector_g_Zp: g!, CsI2021_norm: norm! });
    }
    expect(exportOf(boson).document.analyses[0]!.parameters_of_interest).toEqual(["UniversalVector_g_Zp"]);
  });
});

describe("COHERENT liquid argon and Dresden-II", () => {
  test("shapes held", () => {
    const argon = ofExample("coherent-lar/free-normalisation.sevens");
    for (const { norm, BRN, delayed } of spread({ norm: [-1, 3], BRN: [-0.9, 1], delayed: [-0.9, 2] }, 6)) {
      compare(argon, { LAr2020_norm: norm!, LAr2020_BRN: BRN!, LAr2020_delayedBRN: delayed! });
    }
  });

  test("a shape at one sigma, with everything that multiplies moved", () => {
    const shapes = ofExample("coherent-lar/shape-systematics.sevens");
    for (const pull of [-1, 1])
      compare(shapes, { LAr2020_brn_width: pull, LAr2020_BRN: 0.3, LAr2020_norm: 0.5 });
  });

  test("Gaussian bins, with all that is no shape", () => {
    const germanium = ofExample("dresden-ii/iron-filtered.sevens");
    const ranges = {
      level: [5, 30],
      epithermal: [0, 500],
      captures: [1000, 2000],
      ratioM: [0.1, 0.2],
    } as const;
    for (const values of spread({ ...ranges, norm: [-1, 3] }, 6)) {
      const named = Object.entries(values).map(([name, value]) => [`DresdenII_${name}`, value]);
      compare(germanium, Object.fromEntries(named));
    }
  });

  test("all three together", () => {
    const joined = ofExample("joined/weak-mixing-angle.sevens");
    for (const s2w of [0.15, 0.23, 0.3]) compare(joined, { StandardModel_s2w: s2w, LAr2020_norm: 0.1 });
  });
});

describe("a measured expression", () => {
  test("is a distribution of its own", () => {
    const constrained = ofText(`
use interactions { StandardModel }
use experiments { CsI2021 }
analysis Measured {
  model = StandardModel
  experiments = CsI2021
  free s2w in 0.1 .. 0.4
  constraint elsewhere {
    value = s2w^2
    measured = 0.055 +- 0.004
  }
}`);
    for (const s2w of [0.2, 0.25]) compare(constrained, { StandardModel_s2w: s2w });
  });
});

describe("the document", () => {
  test("is what its schema says, with its dialect and provenance; names differ", async () => {
    const { code, stdout } = await sevens([
      "export",
      `${root}/examples/joined/weak-mixing-angle.sevens`,
      "--to",
      "hs3",
    ]);
    expect(code).toBe(0);
    const document = JSON.parse(stdout);
    const validate = new Ajv({ strict: false }).compile({ ...hs3Schema });
    expect(validate(document) || validate.errors).toBe(true);
    expect(validate({ ...document, metadata: {} })).toBe(false);
    const names = namesIn(document);
    expect(new Set(names).size).toBe(names.length);
    expect(document.metadata.description).toContain("pyhs3");
    expect(document.metadata.publications).toContain("arXiv:2303.09360");
    expect(document.misc.sevens.exports[0].analysis).toBe("JoinedMixingAngle");
  });

  test("is of one analysis", async () => {
    const specs = await inFolder({}, async (cwd) =>
      sevens(["export", `${root}/examples/light-mediators/light-mediators.sevens`, "--to", "hs3"], { cwd }),
    );
    expect(specs.code).toBe(2);
    expect(specs.stderr).toContain("a document of hs3 is of one analysis");
  });

  test("its expressions are read as they are meant", () => {
    expect(evaluate("2*x - 3*(x - 1)/4 + pow(x, 2)*(-1.5e-1)", () => 3)).toBeCloseTo(6 - 1.5 - 1.35, 12);
  });
});
