/**
 * Decides what is stored: every subexpression that depends on fewer parameters or fewer loop indices than
 * what uses it is worth a scalar or an array of its own, computed only when what it reads changes.
 */

import { type Purpose, purposes } from "../kernel/form.ts";
import { reservedNames } from "../kernel/names.ts";
import { type Dependence, dependence } from "../rate/analyse.ts";
import type { Graph } from "../rate/graph.ts";
import { type AddNode, type Axis, type MultiplyNode, type Node, operands } from "../rate/node.ts";

/** A stored scalar (no axes) or array. */
export interface Definition {
  readonly node: Node;
  readonly name: string;
  readonly label: string;
  /** The line of the spec that it comes from. */
  readonly origin: string | undefined;
  readonly axes: readonly Axis[];
  /** Sorted names of the parameters it reads: the key of its stage. */
  readonly reads: readonly string[];
  /** The first purpose that needs it; "value", which runs before all others, when several need it. */
  readonly purpose: Purpose;
  /** Stored things that it reads. */
  readonly uses: ReadonlySet<Definition>;
}

/** Where an expression is computed: inside the loops over these axes, in the stage of these parameters. */
export interface Place {
  readonly axes: ReadonlySet<Axis>;
  readonly parameters: ReadonlySet<string>;
  /** Equal for equal places. */
  readonly key: string;
}

export function placeOf(axes: Iterable<Axis>, reads: Iterable<string>): Place {
  const own = new Set(axes);
  const parameters = new Set(reads);
  const names = [...own].map((axis) => axis.serial).sort((a, b) => a - b);
  return { axes: own, parameters, key: `${names.join(",")}|${[...parameters].sort().join(",")}` };
}

export interface Plan {
  /** Each after all that it uses. */
  readonly definitions: readonly Definition[];
  readonly outputs: ReadonlyMap<string, Definition>;
  /** The definition that stands for a node at a place; undefined when the node is computed in place. */
  stored(node: Node, place: Place): Definition | undefined;
  /** Operands of a node at a place: of sums and products those that can be stored together are joined. */
  parts(node: Node, place: Place): readonly Node[];
}

/** Arrays larger than this are recomputed instead of stored. */
const maximalSize = 4_000_000;
/** Below this many operations a value that saves no loop is not worth storing. */
const worthStoring = 16;

/** Plans the outputs of each purpose, beyond what the purposes before it have. */
export function plan(
  graph: Graph,
  outputs: Readonly<Partial<Record<Purpose, ReadonlyMap<string, Node>>>>,
): Plan {
  return new Planner(graph).run(outputs);
}

/** A definition while the plan is made. */
interface OwnDefinition extends Omit<Definition, "purpose" | "uses"> {
  purpose: Purpose;
  readonly uses: ReadonlySet<OwnDefinition>;
}

class Planner {
  readonly #graph: Graph;
  readonly #definitions = new Map<Node, OwnDefinition>();
  readonly #names = new Set<string>();
  readonly #partsAt = new Map<string, Map<Node, readonly Node[]>>();
  #closed = false;
  #purpose: Purpose = "value";

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  run(outputs: Readonly<Partial<Record<Purpose, ReadonlyMap<string, Node>>>>): Plan {
    const named = new Map<string, OwnDefinition>();
    for (const purpose of purposes) {
      this.#purpose = purpose;
      for (const [key, node] of outputs[purpose] ?? []) named.set(key, this.#define(node));
    }
    this.#closed = true;
    return {
      definitions: [...this.#definitions.values()],
      outputs: named,
      stored: (node, place) => this.#stored(node, place),
      parts: (node, place) => this.#parts(node, place),
    };
  }

  #define(node: Node): OwnDefinition {
    const known = this.#definitions.get(node);
    if (known !== undefined) {
      this.#share(known);
      return known;
    }
    if (this.#closed) throw new Error("a value is stored that was not planned");
    const { axes, parameters } = dependence(node);
    const uses = new Set<OwnDefinition>();
    const body = node.op === "sum" ? node.args[0] : node;
    const inner = node.op === "sum" ? [...axes, node.axis] : axes;
    this.#collect(body, placeOf(inner, parameters), node, uses, new Set());
    const label = this.#graph.labelOf(node) ?? (axes.size === 0 ? "scalar" : "array");
    const definition: OwnDefinition = {
      node,
      name: this.#nameFor(label),
      label,
      origin: this.#graph.originOf(node),
      axes: orderAxes(axes),
      reads: [...parameters].sort(),
      purpose: this.#purpose,
      uses,
    };
    this.#definitions.set(node, definition);
    return definition;
  }

  /** Details and gradients are brought up to date apart: what both read belongs to what runs before them. */
  #share(definition: OwnDefinition): void {
    if (this.#closed || definition.purpose === "value" || definition.purpose === this.#purpose) return;
    definition.purpose = "value";
    for (const used of definition.uses) this.#share(used);
  }

  /** Visits what is computed in place below `node` and defines what is not. */
  #collect(node: Node, place: Place, owner: Node, uses: Set<OwnDefinition>, seen: Set<Node>): void {
    if (seen.has(node)) return;
    seen.add(node);
    if (node !== owner) {
      const stored = this.#stored(node, place);
      if (stored !== undefined) {
        uses.add(stored);
        return;
      }
    }
    for (const part of this.#parts(node, place)) this.#collect(part, place, owner, uses, seen);
  }

  #stored(node: Node, place: Place): OwnDefinition | undefined {
    if (node.op === "sum") return this.#define(node);
    const own = dependence(node);
    if (own.variables.size > 0 || samePlace(own, place)) return undefined;
    const weight = weigh(node);
    const savesLoops = own.axes.size < place.axes.size;
    if (weight < (savesLoops ? 1 : worthStoring)) return undefined;
    if (sizeOf(own.axes) > maximalSize) return undefined;
    return this.#define(node);
  }

  #parts(node: Node, place: Place): readonly Node[] {
    if (node.op !== "add" && node.op !== "multiply") return operands(node);
    let known = this.#partsAt.get(place.key);
    if (known === undefined) {
      known = new Map();
      this.#partsAt.set(place.key, known);
    }
    const done = known.get(node);
    if (done !== undefined) return done;
    const made = this.#join(node, place);
    known.set(node, made);
    return made;
  }

  #join(node: AddNode | MultiplyNode, place: Place): readonly Node[] {
    const here: Node[] = [];
    const groups = new Map<string, Node[]>();
    for (const arg of node.args) {
      const own = dependence(arg);
      if (arg.op === "number" || own.variables.size > 0 || samePlace(own, place)) here.push(arg);
      else {
        const key = placeKey(own, place);
        groups.set(key, [...(groups.get(key) ?? []), arg]);
      }
    }
    const constant = here[0]?.op === "number" ? here[0] : undefined;
    const [first, ...others] = groups.values();
    if (constant !== undefined && first !== undefined) {
      here.shift();
      first.unshift(constant);
    }
    const joined = [...(first === undefined ? [] : [first]), ...others];
    const join = (group: Node[]): Node =>
      node.op === "add" ? this.#graph.add(...group) : this.#graph.multiply(...group);
    const parts = [...joined.map(join), ...here];
    return parts[0] === node ? node.args : parts;
  }

  /** An identifier like the label that nothing else in the module has. */
  #nameFor(label: string): string {
    const plain = label.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^(?=[0-9_]|$)/, "v");
    let name = reservedNames.has(plain) ? `${plain}_` : plain;
    for (let i = 2; this.#names.has(name); i++) name = `${plain}_${i}`;
    this.#names.add(name);
    return name;
  }
}

function samePlace(own: Dependence, place: Place): boolean {
  return own.axes.size === place.axes.size && own.parameters.size === place.parameters.size;
}

/** What saves a loop is joined over all parameters: it is taken apart again in its own, smaller loop. */
function placeKey(own: Dependence, place: Place): string {
  if (own.axes.size === place.axes.size) return `parameters ${[...own.parameters].sort().join(",")}`;
  return `axes ${orderAxes(own.axes)
    .map((axis) => axis.name)
    .join(",")}`;
}

function orderAxes(axes: ReadonlySet<Axis>): readonly Axis[] {
  const rank = (axis: Axis): number => (axis.bins ? -1e9 + axis.serial : -axis.serial);
  return [...axes].sort((a, b) => rank(a) - rank(b));
}

function sizeOf(axes: ReadonlySet<Axis>): number {
  let size = 1;
  for (const axis of axes) size *= axis.size;
  return size;
}

const weights = new WeakMap<Node, number>();

/** Rough cost of computing a node once, in multiplications. */
export function weigh(node: Node): number {
  const known = weights.get(node);
  if (known !== undefined) return known;
  const below = operands(node).reduce((sum, operand) => sum + weigh(operand), 0);
  const weight = Math.min(1e6, below + ownWeight(node));
  weights.set(node, weight);
  return weight;
}

/** Products for small whole powers, a division for negative ones, otherwise a call. */
function powerWeight(exponent: Node): number {
  if (exponent.op !== "number") return 40;
  const { value } = exponent;
  if (Math.abs(value) === 0.5) return 10;
  if (!Number.isInteger(value) || Math.abs(value) > 16) return 40;
  return (value < 0 ? 5 : 0) + Math.ceil(Math.log2(Math.abs(value) + 1));
}

function ownWeight(node: Node): number {
  switch (node.op) {
    case "number":
    case "parameter":
    case "variable":
    case "data":
      return 0;
    case "add":
    case "multiply":
      return node.args.length - 1;
    case "power":
      return powerWeight(node.args[1]);
    case "select":
      return 1;
    case "call":
      return node.name === "max" || node.name === "min" ? 1 : 16;
    case "table":
      return 30;
    case "sum":
      return 1e4;
    default:
      return 1e3;
  }
}
