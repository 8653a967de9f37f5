/** From the plan to the kernel form: stages by what they read, loops fused over equal axes, locals for shared work. */
import {
  type KernelArray,
  type KernelData,
  type KernelProgram,
  type KernelStage,
  type KernelStatement,
  purposes,
} from "../kernel/form.ts";
import { reachable } from "../rate/analyse.ts";
import type { DataNode, Node, TableData } from "../rate/node.ts";
import { withoutDeadStores } from "./dead-stores.ts";
import { emitCluster, Names } from "./emit-cluster.ts";
import { type Definition, type Plan, weigh } from "./plan.ts";

export function buildKernel(plan: Plan, gradient: readonly string[]): KernelProgram {
  const reached = reachable(plan.definitions.map((definition) => definition.node));
  const arrays: KernelArray[] = [];
  const scalars: string[] = [];
  for (const { name, axes, label } of plan.definitions) {
    if (axes.length === 0) scalars.push(name);
    else arrays.push({ name, sizes: axes.map((axis) => axis.size), doc: label });
  }
  const outputs = new Map<string, { name: string; size: number }>();
  for (const [key, definition] of plan.outputs) {
    outputs.set(key, { name: definition.name, size: sizeOf(definition) });
  }
  return withoutDeadStores({
    data: dataOf(reached),
    tables: tablesOf(reached),
    scalars,
    arrays,
    stages: stagesOf(plan),
    gradient,
    outputs,
  });
}

function dataOf(nodes: readonly Node[]): readonly KernelData[] {
  const found = nodes.filter((node): node is DataNode => node.op === "data");
  return found.map(({ name, source }) => ({ name, source })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function tablesOf(nodes: readonly Node[]): readonly { name: string; table: TableData }[] {
  const found = new Map<string, TableData>();
  for (const node of nodes) if (node.op === "table") found.set(node.table.name, node.table);
  return [...found].map(([name, table]) => ({ name, table })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function stagesOf(plan: Plan): readonly KernelStage[] {
  const byReads = new Map<string, Definition[]>();
  for (const definition of plan.definitions) {
    const key = `${definition.purpose} ${definition.reads.join(" ")}`;
    byReads.set(key, [...(byReads.get(key) ?? []), definition]);
  }
  const groups = [...byReads].sort(
    ([a, x], [b, y]) =>
      purposes.indexOf(x[0]!.purpose) - purposes.indexOf(y[0]!.purpose) ||
      x[0]!.reads.length - y[0]!.reads.length ||
      (a < b ? -1 : a > b ? 1 : 0),
  );
  return groups.map(([, definitions], i) => stageOf(plan, definitions, i));
}

function stageOf(plan: Plan, definitions: readonly Definition[], number: number): KernelStage {
  const statements: KernelStatement[] = [];
  const names = new Names();
  for (const cluster of clusters(definitions)) statements.push(...emitCluster(plan, cluster, names));
  return {
    name: number === 0 && definitions[0]?.reads.length === 0 ? "load" : `stage${number}`,
    reads: definitions[0]?.reads ?? [],
    purpose: definitions[0]?.purpose ?? "value",
    statements,
    cost: definitions.reduce((sum, definition) => sum + costOf(definition), 0),
    makes: definitions.map((definition) => definition.label),
  };
}

/** Operations of one run of the definition's loops; stored operands count as reads. */
function costOf(definition: Definition): number {
  const { node } = definition;
  const summed = node.op === "sum" ? node.axis.size : 1;
  const below = [...definition.uses].reduce((sum, used) => sum + weigh(used.node), 0);
  const body = node.op === "sum" ? node.args[0] : node;
  return sizeOf(definition) * summed * Math.max(1, weigh(body) - below);
}

function sizeOf(definition: Definition): number {
  return definition.axes.reduce((size, axis) => size * axis.size, 1);
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
