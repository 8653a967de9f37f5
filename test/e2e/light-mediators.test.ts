/** Limits on light mediators through the command line, and what they become for very light and very heavy bosons. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { inFolder, sevens } from "../cli/harness.ts";
import { fitText, root } from "../physics/compile.ts";

const spec = `${root}/examples/light-mediators/light-mediators.sevens`;

interface Region {
  readonly low: number;
  readonly high: number;
}

interface Fitted {
  readonly name: string;
  readonly intervals: readonly { readonly parameter: string; readonly regions: readonly Region[] }[];
}

/** The allowed couplings of analyses of the example at 95.45 %. */
async function allowed(names: readonly string[]): Promise<readonly (readonly Region[])[]> {
  const { code, stdout } = await sevens(["fit", spec, "--analysis", names.join(","), "--format", "json"]);
  expect(code).toBe(0);
  const { analyses }: { analyses: readonly Fitted[] } = JSON.parse(stdout);
  return names.map((name) => {
    const { intervals } = analyses.find((one) => one.name === name)!;
    return intervals.find(({ parameter }) => /^(.*\.)?g_/.test(parameter))!.regions;
  });
}

/** The allowed couplings of a model that the test writes, with CsI. */
function allowedBy(text: string, analysis: string): readonly Region[] {
  const { intervals } = fitText(`use interactions { StandardModel, NSI }
use experiments { CsI2021 }
${text}
analysis Limit {
  experiments = CsI2021
  interval = 95.45%
  ${analysis}
}`);
  return intervals[0]!.regions.map(({ low, high }) => ({ low: low ?? Number.NaN, high: high ?? Number.NaN }));
}

const relative = (found: number, expected: number): number => Math.abs(found / expected - 1);

describe("light mediators", { timeout: 120_000 }, () => {
  test("the spec has no problems", async () => {
    expect(await sevens(["check", spec])).toMatchObject({ code: 0, stdout: "" });
  });

  test("limits of the page: light bosons in g, heavy ones of 100 GeV with the strip", async () => {
    const expected: Readonly<Record<string, readonly number[]>> = {
      UniversalCsI: [2.284e-5],
      UniversalAr: [3.048e-5],
      UniversalGe: [4.401e-6],
      BMinusLCsI: [4.688e-5],
      MuTauCsI: [1.153e-3],
      ScalarCsI: [1.672e-5],
      ScalarGe: [1.802e-6],
      UniversalCsIHeavy: [0.0498, 0.169, 0.1818],
      BMinusLCsIHeavy: [0.08573],
      MuTauCsIHeavy: [2.519, 6.701, 7.364],
      ScalarArHeavy: [0.05123],
    };
    const found = await allowed(Object.keys(expected));
    for (const [k, numbers] of Object.values(expected).entries()) {
      const ends = found[k]!.flatMap(({ low, high }, i) => (i === 0 ? [high] : [low, high]));
      expect(ends).toHaveLength(numbers.length);
      for (const [i, end] of numbers.entries()) expect(relative(ends[i]!, end)).toBeLessThan(2e-3);
    }
  });

  test("heavy bosons of universal charges, of B - L and of L_mu - L_tau are non-standard interactions", async () => {
    const heavy = ["UniversalCsIHeavy", "BMinusLCsIHeavy", "MuTauCsIHeavy"];
    const [universal, bMinusL, muTau] = await allowed(heavy);
    const contact = (couplings: readonly (readonly [flavour: string, quark: string, value: string])[]) =>
      allowedBy(
        "",
        `model = StandardModel + NSI
  parameter g = 0.01 in 1e-7 .. 10 log
  ${couplings.map(([l, q, value]) => `tie NSI.eps_${q}[${l}, ${l}] = ${value}`).join("\n  ")}`,
      );
    const eps = "g^2/(sqrt(2)*G_F*(100 GeV)^2)";
    const everyOne = (value: string) =>
      ["e", "mu", "tau"].flatMap((l) => ["u", "d"].map((q) => [l, q, value] as const));
    // The loop at rest, on protons alone: 2 eps_u + eps_d = 2 alpha/pi ln(m_tau^2/m_mu^2)/6 eps, eps_u + 2 eps_d = 0.
    const loop = `${eps} * 2*alpha/pi * ln(m_tau^2/m_mu^2)/6`;
    const pairs: readonly (readonly [readonly Region[], readonly Region[], number])[] = [
      [universal!, contact(everyOne(eps)), 1e-4],
      [bMinusL!, contact(everyOne(`-${eps}/3`)), 1e-4],
      // The loop falls by about a per cent up to the momentum transfers of CsI.
      [
        muTau!,
        contact([
          ["mu", "u", `2/3 * ${loop}`],
          ["mu", "d", `-1/3 * ${loop}`],
        ]),
        1e-2,
      ],
    ];
    for (const [boson, effective, tolerance] of pairs) {
      expect(boson).toHaveLength(effective.length);
      for (const [k, { high }] of effective.entries())
        expect(relative(boson[k]!.high, high)).toBeLessThan(tolerance);
    }
  });

  test("a heavy scalar is a contact interaction, M²T/(4πE²) g⁴ Q²/M⁴", async () => {
    const [scalar] = await allowed(["ScalarCsIHeavy"]);
    const contact = allowedBy(
      `interaction Contact {
  parameter g = 1e-2 in 1e-8 .. 1 log
  dsigma/dT += M^2*T/(4*pi*E^2) * g^4 * (17.3*(Z*Fp(q) + N*Fn(q)))^2 / (100 GeV)^4
}`,
      "model = StandardModel + Contact\n  free Contact.g",
    );
    expect(relative(scalar![0]!.high, contact[0]!.high)).toBeLessThan(1e-4);
  });

  test("light bosons have massless propagators", async () => {
    const light = ["UniversalCsI", "BMinusLCsI", "MuTauCsI", "ScalarCsI"];
    const [universal, bMinusL, muTau, scalar] = await allowed(light);
    const massless = (term: string): readonly Region[] =>
      allowedBy(
        `use functions { kineticMixing }
interaction Massless {
  parameter g = 1e-5 in 1e-8 .. 1 log
  ${term}
}`,
        "model = StandardModel + Massless\n  free Massless.g",
      );
    const nucleons = "(Z*Fp(q) + N*Fn(q))";
    const pairs: readonly (readonly [readonly Region[], string])[] = [
      [universal!, `charge[l] += 3*g^2/(sqrt(2)*G_F*q^2) * ${nucleons}`],
      [bMinusL!, `charge[l] -= g^2/(sqrt(2)*G_F*q^2) * ${nucleons}`],
      [muTau!, "charge[mu] += sqrt(2)*alpha*g^2/(pi*G_F*q^2) * kineticMixing(q, mu, tau) * Z*Fp(q)"],
      // q² = 2MT: M²T/(4πE²) g⁴ Q²/(2MT)².
      [scalar!, `dsigma/dT += g^4 * (17.3*${nucleons})^2 / (16*pi*E^2*T)`],
    ];
    for (const [boson, term] of pairs)
      expect(relative(boson[0]!.high, massless(term)[0]!.high), term).toBeLessThan(1e-4);
  });

  test("the pictures have the strip up to the largest mass, as the fits of a heavy boson have it", () => {
    for (const [table, labels, expected] of [
      ["universal", ["CsI", "Ar", "Dresden-II", "joined"], [1.69, 1.818]],
      ["mu-tau", ["CsI", "Ar", "joined"], [67, 73.6]],
    ] as const) {
      const rows = readFileSync(`${root}/examples/light-mediators/${table}.csv`, "utf8")
        .split("\n")
        .map((row) => row.split(","))
        .filter(([kind, , , , mass]) => kind === "curve" && mass === "100000");
      for (const label of labels) {
        const ends = rows.filter(([, name]) => name === label).map((row) => Number(row[5]) / 0.1);
        expect(ends, `${table}, ${label}`).toHaveLength(3);
        if (label !== "CsI") continue;
        // At 2 sigma of two parameters, a little wider than the interval of one.
        expect(relative(ends[1]!, expected[0])).toBeLessThan(0.02);
        expect(relative(ends[2]!, expected[1])).toBeLessThan(0.02);
      }
    }
  });

  test("the band of the muon's magnetic moment: g²/8π² for a light boson, g² m²/12π²M² for a heavy one", async () => {
    const at = ["anomalyLow(1 eV)", "anomalyHigh(1 eV)", "anomalyLow(10 TeV)"];
    const { code, stdout } = await sevens(["evaluate", spec, ...at, "--format", "json"]);
    expect(code).toBe(0);
    const [low, high, low10TeV] = JSON.parse(stdout).points[0].values;
    const light = (anomaly: number): number => Math.sqrt(8 * Math.PI ** 2 * anomaly);
    const heavy = Math.sqrt(12 * Math.PI ** 2 * 1.33e-9) * (1e7 / 105.6583755);
    expect(relative(low, light(1.33e-9))).toBeLessThan(1e-4);
    expect(relative(high, light(3.69e-9))).toBeLessThan(1e-4);
    expect(relative(low10TeV, heavy)).toBeLessThan(1e-4);
  });

  test("every point of a wide scan has a fit, with 1e17 events too", async () => {
    await inFolder({}, async (cwd) => {
      const grid = [
        "--grid",
        "M_Zp in 1e-2 MeV .. 1e5 MeV log 3 points",
        "--grid",
        "g_Zp in 1e-6 .. 1 log 13 points",
      ];
      for (const analysis of ["UniversalCsI", "UniversalAr", "UniversalGe"]) {
        const args = ["scan", spec, "--analysis", analysis, ...grid, "--workers", "1", "--format", "json"];
        const { code, stdout } = await sevens(args, { cwd });
        expect(code).toBe(0);
        expect(JSON.parse(stdout).points.every((one: { converged: boolean }) => one.converged)).toBe(true);
      }
    });
  });
});
