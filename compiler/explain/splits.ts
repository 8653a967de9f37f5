/** Where integrals are split, and which of the points move with parameters. */
import { dependence, isConstant } from "../rate/analyse.ts";
import type { Graph } from "../rate/graph.ts";
import type { IntegralPurpose, Node } from "../rate/node.ts";
import type { SplitPoints } from "../stage/kinks.ts";
import { type Place, placeOf, purposes } from "./place.ts";

/** The points that one condition, table or peak gives to the integrals of one purpose. */
export interface ExplainedSplits extends Place {
  readonly purpose: IntegralPurpose;
  readonly variables: readonly string[];
  readonly cause: SplitPoints["cause"];
  /** The table, or the function with the condition. */
  readonly what: string | null;
  /** Points that are numbers. */
  readonly fixed: number;
  /** Points that follow parameters, bins or outer variables. */
  readonly moving: number;
  /** The parameters that they follow. */
  readonly parameters: readonly string[];
}

interface Group {
  readonly sample: SplitPoints;
  readonly variables: Set<string>;
  readonly points: Set<Node>;
}

export function explainSplits(
  graph: Graph,
  splits: readonly SplitPoints[],
  nameOf: (parameter: string) => string,
): readonly ExplainedSplits[] {
  const groups = new Map<string, Group>();
  for (const split of splits) {
    const { integral, cause, at, points } = split;
    const key = JSON.stringify([integral.purpose, cause, whatOf(at), lineOf(graph, at)]);
    const known = groups.get(key) ?? { sample: split, variables: new Set(), points: new Set() };
    groups.set(key, known);
    known.variables.add(integral.variable.name);
    for (const point of points) known.points.add(point);
  }
  const ordered = [...groups.values()].sort(
    (a, b) => purposes.indexOf(a.sample.integral.purpose) - purposes.indexOf(b.sample.integral.purpose),
  );
  return ordered.map(({ sample, variables, points }) => {
    const moving = [...points].filter((point) => !isConstant(point));
    const parameters = new Set(moving.flatMap((point) => [...dependence(point).parameters]));
    return {
      purpose: sample.integral.purpose,
      variables: [...variables],
      cause: sample.cause,
      what: whatOf(sample.at),
      fixed: points.size - moving.length,
      moving: moving.length,
      parameters: [...parameters].map(nameOf).sort(),
      ...placeOf(lineOf(graph, sample.at)),
    };
  });
}

function lineOf(graph: Graph, node: Node | undefined): string | undefined {
  return node === undefined ? undefined : graph.placeOf(node)?.text;
}

function whatOf(node: Node | undefined): string | null {
  switch (node?.op) {
    case undefined:
      return null;
    case "table":
      return node.table.name;
    case "call":
      return `${node.name}(…)`;
    case "select":
      return "if …";
    default:
      return node?.op ?? null;
  }
}
