import { describe, expect, it } from "vitest";
import { poissonChiSquare, pullTerm } from "../../runtime/likelihood.ts";
import { minimise, type Problem } from "../../runtime/minimise.ts";
import { minos, profile } from "../../runtime/minos.ts";
import { findRoot } from "../../runtime/roots.ts";

/**
 * On/off counting: n ~ Poisson(s + b), m ~ Poisson(τ b). The best b at a given s solves a quadratic equation
 * (T.-P. Li and Y.-Q. Ma, Astrophys. J. 272 (1983) 317; Rolke, López and Conrad, 2005).
 */
const on = 25;
const off = 30;
const tau = 3;

const onOff: Problem = {
  value: ([s, b]) => poissonChiSquare([s! + b!, tau * b!], [on, off]),
  start: [5, 5],
  lower: [-Infinity, 1e-6],
  step: [3, 2],
};

const bestBackground = (s: number): number => {
  const p = on + off - (1 + tau) * s;
  return (p + Math.sqrt(p * p + 4 * (1 + tau) * off * s)) / (2 * (1 + tau));
};

const onOffProfile = (s: number): number => {
  const b = bestBackground(s);
  return poissonChiSquare([s + b, tau * b], [on, off]);
};

describe("minos", () => {
  it.each([1, 2.705543454, 9])("meets the closed-form profile of on/off counting at Δχ² = %d", (up) => {
    const minimum = minimise(onOff);
    expect(minimum.x[0]).toBeCloseTo(on - off / tau, 3);
    const found = minos(onOff, minimum, 0, up);
    const low = findRoot((s) => onOffProfile(s) - up, -9.9, on - off / tau)!;
    const high = findRoot((s) => onOffProfile(s) - up, on - off / tau, 80)!;
    expect(found.status).toEqual({ minus: "found", plus: "found" });
    expect(found.low.at).toBeCloseTo(low, 3);
    expect(found.high.at).toBeCloseTo(high, 3);
    expect(found.high.x[1]).toBeCloseTo(bestBackground(high), 2);
    expect(found.evaluations).toBeLessThan(80);
  });

  it("gives the covariance of a linear Gaussian model", () => {
    // Straight line a + c t with unit errors: covariance of the least-squares fit.
    const t = [0, 1, 2, 3, 4];
    const y = [1.1, 2.9, 5.2, 7.1, 8.7];
    const line: Problem = {
      value: ([a, c]) => t.reduce((sum, ti, i) => sum + pullTerm(a! + c! * ti, y[i]!, 1), 0),
      start: [0, 0],
    };
    const minimum = minimise(line);
    const expected = [Math.sqrt(30 / 50), Math.sqrt(5 / 50)];
    expected.forEach((sigma, index) => {
      const { minus, plus } = minos(line, minimum, index);
      expect(minus).toBeCloseTo(sigma, 5);
      expect(plus).toBeCloseTo(sigma, 5);
      expect(Math.sqrt(minimum.covariance!.matrix[index * 3]!)).toBeCloseTo(sigma, 5);
    });
    expect(minimum.covariance!.matrix[1]).toBeCloseTo(-10 / 50, 5);
  });

  it("is invariant under a change of parameter, as the second derivatives are not", () => {
    const plain: Problem = { value: ([x]) => pullTerm(x!, 2, 0.7), start: [1] };
    const bent: Problem = { value: ([z]) => pullTerm(Math.exp(z!), 2, 0.7), start: [0.5], step: [0.1] };
    const straight = minos(plain, minimise(plain), 0);
    const found = minos(bent, minimise(bent), 0);
    expect(Math.exp(found.high.at)).toBeCloseTo(straight.high.at, 4);
    expect(Math.exp(found.low.at)).toBeCloseTo(straight.low.at, 4);
  });

  it("says when an error ends at a bound", () => {
    const problem: Problem = { value: (x) => (x[0]! + 1) ** 2, start: [1], lower: [0] };
    const minimum = minimise(problem);
    const found = minos(problem, minimum, 0);
    expect(found.status).toEqual({ minus: "at-bound", plus: "found" });
    expect(found.minus).toBe(0);
    expect(found.plus).toBeCloseTo(Math.SQRT2 - 1, 5);
    const wide: Problem = { value: (x) => (x[0]! / 10) ** 2, start: [1], lower: [-3], upper: [30] };
    const ends = minos(wide, minimise(wide), 0);
    expect(ends.status).toEqual({ minus: "at-bound", plus: "found" });
    expect(ends.minus).toBeCloseTo(3, 2);
  });

  it("says when the profile never rises enough", () => {
    const problem: Problem = { value: (x) => x[0]! ** 2 / (1 + 2 * x[0]! ** 2), start: [0.1] };
    const found = minos(problem, minimise(problem), 0);
    expect(found.status).toEqual({ minus: "open", plus: "open" });
    expect(found.plus).toBe(Number.POSITIVE_INFINITY);
  });

  it("ends before a wall of infinite values", () => {
    const problem: Problem = {
      value: (x) => (x[0]! > -0.5 ? x[0]! ** 2 : Number.POSITIVE_INFINITY),
      start: [0.3],
    };
    const found = minos(problem, minimise(problem), 0);
    expect(found.status).toEqual({ minus: "not-finite", plus: "found" });
    expect(found.minus).toBeCloseTo(0.5, 5);
  });

  it("reports a new minimum", () => {
    const problem: Problem = { value: (x) => x[0]! ** 2 * (x[0]! - 1.5) ** 2 - 0.1 * x[0]!, start: [0.1] };
    const local = minimise(problem);
    expect(local.x[0]).toBeLessThan(0.5);
    const found = minos(problem, local, 0);
    expect(found.status.plus).toBe("new-minimum");
    expect(found.newMinimum!.value).toBeLessThan(local.value);
  });

  it("finds the interval between the walls of a profile with a second basin", () => {
    const problem: Problem = { value: (x) => 30 * Math.sin(x[0]!) ** 2 + x[0]! ** 2 / 100, start: [0.1] };
    const found = minos(problem, minimise(problem), 0);
    expect(found.plus).toBeCloseTo(Math.asin(Math.sqrt(1 / 30)), 3);
  });
});

describe("profile", () => {
  it("follows the closed form in the order asked for", () => {
    const values = [30, 2, 15, 8, 21];
    const points = profile(onOff, minimise(onOff), 0, values);
    points.forEach((point, i) => {
      expect(point.at).toBe(values[i]);
      expect(point.converged).toBe(true);
      expect(point.value).toBeCloseTo(onOffProfile(values[i]!), 4);
    });
  });
});
