import { type Panels, panels, type UnitPanels, unitPanels } from "../../runtime/panels.ts";
import { dependence, dependsOn, orderedAxes } from "./analyse.ts";
import { emptyOver, rearranged, sizeOf, type Values } from "./arrays.ts";
import { apply, type ElementwiseNode, isElementwise, joinedOperands, joinedOver } from "./elementwise.ts";
import { evaluate } from "./evaluate.ts";
import type { Axis, DataNode, Node, RootNode, VariableNode } from "./node.ts";
import { blockSize, sumInBlocks } from "./sum-in-blocks.ts";

/** Sums that were evaluated, each with the values of the parameters in it. */
export class KnownSums {
  readonly #known = new Map<
    Node,
    { readonly values: Values; readonly parameters: ReadonlyMap<string, number> }
  >();

  readonly #bound = new Map<string, { readonly sums: KnownSums; readonly bound: Bound }>();

  /** Sums in which a variable runs over some points; always the same for the same points. */
  binding(variable: VariableNode, points: Float64Array): { readonly sums: KnownSums; readonly bound: Bound } {
    const key = `${variable.id} ${points.join(" ")}`;
    const axis: Axis = { name: variable.name, size: points.length, bins: false, serial: Number.MAX_VALUE };
    const found = this.#bound.get(key) ?? { sums: new KnownSums(), bound: { variable, axis, points } };
    this.#bound.set(key, found);
    return found;
  }

  /** The sum at these values of the parameters, made when it is not known. */
  of(node: Node, at: (parameter: string) => number, make: () => Values): Values {
    const known = this.#known.get(node);
    if (known !== undefined && [...known.parameters].every(([name, value]) => at(name) === value)) {
      return known.values;
    }
    const values = make();
    const names = [...dependence(node).parameters];
    this.#known.set(node, { values, parameters: new Map(names.map((name) => [name, at(name)])) });
    return values;
  }
}

/** A variable that runs over points, which are an axis of all that depends on it, the last one. */
export interface Bound {
  readonly variable: VariableNode;
  readonly axis: Axis;
  readonly points: Float64Array;
}

/**
 * Values of discretised expressions at one set of parameters, whole arrays at a time. Each node is computed once for
 * all expressions that hold it, so that an expression that differs from an earlier one in a part costs that part.
 */
export class ArrayEvaluator {
  readonly #parameters: (name: string) => number;
  readonly #known = new Map<Node, Values>();
  readonly #sums: KnownSums;
  readonly #bound: (Bound & { readonly outside: ArrayEvaluator }) | undefined;

  /** Parameters are in internal units. Sums are looked for among those that other evaluators have left there. */
  constructor(
    parameters: (name: string) => number,
    sums = new KnownSums(),
    bound?: Bound & { readonly outside: ArrayEvaluator },
  ) {
    this.#parameters = parameters;
    this.#sums = sums;
    this.#bound = bound;
  }

  /** The same with a variable that runs over points; what does not depend on it is shared with this one. */
  binding(
    variable: VariableNode,
    points: Float64Array,
  ): { readonly evaluator: ArrayEvaluator; readonly axis: Axis } {
    const { sums, bound } = this.#sums.binding(variable, points);
    const evaluator = new ArrayEvaluator(this.#parameters, sums, { ...bound, outside: this });
    return { evaluator, axis: bound.axis };
  }

  /** Elements of a node over all of its axes; shared, not to be written to. NaN where a table ends. */
  elements(node: Node): Float64Array {
    return this.values(node).data;
  }

  /** Elements over the given axes, among which are all of the node's; repeated over those that it does not have. */
  over(node: Node, axes: readonly Axis[]): Float64Array {
    return rearranged(this.values(node), axes);
  }

  /** Elements of a node, and the axes that they are over. */
  values(node: Node): Values {
    const bound = this.#bound;
    const isBound = bound !== undefined && dependsOn(node, bound.variable);
    if (bound !== undefined && !isBound) return bound.outside.values(node);
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const make = (): Values => {
      const axes = this.#axesOf(node);
      return { axes, data: this.#make(node, axes) };
    };
    const made = node.op === "sum" ? this.#sums.of(node, this.#parameters, make) : make();
    this.#known.set(node, made);
    return made;
  }

  #axesOf = (node: Node): readonly Axis[] => {
    const axes = orderedAxes(node);
    const bound = this.#bound;
    // Its serial is the largest.
    return bound !== undefined && dependsOn(node, bound.variable) ? [...axes, bound.axis] : axes;
  };

  #make(node: Node, axes: readonly Axis[]): Float64Array {
    switch (node.op) {
      case "number":
        return Float64Array.of(node.value);
      case "parameter":
        return Float64Array.of(this.#parameters(node.name));
      case "add":
      case "multiply":
      case "power":
      case "call":
      case "select":
      case "table":
        return this.#elementwise(node, axes);
      case "variable":
        return this.#bound!.points;
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

  #elementwise(node: ElementwiseNode, axes: readonly Axis[]): Float64Array {
    if (node.op === "add" || node.op === "multiply") {
      const whole = joinedOver(
        node.op,
        node.args.map((arg) => this.values(arg)),
        axes,
      );
      if (whole !== undefined) return whole;
    }
    const operands = joinedOperands(node, (arg) => this.values(arg));
    const result = emptyOver(axes);
    apply(
      node,
      operands.map((operand) => rearranged(operand, axes)),
      result,
    );
    return result;
  }

  #sum(body: Node, axis: Axis, axes: readonly Axis[]): Float64Array {
    if (!dependence(body).axes.has(axis)) return this.over(body, axes).map((value) => value * axis.size);
    const summed = this.#axesOf(body);
    if (isElementwise(body) && !this.#known.has(body) && sizeOf(summed) > blockSize) {
      return sumInBlocks(body, summed, axis, (leaf) => this.values(leaf), this.#axesOf);
    }
    const { axes: own, data } = this.values(body);
    const place = own.indexOf(axis);
    const inner = sizeOf(own.slice(place + 1));
    const result = emptyOver(axes);
    for (let first = 0, k = 0; first < result.length; first += inner) {
      for (let point = 0; point < axis.size; point++) {
        for (let i = first; i < first + inner; i++, k++) result[i] = result[i]! + data[k]!;
      }
    }
    return result;
  }

  #root(node: RootNode, axes: readonly Axis[]): Float64Array {
    const result = emptyOver(axes);
    for (let i = 0; i < result.length; i++) {
      const at = new Map<Axis, number>();
      let rest = i;
      for (const axis of axes.toReversed()) {
        at.set(axis, rest % axis.size);
        rest = Math.floor(rest / axis.size);
      }
      result[i] = evaluate(node, { parameters: this.#parameters, axes: at, ...this.#variablesAt(at) });
    }
    return result;
  }

  /** The bound variable at indices of the axes. */
  #variablesAt(at: ReadonlyMap<Axis, number>): { readonly variables?: ReadonlyMap<VariableNode, number> } {
    if (this.#bound === undefined) return {};
    const { variable, axis, points } = this.#bound;
    return { variables: new Map([[variable, points[at.get(axis) ?? 0]!]]) };
  }
}

type Boundaries = readonly (readonly number[])[];
type Order = number | readonly number[];
type RulesByOrder<Rule> = WeakMap<Boundaries, Map<string, Rule>>;

/** Rules that were made already: their nodes and weights are asked for one by one. */
const fixedRules: RulesByOrder<Panels> = new WeakMap();
const unitRules: RulesByOrder<UnitPanels> = new WeakMap();

function ruleOf<Rule, O extends Order>(
  known: RulesByOrder<Rule>,
  boundaries: Boundaries,
  order: O,
  make: (boundaries: Boundaries, order: O) => Rule,
): Rule {
  const byOrder = known.get(boundaries) ?? new Map<string, Rule>();
  known.set(boundaries, byOrder);
  const key = String(order);
  const rule = byOrder.get(key) ?? make(boundaries, order);
  byOrder.set(key, rule);
  return rule;
}

function dataOf({ source, name }: DataNode): Float64Array {
  switch (source.kind) {
    case "input":
      throw new Error(`${name} is not known before an evaluation`);
    case "values":
    case "places":
      return Float64Array.from(source.values);
    case "panels":
      return ruleOf(fixedRules, source.boundaries, source.order, panels)[source.what];
    case "unit-panels":
      return ruleOf(unitRules, source.boundaries, source.order, unitPanels)[source.what];
  }
}
