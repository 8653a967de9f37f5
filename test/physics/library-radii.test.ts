/** What is known of neutron radii from elsewhere, in fits: shell-model radii as priors, skins of CREX and PREX-2 as constraints. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compile, instantiate } from "../../compiler/index.ts";
import { fitText, modelOfExample, mustFit, root } from "./compile.ts";

interface Fitted {
  readonly value: number;
  readonly width: number;
}

/** Value of a parameter and half the width of its interval. */
function fitted(parameters: ReturnType<typeof mustFit>["parameters"], name: string): Fitted {
  const { value = Number.NaN, errors = [Number.NaN, Number.NaN] } =
    parameters.find((one) => one.name === name) ?? {};
  return { value, width: (errors[0] + errors[1]) / 2 };
}

const responses = `${root}/../shared/data/nuclear/hms2020_shell_model_responses.json`;

describe("radii of the nuclear shell model", () => {
  test.skipIf(!existsSync(responses))("are its skins on top of the proton radii", () => {
    const { nuclei } = JSON.parse(readFileSync(responses, "utf8")) as {
      nuclei: Record<string, { b_fm: number; FM_plus: number[]; FM_minus: number[] }>;
    };
    /** R_n - R_p of F = e^(-u/2) Σ c_i u^i with u = q²b²/2, whose <r²> is 3b²(1/2 - c_1/c_0). */
    const skin = (name: string): number => {
      const { b_fm, FM_plus, FM_minus } = nuclei[name] ?? { b_fm: Number.NaN, FM_plus: [], FM_minus: [] };
      const radius = (sign: number): number => {
        const [c0 = 0, c1 = 0] = FM_plus.map((plus, i) => plus + sign * (FM_minus[i] ?? 0));
        return Math.sqrt(3 * b_fm ** 2 * (1 / 2 - c1 / c0));
      };
      return radius(-1) - radius(1);
    };
    expect(Math.abs(4.821 + skin("Cs133") - 5.09)).toBeLessThan(0.01);
    expect(Math.abs(4.766 + skin("I127") - 5.03)).toBeLessThan(0.01);
  });

  test("are priors of an analysis that profiles them", () => {
    const fitOf = (statements: string): ReturnType<typeof mustFit> =>
      fitText(`use nuclei { Cs133, I127 }
use interactions { StandardModel }
use experiments { CsI2021 }
analysis Angle {
  model = StandardModel
  experiments = CsI2021
  free s2w in 0.1 .. 0.4
${statements}
}`);
    const prior = fitOf("  profile Cs133.Rn\n  profile I127.Rn");
    const alone = fitOf("  fix Cs133.Rn = 5.09 fm\n  fix I127.Rn = 5.03 fm");
    // The data, which like 5.4 fm, pull the prior of 5.09 +- 0.10 fm a little.
    const { value: caesium, pull } = prior.nuisances.find(({ name }) => name === "Cs133.Rn") ?? {};
    expect(((caesium ?? Number.NaN) - 5.09) / 0.1).toBeCloseTo(pull ?? Number.NaN, 9);
    expect(caesium).toBeGreaterThan(5.09);
    expect(caesium).toBeLessThan(5.19);
    const growth = fitted(prior.parameters, "s2w").width / fitted(alone.parameters, "s2w").width;
    expect(growth).toBeGreaterThan(1);
    expect(growth).toBeLessThan(1.2);
  });
});

describe("skins of CREX and PREX-2", () => {
  const { units } = compile(modelOfExample("neutron-skins/neutron-skins.sevens"));
  const fitOf = (name: string): ReturnType<typeof mustFit>["parameters"] => {
    const unit = units.find((one) => one.emitted.form.name === name);
    if (unit === undefined) throw new Error(`no analysis ${name}`);
    return mustFit(instantiate(unit)).parameters;
  };

  // Radii of the protons in the library, fm, and the skins that are measured.
  test.each([
    ["Ca48.Rn", 3.5004, 0.121, 0.035],
    ["Pb208.Rn", 5.5174, 0.283, 0.071],
  ])("%s is the weighted mean of what neutrinos and electrons find", (name, proton, skin, error) => {
    const alone = fitted(fitOf("Neutrinos"), name);
    const both = fitted(fitOf("NeutrinosAndElectrons"), name);
    const weights = [alone.width ** -2, error ** -2] as const;
    const mean = (alone.value * weights[0] + (proton + skin) * weights[1]) / (weights[0] + weights[1]);
    expect(Math.abs(both.value - mean)).toBeLessThan(0.01);
    expect(both.width).toBeCloseTo((weights[0] + weights[1]) ** -0.5, 2);
  });
});
