/** Stages in WebAssembly against the same stages in JavaScript, and the two ways to the counts against each other. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderModule } from "../../compiler/emit/emit.ts";
import { instantiateCode } from "../../compiler/emit/instantiate.ts";
import { load } from "../../compiler/index.ts";
import { type CompiledAnalysis, chiSquare } from "../../runtime/index.ts";
import {
  type Compiled,
  compiled,
  difference,
  host,
  modelOf,
  modelOfExample,
  modelOfText,
  root,
} from "../physics/compile.ts";
import { randomSpecs } from "./specs.ts";

/** Moves of one or several fitted parameters, as parts of their ranges or steps. */
const moves = fc.array(fc.record({ which: fc.nat(), by: fc.double({ min: -0.8, max: 0.8, noNaN: true }) }), {
  minLength: 1,
  maxLength: 3,
});

interface Pair {
  readonly ours: CompiledAnalysis;
  readonly plain: CompiledAnalysis;
}

function pairOf({ unit, analysis }: Compiled): Pair {
  return {
    ours: analysis,
    plain: instantiateCode(renderModule([unit.emitted], [], "memory"), unit.name),
  };
}

/** chi^2 and its gradient along a sequence of points, by both. */
function expectAgreement({ ours, plain }: Pair, sequence: readonly { which: number; by: number }[][]): void {
  const objectives = [chiSquare(ours), chiSquare(plain)] as const;
  const [{ start, fitted, step, lower, upper }] = objectives;
  const bins = plain.experiments.reduce((sum, one) => sum + one.bins, 0);
  const x = Float64Array.from(start);
  for (const moved of sequence) {
    for (const { which, by } of moved) {
      const at = fitted[which % fitted.length]!;
      const distance = by * Math.min(step[at]!, Math.abs(start[at]!) || step[at]!);
      x[at] = Math.min(upper[at]!, Math.max(lower[at]!, start[at]! + distance));
    }
    const [a, b] = objectives.map((objective) => objective.value(x));
    // Where expectation and data agree, both are rounding.
    expect(Math.abs(a! - b!)).toBeLessThan(1e-12 * Math.max(a!, bins));
    const gradients = objectives.map((objective) => {
      const out = new Float64Array(x.length);
      objective.gradient?.(x, out);
      return out;
    });
    for (const i of fitted) {
      const scale = Math.max(Math.abs(gradients[1]![i]!), bins / step[i]!);
      expect(Math.abs(gradients[0]![i]! - gradients[1]![i]!)).toBeLessThan(1e-11 * scale);
    }
  }
}

describe("stages in WebAssembly", { timeout: 120_000 }, () => {
  test("random specs give what JavaScript gives, wherever the parameters go", () => {
    fc.assert(
      fc.property(randomSpecs, fc.array(moves, { minLength: 3, maxLength: 6 }), ({ text }, sequence) => {
        const spec = compiled(modelOfText(text));
        expect(spec.unit.code).toContain("WebAssembly");
        expectAgreement(pairOf(spec), sequence);
      }),
      { numRuns: 20, seed: 3, endOnFailure: true },
    );
  });

  test("so does the response with its nuisances", () => {
    const spec = compiled(modelOfExample("coherent-csi/response-systematics.sevens"));
    const all = [...Array(12).keys()].map((which) => ({ which, by: which % 2 === 0 ? 0.7 : -0.7 }));
    expectAgreement(pairOf(spec), [all, [{ which: 0, by: 0.5 }], [{ which: 3, by: 0.1 }]]);
  });
});

describe("couplings of the CsI likelihood", () => {
  const spec = compiled(modelOf(load(`${root}/test/bench/csi.sevens`, host)));

  test("are found, with their templates", () => {
    expect([...spec.unit.kernel.couplings].sort()).toEqual(["StandardModel.s2w", "UniversalVector.g_Zp"]);
    expect(spec.unit.kernel.templates).toBe(36);
  });

  test("leave the gradient of two experiments without templates", () => {
    const experiment = (name: string, distance: number): string => `
      experiment ${name} {
        source SNS {
          protons = 3.198e23 POT
          distance = ${distance} m
        }
        detector CsINa
        bins pe = [0, 8 .. 60 step 4] PE
        systematic norm = 12% on signal
      }`;
    const two = compiled(
      modelOfText(`
        use nuclei { Cs133, I127 }
        use detectors { CsINa }
        use sources { SNS }
        use interactions { StandardModel, UniversalVector }
        ${experiment("Near", 19.3)}
        ${experiment("Far", 25)}
        analysis Both {
          model = StandardModel + UniversalVector
          experiments = Near, Far
          free Cs133.Rn
          free I127.Rn
          free g_Zp
          free M_Zp
        }`),
    );
    expect(two.unit.kernel.templates).toBeGreaterThan(0);
    expect(two.unit.kernel.usesTemplates).toEqual([]);
  });

  test("alone are polynomials after the first steps, equal to the sums over nodes", () => {
    const text = renderModule([spec.unit.emitted], [], "memory");
    let ran: string[] = [];
    const code = text.replace(/function (run\w+)\(\) \{/g, "$& globalThis.sevensRan?.('$1');");
    Reflect.set(globalThis, "sevensRan", (name: string) => ran.push(name));
    const analysis = instantiateCode(code, spec.unit.name);
    const fresh = pairOf(spec).plain;
    const x = Float64Array.from(analysis.parameters, ({ value }) => value);
    const place = (name: string): number => analysis.parameters.findIndex((one) => one.name === name);
    const step = (name: string, factor: number): readonly string[] => {
      x[place(name)]! *= factor;
      ran = [];
      const counts = Float64Array.from(analysis.totals(x).CsI2021!);
      const ways = ran.filter((one) => one === "runDirect" || one === "runPolynomials");
      fresh.forget?.();
      fresh.totals(x).CsI2021!.forEach((value, bin) => {
        expect(difference(counts[bin], value)).toBeLessThan(1e-12);
      });
      return ways;
    };
    try {
      expect(step("M_Zp", 1.1)).toEqual(["runDirect"]);
      expect(step("g_Zp", 1.3)).toEqual(["runDirect"]);
      expect(step("g_Zp", 40)).toEqual(["runPolynomials"]);
      expect(step("s2w", 1.1)).toEqual(["runPolynomials"]);
      expect(step("CsI2021.norm", 1)).toEqual([]);
      expect(step("Cs133.Rn", 1.02)).toEqual(["runDirect"]);
      expect(step("g_Zp", 0.01)).toEqual(["runDirect"]);
      expect(step("s2w", 0.9)).toEqual(["runPolynomials"]);
      analysis.forget?.();
      expect(step("g_Zp", 2)).toEqual(["runDirect"]);
    } finally {
      Reflect.deleteProperty(globalThis, "sevensRan");
    }
  });
});
