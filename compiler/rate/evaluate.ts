import { implementations } from "../../runtime/implementations.ts";
import { type Interpolant, interpolant } from "../../runtime/interpolate.ts";
import { integrate } from "../../runtime/quadrature.ts";
import { findRoot } from "../../runtime/roots.ts";
import { holds } from "./graph.ts";
import type {
  Axis,
  DataNode,
  IntegralNode,
  Node,
  RootNode,
  SumNode,
  TableData,
  VariableNode,
} from "./node.ts";

/** Values of what is free in a node: parameters in internal units, variables. */
export interface Environment {
  readonly parameters: (name: string) => number;
  readonly variables?: ReadonlyMap<VariableNode, number>;
  /** The element at hand of each axis: the bin. */
  readonly axes?: ReadonlyMap<Axis, number>;
  /** Relative accuracy of integrals, 1e-10 unless given. */
  readonly accuracy?: number;
}

/**
 * Value of a node, straight from its definition: integrals by adaptive quadrature, nothing staged.
 * Used on small expressions while compiling, and by tests as the second opinion on generated code.
 */
export function evaluate(node: Node, environment: Environment): number {
  return new Evaluation(environment).value(node, new Map(environment.variables));
}

/** Value of a node that is one number whatever the parameters are. */
export function evaluateConstant(node: Node): number {
  return evaluate(node, {
    parameters: (name) => {
      throw new Error(`parameter ${name} in a constant`);
    },
  });
}

const interpolants = new WeakMap<TableData, Interpolant>();

/** The interpolating function of a table. */
export function interpolantOf(table: TableData): Interpolant {
  let known = interpolants.get(table);
  if (known === undefined) {
    known = interpolant({ x: table.x, y: table.y, kind: table.interpolation, outside: table.outside });
    interpolants.set(table, known);
  }
  return known;
}

class Evaluation {
  readonly #environment: Environment;
  readonly #axes: Map<Axis, number>;

  constructor(environment: Environment) {
    this.#environment = environment;
    this.#axes = new Map(environment.axes);
  }

  value(node: Node, variables: Map<VariableNode, number>): number {
    const of = (inner: Node): number => this.value(inner, variables);
    switch (node.op) {
      case "number":
        return node.value;
      case "parameter":
        return this.#environment.parameters(node.name);
      case "variable": {
        const value = variables.get(node);
        if (value === undefined) throw new Error(`variable ${node.name} has no value`);
        return value;
      }
      case "add":
        return node.args.reduce((sum, arg) => sum + of(arg), 0);
      case "multiply":
        return node.args.reduce((product, arg) => (product === 0 ? 0 : product * of(arg)), 1);
      case "power":
        return of(node.args[0]) ** of(node.args[1]);
      case "call":
        return call(node.name, node.args.map(of));
      case "select":
        return holds(node.relation, of(node.args[0]), of(node.args[1])) ? of(node.args[2]) : of(node.args[3]);
      case "table":
        return node.order === 0
          ? interpolantOf(node.table).evaluate(of(node.args[0]))
          : interpolantOf(node.table).derivative(of(node.args[0]));
      case "integral":
        return this.#integral(node, variables);
      case "root":
        return this.#root(node, variables);
      case "data":
        return this.#element(node);
      case "sum":
        return this.#sum(node, of);
      case "delta":
        throw new Error("a delta has no value by itself");
    }
  }

  /** The axis may be that of the bin at hand, whose element comes back when the sum is done. */
  #sum({ axis, args: [body] }: SumNode, of: (inner: Node) => number): number {
    const outer = this.#axes.get(axis);
    let sum = 0;
    for (let i = 0; i < axis.size; i++) {
      this.#axes.set(axis, i);
      sum += of(body);
    }
    if (outer === undefined) this.#axes.delete(axis);
    else this.#axes.set(axis, outer);
    return sum;
  }

  #element({ name, axes, source }: DataNode): number {
    if (source.kind !== "values") throw new Error(`${name} belongs to a quadrature rule`);
    let offset = 0;
    for (const axis of axes) {
      const index = this.#axes.get(axis);
      if (index === undefined) throw new Error(`axis ${axis.name} has no element`);
      offset = offset * axis.size + index;
    }
    return source.values[offset] ?? Number.NaN;
  }

  #integral(node: IntegralNode, variables: Map<VariableNode, number>): number {
    const [low, high, body, ...splits] = node.args;
    const from = this.value(low, variables);
    const to = this.value(high, variables);
    if (!(to > from)) return 0;
    const inner = new Map(variables);
    const integrand = (x: number): number => this.value(body, inner.set(node.variable, x));
    const relative = this.#environment.accuracy ?? 1e-10;
    const points = splits.map((split) => this.value(split, variables)).filter((x) => x > from && x < to);
    return integrate(integrand, from, to, { relative, splits: points }).value;
  }

  #root(node: RootNode, variables: Map<VariableNode, number>): number {
    const [low, high, body, fallback] = node.args;
    const inner = new Map(variables);
    const found = findRoot(
      (x) => this.value(body, inner.set(node.variable, x)),
      this.value(low, variables),
      this.value(high, variables),
    );
    return found ?? this.value(fallback, variables);
  }
}

function call(name: string, values: readonly number[]): number {
  const implementation = implementations[name];
  if (implementation === undefined) throw new Error(`the runtime has no function ${name}`);
  return implementation(...values);
}
