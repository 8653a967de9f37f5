/** Analyses of one bin, about which everything is known in closed form. */
import type { CompiledAnalysis, ParameterInfo } from "../../runtime/compiled.ts";
import type { Hypothesis, Toy, ToyRequest } from "../../runtime/toys.ts";
import { toyChunks, toyComputer } from "../../runtime/toys.ts";

export interface OneBin {
  readonly observed?: number;
  /** Expected without a signal; 0 unless given. */
  readonly background?: number;
  readonly range?: readonly [number, number];
  /** Gaussian with an error of one; else Poisson. */
  readonly gaussian?: boolean;
  /** Relative error of the background, with a nuisance. */
  readonly uncertainty?: number;
}

/** `signal + background` events in one bin, the signal in 0 .. 50. */
export function oneBin({
  observed,
  background = 0,
  range = [0, 50],
  gaussian = false,
  uncertainty,
}: OneBin): CompiledAnalysis {
  const plain = { unit: "", log: false, doc: "" };
  const signal: ParameterInfo = { ...plain, name: "signal", value: 0, range, role: "free" };
  const shift: ParameterInfo = {
    ...plain,
    name: "shift",
    value: 0,
    range: [-1, Number.POSITIVE_INFINITY],
    role: "nuisance",
    constraint: { mean: 0, sigma: uncertainty ?? 1 },
  };
  const totals = (x: Float64Array) => ({
    Count: Float64Array.of(x[0]! + background * (1 + (uncertainty === undefined ? 0 : x[1]!))),
  });
  return {
    name: "OneBin",
    parameters: uncertainty === undefined ? [signal] : [signal, shift],
    experiments: [
      {
        name: "Count",
        axes: [],
        components: [],
        bins: 1,
        data: observed === undefined ? undefined : Float64Array.of(observed),
        likelihood: gaussian ? "gaussian" : "poisson",
        errors: gaussian ? Float64Array.of(1) : undefined,
      },
    ],
    constraints: [],
    intervals: [],
    precision: 1e-6,
    counts: (x) => ({ Count: { total: totals(x).Count, components: {}, channels: {} } }),
    totals,
    constrained: () => new Float64Array(0),
    jacobian: (x) => {
      const slopes = [Float64Array.of(1), Float64Array.of(background)].slice(0, x.length);
      return { parameters: slopes.map((_, i) => i), experiments: { Count: slopes }, constraints: [] };
    },
  };
}

/** All pseudo-experiments of a request, by hypothesis. */
export function toysOf(analysis: CompiledAnalysis, request: ToyRequest): readonly (readonly Toy[])[] {
  const compute = toyComputer(analysis, request);
  const all = Array.from({ length: toyChunks(request) }, (_, chunk) => compute(chunk)).flat();
  const sorted = all.sort((a, b) => a.point - b.point);
  return request.hypotheses.map((_, h) =>
    sorted.filter(({ point }) => point % request.hypotheses.length === h),
  );
}

/** Each value tested with its own toys, then with those without a signal. */
export function onGrid(at: readonly number[], count: number, others: readonly number[] = []): ToyRequest {
  const own = at.map((value, truth): Hypothesis => ({ truth, tested: [value] }));
  const nothing = at.map((value): Hypothesis => ({ truth: at.length, tested: [value] }));
  return {
    parameters: ["signal"],
    truths: [...at.map((value) => [value, ...others]), [0, ...others]],
    hypotheses: [...own, ...nothing],
    seed: 1,
    count,
  };
}

/** ln of the Poisson probability. */
export function logPoisson(n: number, mean: number): number {
  let log = -mean;
  for (let k = 1; k <= n; k++) log += Math.log(mean / k);
  return log;
}

/**
 * The Feldman–Cousins interval of n0 counts on a known background, by their construction itself: for each signal counts are
 * taken in the order of P(n|s)/P(n|best s) until they have the wanted probability.
 */
export function exactInterval(
  n0: number,
  background: number,
  level: number,
  most = 16,
): readonly [number, number] {
  const step = 0.005;
  const accepted = Array.from({ length: most / step }, (_, i) => i * step).filter((signal) =>
    accepts(n0, signal, background, level),
  );
  return [accepted[0]!, accepted.at(-1)!];
}

function accepts(n0: number, signal: number, background: number, level: number): boolean {
  const mean = signal + background;
  const counts = Array.from({ length: 80 }, (_, n) => {
    const best = Math.max(0, n - background) + background;
    return { n, log: logPoisson(n, mean), order: logPoisson(n, mean) - logPoisson(n, best) };
  }).sort((a, b) => b.order - a.order);
  let sum = 0;
  for (const { n, log } of counts) {
    if (n === n0) return true;
    sum += Math.exp(log);
    if (sum >= level) return false;
  }
  return false;
}
