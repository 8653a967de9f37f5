/** Where a part of a JSON document stands in its text. */
import { findNodeAtLocation, type Node } from "jsonc-parser";
import type { Name, Path, Span } from "../../grammar/syntax.ts";

/** A position in a document: the file, and the node of its text when there is a text. */
export interface Place {
  readonly file: string;
  readonly node: Node | undefined;
}

export function at({ file, node }: Place, ...path: readonly (string | number)[]): Place {
  return { file, node: node === undefined ? undefined : findNodeAtLocation(node, [...path]) };
}

export function spanOf({ file, node }: Place): Span {
  return node === undefined
    ? { file, start: 0, end: 0 }
    : { file, start: node.offset, end: node.offset + node.length };
}

export function nameAt(text: string, place: Place): Name {
  return { text, span: spanOf(place) };
}

/** A dotted name; all parts have the span of the string. */
export function pathAt(text: string, place: Place): Path {
  const span = spanOf(place);
  return { kind: "path", parts: text.split(".").map((part) => ({ text: part, span })), span };
}

/** The place of a JSON pointer, or of the nearest thing around it that there is. */
export function atPointer(root: Place, pointer: string): Place {
  const parts = pointer.split("/").slice(1).map(unescaped);
  let place = root;
  for (const part of parts) {
    const key = place.node?.type === "array" ? Number(part) : part;
    const inner = at(place, key);
    if (inner.node === undefined) return place;
    place = inner;
  }
  return place;
}

const unescaped = (part: string): string => part.replaceAll("~1", "/").replaceAll("~0", "~");

/** The JSON pointer of what stands at an offset of the text. */
export function pointerAt(root: Node, offset: number): string {
  let pointer = "";
  let node: Node = root;
  for (;;) {
    const children = node.children ?? [];
    const index = childAt(children, offset);
    const child = children[index];
    if (child === undefined) return pointer;
    // A property has its key and its value as children.
    if (node.type === "array") pointer += `/${index}`;
    else if (child.type === "property") pointer += `/${escaped(`${child.children?.[0]?.value}`)}`;
    node = child;
  }
}

const escaped = (part: string): string => part.replaceAll("~", "~0").replaceAll("/", "~1");

/** The index of the child that an offset lies in, found by halves: a document may have very many; -1 for none. */
function childAt(children: readonly Node[], offset: number): number {
  let [low, high] = [0, children.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const { offset: start, length } = children[middle]!;
    if (offset < start) high = middle - 1;
    else if (offset >= start + length) low = middle + 1;
    else return middle;
  }
  return -1;
}
