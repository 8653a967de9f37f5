/** Toys that have been made, by what they were made for. */
import type { ToySet } from "../../runtime/toy-limit.ts";
import type { ToyPlan } from "./plan.ts";
import type { Results } from "./results.ts";

/** The toys of a hypothesis, in their order; NaN where a fit failed. */
export interface HypothesisToys extends ToySet {
  readonly chi2: readonly number[];
  /** By toy, best values in the order of `plan.estimated`. */
  readonly values: readonly (readonly number[])[];
  /** Toys without a fit. */
  readonly failed: number;
}

export function toysByHypothesis(
  { request, tested, estimated }: ToyPlan,
  results: Results,
): readonly HypothesisToys[] {
  const n = request.hypotheses.length;
  const first = estimated.findIndex(({ name }) => name === tested[0]?.name);
  const all = results.all();
  return request.hypotheses.map((_, h) => {
    const own = all.filter(({ point }) => point % n === h);
    return {
      statistics: own.map(({ numbers }) => numbers[0]!),
      chi2: own.map(({ numbers }) => numbers[1]!),
      values: own.map(({ numbers }) => numbers.slice(2)),
      estimates: own.map(({ numbers }) => numbers[2 + first]!),
      failed: own.filter(({ converged }) => !converged).length,
    };
  });
}
