/** Where a likelihood is NaN or infinite within the ranges of its parameters: kept while it is minimised. */
import type { Objective } from "./likelihood.ts";

/** Points that were tried at which χ² was not finite. */
export interface NotFinitePoints {
  readonly count: number;
  /** All parameters at the first of them, by name; absent without one. */
  readonly values?: Readonly<Record<string, number>>;
}

/** The objective, and what was met of such points whenever it is asked for. */
export function watched(objective: Objective): {
  readonly objective: Objective;
  readonly notFinite: () => NotFinitePoints;
} {
  let count = 0;
  let values: NotFinitePoints["values"];
  const value: Objective["value"] = (x) => {
    const chi2 = objective.value(x);
    if (!Number.isFinite(chi2)) {
      count++;
      values ??= Object.fromEntries(objective.names.map((name, i) => [name, x[i]!]));
    }
    return chi2;
  };
  return {
    objective: { ...objective, value },
    notFinite: () => ({ count, ...(values && { values }) }),
  };
}
