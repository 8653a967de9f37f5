/** Toys that have been made, by what they were made for. */
import type { ToySet } from "../../runtime/toy-limit.ts";
import type { ToyPlan } from "./plan.ts";
import type { Results } from "./results.ts";

/** The toys of a hypothesis, in their order; NaN where a fit failed. */
export interface HypothesisToys extends ToySet {
  readonly chi2: readonly number[];
  /** Best values of a parameter, by its place in `plan.estimated`. */
  readonly best: (estimated: number) => readonly number[];
  /** Toys without a fit. */
  readonly failed: number;
}

/** Numbers of a toy before its best values: t and chi2. */
const before = 2;

export function toysByHypothesis(
  { request, tested, estimated }: ToyPlan,
  results: Results,
): readonly HypothesisToys[] {
  const n = request.hypotheses.length;
  const first = estimated.findIndex(({ name }) => name === tested[0]?.name);
  return request.hypotheses.map((_, h) => {
    const points = Array.from({ length: request.count }, (_, toy) => toy * n + h);
    const column = (k: number): readonly number[] => points.map((point) => results.numberAt(point, k));
    return {
      statistics: column(0),
      chi2: column(1),
      estimates: column(before + first),
      best: (k) => column(before + k),
      failed: points.filter((point) => !results.convergedAt(point)).length,
    };
  });
}
