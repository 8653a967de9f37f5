/** Likelihoods without a slope somewhere: at a kink, at the zero of a square root, in a hole of the range. */
import { describe, expect, it } from "vitest";
import { nuisanceErrors } from "../../runtime/fit.ts";
import { bestFit } from "../../runtime/fit-search.ts";
import { chiSquare } from "../../runtime/likelihood.ts";
import { minimise, type Problem } from "../../runtime/minimise.ts";
import { minos } from "../../runtime/minos.ts";
import { compiled, fitText, modelOfText } from "../physics/compile.ts";
import { darkCounter } from "../physics/spec-parts.ts";

const spec = (data: string, lines: string, free: string): string => `
${darkCounter}experiment Run {
  source Dark
  detector Plain
  bins pe = [0, 1, 2] PE
  data = ${data}
  ${lines}
}
analysis Fit {
  model = StandardModel
  experiments = Run
  ${free}
  interval = 68.27%
}`;

const poisson = (nu: number, n: number): number => 2 * (nu - n + n * Math.log(n / nu));

/** Where a rising function is one. */
function whereOne(rise: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  for (let i = 0; i < 60; i++) {
    const middle = (a + b) / 2;
    if (rise(middle) < 1) a = middle;
    else b = middle;
  }
  return a;
}

describe("the zero of a square root", () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY])("is a minimum although the slope there is %d", (slope) => {
    const problem: Problem = {
      value: ([k, a]) => 3 * Math.sqrt(k!) + (a! - 1 - Math.sqrt(k!)) ** 2,
      gradient: ([k, a], out) => {
        const root = Math.sqrt(k!);
        out[0] = root === 0 ? slope : (3 - 2 * (a! - 1 - root)) / (2 * root);
        out[1] = 2 * (a! - 1 - root);
      },
      start: [0, 3],
      lower: [0, -10],
      upper: [4, 10],
    };
    for (const start of [
      [0, 3],
      [1, 0],
    ]) {
      const { converged, x, atBound } = minimise({ ...problem, start });
      expect({ converged, atBound }).toEqual({ converged: true, atBound: [0] });
      expect(x[1]).toBeCloseTo(1, 5);
    }
  });

  it("is where an interval of another parameter ends", () => {
    const { intervals } = fitText(
      spec(
        "[4, 1]",
        `parameter s = 1 in 0 .. 50
  parameter k = 1 in 0 .. 3
  background Signal { shape = [1, 0]; total = s }
  background Root { shape = [1, 0]; total = 2*sqrt(k) }
  background Rest { shape = [0, 1]; total = 1 }`,
        "free Run.s\n  free Run.k",
      ),
    );
    const [region] = intervals.find(({ parameter }) => parameter === "Run.s")!.regions;
    expect(region!.low).toBe(0);
    expect(region!.high).toBeCloseTo(
      whereOne((nu) => poisson(nu, 4), 4, 20),
      2,
    );
  });
});

describe("a kink", () => {
  it("holds its parameter, and the others go to their best values", () => {
    const { converged, x, kinks, covariance } = minimise({
      value: ([a, b]) => 2 * Math.abs(a! - 0.3) + (b! - 1 - 0.5 * a!) ** 2,
      gradient: ([a, b], out) => {
        out[0] = 2 * Math.sign(a! - 0.3) - (b! - 1 - 0.5 * a!);
        out[1] = 2 * (b! - 1 - 0.5 * a!);
      },
      start: [-1, 3],
    });
    expect({ converged, kinks }).toEqual({ converged: true, kinks: [0] });
    expect(x[0]).toBeCloseTo(0.3, 8);
    expect(x[1]).toBeCloseTo(1.15, 3);
    expect(covariance!.matrix[3]).toBeCloseTo(1, 4);
  });

  const oneSided = spec(
    "[80, 20]",
    `parameter s = 20 in 0 .. 50
  background Signal { shape = [0, 1]; total = s }
  background Flat { shape = [90, 10]; total = 100 }
  systematic tail on Flat { plus = [98, 2]; minus = [90, 10]; interpolation = linear }`,
    "free Run.s",
  );

  it("of a nuisance has the errors of its profile", () => {
    const [tail] = fitText(oneSided).nuisances;
    const [minus, plus] = nuisanceErrors(tail!);
    expect(tail!.profile).toEqual([minus, plus]);
    expect(minus).toBeCloseTo(1, 3);
    const rise = (pull: number): number => poisson(90 + 8 * pull, 80) - poisson(90, 80) + pull ** 2;
    expect(plus).toBeCloseTo(whereOne(rise, 0, 2), 3);
  });

  it("is not said of a nuisance of a parabola", () => {
    const [tail] = fitText(oneSided.replace("minus = [90, 10]", "minus = [82, 18]")).nuisances;
    expect(tail!.profile).toBeUndefined();
    expect(tail!.error).toBeGreaterThan(0.3);
  });
});

it("a minimum is not taken for determined or not by scales that were learnt at a bound", () => {
  // The first step ends on the bound, where the second derivative is 1e28.
  const [n, scale, rest] = [3, 100, 3.4e-12];
  const nu = (s: number): number => scale * s + rest;
  const { covariance, x } = minimise({
    value: ([s]) => poisson(nu(s!), n),
    gradient: ([s], out) => {
      out[0] = 2 * scale * (1 - n / nu(s!));
    },
    start: [1],
    lower: [0],
    upper: [50],
  });
  expect(x[0]).toBeCloseTo(n / scale, 5);
  expect(covariance).toMatchObject({ flat: [] });
  expect(covariance!.matrix[0]! / (n / scale ** 2)).toBeCloseTo(1, 4);
});

it("errors of a valley without an end are open, not where a straight way ends", () => {
  const problem: Problem = {
    value: ([a, b]) => (a! + b! > 0 ? poisson(a! + b!, 50) : Number.NaN),
    start: [20, 20],
  };
  const { status } = minos(problem, minimise(problem), 0);
  expect(status).toEqual({ minus: "open", plus: "open" });
});

describe("where there is no value", () => {
  const hole = spec(
    "[4, 1]",
    `parameter k = 3 in 0 .. 10
  background Signal { shape = [1, 0]; total = k + 1e-6*sqrt((k - 6)*(k - 6.5)) }
  background Rest { shape = [0, 1]; total = 1 }`,
    "free Run.k",
  );

  it("is told of a twentieth of a range that no minimisation enters", () => {
    const { notFinite } = fitText(hole);
    expect(notFinite.count).toBeGreaterThan(0);
    expect(notFinite.values!["Run.k"]).toBeGreaterThan(6);
    expect(notFinite.values!["Run.k"]).toBeLessThan(6.5);
  });

  it("no higher minimum stands for a lower place at which a fit failed", () => {
    const objective = chiSquare(compiled(modelOfText(hole)).analysis);
    const index = objective.names.indexOf("Run.k");
    const { gradient, ...rest } = objective;
    // A wall in a slope below the minimum at 8.
    const value = (x: Float64Array): number => {
      const k = x[index]!;
      return k < 4 ? (k > 1 ? 10 * k - 50 : Number.NaN) : (k - 8) ** 2;
    };
    const { minimum } = bestFit({ ...rest, value }, 2);
    expect(gradient).toBeDefined();
    expect(minimum.converged).toBe(false);
    expect(minimum.value).toBeLessThan(-20);
  });
});
