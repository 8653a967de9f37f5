/** Changes of texts that mend something: how rules say them, and what they come to in a text. */
import { behind, inFrontOf, omission } from "../../grammar/fixes.ts";
import type { Edit, Expr, Fix, Span, Statement, SyntaxTree } from "../../grammar/syntax.ts";
import type { Diagnostic, Extra } from "./diagnostic.ts";

/** An expression is put into a formula: `max(0, …)`. In front of what binds tighter it gets parentheses. */
export function wrapped(expr: Expr, before: string, after: string, title: string): Fix {
  const [open, close] = tight.has(expr.kind) || /[(,] ?$/.test(before) ? ["", ""] : ["(", ")"];
  const edits = [inFrontOf(expr.span, `${before}${open}`), behind(expr.span, `${close}${after}`)];
  return { title, edits: edits.filter(({ text }) => text !== ""), safe: false };
}

/** Kinds of expressions that are one word, or end with their own bracket. */
const tight: ReadonlySet<Expr["kind"]> = new Set(["path", "number", "index", "call"]);

/** For values that add up to a number in the place of one. */
export function divided(found: number, ...statements: readonly Statement[]): Extra {
  const values = statements.flatMap(({ assign }) => assign?.value ?? []);
  if (!(found > 0) || values.length === 0) return {};
  const title = `divide it by ${Number(found.toPrecision(4))}`;
  const by = String(Number(found.toPrecision(8)));
  const edits = values.flatMap((value) => wrapped(value, "", ` / ${by}`, title).edits);
  return { help: title, fixes: [{ title, edits, safe: false }] };
}

/** What is negative by its sign is not without it; nothing for other expressions. */
export function unsigned(expr: Expr): Extra {
  const value = expr.kind === "uncertain" ? expr.value : expr;
  if (value.kind !== "unary" || value.operator !== "-" || value.operand.kind !== "number") return {};
  const sign = { ...value.span, end: value.operand.span.start };
  return { help: "leave the minus sign out", notes: [], fixes: [omission(sign, "leave the minus sign out")] };
}

/** A statement comes into the block of another one, which may have none yet. */
export function addition(owner: Statement, text: string, title = `add \`${text}\``): Fix {
  return { title, edits: [added(owner, text)], safe: false };
}

export function added({ block, span }: Statement, text: string): Edit {
  // A copy may have the block of what it is a copy of.
  const own = block !== undefined && block.span.file === span.file && block.span.end === span.end;
  return own
    ? { span: block.span, text, place: "inside" }
    : behind(span, ` {\n  ${text.replaceAll("\n", "\n  ")}\n}`);
}

type Removable = Pick<Statement, "span" | "doc">;

/** Statements are taken out, with what is said over them. */
export function removal(statements: Removable | readonly Removable[], title: string): Fix {
  const edits = [statements].flat().map(({ span, doc }): Edit => {
    const start = Math.min(span.start, doc?.span.start ?? span.start);
    return { span: { ...span, start }, text: "", place: "line" };
  });
  return { title, edits, safe: false };
}

/** A name of the library comes into the file, unless it is there. */
export function imported(
  { file, uses, statements, version }: SyntaxTree,
  module: string,
  name: string,
): readonly Edit[] {
  const known = uses.flatMap(({ names }) => names.map((one) => (one.alias ?? one.name).text));
  if (known.includes(name) || statements.some(({ label }) => label?.parts[0]?.text === name)) return [];
  const last = uses.find(({ path, quoted }) => path === module && !quoted)?.names.at(-1);
  if (last !== undefined) return [behind((last.alias ?? last.name).span, `, ${name}`)];
  const text = `use ${module} { ${name} }`;
  const [first] = [...uses, ...statements.map(({ keyword }) => keyword)];
  if (first === undefined) return [behind(version?.span ?? { file, start: 0, end: 0 }, `\n${text}`)];
  return [{ span: first.span, text, place: "above" }];
}

/** A line comes over the one that a place is in. */
export function lineAbove(span: Span, text: string): Fix {
  return { title: `add \`${text}\``, edits: [{ span, text, place: "above" }], safe: false };
}

/** A JSON document has no text of the language. */
export const isJson = (text: string): boolean => text.trimStart().startsWith("{");

/** A finding without changes of files in folders that belong to others: the library, packages. */
export function inOwnFiles<D extends Pick<Diagnostic, "fixes">>(one: D, foreign: readonly string[]): D {
  const isForeign = ({ span }: Edit): boolean => foreign.some((folder) => span.file.startsWith(`${folder}/`));
  const own = one.fixes.filter(({ edits }) => !edits.some(isForeign));
  return own.length === one.fixes.length ? one : { ...one, fixes: own };
}

/** The same changes with edits of the texts as they are; those of texts that are not at hand, or JSON, are left out. */
export function settled(
  fixes: readonly Fix[],
  texts: Pick<ReadonlyMap<string, string>, "get">,
): readonly Fix[] {
  return fixes.flatMap((fix) => {
    const edits = fix.edits.map((edit) => {
      const text = texts.get(edit.span.file);
      const found = settledEdit(edit, text);
      return found === undefined || text === undefined
        ? undefined
        : { ...found, text: withLineEnds(found.text, text) };
    });
    const there = edits.filter((edit) => edit !== undefined);
    return there.length < edits.length ? [] : [{ ...fix, edits: there }];
  });
}

/** Lines that come into a text end as the first one of it does. */
export function withLineEnds(added: string, text: string): string {
  return text[text.indexOf("\n") - 1] === "\r" ? added.replaceAll(/\r?\n/g, "\r\n") : added;
}

function settledEdit({ span, text: written, place }: Edit, text: string | undefined): Edit | undefined {
  if (text === undefined || isJson(text)) return undefined;
  switch (place) {
    case "inside":
      return addedTo(text, span, written);
    case "line":
      return { span: withLine(text, span), text: written };
    case "above": {
      const start = lineStart(text, span.start);
      const indent = indentAt(text, start);
      const lines = written.replaceAll("\n", `\n${indent}`);
      return { span: { ...span, start, end: start }, text: `${indent}${lines}\n` };
    }
    case undefined:
      return { span, text: written };
  }
}

/** At the end of a block: on a line of its own, unless the block is all on one. */
function addedTo(text: string, { file, start, end }: Span, written: string): Edit {
  const at = (offset: number, what: string): Edit => ({
    span: { file, start: offset, end: offset },
    text: what,
  });
  const inset = `${indentAt(text, lineStart(text, start))}  `;
  const line = written.replaceAll("\n", `\n${inset}`);
  const close = end - 1;
  if (text[close] !== "}") return at(start + 1, `\n${inset}${line}`);
  const inner = text.slice(start + 1, close);
  const closing = lineStart(text, close);
  if (inner.includes("\n") && text.slice(closing, close).trim() === "")
    return at(closing, `${inset}${line}\n`);
  const kept = inner.trimEnd();
  if (kept === "" && line.includes("\n")) {
    const indent = indentAt(text, lineStart(text, start));
    return { span: { file, start: start + 1, end: close }, text: `\n${inset}${line}\n${indent}` };
  }
  if (kept === "") return { span: { file, start: start + 1, end: close }, text: ` ${line} ` };
  return at(start + 1 + kept.length, `${kept.endsWith(";") ? "" : ";"} ${line}`);
}

/** A place with what holds it apart from its neighbours: its line, or the semicolon beside it. */
function withLine(text: string, { file, start, end }: Span): Span {
  const from = lineStart(text, start);
  const next = text.indexOf("\n", end);
  const to = next < 0 ? text.length : next + 1;
  const [before, after] = [text.slice(from, start), text.slice(end, to)];
  if (before.trim() === "" && after.trim() === "") return { file, start: from, end: to };
  const semicolon = /^\s*;[ \t]*/.exec(after)?.[0] ?? "";
  if (semicolon !== "") return { file, start, end: end + semicolon.length };
  const space = /;?[ \t]*$/.exec(before)?.[0] ?? "";
  return { file, start: start - space.length, end };
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;

const indentAt = (text: string, start: number): string => /^[ \t]*/.exec(text.slice(start))?.[0] ?? "";
