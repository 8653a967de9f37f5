import type { KernelExpr, KernelStatement, Offset } from "../kernel/form.ts";
import { loopIndices } from "../kernel/names.ts";
import { dependence } from "../rate/analyse.ts";
import { type Axis, type Node, operands, type RootNode, type VariableNode } from "../rate/node.ts";
import { type Definition, type Place, type Plan, placeOf } from "./plan.ts";

/** The loops of several definitions over the same axes. */
export function emitCluster(
  plan: Plan,
  cluster: readonly Definition[],
  names: Names,
): readonly KernelStatement[] {
  const axes = cluster[0]?.axes ?? [];
  const indices = new Map<Axis, string>();
  for (const [depth, axis] of axes.entries()) indices.set(axis, loopIndices[depth] ?? `i${depth}`);
  const body = new Body(plan, indices, names, undefined);
  for (const definition of cluster) body.countDefinition(definition);
  for (const group of sumGroups(cluster)) body.define(group);
  let statements: readonly KernelStatement[] = body.statements;
  const comments = cluster.flatMap(({ name, origin }): KernelStatement[] =>
    origin === undefined ? [] : [{ kind: "comment", text: `${name}: ${origin}` }],
  );
  for (const axis of [...axes].reverse()) {
    statements = [{ kind: "loop", index: indices.get(axis)!, size: axis.size, body: statements }];
  }
  return [...comments, ...statements];
}

/**
 * The order inside the loops: everything that is no sum as soon as what it uses is there, then all sums over one
 * axis that are ready, in one loop, and so on.
 */
function sumGroups(cluster: readonly Definition[]): readonly (readonly Definition[])[] {
  const waiting = new Set(cluster);
  const groups: (readonly Definition[])[] = [];
  const ready = (one: Definition): boolean => [...one.uses].every((used) => !waiting.has(used));
  while (waiting.size > 0) {
    const able = [...waiting].filter(ready);
    const plain = able.filter((one) => summedAxis(one) === undefined);
    const axis = able[0] === undefined ? undefined : summedAxis(able[0]);
    const chosen = plain.length > 0 ? plain : able.filter((one) => summedAxis(one) === axis);
    if (chosen.length === 0) throw new Error("values of one loop use each other in a circle");
    for (const one of chosen) waiting.delete(one);
    if (plain.length > 0) for (const one of plain) groups.push([one]);
    else groups.push(chosen);
  }
  return groups;
}

function summedAxis({ node }: Definition): Axis | undefined {
  return node.op === "sum" ? node.axis : undefined;
}

/** Fresh names of locals in one stage. */
export class Names {
  #count = 0;
  next(): string {
    this.#count += 1;
    return `t${this.#count}`;
  }
}

/** The statements inside one level of loops, with the locals that are known there. */
class Body {
  readonly statements: KernelStatement[] = [];
  readonly #plan: Plan;
  readonly #indices: ReadonlyMap<Axis, string>;
  readonly #names: Names;
  readonly #outer: Body | undefined;
  readonly #locals = new Map<Node, KernelExpr>();
  readonly #uses = new Map<Node, number>();

  constructor(plan: Plan, indices: ReadonlyMap<Axis, string>, names: Names, outer: Body | undefined) {
    this.#plan = plan;
    this.#indices = indices;
    this.#names = names;
    this.#outer = outer;
  }

  countDefinition({ node, axes, reads }: Definition): void {
    if (node.op !== "sum") this.#count(node, node, placeOf(axes, reads));
  }

  #count(node: Node, owner: Node, place: Place): void {
    const times = (this.#uses.get(node) ?? 0) + 1;
    this.#uses.set(node, times);
    if (times > 1) return;
    if (node !== owner && this.#plan.stored(node, place) !== undefined) return;
    if (node.op === "root") return;
    for (const part of this.#plan.parts(node, place)) this.#count(part, owner, place);
  }

  /** One value, or several sums over one axis. */
  define(group: readonly Definition[]): void {
    const axis = group[0] === undefined ? undefined : summedAxis(group[0]);
    if (axis === undefined) {
      for (const one of group)
        this.#keep(one, this.#expression(one.node, placeOf(one.axes, one.reads), one.node));
      return;
    }
    const sums = this.#sums(group, axis);
    for (const [i, one] of group.entries()) this.#keep(one, sums[i]!);
  }

  /** Stores a value and remembers its local. */
  #keep(definition: Definition, value: KernelExpr): void {
    const { node, name, axes } = definition;
    const local = axes.length > 0 && value.kind !== "name" ? this.#let(value, node) : value;
    this.#locals.set(node, local);
    const written = this.#plan.written(node);
    this.statements.push(
      axes.length === 0
        ? { kind: "assign", name, value: local, written }
        : { kind: "store", array: name, offset: this.#offset(axes), value: local, written },
    );
  }

  #sums(group: readonly Definition[], axis: Axis): readonly KernelExpr[] {
    const index = loopIndices[this.#indices.size] ?? `i${this.#indices.size}`;
    const inner = new Body(this.#plan, new Map([...this.#indices, [axis, index]]), this.#names, this);
    const bodies = group.flatMap(({ node, axes, reads }) =>
      node.op === "sum" ? [{ node, term: node.args[0], place: placeOf([...axes, axis], reads) }] : [],
    );
    for (const { node, term, place } of bodies) inner.#count(term, node, place);
    const terms = bodies.map(({ node, term, place }) => ({
      term: inner.#expression(term, place, node),
      name: this.#names.next(),
      written: this.#plan.written(term),
    }));
    this.statements.push({ kind: "sum", index, size: axis.size, body: inner.statements, terms });
    return terms.map(({ name }) => ({ kind: "name", name }));
  }

  #expression(node: Node, place: Place, owner: Node): KernelExpr {
    const known = this.#known(node);
    if (known !== undefined) return known;
    if (node !== owner) {
      const stored = this.#plan.stored(node, place);
      if (stored !== undefined) return this.#read(stored);
    }
    const value = this.#build(node, place, owner);
    if ((this.#uses.get(node) ?? 0) < 2 || operands(node).length === 0 || dependence(node).variables.size > 0)
      return value;
    return this.#remember(node, value);
  }

  #known(node: Node): KernelExpr | undefined {
    const local = this.#locals.get(node);
    if (local !== undefined || this.#outer === undefined) return local;
    return this.#outer.#known(node);
  }

  #remember(node: Node, value: KernelExpr): KernelExpr {
    const local = this.#let(value, node);
    this.#locals.set(node, local);
    return local;
  }

  #let(value: KernelExpr, node: Node): KernelExpr {
    if (value.kind === "name" || value.kind === "number") return value;
    const name = this.#names.next();
    this.statements.push({ kind: "let", name, value, written: this.#plan.written(node) });
    return { kind: "name", name };
  }

  #read({ name, axes }: Definition): KernelExpr {
    return axes.length === 0
      ? { kind: "name", name }
      : { kind: "element", array: name, offset: this.#offset(axes) };
  }

  /** Row-major offset of the element at the indices at hand. */
  #offset(axes: readonly Axis[]): Offset {
    let stride = axes.reduce((size, axis) => size * axis.size, 1);
    return axes.map((axis) => {
      stride /= axis.size;
      const index = this.#indices.get(axis);
      if (index === undefined) throw new Error(`axis ${axis.name} has no loop here`);
      return { index, stride };
    });
  }

  #build(node: Node, place: Place, owner: Node): KernelExpr {
    const of = (part: Node): KernelExpr => this.#expression(part, place, owner);
    switch (node.op) {
      case "number":
        return { kind: "number", value: node.value };
      case "parameter":
        return { kind: "parameter", name: node.name };
      case "variable":
        return { kind: "name", name: rootVariable(node) };
      case "data":
        return { kind: "element", array: node.name, offset: this.#offset(node.axes) };
      case "add":
        return sumOf(this.#plan.parts(node, place).map(of));
      case "multiply":
        return this.#product(this.#plan.parts(node, place), place, of);
      case "power":
        return this.#power(node.args[0], node.args[1], of);
      case "call":
        return { kind: "call", function: node.name, args: node.args.map(of) };
      case "table":
        return { kind: "table", table: node.table.name, order: node.order, arg: of(node.args[0]) };
      case "select": {
        const [left, right, then, otherwise] = node.args;
        const { relation } = node;
        return {
          kind: "select",
          relation,
          left: of(left),
          right: of(right),
          chosen: of(then),
          otherwise: of(otherwise),
        };
      }
      case "root":
        return this.#root(node, of);
      case "sum":
      case "integral":
      case "delta":
        throw new Error(`a ${node.op} is left in the kernel`);
    }
  }

  #root(node: RootNode, of: (part: Node) => KernelExpr): KernelExpr {
    const [low, high, body, fallback] = node.args;
    return {
      kind: "root",
      variable: rootVariable(node.variable),
      low: of(low),
      high: of(high),
      body: of(body),
      fallback: of(fallback),
    };
  }

  #product(parts: readonly Node[], place: Place, of: (part: Node) => KernelExpr): KernelExpr {
    const above: KernelExpr[] = [];
    const below: KernelExpr[] = [];
    let negative = false;
    for (const part of parts) {
      if (part.op === "number" && part.value === -1) negative = !negative;
      else if (
        isInverse(part) &&
        this.#known(part) === undefined &&
        this.#plan.stored(part, place) === undefined
      ) {
        below.push(this.#power(part.args[0], part.args[1], of, -1));
      } else above.push(of(part));
    }
    const one: KernelExpr = { kind: "number", value: 1 };
    let value = above.reduce((left, right) => binary("*", left, right), above.shift() ?? one);
    if (below.length > 0) {
      const divisor = below.reduce((left, right) => binary("*", left, right), below.shift() ?? one);
      value = binary("/", value, divisor);
    }
    return negative ? { kind: "negate", operand: value } : value;
  }

  /** Powers of small integers are products; `sign` -1 gives the power of the inverse. */
  #power(baseNode: Node, exponent: Node, of: (part: Node) => KernelExpr, sign: 1 | -1 = 1): KernelExpr {
    const base = of(baseNode);
    const inFormula = dependence(baseNode).variables.size > 0;
    if (exponent.op === "number") {
      const n = exponent.value * sign;
      const size = Math.abs(n);
      if (Number.isInteger(n) && size <= (inFormula ? 1 : 4)) {
        const simple = size === 1 ? base : this.#let(base, baseNode);
        let value = simple;
        for (let i = 1; i < size; i++) value = binary("*", value, simple);
        return n > 0 ? value : binary("/", { kind: "number", value: 1 }, value);
      }
      if (size === 0.5) {
        const root: KernelExpr = { kind: "call", function: "sqrt", args: [base] };
        return n > 0 ? root : binary("/", { kind: "number", value: 1 }, root);
      }
      return { kind: "call", function: "pow", args: [base, { kind: "number", value: n }] };
    }
    const power: KernelExpr = { kind: "call", function: "pow", args: [base, of(exponent)] };
    return sign === 1 ? power : binary("/", { kind: "number", value: 1 }, power);
  }
}

function rootVariable(variable: VariableNode): string {
  return `x${variable.id}`;
}

type Inverse = Node & { readonly op: "power" };

function isInverse(node: Node): node is Inverse {
  return node.op === "power" && node.args[1].op === "number" && node.args[1].value < 0;
}

function binary(operator: "+" | "-" | "*" | "/", left: KernelExpr, right: KernelExpr): KernelExpr {
  return { kind: "binary", operator, left, right };
}

function sumOf(terms: readonly KernelExpr[]): KernelExpr {
  const positive = terms.filter((term) => term.kind !== "negate");
  const negative = terms.filter((term) => term.kind === "negate");
  const [first, ...rest] = [...positive, ...negative];
  if (first === undefined) return { kind: "number", value: 0 };
  return rest.reduce<KernelExpr>(
    (sum, term) => (term.kind === "negate" ? binary("-", sum, term.operand) : binary("+", sum, term)),
    first,
  );
}
