/**
 * Decides what is stored: every subexpression that depends on fewer parameters or fewer loop indices than
 * what uses it is worth a scalar or an array of its own, computed only when what it reads changes.
 */

import type { Span } from "../../grammar/syntax.ts";
import { type Group, groups } from "../kernel/form.ts";
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
  /** The first group that needs it. */
  readonly group: Group;
  /** What it is another way to compute: it has that one's name and place. */
  readonly instead: Definition | undefined;
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

/** The place of what depends on that; it is asked for often. */
function placeOfDependence(dependence: Dependence): Place {
  const place = places.get(dependence) ?? placeOf(dependence.axes, dependence.parameters);
  places.set(dependence, place);
  return place;
}
const places = new WeakMap<Dependence, Place>();

export interface Plan {
  /** Each after all that it uses. */
  readonly definitions: readonly Definition[];
  readonly outputs: ReadonlyMap<string, Definition>;
  /** The same by group. */
  readonly asked: ReadonlyMap<Group, readonly Definition[]>;
  /** The definition that stands for a node at a place; undefined when the node is computed in place. */
  stored(node: Node, place: Place): Definition | undefined;
  /** Operands of a node at a place: of sums and products those that can be stored together are joined. */
  parts(node: Node, place: Place): readonly Node[];
  /** The part of the spec that a node was written in, or the first of its operands that has one. */
  written(node: Node): Span | undefined;
}

/** Arrays larger than this are recomputed instead of stored. */
const maximalSize = 4_000_000;
/**
 * A value over the same indices as its user that reads fewer parameters is stored from this many operations on: below
 * them, to read it back costs as much. Large arrays, as of a response, are stored in any case.
 */
const worthStoring = 10;
const large = 200;

/** What there is to plan. */
export interface Request {
  /** Expressions by key, each group beyond what the groups before it have. */
  readonly outputs: Readonly<Partial<Record<Group, ReadonlyMap<string, Node>>>>;
  /** Other ways to compute planned expressions. */
  readonly instead?: ReadonlyMap<Node, Node>;
  /** Parameters that move in most evaluations; the others rest. */
  readonly isFitted: (parameter: string) => boolean;
}

export function plan(graph: Graph, request: Request): Plan {
  return new Planner(graph, request.isFitted).run(request);
}

class Planner {
  readonly #graph: Graph;
  readonly #definitions = new Map<Node, Definition>();
  readonly #names = new Set<string>();
  /** The last number that was put behind each name. */
  readonly #numbers = new Map<string, number>();
  readonly #partsAt = new Map<string, Map<Node, readonly Node[]>>();
  readonly #isFitted: (parameter: string) => boolean;
  /** Stored in any case, for the caller to read. */
  readonly #counts = new Set<Node>();
  readonly #costs = new Map<string, Map<Node, number>>();
  #closed = false;
  readonly #spans = new Map<Node, Span | undefined>();
  #group: Group = "shared";

  constructor(graph: Graph, isFitted: (parameter: string) => boolean) {
    this.#graph = graph;
    this.#isFitted = isFitted;
  }

  run({ outputs, instead }: Request): Plan {
    for (const node of outputs.counts?.values() ?? []) this.#counts.add(node);
    const named = new Map<string, Definition>();
    const asked = new Map<Group, readonly Definition[]>();
    for (const group of groups) {
      this.#group = group;
      const own = [...(outputs[group] ?? [])].map(([key, node]) => [key, this.#define(node)] as const);
      for (const [key, definition] of own) named.set(key, definition);
      asked.set(
        group,
        own.map(([, definition]) => definition),
      );
      if (group === "polynomials") {
        for (const [node, other] of instead ?? []) this.#define(other, this.#define(node));
      }
    }
    this.#closed = true;
    return {
      definitions: [...this.#definitions.values()],
      outputs: named,
      asked,
      stored: (node, place) => this.#stored(node, place),
      parts: (node, place) => this.#parts(node, place),
      written: (node) => this.#written(node),
    };
  }

  #written(node: Node): Span | undefined {
    if (this.#spans.has(node)) return this.#spans.get(node);
    // A node is below itself nowhere, and asked for once.
    let found = this.#graph.placeOf(node)?.span;
    for (const part of operands(node)) found ??= this.#written(part);
    this.#spans.set(node, found);
    return found;
  }

  #define(node: Node, instead?: Definition): Definition {
    const known = this.#definitions.get(node);
    if (known !== undefined) return known;
    if (this.#closed) throw new Error("a value is stored that was not planned");
    const { axes, parameters } = dependence(node);
    const uses = new Set<Definition>();
    const body = node.op === "sum" ? node.args[0] : node;
    const inner = node.op === "sum" ? [...axes, node.axis] : axes;
    this.#collect(body, placeOf(inner, parameters), node, uses, new Set());
    const label = this.#graph.labelOf(node) ?? (axes.size === 0 ? "scalar" : "array");
    const definition: Definition = {
      node,
      name: instead?.name ?? this.#nameFor(label),
      label,
      origin: this.#graph.originOf(node)?.text,
      axes: loopOrder(axes),
      reads: [...parameters].sort(),
      group: this.#group,
      instead,
      uses,
    };
    this.#definitions.set(node, definition);
    return definition;
  }

  /** Visits what is computed in place below `node` and defines what is not. */
  #collect(node: Node, place: Place, owner: Node, uses: Set<Definition>, seen: Set<Node>): void {
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

  #stored(node: Node, place: Place): Definition | undefined {
    if (node.op === "sum") return this.#define(node);
    const own = dependence(node);
    if (own.variables.size > 0) return undefined;
    const savesLoops = own.axes.size < place.axes.size;
    if (this.#counts.has(node)) return this.#define(node);
    if (!savesLoops && own.parameters.size === place.parameters.size) return undefined;
    const rests = this.#rests(own) && !this.#rests(place);
    const least = savesLoops || rests || sizeOf(own.axes) > large ? 1 : worthStoring;
    if (this.#cost(node, placeOfDependence(own)) < least) return undefined;
    if (sizeOf(own.axes) > maximalSize) return undefined;
    return this.#define(node);
  }

  /** Computed again as often as what is at the place: the same parameters move it. */
  #boundWith({ parameters }: Pick<Dependence, "parameters">, place: Place): boolean {
    if (this.#rests(place)) return parameters.size === place.parameters.size;
    return this.#moving(parameters) === this.#moving(place.parameters);
  }

  #rests({ parameters }: Pick<Dependence, "parameters">): boolean {
    return this.#moving(parameters) === 0;
  }

  #moving(parameters: ReadonlySet<string>): number {
    let count = 0;
    for (const name of parameters) if (this.#isFitted(name)) count += 1;
    return count;
  }

  /** Operations to compute a node at its own place, with what is stored there read. */
  #cost(node: Node, place: Place): number {
    let known = this.#costs.get(place.key);
    if (known === undefined) {
      known = new Map();
      this.#costs.set(place.key, known);
    }
    const done = known.get(node);
    if (done !== undefined) return done;
    const below = this.#parts(node, place).filter(
      (part) => part === node || this.#stored(part, place) === undefined,
    );
    const cost = below.reduce(
      (sum, part) => sum + (part === node ? 0 : this.#cost(part, place)),
      ownWeight(node),
    );
    known.set(node, cost);
    return cost;
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
      if (arg.op === "number" || own.variables.size > 0 || this.#staysHere(own, place)) here.push(arg);
      else {
        const key = placeKey(own, place, this.#rests(place));
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

  /** Not to be joined with its neighbours: as often computed as they, or at least moving. */
  #staysHere(own: Dependence, place: Place): boolean {
    if (own.axes.size < place.axes.size) return false;
    return this.#boundWith(own, place) || (!this.#rests(place) && !this.#rests(own));
  }

  /** An identifier like the label that nothing else in the module has. */
  #nameFor(label: string): string {
    const plain = label.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^(?=[0-9_]|$)/, "v");
    let name = reservedNames.has(plain) ? `${plain}_` : plain;
    let number = this.#numbers.get(plain) ?? 1;
    while (this.#names.has(name)) name = `${plain}_${++number}`;
    this.#numbers.set(plain, number);
    this.#names.add(name);
    return name;
  }
}

/**
 * What saves a loop is joined over all parameters: it is taken apart again in its own, smaller loop. What rests
 * is joined too, unless all of it does.
 */
function placeKey(own: Dependence, place: Place, resting: boolean): string {
  if (own.axes.size === place.axes.size) {
    return resting ? `parameters ${[...own.parameters].sort().join(",")}` : "resting";
  }
  return `axes ${loopOrder(own.axes)
    .map((axis) => axis.name)
    .join(",")}`;
}

/** Bins first, outer integrals before inner ones. */
export function loopOrder(axes: ReadonlySet<Axis>): readonly Axis[] {
  const rank = (axis: Axis): number => (axis.bins ? -1e9 + axis.serial : -axis.serial);
  return [...axes].sort((a, b) => rank(a) - rank(b));
}

function sizeOf(axes: ReadonlySet<Axis>): number {
  let size = 1;
  for (const axis of axes) size *= axis.size;
  return size;
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
