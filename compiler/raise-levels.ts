/** How many points each kind of integral gets: levels that are raised until the counts stay. */
import { dependence, reachable } from "./rate/analyse.ts";
import { ArrayEvaluator } from "./rate/evaluate-arrays.ts";
import type { Graph } from "./rate/graph.ts";
import type { IntegralNode, Node, VariableNode } from "./rate/node.ts";
import type { Output, Outputs } from "./stage/index.ts";
import {
  type Choice,
  type LevelDiscretiser,
  type Levels,
  type OrdersOfPanels,
  refinements,
} from "./stage/levels.ts";
import { fixedPanels } from "./stage/panel-orders.ts";
import { type ParameterValues, widthParameters } from "./stage/peaks.ts";

/**
 * Raises the groups of the integrals whose points were not chosen panel by panel until what they get wrong together is below
 * the tolerance. A level that the trend of the changes calls good enough is not compared with the next one, which would cost
 * more than all before it.
 */
export function raiseLevels(
  attempts: Attempts,
  panels: OrdersOfPanels,
  tolerance: number,
): { readonly levels: Levels; readonly error: number } {
  const groups = attempts.groupsBeside(panels);
  const levels = new Map<string, number>(groups.map((group) => [group, 0]));
  const errorOf = (group: string): number => attempts.error({ levels, panels }, group);
  const errors = new Map(groups.map((group) => [group, errorOf(group)]));
  /** What the last raise of each group changed. */
  const changes = new Map<string, number>();
  const total = (): number => [...errors.values()].reduce((sum, error) => sum + error, 0);
  while (total() > tolerance) {
    const raisable = groups.filter((group) => !isLast(levels.get(group)));
    const worst = largest(raisable, (group) => errors.get(group) ?? 0);
    if (worst === undefined) break;
    const change = errors.get(worst) ?? Number.NaN;
    levels.set(worst, (levels.get(worst) ?? 0) + 1);
    errors.set(worst, expectedRest(change, changes.get(worst)));
    changes.set(worst, change);
    if (total() > tolerance) {
      // The last level has none to be compared with: what it changed stands for its error.
      errors.set(worst, isLast(levels.get(worst)) ? change : errorOf(worst));
    }
  }
  return { levels, error: total() };
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

/** An integral over recoils between panels that stay where they are. */
export interface RecoilIntegral {
  readonly boundaries: readonly number[];
  readonly body: Node;
}

/** The outputs with different numbers of points. */
export class Attempts {
  readonly evaluator: ArrayEvaluator;
  readonly #trials: readonly Trial[];
  readonly #discretiser: LevelDiscretiser;
  readonly #outputs: Outputs;

  constructor(
    discretiser: LevelDiscretiser,
    outputs: Outputs,
    evaluator: ArrayEvaluator,
    values: ParameterValues,
  ) {
    this.#discretiser = discretiser;
    this.#outputs = outputs;
    this.evaluator = evaluator;
    this.#trials = trialsOf(discretiser.graph, outputs, values);
  }

  /** Groups that have integrals over other variables than those. */
  groupsBeside(variables: Pick<OrdersOfPanels, "has">): readonly string[] {
    const found = this.#integrals().filter(({ variable }) => !variables.has(variable));
    return [...new Set(found.map((one) => this.#discretiser.groupOf(one)))];
  }

  /**
   * Integrals over recoils whose panels stay where they are, by variable: all that there are over it. Their bodies have no
   * variable but it.
   */
  recoilsInPanels(): ReadonlyMap<VariableNode, readonly RecoilIntegral[]> {
    const found = new Map<VariableNode, readonly (RecoilIntegral | undefined)[]>();
    for (const one of this.#integrals()) {
      if (one.purpose === "recoil")
        found.set(one.variable, [...(found.get(one.variable) ?? []), inPanels(one)]);
    }
    return new Map(
      [...found].flatMap(([variable, all]) => {
        const candidates = all.filter((one) => one !== undefined);
        return candidates.length < all.length ? [] : [[variable, candidates] as const];
      }),
    );
  }

  #integrals(): readonly IntegralNode[] {
    const roots = [...this.#outputs.values()].map(({ node }) => node);
    return reachable(roots).filter((node): node is IntegralNode => node.op === "integral");
  }

  at(choice: Choice): Outputs {
    const discretise = this.#discretiser.at(choice);
    const replaced = ([key, output]: [string, Output]): [string, Output] => [
      key,
      { ...output, node: discretise(output.node) },
    ];
    return new Map([...this.#outputs].map(replaced));
  }

  /** Largest relative change of a count when a group is raised by one level. */
  error({ levels, panels }: Choice, group: string): number {
    const coarse = this.#discretiser.at({ levels, panels });
    const next = new Map(levels).set(group, (levels.get(group) ?? 0) + 1);
    const fine = this.#discretiser.at({ levels: next, panels });
    let error = 0;
    for (const node of this.#countsWith(group)) {
      const difference = this.#difference(coarse(node), fine(node), this.evaluator);
      if (!(difference <= error)) error = difference;
      for (const trial of this.#trials) {
        if (!trial.backgrounds.has(node)) continue;
        const tried = this.#difference(coarse(node), fine(node), trial.evaluator);
        if (tried > error) error = tried;
      }
    }
    return error;
  }

  #difference(coarse: Node, fine: Node, evaluator: ArrayEvaluator): number {
    return largestDifference(evaluator.elements(coarse), evaluator.elements(fine));
  }

  /** Counts, not constraints, that hold integrals of a group. */
  #countsWith(group: string): readonly Node[] {
    const counts = [...this.#outputs].filter(([key]) => !key.startsWith("constraint/"));
    return counts.flatMap(([, { node }]) => (this.#discretiser.groupsIn(node).has(group) ? [node] : []));
  }
}

/** Values of parameters, other than the defaults, at which some backgrounds must be right as well. */
interface Trial {
  readonly evaluator: ArrayEvaluator;
  readonly backgrounds: ReadonlySet<Node>;
}

/** A width that may become 0 is divided by so much: its panels follow it, and hold the same shape from there on. */
const narrowing = 1024;

/**
 * Backgrounds that are nothing now, since what they are multiplied by is 0, and will not be when it is fitted; and those
 * whose peaks a fit may make narrow.
 */
function trialsOf(graph: Graph, outputs: Outputs, { defaultOf, leastOf }: ParameterValues): readonly Trial[] {
  const nodes = [...outputs.values()].map(({ node }) => node).filter(isBackground);
  const widthsOf = new Map(nodes.map((node) => [node, widthParameters(graph, [node])]));
  const widths = new Set([...widthsOf.values()].flatMap((own) => [...own]));
  const isEmptied = (node: Node): boolean =>
    [...dependence(node).parameters].some((name) => defaultOf(name) === 0);
  const filled = (name: string): number => defaultOf(name) || 1;
  const narrowed = (name: string): number =>
    widths.has(name) ? Math.max(leastOf(name), filled(name) / narrowing) : filled(name);
  const trials = [
    { at: filled, backgrounds: new Set(nodes.filter(isEmptied)) },
    { at: narrowed, backgrounds: new Set(nodes.filter((node) => widthsOf.get(node)!.size > 0)) },
  ];
  return trials.flatMap(({ at, backgrounds }) =>
    backgrounds.size === 0 ? [] : [{ evaluator: new ArrayEvaluator(at), backgrounds }],
  );
}

/** No integral in it is one of a signal. */
const isBackground = (node: Node): boolean =>
  reachable([node]).every((one) => one.op !== "integral" || one.purpose === "background");

function inPanels(integral: IntegralNode): RecoilIntegral | undefined {
  const boundaries = fixedPanels(integral);
  const isAlone = dependence(integral).variables.size === 0;
  return boundaries === undefined || !isAlone ? undefined : { boundaries, body: integral.args[2] };
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
