/** How many quadrature points each kind of integral gets. */

import { KnownExperiments } from "./lower/known-experiments.ts";
import { once } from "./once.ts";
import { Attempts, raiseLevels } from "./raise-levels.ts";
import { dependence, reachable } from "./rate/analyse.ts";
import { ArrayEvaluator, KnownSums } from "./rate/evaluate-arrays.ts";
import { Graph } from "./rate/graph.ts";
import type { Node, VariableNode } from "./rate/node.ts";
import {
  byOwner,
  type CommonPasses,
  commonPasses,
  type Outputs,
  ownerOf,
  type Prepared,
} from "./stage/index.ts";
import { type Choice, finer, LevelDiscretiser } from "./stage/levels.ts";
import {
  type Candidate,
  choosePanelOrders,
  type Integrand,
  joinedOrders,
  type PanelOrders,
  type Product,
} from "./stage/panel-orders.ts";
import { type ParameterValues, widthParameters } from "./stage/peaks.ts";
import type { Rule } from "./stage/quadrature.ts";
import { byCoefficient, maximalTemplates, separate } from "./stage/separate.ts";

export interface Calibration {
  /** The outputs with sums in the place of integrals. */
  readonly discrete: Outputs;
  /** Elements of an output at the defaults, over its axes. */
  readonly valuesOf: (key: string) => Float64Array;
  /** What the integrals became. */
  readonly rulesOf: () => readonly Rule[];
  /** Largest relative error of a bin, estimated with more points; NaN when a count is none. */
  readonly reached: number;
  /**
   * What about twice the points would change in the total counts of each experiment where some parameters have other values
   * than the defaults, in internal units. Terms without an integral that one of them enters are left out.
   */
  readonly changesAt: (moved: ReadonlyMap<string, number>) => ReadonlyMap<string, Float64Array>;
}

/**
 * What the analyses of a file share: expressions that they have in common are lowered, discretised and evaluated once.
 */
export class Workbench {
  readonly graph: Graph;
  readonly discretiser: LevelDiscretiser;
  readonly sums = new KnownSums();
  readonly experiments = new KnownExperiments();
  readonly #passes = new Map<string, CommonPasses>();
  readonly #points = new Map<string, Points>();

  constructor(graph = new Graph()) {
    this.graph = graph;
    this.discretiser = new LevelDiscretiser(graph);
  }

  /** The passes for some outputs, at defaults of the parameters in them. */
  passesFor(outputs: Outputs, values: ParameterValues): CommonPasses {
    const key = valuesIn(this.graph, outputs, values);
    return known(this.#passes, key, () => commonPasses(this.graph, values));
  }

  /** The points that were chosen for the outputs at the same defaults of the parameters in them, or are now. */
  pointsFor(outputs: Outputs, values: ParameterValues, precision: number, choose: () => Points): Points {
    const nodes = [...outputs.values()].map(({ node }) => node.id);
    const key = [precision, nodes, valuesIn(this.graph, outputs, values)].join(" ");
    return known(this.#points, key, choose);
  }
}

/** Values that passes and points depend on: the defaults, and how narrow fits may make the peaks of backgrounds. */
function valuesIn(graph: Graph, outputs: Outputs, { defaultOf, leastOf }: ParameterValues): string {
  const nodes = [...outputs.values()].map(({ node }) => node);
  const names = new Set(nodes.flatMap((node) => [...dependence(node).parameters]));
  const defaults = [...names].sort().map((name) => `${name}=${defaultOf(name)}`);
  const widths = [...widthParameters(graph, nodes)].sort().map((name) => `${name}>=${leastOf(name)}`);
  return [...defaults, ...widths].join(" ");
}

function parametersOfIntegrals(root: Node): readonly string[] {
  const integrals = reachable([root]).filter(({ op }) => op === "integral");
  return integrals.flatMap((one) => [...dependence(one).parameters]);
}

function known<T>(map: Map<string, T>, key: string, make: () => T): T {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

/**
 * An integrand and its terms, each of which is to be followed by itself: the parameters that they are multiplied by may
 * be zero at the defaults, and be moved far from them. Of terms the precision that was asked for is enough.
 */
function integrandsOf(graph: Graph, body: Node, variable: VariableNode): readonly Integrand[] {
  const whole = { products: [productOf(graph, body)], slack: 1 };
  const factors = byCoefficient(
    graph,
    separate(graph, body, variable, () => true),
  );
  // One alone has the shape of the whole.
  if (factors.size > maximalTemplates || factors.size === 1) return [whole];
  const terms = [...factors.values()].map((some) => {
    return { products: some.map((factor) => productOf(graph, factor)), slack: 4 };
  });
  return [whole, ...terms];
}

/** Takes the factors apart that are arrays over bins. */
function productOf(graph: Graph, node: Node): Product {
  const factors = node.op === "multiply" ? node.args : [node];
  const isWide = (factor: Node): boolean => dependence(factor).axes.size > 0;
  return {
    wide: graph.multiply(...factors.filter(isWide)),
    narrow: graph.multiply(...factors.filter((factor) => !isWide(factor))),
  };
}

/** How many points the integrals of an experiment have, and what the counts are off by. */
interface Points {
  readonly choice: Choice;
  readonly reached: number;
}

/**
 * The fewest points with which no count of a bin is off by more than half of the precision at the defaults of the
 * parameters. Panels of recoil integrals are each looked at by themselves. Others go by kind: the error that a group makes is what
 * changes in the counts with its next level; while the sum of these errors is too large, the group with the largest one is
 * raised.
 */
export function calibrate(
  { outputs, whole }: Pick<Prepared, "outputs" | "whole">,
  values: ParameterValues,
  precision: number,
  workbench: Workbench,
): Calibration {
  const { defaultOf } = values;
  const { discretiser, sums } = workbench;
  const evaluator = new ArrayEvaluator(defaultOf, sums);
  const points = new Map<string, Points>();
  for (const [owner, own] of byOwner(whole)) {
    const choose = (): Points => choosePoints(own, workbench, evaluator, values, precision);
    points.set(owner, workbench.pointsFor(own, values, precision, choose));
  }
  const choiceFor = (key: string): Choice => points.get(ownerOf(key))!.choice;
  const discretised = (some: Outputs): Outputs =>
    new Map(
      [...some].map(([key, output]) => {
        const discretise = discretiser.at(choiceFor(key));
        return [key, { ...output, node: discretise(output.node) }];
      }),
    );
  const chosen = discretised(whole);
  const valuesOf = (key: string): Float64Array => {
    const output = chosen.get(key);
    if (output === undefined) throw new Error(`no output ${key}`);
    return evaluator.over(output.node, output.axes);
  };
  const rulesOf = (): readonly Rule[] =>
    byOwner(outputs).flatMap(([owner, own]) => {
      const roots = [...own.values()].map(({ node }) => node);
      return discretiser.rules(choiceFor(`${owner}/`), roots);
    });
  const reached = Math.max(0, ...[...points.values()].map((one) => one.reached));
  const totals = [...outputs].filter(([key]) => key.endsWith("/total"));
  const termsOf = once(() =>
    totals.map(([key, { node, axes }]) => {
      const terms = node.op === "add" ? node.args : [node];
      return { key, axes, terms: terms.map((term) => ({ term, enter: parametersOfIntegrals(term) })) };
    }),
  );
  const before = new KnownSums();
  const changesAt: Calibration["changesAt"] = (moved) => {
    const there = new ArrayEvaluator((name) => moved.get(name) ?? defaultOf(name), before);
    const changed = termsOf().map(({ key, axes, terms }) => {
      const moving = terms.filter(({ enter }) => enter.some((name) => moved.has(name)));
      const sum = workbench.graph.add(...moving.map(({ term }) => term));
      const choice = choiceFor(key);
      const [chosen, more] = [choice, finer(choice)].map((one) => there.over(discretiser.at(one)(sum), axes));
      return [ownerOf(key), more!.map((count, i) => count - chosen![i]!)] as const;
    });
    return new Map(changed);
  };
  return { discrete: discretised(outputs), valuesOf, rulesOf, reached, changesAt };
}

/**
 * Panels of recoil integrals first, with the fewest points in all others, whose errors depend little on where the recoil
 * is; then the others.
 */
function choosePoints(
  whole: Outputs,
  { graph, discretiser }: Workbench,
  evaluator: ArrayEvaluator,
  values: ParameterValues,
  precision: number,
): Points {
  const attempts = new Attempts(discretiser, whole, evaluator, values);
  const panels = new Map<VariableNode, PanelOrders>();
  const inner = discretiser.at({ levels: new Map(), panels });
  for (const [variable, integrals] of attempts.recoilsInPanels()) {
    const candidates = integrals.flatMap(({ boundaries, body }) =>
      integrandsOf(graph, inner(body), variable).map((one) => ({ variable, boundaries, ...one })),
    );
    const alike = new Map<string, Candidate[]>();
    for (const one of candidates) {
      const key = one.boundaries.join(" ");
      alike.set(key, [...(alike.get(key) ?? []), one]);
    }
    const chosen = [...alike.values()].map((some) => choosePanelOrders(some, evaluator, precision / 4));
    if (chosen.every((one) => one !== undefined)) panels.set(variable, joinedOrders(chosen));
  }
  const { levels, error } = raiseLevels(attempts, panels, precision / 8);
  const reached = error + Math.max(0, ...[...panels.values()].map((one) => one.reached));
  return { choice: { levels, panels }, reached };
}
