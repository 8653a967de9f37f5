/** Operations that act on arrays element by element. */

import { implementations } from "../../runtime/implementations.ts";
import { power } from "../../runtime/power.ts";
import { haveSameAxes, type Values } from "./arrays.ts";
import { interpolantOf } from "./evaluate.ts";
import { holds } from "./graph.ts";
import type {
  AddNode,
  Axis,
  CallNode,
  MultiplyNode,
  Node,
  PowerNode,
  Relation,
  SelectNode,
  TableNode,
} from "./node.ts";

export type ElementwiseNode = AddNode | MultiplyNode | PowerNode | CallNode | SelectNode | TableNode;

export function isElementwise(node: Node): node is ElementwiseNode {
  switch (node.op) {
    case "add":
    case "multiply":
    case "power":
    case "call":
    case "select":
    case "table":
      return true;
    default:
      return false;
  }
}

/**
 * Values of the operands, those of a sum or product over equal axes joined to one. An exponent that is a number is left
 * out: `apply` takes it from the node.
 */
export function joinedOperands(node: ElementwiseNode, valuesOf: (arg: Node) => Values): readonly Values[] {
  if (node.op === "power" && node.args[1].op === "number") return [valuesOf(node.args[0])];
  if (node.op !== "add" && node.op !== "multiply") return node.args.map(valuesOf);
  const groups = new Map<string, Values>();
  for (const arg of node.args) put(node.op, groups, valuesOf(arg));
  const [smallest, ...others] = [...groups.values()].sort((a, b) => a.data.length - b.data.length);
  if (smallest?.axes.length !== 0 || others[0] === undefined)
    return [...others.reverse(), ...(smallest === undefined ? [] : [smallest])];
  // A number goes into the smallest array.
  const [scalar] = smallest.data;
  const { axes, data } = others[0];
  const merged = data.slice();
  joinNumber(node.op, scalar!, merged);
  return [...others.slice(1).reverse(), { axes, data: merged }];
}

/**
 * The sum or product of arrays over the same axes and of numbers, which most are: the arrays one after the other, then the numbers
 * joined to one. Undefined when some operand has other axes.
 */
export function joinedOver(
  op: "add" | "multiply",
  operands: readonly Values[],
  axes: readonly Axis[],
): Float64Array | undefined {
  const arrays = operands.filter((one) => one.axes.length > 0);
  const whole = arrays.length === 0 ? operands : arrays;
  if (!whole.every((one) => haveSameAxes(one.axes, axes))) return undefined;
  const result = new Float64Array(whole[0]!.data.length);
  joinAll(
    op,
    whole.map(({ data }) => data),
    result,
  );
  const numbers = whole === operands ? [] : operands.filter((one) => one.axes.length === 0);
  if (numbers.length === 0) return result;
  const [one = 0, ...more] = numbers.map(({ data }) => data[0]!);
  const number = more.reduce((joined, next) => (op === "add" ? joined + next : joined * next), one);
  joinNumber(op, number, result);
  return result;
}

/** Joins values to those over the same axes. */
function put(op: "add" | "multiply", groups: Map<string, Values>, { axes, data }: Values): void {
  const key = axes.map(({ serial }) => serial).join(",");
  const group = groups.get(key);
  groups.set(key, { axes, data: group === undefined ? data : joined(op, group.data, data) });
}

function joined(op: "add" | "multiply", left: Float64Array, right: Float64Array): Float64Array {
  const result = left.slice();
  join(op, right, result);
  return result;
}

/** Writes the operation on operands of equal lengths into `result`. NaN where a table ends. */
export function apply(node: ElementwiseNode, operands: readonly Float64Array[], result: Float64Array): void {
  switch (node.op) {
    case "add":
    case "multiply":
      joinAll(node.op, operands, result);
      return;
    case "power": {
      const [base, exponent] = operands;
      if (exponent === undefined && node.args[1].op === "number") powerBy(base!, node.args[1].value, result);
      else powers(base!, exponent!, result);
      return;
    }
    case "call":
      call(node.name, operands, result);
      return;
    case "select":
      select(node.relation, operands, result);
      return;
    case "table":
      table(node, operands[0]!, result);
  }
}

function joinAll(op: "add" | "multiply", operands: readonly Float64Array[], result: Float64Array): void {
  const [first, second, ...others] = operands;
  if (first === undefined) throw new Error("a sum or product of nothing");
  if (second === undefined) result.set(first);
  else if (op === "add") for (let i = 0; i < result.length; i++) result[i] = first[i]! + second[i]!;
  else for (let i = 0; i < result.length; i++) result[i] = first[i]! * second[i]!;
  for (const operand of others) join(op, operand, result);
}

function join(op: "add" | "multiply", operand: Float64Array, result: Float64Array): void {
  if (op === "add") for (let i = 0; i < result.length; i++) result[i] = result[i]! + operand[i]!;
  else for (let i = 0; i < result.length; i++) result[i] = result[i]! * operand[i]!;
}

function joinNumber(op: "add" | "multiply", number: number, result: Float64Array): void {
  if (op === "add") for (let i = 0; i < result.length; i++) result[i] = result[i]! + number;
  else for (let i = 0; i < result.length; i++) result[i] = result[i]! * number;
}

function powerBy(base: Float64Array, exponent: number, result: Float64Array): void {
  const by = quickPowers.get(exponent) ?? ((x: number): number => power(x, exponent));
  for (let i = 0; i < result.length; i++) result[i] = by(base[i]!);
}

/** Powers that are much quicker without a logarithm. */
const quickPowers: ReadonlyMap<number, (x: number) => number> = new Map([
  [2, (x: number) => x * x],
  [-1, (x: number) => 1 / x],
  [-2, (x: number) => 1 / (x * x)],
  [0.5, (x: number) => Math.sqrt(x)],
  [-0.5, (x: number) => 1 / Math.sqrt(x)],
]);

function powers(base: Float64Array, exponent: Float64Array, result: Float64Array): void {
  for (let i = 0; i < result.length; i++) {
    const [x, y] = [base[i]!, exponent[i]!];
    result[i] = y === 2 ? x * x : y === -1 ? 1 / x : power(x, y);
  }
}

function call(name: string, operands: readonly Float64Array[], result: Float64Array): void {
  const implementation = implementations[name];
  if (implementation === undefined) throw new Error(`the runtime has no function ${name}`);
  const [a, b, c, ...more] = operands;
  // By its name it is compiled in place; that is half of the time of most spectra and responses.
  if (name === "exp") {
    for (let i = 0; i < result.length; i++) result[i] = Math.exp(a![i]!);
    return;
  }
  for (let i = 0; i < result.length; i++) {
    if (b === undefined) result[i] = implementation(a![i]!);
    else if (c === undefined) result[i] = implementation(a![i]!, b[i]!);
    else result[i] = implementation(a![i]!, b[i]!, c[i]!, ...more.map((values) => values[i]!));
  }
}

function select(relation: Relation, operands: readonly Float64Array[], result: Float64Array): void {
  const [left, right, then, otherwise] = operands;
  for (let i = 0; i < result.length; i++) {
    result[i] = holds(relation, left![i]!, right![i]!) ? then![i]! : otherwise![i]!;
  }
}

/** A branch that is not taken may lead out of a table that ends with an error. */
function table({ table, order }: TableNode, argument: Float64Array, result: Float64Array): void {
  const interpolant = interpolantOf(table);
  const [low, high] =
    table.outside === "error"
      ? [table.x[0]!, table.x.at(-1)!]
      : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let i = 0; i < result.length; i++) {
    const x = argument[i]!;
    if (!(x >= low && x <= high)) result[i] = Number.NaN;
    else result[i] = order === 0 ? interpolant.evaluate(x) : interpolant.derivative(x);
  }
}
