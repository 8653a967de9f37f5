import { implementations } from "../../runtime/implementations.ts";
import { type Interpolant, interpolant } from "../../runtime/interpolate.ts";
import { power } from "../../runtime/power.ts";
import { integrate } from "../../runtime/quadrature.ts";
import { findRoot } from "../../runtime/roots.ts";
import { holds } from "./graph.ts";
import type {
  Axis,
  CallNode,
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

/** The function of one variable that a node is, to be called often: the values of all else are in the environment. */
export function functionOf(
  node: Node,
  variable: VariableNode,
  environment: Environment,
): (x: number) => number {
  const evaluation = new Evaluation(environment);
  const variables = new Map(environment.variables);
  return (x) => evaluation.value(node, variables.set(variable, x));
}

/** Value of a node that is one number whatever the parameters are. */
export function evaluateConstant(node: Node): number {
  if (node.op === "number") return node.value;
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

  // Without closures and lists where there are few operands: checks look at formulas at very many places.
  value(node: Node, variables: Map<VariableNode, number>): number {
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
      case "add": {
        let sum = 0;
        for (const arg of node.args) sum += this.value(arg, variables);
        return sum;
      }
      case "multiply": {
        let product = 1;
        for (const arg of node.args) if (product !== 0) product *= this.value(arg, variables);
        return product;
      }
      case "power":
        return power(this.value(node.args[0], variables), this.value(node.args[1], variables));
      case "call":
        return this.#call(node, variables);
      case "select": {
        const [left, right, then, otherwise] = node.args;
        const chosen = holds(node.relation, this.value(left, variables), this.value(right, variables));
        return this.value(chosen ? then : otherwise, variables);
      }
      case "table": {
        const x = this.value(node.args[0], variables);
        const interpolant = interpolantOf(node.table);
        return node.order === 0 ? interpolant.evaluate(x) : interpolant.derivative(x);
      }
      case "integral":
        return this.#integral(node, variables);
      case "root":
        return this.#root(node, variables);
      case "data":
        return this.#element(node);
      case "sum":
        return this.#sum(node, variables);
      case "delta":
        throw new Error("a delta has no value by itself");
    }
  }

  #call({ name, args }: CallNode, variables: Map<VariableNode, number>): number {
    const implementation = implementations[name];
    if (implementation === undefined) throw new Error(`the runtime has no function ${name}`);
    const [a, b] = args;
    if (a === undefined || args.length > 2) {
      return implementation(...args.map((arg) => this.value(arg, variables)));
    }
    const first = this.value(a, variables);
    return b === undefined ? implementation(first) : implementation(first, this.value(b, variables));
  }

  /** The axis may be that of the bin at hand, whose element comes back when the sum is done. */
  #sum({ axis, args: [body] }: SumNode, variables: Map<VariableNode, number>): number {
    const outer = this.#axes.get(axis);
    let sum = 0;
    for (let i = 0; i < axis.size; i++) {
      this.#axes.set(axis, i);
      sum += this.value(body, variables);
    }
    if (outer === undefined) this.#axes.delete(axis);
    else this.#axes.set(axis, outer);
    return sum;
  }

  #element({ name, axes, source }: DataNode): number {
    if (source.kind !== "values" && source.kind !== "places")
      throw new Error(`${name} belongs to a quadrature rule`);
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
