/** From the plan to the kernel form: stages by what they read, loops fused over equal axes, locals for shared work. */
import { costOfStatements } from "../kernel/cost.ts";
import {
  type Group,
  groups,
  type KernelArray,
  type KernelData,
  type KernelProgram,
  type KernelStage,
  type KernelStatement,
} from "../kernel/form.ts";
import { reachable } from "../rate/analyse.ts";
import type { DataNode, Node, TableData } from "../rate/node.ts";
import { withoutDeadStores } from "./dead-stores.ts";
import { emitCluster, Names } from "./emit-cluster.ts";
import type { Definition, Plan } from "./plan.ts";

/** Parameters by what they do to a program. */
export type Moves = Pick<KernelProgram, "fitted" | "couplings" | "templates" | "gradient">;

export function buildKernel(plan: Plan, moves: Moves): KernelProgram {
  const reached = reachable(plan.definitions.map((definition) => definition.node));
  const arrays: KernelArray[] = [];
  const scalars: string[] = [];
  for (const { name, axes, label, instead } of plan.definitions) {
    if (instead !== undefined) continue;
    if (axes.length === 0) scalars.push(name);
    else arrays.push({ name, sizes: axes.map((axis) => axis.size), doc: label });
  }
  const outputs = new Map<string, { name: string; size: number }>();
  for (const [key, definition] of plan.outputs) {
    outputs.set(key, { name: definition.name, size: sizeOf(definition) });
  }
  const isFitted = (name: string): boolean => moves.fitted.includes(name);
  const groupOf = groupsOf(plan, isFitted);
  const usesTemplates = late.filter((group) =>
    [...below(plan.asked.get(group) ?? [], new Set())].some((one) => groupOf(one) === "templates"),
  );
  return withoutDeadStores({
    data: dataOf(reached),
    tables: tablesOf(reached),
    scalars,
    arrays,
    stages: stagesOf(plan, groupOf, isFitted),
    ...moves,
    usesTemplates,
    outputs,
  });
}

function dataOf(nodes: readonly Node[]): readonly KernelData[] {
  const found = nodes.filter((node): node is DataNode => node.op === "data");
  return found
    .map(({ name, source, axes }) => ({ name, source, size: sizeOf({ axes }) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function tablesOf(nodes: readonly Node[]): readonly { name: string; table: TableData }[] {
  const found = new Map<string, TableData>();
  for (const node of nodes) if (node.op === "table") found.set(node.table.name, node.table);
  return [...found].map(([name, table]) => ({ name, table })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What rests goes first in its group: it needs nothing that moves. */
function stagesOf(
  plan: Plan,
  groupOf: (definition: Definition) => Group,
  isFitted: (parameter: string) => boolean,
): readonly KernelStage[] {
  const byReads = new Map<string, { group: Group; reads: readonly string[]; definitions: Definition[] }>();
  for (const definition of plan.definitions) {
    const { reads } = definition;
    const group = groupOf(definition);
    const key = `${group} ${reads.join(" ")}`;
    const known = byReads.get(key);
    if (known === undefined) byReads.set(key, { group, reads, definitions: [definition] });
    else known.definitions.push(definition);
  }
  const stages = [...byReads].sort(
    ([a, x], [b, y]) =>
      groups.indexOf(x.group) - groups.indexOf(y.group) ||
      Number(x.reads.some(isFitted)) - Number(y.reads.some(isFitted)) ||
      x.reads.length - y.reads.length ||
      (a < b ? -1 : a > b ? 1 : 0),
  );
  return stages.map(([, { group, definitions }], i) => stageOf(plan, definitions, group, i));
}

/**
 * Where each value belongs when counts can come in two ways: to the sums over nodes alone, to the templates or the
 * polynomials alone, to the counts after them, or else to what is shared and goes first.
 */
function groupsOf(plan: Plan, isFitted: (parameter: string) => boolean): (definition: Definition) => Group {
  const asked = (group: Group): readonly Definition[] => plan.asked.get(group) ?? [];
  const alternatives = plan.definitions.filter(({ instead }) => instead !== undefined);
  if (alternatives.length === 0) return ({ group }) => (early.has(group) ? "counts" : group);
  const sums = new Set(asked("direct"));
  const templates = new Set(asked("templates"));
  const needs: readonly (readonly [Group, ReadonlySet<Definition>])[] = [
    ["direct", below([...sums], new Set())],
    ["templates", below([...templates], new Set())],
    ["polynomials", below(alternatives, templates)],
    ["counts", below(asked("counts"), sums)],
  ];
  const lateNeeds = below(late.flatMap(asked), new Set());
  return (definition) => {
    if (!early.has(definition.group)) return definition.group;
    const [only = "shared", ...others] = needs.flatMap(([group, needed]) =>
      needed.has(definition) ? [group] : [],
    );
    if (others.length > 0) return "shared";
    if (!lateNeeds.has(definition)) return only;
    // The sums over nodes are there for those who come later; the polynomials may not be, nor what templates rest on.
    const rests = !definition.reads.some(isFitted);
    return only === "polynomials" || (only === "templates" && rests) ? "shared" : only;
  };
}

/** Groups that run when they are asked for. */
const late: readonly Group[] = ["likelihood", "slopes", "detail", "jacobian"];
/** Groups that the counts need. */
const early: ReadonlySet<Group> = new Set(["shared", "direct", "templates", "polynomials", "counts"]);

/** The definitions and all that they use, but not beyond those where to stop. */
function below(roots: readonly Definition[], stop: ReadonlySet<Definition>): ReadonlySet<Definition> {
  const found = new Set<Definition>();
  const visit = (definition: Definition): void => {
    if (found.has(definition)) return;
    found.add(definition);
    for (const used of definition.uses) if (!stop.has(used)) visit(used);
  };
  for (const root of roots) if (!stop.has(root)) visit(root);
  return found;
}

function stageOf(plan: Plan, definitions: readonly Definition[], group: Group, number: number): KernelStage {
  const statements: KernelStatement[] = [];
  const names = new Names();
  for (const cluster of clusters(definitions)) statements.push(...emitCluster(plan, cluster, names));
  return {
    name: `stage${number}`,
    reads: definitions[0]?.reads ?? [],
    group,
    statements,
    cost: costOfStatements(statements),
    makes: definitions.map((definition) => definition.label),
  };
}

function sizeOf({ axes }: Pick<Definition, "axes">): number {
  return axes.reduce((size, axis) => size * axis.size, 1);
}

/** Definitions over the same axes that can share their loops, in an order that respects what they use. */
export function clusters(definitions: readonly Definition[]): readonly (readonly Definition[])[] {
  const waiting = new Set(definitions);
  const result: Definition[][] = [];
  const axesKey = (definition: Definition): string => definition.axes.map((axis) => axis.name).join(",");
  while (waiting.size > 0) {
    const cluster: Definition[] = [];
    const inCluster = new Set<Definition>();
    let key: string | undefined;
    for (const definition of waiting) {
      if (key !== undefined && axesKey(definition) !== key) continue;
      const ready = [...definition.uses].every(
        (used) => !waiting.has(used) || (inCluster.has(used) && isElementwise(used)),
      );
      if (!ready) continue;
      key ??= axesKey(definition);
      cluster.push(definition);
      inCluster.add(definition);
    }
    for (const definition of cluster) waiting.delete(definition);
    result.push(cluster);
  }
  return result;
}

/** Over the cluster's own axes a used value is read at the index at hand, so that it may be of the same loop. */
function isElementwise(definition: Definition): boolean {
  return definition.node.op !== "root";
}
