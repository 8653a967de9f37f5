import type { Span } from "../../grammar/syntax.ts";
import { power } from "../../runtime/power.ts";
import { foldCall } from "./fold.ts";
import type {
  Axis,
  DataNode,
  DataSource,
  IntegralPurpose,
  Node,
  NumberNode,
  ParameterNode,
  Relation,
  TableData,
  VariableNode,
} from "./node.ts";
import { operands } from "./node.ts";

/** A line of a spec, and the part of it that something comes from. */
export interface SpecLine {
  /** `StandardModel.sevens:53: charge[l] += …`. */
  readonly text: string;
  readonly span: Span;
}

/**
 * Makes nodes of the rate form. Each constructor returns the one node of its value: constants are folded,
 * sums and products are flat with their constant first, neutral elements vanish.
 */
export class Graph {
  readonly #nodes = new Map<string, Node>();
  readonly #numbers = new Map<number, NumberNode>();
  readonly #axes = new Map<string, Axis>();
  readonly #labels = new Map<Node, string>();
  readonly #origins = new Map<Node, SpecLine>();
  readonly #places = new Map<Node, SpecLine>();
  #fresh = 0;

  get size(): number {
    return this.#nodes.size;
  }

  #intern<N extends Node>(key: string, make: (id: number) => N): N {
    const known = this.#nodes.get(key);
    if (known !== undefined) return known as N;
    const node = make(this.#nodes.size);
    this.#nodes.set(key, node);
    return node;
  }

  /** The one axis of that name and size; one of another size gets another name. */
  axis(name: string, size: number, bins = false): Axis {
    const known = this.#axes.get(name);
    if (known?.size === size && known.bins === bins) return known;
    if (known !== undefined) return this.axis(`${name}_of_${size}${bins ? "_bins" : ""}`, size, bins);
    const made = { name, size, bins, serial: this.#axes.size };
    this.#axes.set(name, made);
    return made;
  }

  /** Remembers what a node is called in generated code and in `explain`. */
  label<N extends Node>(node: N, text: string): N {
    if (!this.#labels.has(node)) this.#labels.set(node, text);
    return node;
  }

  /** Remembers the line of the spec that a node was written in. */
  origin<N extends Node>(node: N, line: SpecLine): N {
    if (!this.#origins.has(node)) this.#origins.set(node, line);
    return node;
  }

  originOf(node: Node): SpecLine | undefined {
    return this.#origins.get(node);
  }

  /**
   * Remembers the line of a formula for all of its parts that have none yet: a formula that it calls was placed
   * before it.
   */
  place(node: Node, line: SpecLine): void {
    if (!("args" in node) || this.#places.has(node)) return;
    this.#places.set(node, line);
    for (const part of operands(node)) this.place(part, line);
  }

  /** The line of the spec that a node is a part of. */
  placeOf(node: Node): SpecLine | undefined {
    return this.#places.get(node);
  }

  /** What a node is called and where it was written holds for what it is rewritten to. */
  inherit(to: Node, from: Node): void {
    const [label, origin, place] = [this.labelOf(from), this.originOf(from), this.placeOf(from)];
    if (label !== undefined) this.label(to, label);
    if (origin !== undefined) this.origin(to, origin);
    if (place !== undefined && !this.#places.has(to)) this.#places.set(to, place);
  }

  labelOf(node: Node): string | undefined {
    return this.#labels.get(node);
  }

  number(value: number): NumberNode {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    // Zero has one sign.
    const made = this.#intern(
      `n${value}`,
      (id): NumberNode => ({ op: "number", id, value: value === 0 ? 0 : value }),
    );
    this.#numbers.set(value, made);
    return made;
  }

  parameter(name: string): ParameterNode {
    return this.#intern(`p${name}`, (id) => ({ op: "parameter", id, name }));
  }

  /** A variable that is equal to no other one, or to that of the same owner, so that what is lowered twice is shared. */
  variable(name: string, owner?: string): VariableNode {
    const key = owner === undefined ? `${this.#fresh++}` : `${owner} ${name}`;
    return this.#intern(`v${key}`, (id) => ({ op: "variable", id, name }));
  }

  add(...terms: readonly Node[]): Node {
    let constant = 0;
    const coefficients = new Map<Node, number>();
    const collect = (term: Node): void => {
      if (term.op === "number") constant += term.value;
      else if (term.op === "add") term.args.forEach(collect);
      else {
        const [factor, rest] = this.#splitFactor(term);
        coefficients.set(rest, (coefficients.get(rest) ?? 0) + factor);
      }
    };
    terms.forEach(collect);
    const args: Node[] = [];
    for (const [rest, factor] of coefficients) {
      if (factor !== 0) args.push(factor === 1 ? rest : this.#scaled(factor, rest));
    }
    args.sort((a, b) => a.id - b.id);
    if (constant !== 0) args.unshift(this.number(constant));
    if (args.length === 0) return this.number(0);
    if (args.length === 1) return args[0]!;
    return this.#intern(`+${ids(args)}`, (id) => ({ op: "add", id, args }));
  }

  /** Takes the numeric factor out of a product. */
  #splitFactor(term: Node): [number, Node] {
    if (term.op !== "multiply") return [1, term];
    const [first, ...rest] = term.args;
    if (first?.op !== "number") return [1, term];
    return [first.value, this.#product(rest)];
  }

  /** A number, not 1, times what has no numeric factor. */
  #scaled(factor: number, rest: Node): Node {
    return this.#product([this.number(factor), ...(rest.op === "multiply" ? rest.args : [rest])]);
  }

  /** A product of factors that are in order and cannot be joined. */
  #product(args: readonly Node[]): Node {
    if (args.length === 1) return args[0]!;
    return this.#intern(`*${ids(args)}`, (id) => ({ op: "multiply", id, args }));
  }

  multiply(...factors: readonly Node[]): Node {
    let constant = 1;
    const powers = new Map<Node, Node>();
    const raise = (base: Node, exponent: Node): void => {
      const known = powers.get(base);
      powers.set(base, known === undefined ? exponent : this.add(known, exponent));
    };
    const one = this.number(1);
    const collect = (factor: Node): void => {
      if (factor.op === "number") constant *= factor.value;
      else if (factor.op === "multiply") factor.args.forEach(collect);
      else if (factor.op === "power" && factor.args[1].op === "number") {
        raise(factor.args[0], factor.args[1]);
      } else raise(factor, one);
    };
    factors.forEach(collect);
    if (constant === 0) return this.number(0);
    const args: Node[] = [];
    for (const [base, exponent] of powers) {
      const power = exponent === one ? base : this.power(base, exponent);
      if (power.op === "number") constant *= power.value;
      else args.push(power);
    }
    args.sort((a, b) => a.id - b.id);
    if (args.length === 0) return this.number(constant);
    if (constant !== 1) args.unshift(this.number(constant));
    return this.#product(args);
  }

  power(base: Node, exponent: Node): Node {
    if (exponent.op === "number") {
      if (exponent.value === 0) return this.number(1);
      if (exponent.value === 1) return base;
      if (base.op === "number") return this.number(power(base.value, exponent.value));
      if (base.op === "power" && base.args[1].op === "number" && Number.isInteger(exponent.value)) {
        return this.power(base.args[0], this.number(base.args[1].value * exponent.value));
      }
      if (base.op === "multiply" && Number.isInteger(exponent.value)) {
        return this.multiply(...base.args.map((factor) => this.power(factor, exponent)));
      }
    }
    return this.#intern(`^${base.id},${exponent.id}`, (id) => ({ op: "power", id, args: [base, exponent] }));
  }

  negate(node: Node): Node {
    return this.multiply(this.number(-1), node);
  }

  subtract(left: Node, right: Node): Node {
    return this.add(left, this.negate(right));
  }

  divide(left: Node, right: Node): Node {
    return this.multiply(left, this.power(right, this.number(-1)));
  }

  call(name: string, ...args: readonly Node[]): Node {
    if (name === "sqrt" && args[0] !== undefined) return this.#sqrt(args[0]);
    const values = args.map((arg) => (arg.op === "number" ? arg.value : undefined));
    if (values.every((value) => value !== undefined)) {
      const folded = foldCall(name, values);
      if (folded !== undefined) return this.number(folded);
    }
    return this.#intern(`f${name}(${ids(args)}`, (id) => ({ op: "call", id, name, args }));
  }

  #sqrt(arg: Node): Node {
    if (arg.op === "number" && arg.value >= 0) return this.number(Math.sqrt(arg.value));
    return this.#intern(`fsqrt(${arg.id}`, (id) => ({ op: "call", id, name: "sqrt", args: [arg] }));
  }

  select(relation: Relation, left: Node, right: Node, then: Node, otherwise: Node): Node {
    if (then === otherwise) return then;
    if (left.op === "number" && right.op === "number") {
      return holds(relation, left.value, right.value) ? then : otherwise;
    }
    const args = [left, right, then, otherwise] as const;
    return this.#intern(`?${relation}${ids(args)}`, (id) => ({ op: "select", id, relation, args }));
  }

  table(table: TableData, argument: Node, order: 0 | 1 = 0): Node {
    const key = `t${order}${table.name}(${argument.id}`;
    return this.#intern(key, (id) => ({ op: "table", id, table, order, args: [argument] }));
  }

  delta(argument: Node): Node {
    return this.#intern(`d${argument.id}`, (id) => ({ op: "delta", id, args: [argument] }));
  }

  integral(
    purpose: IntegralPurpose,
    variable: VariableNode,
    low: Node,
    high: Node,
    body: Node,
    splits: readonly Node[] = [],
  ): Node {
    if (body.op === "number" && body.value === 0) return body;
    const args: readonly [Node, Node, Node, ...Node[]] = [low, high, body, ...splits];
    return this.#intern(`S${purpose}${variable.id}:${ids(args)}`, (id) => ({
      op: "integral",
      id,
      purpose,
      variable,
      args,
    }));
  }

  /** The one array of that name; one with other elements gets another name. */
  data(name: string, axes: readonly Axis[], source: DataSource): DataNode {
    const found = this.#intern(`D${name}`, (id): DataNode => ({ op: "data", id, name, axes, source }));
    const isSame = sameItems(found.axes, axes) && sameSource(found.source, source);
    return isSame ? found : this.data(`${name}_`, axes, source);
  }

  sum(axis: Axis, body: Node): Node {
    if (body.op === "number" && body.value === 0) return body;
    return this.#intern(`s${axis.name}:${body.id}`, (id) => ({ op: "sum", id, axis, args: [body] }));
  }

  root(variable: VariableNode, low: Node, high: Node, body: Node, fallback: Node): Node {
    const args = [low, high, body, fallback] as const;
    return this.#intern(`r${variable.id}:${ids(args)}`, (id) => ({ op: "root", id, variable, args }));
  }
}

function sameSource(a: DataSource, b: DataSource): boolean {
  if (a === b) return true;
  if (a.kind === "input" || b.kind === "input") return a.kind === b.kind;
  if (a.kind === "places" || b.kind === "places") {
    return a.kind === "places" && b.kind === "places" && samePlaces(a, b);
  }
  if (a.kind === "values" || b.kind === "values") {
    return a.kind === "values" && b.kind === "values" && sameItems(a.values, b.values);
  }
  if (a.kind !== b.kind || a.what !== b.what || String(a.order) !== String(b.order)) return false;
  if (a.boundaries === b.boundaries) return true;
  return (
    a.boundaries.length === b.boundaries.length &&
    a.boundaries.every((row, i) => sameItems(row, b.boundaries[i] ?? []))
  );
}

function samePlaces(a: DataSource & { kind: "places" }, b: DataSource & { kind: "places" }): boolean {
  const listOf = ({ of }: typeof a): readonly number[] => (of.what === "bin" ? of.list : []);
  return a.experiment === b.experiment && sameItems(a.values, b.values) && sameItems(listOf(a), listOf(b));
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a === b || (a.length === b.length && a.every((one, i) => Object.is(one, b[i])));
}

function ids(nodes: readonly Node[]): string {
  let text = "";
  for (const { id } of nodes) text += `${id},`;
  return text;
}

export function holds(relation: Relation, left: number, right: number): boolean {
  switch (relation) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case "==":
      return left === right;
    case "!=":
      return left !== right;
  }
}
