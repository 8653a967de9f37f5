import { describe, expect, it } from "vitest";
import * as runtime from "../../runtime/index.ts";
import { type Signature, signatures } from "../../runtime/signatures.ts";
import { expectClose, slope } from "./close.ts";
import { evaluateExpression, type Functions, type Names } from "./expression.ts";

/** What generated code would call for a signature. */
function implementation({ name, javascript }: Signature): (...args: number[]) => number {
  const found: unknown = javascript.startsWith("Math.")
    ? Reflect.get(Math, javascript.slice("Math.".length))
    : Reflect.get(runtime, javascript);
  if (typeof found !== "function") throw new Error(`no implementation ${javascript} of ${name}`);
  return (...args) => Number(Reflect.apply(found, undefined, args));
}

const functions: Functions = Object.fromEntries(
  signatures.map((entry) => [entry.name, implementation(entry)]),
);

/** Arguments to try, by the name of the argument; two values each that fit every domain together. */
const VALUES: Readonly<Record<string, readonly [number, number]>> = {
  x: [0.37, 0.81],
  y: [0.55, 0.64],
  a: [1.7, 4.2],
  mean: [0.5, 0.9],
  sigma: [0.15, 0.7],
  shape: [1.4, 6.1],
  scale: [0.3, 1.9],
  n: [2, 5.5],
  nu: [1.3, 6.2],
  variance: [0.4, 2.7],
  t: [0.4, 1.3],
  tau: [0.6, 2.2],
  tau1: [0.05, 0.9],
  tau2: [2.2, 0.4],
  low: [1.1, 2.9],
  nominal: [2.0, 2.3],
  high: [2.6, 3.4],
};

/** Every combination of the values of the arguments. */
function samples({ args }: Signature): number[][] {
  return args.reduce<number[][]>(
    (rows, { name }) => rows.flatMap((row) => (VALUES[name] ?? []).map((value) => [...row, value])),
    [[]],
  );
}

function names({ args }: Signature, values: readonly number[]): Names {
  return { pi: Math.PI, ...Object.fromEntries(args.map(({ name }, i) => [name, values[i] ?? Number.NaN])) };
}

describe("the table of functions", () => {
  it("has every function once", () => {
    const all = signatures.map(({ name }) => name);
    expect(new Set(all).size).toBe(all.length);
    expect(all).toEqual(
      expect.arrayContaining(["sqrt", "ln", "log", "sphere", "fermi", "gamma_pdf", "emg2_cdf"]),
    );
  });

  describe.each(signatures.map((entry) => [entry.name, entry] as const))("%s", (_, entry) => {
    const call = implementation(entry);

    it("is documented, implemented, and finite in its domain", () => {
      expect(entry.doc).not.toBe("");
      expect(samples(entry).length).toBe(2 ** entry.args.length);
      for (const values of samples(entry)) {
        if (entry.domain !== undefined) {
          expect(evaluateExpression(entry.domain, names(entry, values), functions)).toBe(1);
        }
        expect(Number.isFinite(call(...values))).toBe(true);
      }
    });

    const { derivatives, expand } = entry;
    if (derivatives !== undefined) {
      it("has derivatives that agree with differences", () => {
        expect(derivatives).toHaveLength(entry.args.length);
        for (const values of samples(entry)) {
          for (const [i, text] of derivatives.entries()) {
            const along = (value: number): number => call(...values.with(i, value));
            const expected = slope(along, values[i] ?? 0, 1e-4 * (values[i] ?? 0));
            expectClose(evaluateExpression(text, names(entry, values), functions), expected, 1e-8, 1e-9);
          }
        }
      });
    }

    if (expand !== undefined) {
      it("equals its expansion", () => {
        for (const values of samples(entry)) {
          expectClose(
            evaluateExpression(expand, names(entry, values), functions),
            call(...values),
            1e-13,
            1e-15,
          );
        }
      });
    }
  });

  it("has piecewise derivatives on the other side as well", () => {
    const derivative = (name: string, i: number, values: Names): number => {
      const text = signatures.find((entry) => entry.name === name)?.derivatives?.[i] ?? "";
      return evaluateExpression(text, values, functions);
    };
    expect([derivative("abs", 0, { x: -2 }), derivative("abs", 0, { x: 2 })]).toEqual([-1, 1]);
    expect([derivative("min", 0, { x: 1, y: 2 }), derivative("min", 1, { x: 1, y: 2 })]).toEqual([1, 0]);
    expect([derivative("max", 0, { x: 1, y: 2 }), derivative("max", 1, { x: 1, y: 2 })]).toEqual([0, 1]);
    expect(derivative("dsphere", 0, { x: 0 })).toBe(-0.2);
  });
});
