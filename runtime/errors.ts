/**
 * A problem that only shows with numbers: a table that cannot be interpolated, a point outside it, a density of events that is
 * too rough for points to stand for.
 */
export type RuntimeProblem = "bad-table" | "outside-table" | "rough-density";

/** What the runtime throws when a caller's numbers make no sense; `problem` tells the cases apart. */
export class RuntimeError extends Error {
  override readonly name = "RuntimeError";
  readonly problem: RuntimeProblem;

  constructor(problem: RuntimeProblem, message: string) {
    super(message);
    this.problem = problem;
  }
}

/** What is computed; undefined where numbers made no sense: a table that a point leads out of spoils this point, and no more. */
export function orUndefined<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof RuntimeError) return undefined;
    throw error;
  }
}
