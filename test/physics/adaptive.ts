/** Symbolic rates of a compiled spec by adaptive quadrature: the second opinion on generated code. */
import { dependence, reachable } from "../../compiler/rate/analyse.ts";
import { evaluate } from "../../compiler/rate/evaluate.ts";
import type { Axis, Node } from "../../compiler/rate/node.ts";
import { findKinks } from "../../compiler/stage/kinks.ts";
import { resting } from "../../compiler/stage/peaks.ts";
import type { Compiled } from "./compile.ts";

/** Values of all parameters, internal units: the spec's with changes in the parameters' own units. */
export function parametersOf(
  { unit }: Compiled,
  changes: Readonly<Record<string, number>> = {},
): (name: string) => number {
  const values = new Map<string, number>();
  for (const { parameter, name, value } of unit.emitted.form.parameters) {
    const moved = changes[name];
    values.set(parameter.name, moved === undefined ? value : moved * parameter.factor);
  }
  return (name) => values.get(name) ?? Number.NaN;
}

/** An output of the spec in one bin: integrals split at their kinks, each to a relative accuracy. */
export function adaptiveBin(
  compiled: Compiled,
  key: string,
  bin: readonly number[],
  accuracy: number,
  changes: Readonly<Record<string, number>> = {},
): number {
  const output = compiled.unit.outputs.get(key);
  if (output === undefined) throw new Error(`no output ${key}`);
  const parameters = parametersOf(compiled, changes);
  const node = findKinks(compiled.unit.graph, resting(parameters))(output.node);
  const axes = new Map(output.axes.map((axis, i) => [axis, bin[i] ?? 0]));
  return evaluate(node, { parameters, axes, accuracy });
}

/** Indices of every bin of an experiment, the last axis fastest. */
export function binsOf(axes: readonly Axis[]): readonly (readonly number[])[] {
  return axes.reduce<readonly (readonly number[])[]>(
    (rows, axis) => rows.flatMap((row) => Array.from({ length: axis.size }, (_, i) => [...row, i])),
    [[]],
  );
}

/** The factor of an output that depends on one axis alone, in one bin of it. */
export function factorOver(
  compiled: Compiled,
  key: string,
  axisName: string,
  bin: number,
  changes: Readonly<Record<string, number>> = {},
): number {
  const output = compiled.unit.outputs.get(key);
  const axis = output?.axes.find((one) => one.name.endsWith(`_${axisName}`));
  if (output === undefined || axis === undefined) throw new Error(`no ${axisName} in ${key}`);
  const own = (node: Node): boolean => {
    const { axes } = dependence(node);
    return node.op === "integral" && axes.size === 1 && axes.has(axis);
  };
  const found = reachable([output.node]).filter(own);
  const parameters = parametersOf(compiled, changes);
  const kinked = found.map(findKinks(compiled.unit.graph, resting(parameters)));
  return kinked
    .map((node) => evaluate(node, { parameters, axes: new Map([[axis, bin]]), accuracy: 1e-11 }))
    .reduce((product, value) => product * value, 1);
}
