import { implementations } from "../../runtime/implementations.ts";
import type { Interpolant } from "../../runtime/interpolate.ts";
import { type Panels, panels, type UnitPanels, unitPanels } from "../../runtime/panels.ts";
import { dependence } from "./analyse.ts";
import { evaluate, interpolantOf } from "./evaluate.ts";
import { holds } from "./graph.ts";
import type { Axis, CallNode, DataNode, Node, RootNode, SelectNode, TableNode } from "./node.ts";

/** An array over the axes that a node depends on, those in the order of their serials, the last one fastest. */
interface Values {
  readonly axes: readonly Axis[];
  readonly data: Float64Array;
}

/**
 * Values of discretised expressions at one set of parameters, whole arrays at a time. Each node is computed once for
 * all expressions that hold it, so that an expression that differs from an earlier one in a part costs that part.
 */
export class ArrayEvaluator {
  readonly #parameters: (name: string) => number;
  readonly #known = new Map<Node, Values>();

  /** Parameters are in internal units. */
  constructor(parameters: (name: string) => number) {
    this.#parameters = parameters;
  }

  /** Elements of a node over all of its axes; shared, not to be written to. NaN where a table ends. */
  elements(node: Node): Float64Array {
    return this.#of(node).data;
  }

  /** Elements over the given axes, among which are all of the node's; repeated over those that it does not have. */
  over(node: Node, axes: readonly Axis[]): Float64Array {
    return rearranged(this.#of(node), axes);
  }

  #of(node: Node): Values {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const axes = [...dependence(node).axes].sort((a, b) => a.serial - b.serial);
    const made = { axes, data: this.#make(node, axes) };
    this.#known.set(node, made);
    return made;
  }

  #make(node: Node, axes: readonly Axis[]): Float64Array {
    switch (node.op) {
      case "number":
        return Float64Array.of(node.value);
      case "parameter":
        return Float64Array.of(this.#parameters(node.name));
      case "add":
        return this.#fold(node.args, axes, plus);
      case "multiply":
        return this.#fold(node.args, axes, times);
      case "power":
        return power(this.over(node.args[0], axes), this.over(node.args[1], axes));
      case "call":
        return this.#call(node, axes);
      case "select":
        return this.#select(node, axes);
      case "table":
        return this.#table(node, axes);
      case "data":
        return rearranged({ axes: node.axes, data: dataOf(node) }, axes);
      case "sum":
        return this.#sum(node.args[0], node.axis, axes);
      case "root":
        return this.#root(node, axes);
      default:
        throw new Error(`a discretised expression holds ${node.op}`);
    }
  }

  /** A sum or a product; operands over equal axes are joined before they are repeated over more. */
  #fold(
    args: readonly Node[],
    axes: readonly Axis[],
    join: (left: Float64Array, right: Float64Array) => Float64Array,
  ): Float64Array {
    const groups = new Map<string, Values>();
    for (const arg of args) {
      const { axes: own, data } = this.#of(arg);
      const key = own.map(({ serial }) => serial).join(",");
      const group = groups.get(key);
      groups.set(key, { axes: own, data: group === undefined ? data : join(group.data, data) });
    }
    const [first, ...others] = [...groups.values()].sort((a, b) => b.data.length - a.data.length);
    if (first === undefined) throw new Error("a sum or product of nothing");
    let result = rearranged(first, axes);
    for (const other of others) result = join(result, rearranged(other, axes));
    return result;
  }

  #call({ name, args }: CallNode, axes: readonly Axis[]): Float64Array {
    const implementation = implementations[name];
    if (implementation === undefined) throw new Error(`the runtime has no function ${name}`);
    const [a, b, c, ...more] = args.map((arg) => this.over(arg, axes));
    const result = new Float64Array(sizeOf(axes));
    for (let i = 0; i < result.length; i++) {
      if (b === undefined) result[i] = implementation(a![i]!);
      else if (c === undefined) result[i] = implementation(a![i]!, b[i]!);
      else result[i] = implementation(a![i]!, b[i]!, c[i]!, ...more.map((values) => values[i]!));
    }
    return result;
  }

  #select({ relation, args }: SelectNode, axes: readonly Axis[]): Float64Array {
    const [left, right, then, otherwise] = args.map((arg) => this.over(arg, axes));
    const result = new Float64Array(sizeOf(axes));
    for (let i = 0; i < result.length; i++) {
      result[i] = holds(relation, left![i]!, right![i]!) ? then![i]! : otherwise![i]!;
    }
    return result;
  }

  /** A branch that is not taken may lead out of a table that ends with an error. */
  #table({ table, order, args }: TableNode, axes: readonly Axis[]): Float64Array {
    const interpolant: Interpolant = interpolantOf(table);
    const [low, high] =
      table.outside === "error"
        ? [table.x[0]!, table.x.at(-1)!]
        : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    const result = this.over(args[0], axes).slice();
    for (let i = 0; i < result.length; i++) {
      const x = result[i]!;
      if (!(x >= low && x <= high)) result[i] = Number.NaN;
      else result[i] = order === 0 ? interpolant.evaluate(x) : interpolant.derivative(x);
    }
    return result;
  }

  #sum(body: Node, axis: Axis, axes: readonly Axis[]): Float64Array {
    const { axes: own, data } = this.#of(body);
    const place = own.indexOf(axis);
    if (place < 0) return this.over(body, axes).map((value) => value * axis.size);
    const inner = sizeOf(own.slice(place + 1));
    const result = new Float64Array(sizeOf(axes));
    for (let first = 0, k = 0; first < result.length; first += inner) {
      for (let point = 0; point < axis.size; point++) {
        for (let i = first; i < first + inner; i++, k++) result[i] = result[i]! + data[k]!;
      }
    }
    return result;
  }

  #root(node: RootNode, axes: readonly Axis[]): Float64Array {
    const result = new Float64Array(sizeOf(axes));
    for (let i = 0; i < result.length; i++) {
      const at = new Map<Axis, number>();
      let rest = i;
      for (const axis of axes.toReversed()) {
        at.set(axis, rest % axis.size);
        rest = Math.floor(rest / axis.size);
      }
      result[i] = evaluate(node, { parameters: this.#parameters, axes: at });
    }
    return result;
  }
}

function sizeOf(axes: readonly Axis[]): number {
  return axes.reduce((size, axis) => size * axis.size, 1);
}

/** The same numbers for other axes, which hold all that the array has: in their order, repeated over the new ones. */
function rearranged({ axes: own, data }: Values, axes: readonly Axis[]): Float64Array {
  if (startsAt(own, 0, axes, 0)) return data;
  const strides = new Map<Axis, number>();
  own.reduceRight((stride, axis) => {
    strides.set(axis, stride);
    return stride * axis.size;
  }, 1);
  const result = new Float64Array(sizeOf(axes));
  const sizes = axes.map((_, depth) => sizeOf(axes.slice(depth)));
  const isRepeated = axes.map((_, depth) => axes.slice(depth).every((axis) => !strides.has(axis)));
  const isCopied = axes.map((_, depth) => startsAt(own, own.length - (axes.length - depth), axes, depth));
  const fill = (depth: number, from: number, to: number): void => {
    const size = sizes[depth];
    if (size === undefined) result[to] = data[from]!;
    else if (isRepeated[depth]) result.fill(data[from]!, to, to + size);
    else if (isCopied[depth]) result.set(data.subarray(from, from + size), to);
    else {
      const { size: count } = axes[depth]!;
      const stride = strides.get(axes[depth]!) ?? 0;
      for (let i = 0; i < count; i++) fill(depth + 1, from + i * stride, to + (i * size) / count);
    }
  };
  fill(0, 0, 0);
  return result;
}

/** True when two lists of axes are the same from these places on. */
function startsAt(own: readonly Axis[], first: number, axes: readonly Axis[], second: number): boolean {
  if (first < 0 || own.length - first !== axes.length - second) return false;
  return own.slice(first).every((axis, i) => axis === axes[second + i]);
}

function plus(left: Float64Array, right: Float64Array): Float64Array {
  const result = new Float64Array(left.length);
  for (let i = 0; i < result.length; i++) result[i] = left[i]! + right[i]!;
  return result;
}

function times(left: Float64Array, right: Float64Array): Float64Array {
  const result = new Float64Array(left.length);
  for (let i = 0; i < result.length; i++) result[i] = left[i]! * right[i]!;
  return result;
}

function power(base: Float64Array, exponent: Float64Array): Float64Array {
  const result = new Float64Array(base.length);
  for (let i = 0; i < result.length; i++) {
    const [x, y] = [base[i]!, exponent[i]!];
    result[i] = y === 2 ? x * x : y === -1 ? 1 / x : x ** y;
  }
  return result;
}

type Boundaries = readonly (readonly number[])[];
type RulesByOrder<Rule> = WeakMap<Boundaries, Map<number, Rule>>;

/** Rules that were made already: their nodes and weights are asked for one by one. */
const fixedRules: RulesByOrder<Panels> = new WeakMap();
const unitRules: RulesByOrder<UnitPanels> = new WeakMap();

function ruleOf<Rule>(
  known: RulesByOrder<Rule>,
  boundaries: Boundaries,
  order: number,
  make: (boundaries: Boundaries, order: number) => Rule,
): Rule {
  const byOrder = known.get(boundaries) ?? new Map<number, Rule>();
  known.set(boundaries, byOrder);
  const rule = byOrder.get(order) ?? make(boundaries, order);
  byOrder.set(order, rule);
  return rule;
}

function dataOf({ source, name }: DataNode): Float64Array {
  switch (source.kind) {
    case "input":
      throw new Error(`${name} is not known before an evaluation`);
    case "values":
      return Float64Array.from(source.values);
    case "panels":
      return ruleOf(fixedRules, source.boundaries, source.order, panels)[source.what];
    case "unit-panels":
      return ruleOf(unitRules, source.boundaries, source.order, unitPanels)[source.what];
  }
}
