/** Operations that act on arrays element by element. */
import { implementations } from "../../runtime/implementations.ts";
import type { Values } from "./arrays.ts";
import { interpolantOf } from "./evaluate.ts";
import { holds } from "./graph.ts";
import type {
  AddNode,
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
  for (const arg of node.args) {
    const { axes, data } = valuesOf(arg);
    const key = axes.map(({ serial }) => serial).join(",");
    const group = groups.get(key);
    groups.set(key, { axes, data: group === undefined ? data : joined(node.op, group.data, data) });
  }
  return [...groups.values()].sort((a, b) => b.data.length - a.data.length);
}

function joined(op: "add" | "multiply", left: Float64Array, right: Float64Array): Float64Array {
  const result = left.slice();
  join(op, right, result);
  return result;
}

/** Writes the operation on operands of equal lengths into `result`, which may be the first of them. NaN where a table ends. */
export function apply(node: ElementwiseNode, operands: readonly Float64Array[], result: Float64Array): void {
  switch (node.op) {
    case "add":
    case "multiply":
      if (operands[0] !== undefined && operands[0] !== result) result.set(operands[0]);
      for (const operand of operands.slice(1)) join(node.op, operand, result);
      return;
    case "power": {
      const [base, exponent] = operands;
      if (exponent === undefined && node.args[1].op === "number") powerBy(base!, node.args[1].value, result);
      else power(base!, exponent!, result);
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

function join(op: "add" | "multiply", operand: Float64Array, result: Float64Array): void {
  if (op === "add") for (let i = 0; i < result.length; i++) result[i] = result[i]! + operand[i]!;
  else for (let i = 0; i < result.length; i++) result[i] = result[i]! * operand[i]!;
}

function powerBy(base: Float64Array, exponent: number, result: Float64Array): void {
  if (exponent === 2) for (let i = 0; i < result.length; i++) result[i] = base[i]! * base[i]!;
  else if (exponent === -1) for (let i = 0; i < result.length; i++) result[i] = 1 / base[i]!;
  else for (let i = 0; i < result.length; i++) result[i] = base[i]! ** exponent;
}

function power(base: Float64Array, exponent: Float64Array, result: Float64Array): void {
  for (let i = 0; i < result.length; i++) {
    const [x, y] = [base[i]!, exponent[i]!];
    result[i] = y === 2 ? x * x : y === -1 ? 1 / x : x ** y;
  }
}

function call(name: string, operands: readonly Float64Array[], result: Float64Array): void {
  const implementation = implementations[name];
  if (implementation === undefined) throw new Error(`the runtime has no function ${name}`);
  const [a, b, c, ...more] = operands;
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
