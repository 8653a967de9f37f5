import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RuntimeError } from "../../runtime/errors.ts";
import { type InterpolationKind, interpolant, type Outside } from "../../runtime/interpolate.ts";
import { integrate } from "../../runtime/quadrature.ts";
import { expectClose, slope } from "./close.ts";

const x = [0, 1, 2.5, 3, 5, 7];
const y = [1, 3, 2, 2.5, 8, 7.5];
const points = [0.3, 1.7, 2.6, 4.1, 6.5];
const kinds: readonly InterpolationKind[] = [
  "linear",
  "pchip",
  "spline",
  "log-linear",
  "log-pchip",
  "log-spline",
];

// scipy 1.17: PchipInterpolator and CubicSpline(bc_type="natural") of (x, y), or of (x, ln y), at `points`
const SCIPY = {
  pchip: [1.8828, 2.5499259259259257, 2.0305365853658537, 5.959935975609754, 7.7890625],
  spline: [1.7969014308426074, 2.6381713478184063, 2.0315739268680444, 5.589271959459459, 8.09045856518283],
  "log-pchip": [
    1.6149256130745218, 2.4995805944162144, 2.030903807938163, 5.4434945306529725, 7.785121040478017,
  ],
  "log-spline": [
    1.537249915554802, 2.6321623495492776, 2.0417391272098606, 5.170147689592421, 8.247003420996487,
  ],
} as const;
const SCIPY_SLOPES = {
  pchip: [2.734666666666667, -0.9955555555555555, 0.5843902439024395, 3.6913719512195127, -0.421875],
  spline: [
    2.526512983571807, -1.1510651828298886, 0.49803921568627485, 3.223326377848437, -1.0567948463169052,
  ],
} as const;

const make = (kind: InterpolationKind, outside: Outside = "error") => interpolant({ x, y, kind, outside });

/** Tables with increasing abscissae and positive values. */
const tables = fc
  .array(
    fc.tuple(fc.double({ min: 0.01, max: 3, noNaN: true }), fc.double({ min: 0.01, max: 9, noNaN: true })),
    {
      minLength: 2,
      maxLength: 12,
    },
  )
  .map((steps) => {
    let at = 0;
    return { x: steps.map(([gap]) => (at += gap)), y: steps.map(([, value]) => value) };
  });

describe("interpolant", () => {
  it("agrees with scipy", () => {
    for (const kind of ["pchip", "spline", "log-pchip", "log-spline"] as const) {
      const { evaluate } = make(kind);
      for (const [i, at] of points.entries()) expectClose(evaluate(at), SCIPY[kind][i] ?? Number.NaN, 1e-14);
    }
    for (const kind of ["pchip", "spline"] as const) {
      const { derivative } = make(kind);
      for (const [i, at] of points.entries()) {
        expectClose(derivative(at), SCIPY_SLOPES[kind][i] ?? Number.NaN, 1e-13);
      }
    }
    expectClose(make("pchip").integral(0.2, 6.8), 32.025133428184276, 1e-14);
    expectClose(make("spline").integral(0.2, 6.8), 32.33573623476417, 1e-14);
  });

  it("goes through its points, whatever the order of the questions", () => {
    fc.assert(
      fc.property(tables, fc.constantFrom(...kinds), fc.infiniteStream(fc.nat()), (table, kind, picks) => {
        const { evaluate } = interpolant({ ...table, kind, outside: "error" });
        for (const pick of [...picks.take(20)]) {
          const i = pick % table.x.length;
          expectClose(evaluate(table.x[i] ?? 0), table.y[i] ?? 0, 1e-12, 1e-12);
        }
      }),
    );
  });

  it("has the derivative and the integral of its values", () => {
    for (const kind of kinds) {
      const { evaluate, derivative, integral } = make(kind);
      for (const at of points) expectClose(derivative(at), slope(evaluate, at, 1e-3), 1e-8);
      const adaptive = integrate(evaluate, 0.2, 6.8, { relative: 1e-13, splits: x });
      expectClose(integral(0.2, 6.8), adaptive.value, 1e-13);
      expectClose(integral(6.8, 0.2), -adaptive.value, 1e-13);
    }
  });

  it("pchip never leaves the range of its neighbours", () => {
    fc.assert(
      fc.property(tables, fc.double({ min: 0, max: 1, noNaN: true }), (table, fraction) => {
        const { evaluate } = interpolant({ ...table, kind: "pchip", outside: "error" });
        for (let i = 0; i + 1 < table.x.length; i++) {
          const [a, b] = [table.x[i] ?? 0, table.x[i + 1] ?? 0];
          const [low, high] = [table.y[i] ?? 0, table.y[i + 1] ?? 0].sort((p, q) => p - q) as [
            number,
            number,
          ];
          const value = evaluate(Math.min(b, a + fraction * (b - a)));
          expect(value >= low - 1e-12 && value <= high + 1e-12).toBe(true);
        }
      }),
    );
  });

  it("log kinds are exact for exponentials, a line for all", () => {
    const at = [0, 0.5, 2, 3];
    for (const kind of ["log-linear", "log-pchip", "log-spline"] as const) {
      const f = interpolant({
        x: at,
        y: at.map((t) => 3 * Math.exp(-2 * t)),
        kind,
        outside: "extrapolate-exponential",
      });
      for (const t of [-1, 0.2, 1.7, 2.9, 4]) {
        expectClose(f.evaluate(t), 3 * Math.exp(-2 * t), 1e-14);
        expectClose(f.derivative(t), -6 * Math.exp(-2 * t), 1e-13);
      }
      expectClose(f.integral(-1, 5), 1.5 * (Math.exp(2) - Math.exp(-10)), 1e-14);
    }
    for (const kind of ["linear", "pchip", "spline"] as const) {
      const f = interpolant({ x: at, y: at.map((t) => 3 - 2 * t), kind, outside: "error" });
      for (const t of [0.2, 1.7, 2.9]) expectClose(f.evaluate(t), 3 - 2 * t, 1e-14, 1e-15);
    }
  });

  it("steps are right-continuous, and the last edge belongs to the last value", () => {
    const f = interpolant({ x: [0, 1, 3], y: [5, 7], kind: "step", outside: "zero" });
    expect([-0.1, 0, 0.9, 1, 2, 3, 3.1].map(f.evaluate)).toEqual([0, 5, 5, 7, 7, 7, 0]);
    expect(f.derivative(0.5)).toBe(0);
    expect([f.integral(-9, 9), f.integral(0.5, 2), f.integral(4, 5), f.integral(-2, -1)]).toEqual([
      19, 9.5, 0, 0,
    ]);
    expect([...f.knots]).toEqual([0, 1, 3]);
  });

  it("does outside what was asked for", () => {
    const held = make("pchip", "hold");
    expect([held.evaluate(-3), held.evaluate(9), held.derivative(9)]).toEqual([1, 7.5, 0]);
    expectClose(held.integral(-2, 9), 2 + held.integral(0, 7) + 15, 1e-15);
    expect(held.integral(-3, -1)).toBe(2);
    const strict = make("pchip", "error");
    expect(() => strict.evaluate(7.01)).toThrow(RuntimeError);
    expect(() => strict.evaluate(7.01)).toThrow("7.01 is outside the table, which runs from 0 to 7");
    expect(() => strict.integral(-1, 2)).toThrow(RuntimeError);
    expect(make("linear", "zero").evaluate(Number.NaN)).toBeNaN();
    expect(make("linear", "hold").evaluate(Number.NaN)).toBeNaN();
    const tail = make("linear", "extrapolate-exponential");
    expectClose(tail.evaluate(9), 7.5 * Math.exp((-0.25 / 7.5) * 2), 1e-15);
  });

  it("says what is wrong with a table", () => {
    const build = (xs: number[], ys: number[], kind: InterpolationKind) => () =>
      interpolant({ x: xs, y: ys, kind, outside: "zero" });
    expect(build([0, 2, 1], [1, 2, 3], "linear")).toThrow("abscissae must increase: number 3 is 1 after 2");
    expect(build([0, 1], [1, 2, 3], "linear")).toThrow("needs as many abscissae as values, got 2 and 3");
    expect(build([0, 1, 2], [1, 2, 3], "step")).toThrow("needs one edge more than values, got 3 and 3");
    expect(build([0, 1, 2], [1, 0, 3], "log-pchip")).toThrow("needs positive values: number 2 is 0");
    expect(build([1], [1], "linear")).toThrow("at least two abscissae");
    expect(build([0, Number.NaN], [1, 2], "linear")).toThrow("abscissa 2 of the table is NaN");
    expect(build([0, 1], [1, Number.POSITIVE_INFINITY], "linear")).toThrow(
      "value 2 of the table is Infinity",
    );
  });
});
