/** How many quadrature points each kind of integral gets. */
import { ArrayEvaluator, KnownSums } from "./rate/evaluate-arrays.ts";
import { Graph } from "./rate/graph.ts";
import type { Node } from "./rate/node.ts";
import type { Output, Outputs, Prepared } from "./stage/index.ts";
import { LevelDiscretiser, type Levels, refinements } from "./stage/levels.ts";
import type { Rule } from "./stage/quadrature.ts";

export interface Calibration {
  /** The outputs with sums in the place of integrals. */
  readonly discrete: Outputs;
  /** Elements of an output at the defaults, over its axes. */
  readonly valuesOf: (key: string) => Float64Array;
  /** What the integrals became. */
  readonly rulesOf: () => readonly Rule[];
  /** Largest relative error of a bin, estimated with more points; NaN when a count is none. */
  readonly reached: number;
}

/** What the analyses of a file share: expressions that they have in common are discretised and evaluated once. */
export class Workbench {
  readonly graph: Graph;
  readonly discretiser: LevelDiscretiser;
  readonly sums = new KnownSums();

  constructor(graph = new Graph()) {
    this.graph = graph;
    this.discretiser = new LevelDiscretiser(graph);
  }
}

/**
 * The fewest points with which no count of a bin is off by more than a quarter of the precision at the defaults of the
 * parameters. The error that a group of integrals makes is what changes in the counts with its next level; while the
 * sum of these errors is too large, the group with the largest one is raised. A level that the trend of the changes calls good
 * enough is not compared with the next one, which would cost more than all before it.
 */
export function calibrate(
  { graph, outputs, whole }: Omit<Prepared, "isFitted">,
  defaultOf: (name: string) => number,
  precision: number,
  { discretiser, sums } = new Workbench(graph),
): Calibration {
  const evaluator = new ArrayEvaluator(defaultOf, sums);
  const attempts = new Attempts(discretiser, whole, evaluator);
  const levels = new Map<string, number>(attempts.groups.map((group) => [group, 0]));
  const errors = new Map(attempts.groups.map((group) => [group, attempts.error(levels, group)]));
  /** What the last raise of each group changed. */
  const changes = new Map<string, number>();
  const total = (): number => [...errors.values()].reduce((sum, error) => sum + error, 0);
  while (total() > precision / 4) {
    const raisable = attempts.groups.filter((group) => !isLast(levels.get(group)));
    const worst = largest(raisable, (group) => errors.get(group) ?? 0);
    if (worst === undefined) break;
    const change = errors.get(worst) ?? Number.NaN;
    levels.set(worst, (levels.get(worst) ?? 0) + 1);
    errors.set(worst, expectedRest(change, changes.get(worst)));
    changes.set(worst, change);
    if (total() > precision / 4) {
      // The last level has none to be compared with: what it changed stands for its error.
      errors.set(worst, isLast(levels.get(worst)) ? change : attempts.error(levels, worst));
    }
  }
  const chosen = attempts.at(levels);
  const valuesOf = (key: string): Float64Array => {
    const output = chosen.get(key);
    if (output === undefined) throw new Error(`no output ${key}`);
    return evaluator.over(output.node, output.axes);
  };
  const rulesOf = (): readonly Rule[] =>
    discretiser.rules(
      levels,
      [...outputs.values()].map(({ node }) => node),
    );
  const discretise = discretiser.at(levels);
  const replaced = ([key, output]: [string, Output]): [string, Output] => [
    key,
    { ...output, node: discretise(output.node) },
  ];
  return { discrete: new Map([...outputs].map(replaced)), valuesOf, rulesOf, reached: total() };
}

/**
 * What all further levels will change, when each changes by so much less as this one did against the one before it;
 * not taken to be better than a factor of 4.
 */
function expectedRest(change: number, before: number | undefined): number {
  const ratio = before === undefined ? 1 : Math.max(0.25, change / before);
  return ratio < 1 ? (change * ratio) / (1 - ratio) : Number.POSITIVE_INFINITY;
}

const isLast = (level = 0): boolean => level >= refinements.length - 1;

function largest<T>(items: readonly T[], sizeOf: (item: T) => number): T | undefined {
  return items.reduce<T | undefined>(
    (best, item) => (best === undefined || sizeOf(item) > sizeOf(best) ? item : best),
    undefined,
  );
}

/** The outputs at different levels. */
class Attempts {
  readonly #discretiser: LevelDiscretiser;
  readonly #outputs: Outputs;
  readonly #evaluator: ArrayEvaluator;

  constructor(discretiser: LevelDiscretiser, outputs: Outputs, evaluator: ArrayEvaluator) {
    this.#discretiser = discretiser;
    this.#outputs = outputs;
    this.#evaluator = evaluator;
  }

  get groups(): readonly string[] {
    const all = [...this.#outputs.values()].flatMap(({ node }) => [...this.#discretiser.groupsIn(node)]);
    return [...new Set(all)];
  }

  at(levels: Levels): Outputs {
    const discretise = this.#discretiser.at(levels);
    const replaced = ([key, output]: [string, Output]): [string, Output] => [
      key,
      { ...output, node: discretise(output.node) },
    ];
    return new Map([...this.#outputs].map(replaced));
  }

  /** Largest relative change of a count when a group is raised by one level. */
  error(levels: Levels, group: string): number {
    const coarse = this.#discretiser.at(levels);
    const fine = this.#discretiser.at(new Map(levels).set(group, (levels.get(group) ?? 0) + 1));
    let error = 0;
    for (const node of this.#countsWith(group)) {
      const [a, b] = [this.#evaluator.elements(coarse(node)), this.#evaluator.elements(fine(node))];
      const difference = largestDifference(a, b);
      if (!(difference <= error)) error = difference;
    }
    return error;
  }

  /** Counts, not constraints, that hold integrals of a group. */
  #countsWith(group: string): readonly Node[] {
    const counts = [...this.#outputs].filter(([key]) => !key.startsWith("constraint/"));
    return counts.flatMap(([, { node }]) => (this.#discretiser.groupsIn(node).has(group) ? [node] : []));
  }
}

/** Largest relative difference of a bin, NaN when a count is; bins that hold next to nothing are measured against the total. */
function largestDifference(coarse: Float64Array, fine: Float64Array): number {
  let largest = 0;
  const floor = coarse.reduce((sum, value) => sum + Math.abs(value), 0) * 1e-9;
  for (let i = 0; i < coarse.length; i++) {
    const [value, other] = [coarse[i]!, fine[i]!];
    const difference = Math.abs(value - other);
    const relative = difference / Math.max(Math.abs(value), floor);
    if (difference > 0 || Number.isNaN(difference)) largest = relative > largest ? relative : largest;
    if (Number.isNaN(difference)) return Number.NaN;
  }
  return largest;
}
