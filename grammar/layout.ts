/**
 * A small layout language: text with places where a line may be broken.
 *
 * A group is set on one line if it fits and broken at all its own places otherwise; a fill breaks only where the
 * line is full.
 */
export type Layout =
  | string
  | { readonly kind: "join"; readonly parts: readonly Layout[] }
  /** A line break, or `flat` where the group fits its line. */
  | { readonly kind: "line"; readonly flat: string }
  | { readonly kind: "indent"; readonly body: Layout }
  | { readonly kind: "group"; readonly body: Layout }
  /** Items with a comma and a blank or line break between them. */
  | { readonly kind: "fill"; readonly items: readonly Layout[] }
  /** Only where its group is broken. */
  | { readonly kind: "whenBroken"; readonly text: string };

export const join = (...parts: readonly Layout[]): Layout => ({ kind: "join", parts });
export const line: Layout = { kind: "line", flat: " " };
export const softLine: Layout = { kind: "line", flat: "" };
export const indent = (body: Layout): Layout => ({ kind: "indent", body });
export const group = (body: Layout): Layout => ({ kind: "group", body });
export const fill = (items: readonly Layout[]): Layout => ({ kind: "fill", items });
export const whenBroken = (text: string): Layout => ({ kind: "whenBroken", text });

/** Items between brackets: on one line, or one item a line. */
export function bracketed(
  open: string,
  items: readonly Layout[],
  close: string,
  blank: Layout = softLine,
): Layout {
  if (items.length === 0) return open + close;
  const rows = items.flatMap((item, i) => (i === 0 ? [item] : [",", line, item]));
  return group(join(open, indent(join(blank, ...rows, whenBroken(","))), blank, close));
}

/** The layout on one line. */
export function flat(layout: Layout): string {
  if (typeof layout === "string") return layout;
  switch (layout.kind) {
    case "join":
      return layout.parts.map(flat).join("");
    case "line":
      return layout.flat;
    case "fill":
      return layout.items.map(flat).join(", ");
    case "whenBroken":
      return "";
    default:
      return flat(layout.body);
  }
}

interface Setting {
  readonly width: number;
  readonly out: string[];
  column: number;
}

/** Sets a layout that begins at a column, its further lines indented by `base` blanks. */
export function setLayout(layout: Layout, base: number, width: number): string {
  const setting: Setting = { width, out: [], column: base };
  place(setting, layout, base, true);
  return setting.out.join("");
}

function place(s: Setting, layout: Layout, depth: number, broken: boolean): void {
  if (typeof layout === "string") {
    write(s, layout);
    return;
  }
  switch (layout.kind) {
    case "join":
      for (const part of layout.parts) place(s, part, depth, broken);
      return;
    case "line":
      if (broken) newLine(s, depth);
      else write(s, layout.flat);
      return;
    case "indent":
      place(s, layout.body, depth + 2, broken);
      return;
    case "group":
      place(s, layout.body, depth, !fits(s, flat(layout.body)));
      return;
    case "fill":
      placeFill(s, layout.items, depth);
      return;
    case "whenBroken":
      if (broken) write(s, layout.text);
  }
}

function placeFill(s: Setting, items: readonly Layout[], depth: number): void {
  items.forEach((item, i) => {
    const text = flat(item);
    if (i > 0) {
      write(s, ",");
      if (fits(s, ` ${text},`)) write(s, " ");
      else newLine(s, depth);
    }
    if (fits(s, text)) write(s, text);
    else place(s, item, depth, true);
  });
}

const fits = (s: Setting, text: string): boolean => s.column + text.length <= s.width;

function write(s: Setting, text: string): void {
  s.out.push(text);
  s.column += text.length;
}

function newLine(s: Setting, depth: number): void {
  s.out.push(`\n${" ".repeat(depth)}`);
  s.column = depth;
}
