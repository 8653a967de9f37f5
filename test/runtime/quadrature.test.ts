import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gaussLegendre, integrate } from "../../runtime/quadrature.ts";
import { findRoot, findRoots, rootOr } from "../../runtime/roots.ts";
import { expectClose } from "./close.ts";

// [n, index, node, weight] on [0, 1], mpmath with 40 digits
const LEGENDRE = [
  [16, 0, 0.005299532504175033, 0.013576229705877048],
  [16, 7, 0.4524937450811813, 0.09472530522753425],
  [64, 0, 0.0003474791321139303, 0.0008916403608482165],
  [64, 31, 0.48782485366828776, 0.024345478504569862],
  [200, 50, 0.14992694222775493, 0.005593721174869178],
  [512, 0, 5.504507809066006e-6, 1.4126318686967345e-5],
  [512, 128, 0.1478039059420881, 0.002175546237753533],
  [512, 255, 0.4984675189074203, 0.003064952587702893],
] as const;

describe("gaussLegendre", () => {
  it("agrees with 40-digit arithmetic", () => {
    for (const [n, index, node, weight] of LEGENDRE) {
      const rule = gaussLegendre(n);
      expectClose(rule.nodes[index] ?? Number.NaN, node, 2e-15);
      expectClose(rule.weights[index] ?? Number.NaN, weight, 1e-14, 1e-17);
    }
  });

  it("is exact for polynomials of degree 2n − 1", () => {
    for (const n of [1, 2, 3, 5, 8, 21, 64, 511, 512]) {
      const { nodes, weights } = gaussLegendre(n);
      for (const power of [0, 1, n, 2 * n - 1]) {
        const sum = nodes.reduce((total, x, i) => total + (weights[i] ?? 0) * x ** power, 0);
        expectClose(sum, 1 / (power + 1), 1e-14);
      }
    }
  });

  it("has increasing symmetric nodes, and the same object each time", () => {
    const rule = gaussLegendre(37);
    expect(gaussLegendre(37)).toBe(rule);
    expect([...rule.nodes]).toEqual([...rule.nodes].sort((a, b) => a - b));
    expect(rule.nodes[18]).toBe(0.5);
    for (let i = 0; i < 37; i++) expectClose((rule.nodes[i] ?? 0) + (rule.nodes[36 - i] ?? 0), 1, 1e-16);
  });

  it("refuses other numbers of nodes", () => {
    for (const n of [0, 513, 2.5, Number.NaN]) expect(() => gaussLegendre(n)).toThrow(RangeError);
  });
});

describe("integrate", () => {
  it("is exact for polynomials up to degree 31 in one application", () => {
    for (const power of [0, 7, 30, 31]) {
      const { value, evaluations } = integrate((x) => x ** power, 0, 1, { relative: 1 });
      expectClose(value, 1 / (power + 1), 1e-14);
      expect(evaluations).toBe(21);
    }
  });

  it("reaches the wanted error with an honest estimate", () => {
    const cases: readonly [(x: number) => number, number, number, number][] = [
      [Math.exp, 0, 1, Math.E - 1],
      [Math.sqrt, 0, 1, 2 / 3],
      [(x) => Math.log(x), 0, 1, -1],
      [(x) => 1 / (1 + 1e4 * x * x), -1, 1, (2 * Math.atan(100)) / 100],
      [(x) => Math.cos(100 * x), 0, 1, Math.sin(100) / 100],
      [(x) => Math.abs(x - 0.3), 0, 1, (0.09 + 0.49) / 2],
    ];
    for (const [f, a, b, exact] of cases) {
      const { value, error, converged } = integrate(f, a, b, { relative: 1e-11 });
      expect(converged).toBe(true);
      expect(Math.abs(value - exact)).toBeLessThanOrEqual(Math.max(error, 1e-15));
      expectClose(value, exact, 1e-11);
    }
  });

  it("uses split points, and ignores those outside", () => {
    const jump = (x: number): number => (x < Math.SQRT1_2 ? 1 : 3);
    const { value, evaluations } = integrate(jump, 0, 1, { splits: [5, Math.SQRT1_2, -1] });
    expectClose(value, 3 - 2 * Math.SQRT1_2, 1e-15);
    expect(evaluations).toBe(42);
  });

  it("changes sign with the limits and is additive", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (a, b) => {
          const from = (low: number, high: number): number =>
            integrate(Math.sin, low, high, { absolute: 1e-13 }).value;
          expectClose(from(a, b), -from(b, a), 1e-15);
          expectClose(from(a, 0) + from(0, b), Math.cos(a) - Math.cos(b), 0, 1e-12);
        },
      ),
    );
  });

  it("says when it fails", () => {
    expect(integrate((x) => 1 / x, 0, 1).converged).toBe(false);
    expect(integrate(() => Number.NaN, 0, 1).converged).toBe(false);
    expect(integrate((x) => Math.sin(1 / x), 0, 1, { relative: 1e-14, limit: 5 }).converged).toBe(false);
    expect(() => integrate(Math.exp, 0, Number.POSITIVE_INFINITY)).toThrow(RangeError);
  });
});

describe("roots", () => {
  it("are found to the last digits", () => {
    expectClose(findRoot(Math.cos, 0, 3) ?? Number.NaN, Math.PI / 2, 3e-16);
    expectClose(findRoot((x) => x ** 3 - 2, 2, 0) ?? Number.NaN, Math.cbrt(2), 3e-16);
    expectClose(findRoot((x) => Math.expm1(x - 1e-8), -1, 1e3) ?? Number.NaN, 1e-8, 3e-15);
    expectClose(findRoot((x) => (x - 0.7) ** 9, 0, 1) ?? Number.NaN, 0.7, 1e-12);
  });

  it("solve x^k = c for any k and c", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 9, noNaN: true }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (k, c) => {
          expectClose(
            findRoot((x) => k * Math.log(x) - Math.log(c), 1e-30, 1e30) ?? Number.NaN,
            c ** (1 / k),
            1e-12,
          );
        },
      ),
    );
  });

  it("may be an end, or be absent", () => {
    expect([findRoot((x) => x, 0, 1), findRoot((x) => x - 1, 0, 1)]).toEqual([0, 1]);
    expect(findRoot((x) => x * x + 1, -1, 1)).toBeUndefined();
    expect(findRoot(() => Number.NaN, 0, 1)).toBeUndefined();
    expect([rootOr((x) => x + 2, 0, 1, 7), rootOr((x) => x - 0.5, 0, 1, 7)]).toEqual([7, 0.5]);
  });

  it("come all, in order, each once", () => {
    const zeros = findRoots(Math.sin, 0, 10);
    expect(zeros).toHaveLength(4);
    for (const [i, zero] of zeros.entries()) expectClose(zero, i * Math.PI, 1e-15);
    expect(findRoots((x) => x - 0.5, 0, 1, 2)).toEqual([0.5]);
    expect(findRoots(() => 1, 0, 1)).toEqual([]);
  });
});
