/** The outline of a file, what can be folded in it, and which of its words are what. */
import { childrenOf, expressionsOf, keywords } from "../../grammar/index.ts";
import type { Expr, Span, Statement, SyntaxTree } from "../../grammar/syntax.ts";
import { signatures } from "../../runtime/signatures.ts";

export interface OutlineEntry {
  readonly name: string;
  readonly keyword: string;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children: readonly OutlineEntry[];
}

/** Declarations, with what they declare in turn. */
export function outlineOf(statements: readonly Statement[]): readonly OutlineEntry[] {
  return statements.flatMap(({ keyword, label, span, block }): OutlineEntry[] => {
    const name = label?.parts.map(({ text }) => text).join(".");
    if (label === undefined || name === undefined) return [];
    return [
      {
        name,
        keyword: keyword.text,
        span,
        nameSpan: label.span,
        children: outlineOf(block?.statements ?? []),
      },
    ];
  });
}

/** Blocks. */
export function foldsOf({ statements }: SyntaxTree): readonly Span[] {
  return statements.flatMap((statement): Span[] => {
    if (statement.block === undefined) return [];
    return [statement.block.span, ...foldsOf({ ...empty, statements: statement.block.statements })];
  });
}

const empty: Omit<SyntaxTree, "statements"> = { file: "", uses: [], comments: [] };

/** Kinds of words, in the order of the legend. */
export const wordKinds = [
  "keyword",
  "class",
  "parameter",
  "function",
  "number",
  "string",
  "comment",
  "property",
  "type",
] as const;
export type WordKind = (typeof wordKinds)[number];

export interface Word {
  readonly span: Span;
  readonly kind: WordKind;
}

const functionNames: ReadonlySet<string> = new Set(signatures.map(({ name }) => name));

/** Words of a file in its order, none over another one. */
export function wordsOf(tree: SyntaxTree, text: string): readonly Word[] {
  const found: Word[] = [];
  const add = (span: Span | undefined, kind: WordKind): void => {
    if (span !== undefined && span.end > span.start) found.push({ span, kind });
  };
  const inExpr = (e: Expr): void => {
    switch (e.kind) {
      case "number":
        add({ ...e.span, end: e.unit?.name.span.start ?? e.span.end }, "number");
        add(e.unit?.name.span, "type");
        return;
      case "string":
        add(e.span, "string");
        return;
      case "path":
        for (const part of e.parts) add(part.span, "parameter");
        return;
      case "call":
        for (const part of e.callee.parts)
          add(part.span, functionNames.has(part.text) ? "function" : "class");
        for (const { name, value } of e.args) {
          add(name?.span, "property");
          inExpr(value);
        }
        return;
      case "map":
        for (const { key, value } of e.entries) {
          add(key.span, "property");
          inExpr(value);
        }
        return;
      default:
        for (const child of childrenOf(e)) inExpr(child);
    }
  };
  const visit = (statement: Statement, depth: number): void => {
    add(statement.doc?.span, "comment");
    for (const span of citations(statement, text)) add(span, "comment");
    add(statement.keyword.span, depth === 0 ? "keyword" : "property");
    add(statement.label?.span, depth === 0 ? "class" : "parameter");
    add(statement.note?.span, "string");
    for (const e of expressionsOf(statement)) if (e !== statement.label) inExpr(e);
    for (const { name } of statement.params ?? []) add(name.span, "parameter");
    for (const inner of statement.block?.statements ?? []) visit(inner, depth + 1);
  };
  for (const use of tree.uses) {
    add({ ...use.span, end: use.span.start + "use".length }, "keyword");
    add(use.pathSpan, use.quoted ? "string" : "type");
    for (const { name, alias } of use.names) {
      add(name.span, "class");
      add(alias?.span, "class");
    }
  }
  for (const statement of tree.statements) visit(statement, 0);
  for (const comment of tree.comments) add(comment.span, "comment");
  addKeywords(text, tree.file, add);
  return inOrder(found);
}

/** From `@cite`, or the `///` before it, to the last of its keys. */
function citations({ cites }: Statement, text: string): readonly Span[] {
  const ends = new Map<number, Span>();
  for (const { span } of cites) {
    const mark = text.lastIndexOf("@cite", span.start);
    const doc = text.lastIndexOf("///", mark);
    const start = doc >= 0 && text.slice(doc + 3, mark).trim() === "" ? doc : mark;
    ends.set(start, { ...span, start });
  }
  return [...ends.values()];
}

const reserved = new RegExp(`\\b(?:${keywords.join("|")})\\b`, "g");

function addKeywords(text: string, file: string, add: (span: Span, kind: WordKind) => void): void {
  for (const { index, 0: word } of text.matchAll(reserved)) {
    add({ file, start: index, end: index + word.length }, "keyword");
  }
}

/** Sorted; of two that overlap the earlier one in the list stays. */
function inOrder(words: readonly Word[]): readonly Word[] {
  const taken = words
    .map((word, rank) => ({ ...word, rank }))
    .sort((a, b) => a.span.start - b.span.start || a.rank - b.rank);
  const kept: Word[] = [];
  for (const { span, kind } of taken) {
    const last = kept.at(-1);
    if (last === undefined || span.start >= last.span.end) kept.push({ span, kind });
  }
  return kept;
}
