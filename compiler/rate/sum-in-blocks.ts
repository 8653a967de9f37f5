/** Sums of large arrays that are never made as a whole. */
import { rearranged, sizeOf, type Values } from "./arrays.ts";
import { apply, type ElementwiseNode, isElementwise, joinedOperands } from "./elementwise.ts";
import type { Axis, Node } from "./node.ts";

/** Elements of a block: the arrays of an expression of some ten operations stay in the cache of a core. */
export const blockSize = 4096;
const smallest = 128;

/** The value of an operand in the block at hand; `outer` is its index over the axes that blocks run over. */
type Block = (outer: number) => Float64Array;

/**
 * The sum over one of the axes of an expression. Operations over all of the axes are done block by block, with arrays that
 * are used again; `valuesOf` gives what has fewer axes or is no such operation, `axesOf` the axes of a node.
 */
export function sumInBlocks(
  body: ElementwiseNode,
  axes: readonly Axis[],
  axis: Axis,
  valuesOf: (leaf: Node) => Values,
  axesOf: (node: Node) => readonly Axis[],
): Float64Array {
  const depth = depthOf(axes);
  const [outer, inner] = [axes.slice(0, depth), axes.slice(depth)];
  const block = new Blocks(outer, inner, valuesOf, axesOf).blockOf(body);
  const result = new Float64Array(sizeOf(axes) / axis.size);
  const add = adderInto(result, outer, inner, axis);
  for (let index = 0; index < sizeOf(outer); index++) add(index, block(index));
  return result;
}

/** How many axes blocks run over: the fewest that leave small blocks, but no tiny ones. */
function depthOf(axes: readonly Axis[]): number {
  const sizeAt = (depth: number): number => sizeOf(axes.slice(depth));
  let depth = 0;
  while (depth < axes.length - 1 && sizeAt(depth) > blockSize) depth += 1;
  return depth > 0 && sizeAt(depth) < smallest ? depth - 1 : depth;
}

class Blocks {
  readonly #outer: readonly Axis[];
  readonly #inner: readonly Axis[];
  readonly #valuesOf: (leaf: Node) => Values;
  readonly #axesOf: (node: Node) => readonly Axis[];
  readonly #made = new Map<Node, Block>();

  constructor(
    outer: readonly Axis[],
    inner: readonly Axis[],
    valuesOf: (leaf: Node) => Values,
    axesOf: (node: Node) => readonly Axis[],
  ) {
    this.#outer = outer;
    this.#inner = inner;
    this.#valuesOf = valuesOf;
    this.#axesOf = axesOf;
  }

  blockOf(node: Node): Block {
    const known = this.#made.get(node);
    if (known !== undefined) return known;
    const made = this.#isWhole(node) ? this.#operation(node) : this.#leaf(this.#valuesOf(node));
    this.#made.set(node, made);
    return made;
  }

  /** An operation over all of the axes. */
  #isWhole(node: Node): node is ElementwiseNode {
    return isElementwise(node) && this.#axesOf(node).length === this.#outer.length + this.#inner.length;
  }

  /** Computed once a block, however often it is read in it. */
  #operation(node: ElementwiseNode): Block {
    const buffer = new Float64Array(sizeOf(this.#inner));
    const operands = this.#operands(node);
    let done = -1;
    return (outer) => {
      if (outer === done) return buffer;
      apply(
        node,
        operands.map((operand) => operand(outer)),
        buffer,
      );
      done = outer;
      return buffer;
    };
  }

  #operands(node: ElementwiseNode): readonly Block[] {
    if (node.op !== "add" && node.op !== "multiply") {
      const args = node.op === "power" && node.args[1].op === "number" ? [node.args[0]] : node.args;
      return args.map((arg) => this.blockOf(arg));
    }
    const wholes = node.args.filter((arg) => this.#isWhole(arg)).map((arg) => this.blockOf(arg));
    const rest = node.args.filter((arg) => !this.#isWhole(arg));
    const leaves = rest.length === 0 ? [] : joinedOperands({ ...node, args: rest }, this.#valuesOf);
    return [...wholes, ...leaves.map((leaf) => this.#leaf(leaf))];
  }

  /** The part of an array that belongs to a block, repeated over the axes that it does not have. */
  #leaf({ axes, data }: Values): Block {
    const outer = axes.filter((axis) => this.#outer.includes(axis));
    const inner = axes.filter((axis) => this.#inner.includes(axis));
    const size = sizeOf(inner);
    const from = placesOf(outer, this.#outer);
    if (inner.length === this.#inner.length) {
      return (index) => data.subarray(from(index) * size, (from(index) + 1) * size);
    }
    const places = Int32Array.from(allPlaces(inner, this.#inner));
    const buffer = new Float64Array(places.length);
    let filled = -1;
    return (index) => {
      const first = from(index) * size;
      if (first === filled) return buffer;
      for (let i = 0; i < buffer.length; i++) buffer[i] = data[first + places[i]!]!;
      filled = first;
      return buffer;
    };
  }
}

/** From an index over some axes to the one over a part of them. */
function placesOf(part: readonly Axis[], axes: readonly Axis[]): (index: number) => number {
  if (part.length === axes.length) return (index) => index;
  if (part.length === 0) return () => 0;
  const all = allPlaces(part, axes);
  return (index) => all[index]!;
}

/** The index over a part of some axes, for each index over all of them. */
function allPlaces(part: readonly Axis[], axes: readonly Axis[]): Float64Array {
  return rearranged({ axes: part, data: Float64Array.from({ length: sizeOf(part) }, (_, i) => i) }, axes);
}

/** Adds a block to the result, from which the axis is gone. */
function adderInto(
  result: Float64Array,
  outer: readonly Axis[],
  inner: readonly Axis[],
  axis: Axis,
): (index: number, block: Float64Array) => void {
  const place = inner.indexOf(axis);
  if (place < 0) {
    const placeOf = placesOf(
      outer.filter((one) => one !== axis),
      outer,
    );
    return (index, block) => {
      const from = placeOf(index) * block.length;
      for (let i = 0; i < block.length; i++) result[from + i] = result[from + i]! + block[i]!;
    };
  }
  const within = sizeOf(inner.slice(place + 1));
  const length = sizeOf(inner) / axis.size;
  return (index, block) => {
    for (let first = index * length, k = 0; k < block.length; first += within) {
      for (let point = 0; point < axis.size; point++) {
        for (let i = first; i < first + within; i++, k++) result[i] = result[i]! + block[k]!;
      }
    }
  };
}
