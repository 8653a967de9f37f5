/** Stand-ins for what a formula reads from elsewhere, so that each declaration can be checked by itself. */

import type { Statement } from "../../grammar/syntax.ts";
import { square } from "../../runtime/power.ts";
import type { Site } from "../elaborate/expression.ts";
import { typeDimension } from "../elaborate/functions.ts";
import {
  type ActualArgument,
  type Binding,
  type FunctionBinding,
  flavors,
  quantity,
  type Value,
} from "../elaborate/value.ts";
import { labelOf } from "../lower/experiment.ts";
import { atomNames, type Nucleus, nucleusNames } from "../lower/nucleus.ts";
import { type Declaration, fieldsOf } from "../model/model.ts";
import type { Graph } from "../rate/graph.ts";
import type { Node } from "../rate/node.ts";
import { base, type Dimension, dimension, none } from "../units/index.ts";

/** A nucleus like caesium; its form factors are the given ones. */
export function genericNucleus(graph: Graph, formfactor: (q: Node) => Node = gaussian(graph)): Nucleus {
  const F = (q: Node): Value => quantity(formfactor(q), none);
  return {
    name: "nucleus",
    Z: 55,
    A: 133,
    N: 78,
    mass: 123_800,
    atomicMass: 123_828,
    spin: 3.5,
    Fp: F,
    Fn: F,
    electrons: () => quantity(graph.number(55), none),
    photoabsorption: () => quantity(graph.variable("sigma_gamma"), dimension({ length: 2 })),
  };
}

/** exp(-(q R)^2/6) with R = 5 fm. */
const gaussian =
  (graph: Graph) =>
  (q: Node): Node =>
    graph.call("exp", graph.multiply(graph.number(-square(5 / 197.327) / 6), q, q));

/** Names that a formula of an interaction may read. */
export function scatteringNames(graph: Graph): ReadonlyMap<string, Binding> {
  const bind = (name: string, d: Dimension): [string, Binding] => [
    name,
    { kind: "value", value: quantity(graph.variable(name), d) },
  ];
  const [T, q] = [graph.variable("T"), graph.variable("q")];
  return new Map([
    bind("E", base.energy),
    ["T", { kind: "value", value: quantity(T, base.energy) }],
    ["q", { kind: "value", value: quantity(q, base.energy) }],
    bind("L", base.length),
    bind("nu_sign", none),
    ...nucleusNames(genericNucleus(graph), graph, q),
    ...atomNames(genericNucleus(graph), graph, T),
  ]);
}

/** Arrival times that fall off exponentially. */
export function genericArrival(graph: Graph): (t: Node) => Value {
  return (t) => quantity(graph.call("exp", graph.negate(t)), dimension({ time: -1 }));
}

/** The inputs of a source or detector, whatever an experiment gives for them. */
export function genericInputs(owner: Declaration, site: Site): ReadonlyMap<string, Binding> {
  return new Map(
    fieldsOf(owner, "input").map((input): [string, Binding] => {
      const name = labelOf(input);
      const type = input.type === undefined ? none : (typeDimension(input.type, site) ?? none);
      return [name, { kind: "value", value: quantity(site.context.graph.variable(name), type) }];
    }),
  );
}

/** Makes the binding say what it means: functions are called with variables of their argument types. */
function exercise(binding: Binding | undefined, site: Site): void {
  const span = { file: "", start: 0, end: 0 };
  if (binding?.kind === "lazy") binding.get(span);
  else if (binding?.kind === "function") callEverywhere(binding, site.context.graph);
  else if (binding?.kind === "family") {
    const keys = binding.arity === 1 ? flavors : flavors.flatMap((a) => flavors.map((b) => `${a},${b}`));
    for (const key of keys) binding.at(key, span);
  }
}

/** Every `let` of a block, also those that nothing reads. */
export function exerciseLets(statements: readonly Statement[], site: Site): void {
  for (const statement of statements) {
    if (statement.keyword.text === "let") exercise(site.scope.find(labelOf(statement)), site);
  }
}

/** A top-level constant, function or table. */
export function exerciseGlobal(name: string, site: Site): void {
  exercise(site.scope.find(name), site);
}

/** Calls a function with every flavour; untyped arguments have no dimension to stand in for, so it is left alone. */
function callEverywhere({ parameters, apply }: FunctionBinding, graph: Graph): void {
  if (parameters.some(({ type }) => type === undefined)) return;
  let calls: (readonly ActualArgument[])[] = [[]];
  for (const { name, type } of parameters) {
    const options: readonly ActualArgument[] =
      type?.kind === "dimension"
        ? [{ kind: "value", value: quantity(graph.variable(name), type.dimension) }]
        : flavors.map((flavor) => ({ kind: "flavor", flavor }));
    calls = calls.flatMap((args) => options.map((option) => [...args, option]));
    if (calls.length > 81) return;
  }
  for (const args of calls) apply(args, { file: "", start: 0, end: 0 });
}
