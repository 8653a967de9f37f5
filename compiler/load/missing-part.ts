/** What a statement of the wrong form lacks, where that can be added. */

import { safely } from "../../grammar/fixes.ts";
import { childrenOf } from "../../grammar/index.ts";
import type { Expr, Fix, Span, Statement } from "../../grammar/syntax.ts";
import { changes, type Extra, insertion, omission, replacement } from "../diagnostics/index.ts";
import type { StatementDescription, ValueType } from "../kinds/index.ts";

/** For a statement that lacks its arguments, its type, what it acts on, or its block: the first of them. */
export function partToAdd(statement: Statement, description: StatementDescription): Extra {
  const fixes =
    signToAdd(statement, description) ??
    argumentsToAdd(statement, description) ??
    typesToAdd(statement, description) ??
    clausesToAdd(statement, description) ??
    blockToAdd(statement, description) ??
    [];
  return fixes.length === 0 ? {} : { help: fixes.map(({ title }) => title).join(", or "), fixes };
}

/** For `model: A`, `free x = 0 .. 1` and `constant a: number = 1`: another sign than its own, or a type that cannot be given. */
export function signMeant(
  statement: Statement,
  { annotation, value, valueRequired, clauses }: StatementDescription,
): Extra {
  const { type, assign } = statement;
  const from = headOf(statement).end;
  const between = (until: Span, sign: string): Extra => {
    const span = { ...until, start: from, end: until.start };
    return {
      help: `write \`${sign}\``,
      notes: [],
      fixes: [replacement(span, ` ${sign} `, `replace by \`${sign}\``)],
    };
  };
  if (type !== undefined && assign !== undefined && annotation.kind === "none") {
    const fix = omission({ ...type.span, start: from }, "remove the type");
    return { help: fix.title, notes: [], fixes: [fix] };
  }
  if (type !== undefined && assign === undefined && annotation.kind === "none" && valueRequired)
    return between(type.span, "=");
  const isRange = assign?.value.kind === "range" && value === undefined && clauses.includes("in");
  return isRange ? between(assign.value.span, "in") : {};
}

type Parts = readonly Fix[] | undefined;

/** `likelihood poisson`: a value behind a keyword that takes no name. */
function signToAdd(
  { keyword, label, assign }: Statement,
  { label: type, valueRequired }: StatementDescription,
): Parts {
  if (type.kind !== "none" || label === undefined || assign !== undefined || !valueRequired) return undefined;
  return [insertion(keyword.span, " =")];
}

function argumentsToAdd(statement: Statement, { params: type }: StatementDescription): Parts {
  if (type.kind !== "arguments" || type.each !== undefined || statement.params !== undefined)
    return undefined;
  const given = type.given.map(({ name }) => ` | ${name}`).join("");
  const text = `(${type.names.map(({ name }) => name).join(", ")}${given})`;
  return [insertion(headOf(statement), text)];
}

function typesToAdd(statement: Statement, { annotation }: StatementDescription): Parts {
  if (annotation.kind !== "words" || statement.type !== undefined) return undefined;
  return annotation.words.map(({ word }) => insertion(headOf(statement), `: ${word}`));
}

/** A systematic acts on the signal more often than on anything else. */
function clausesToAdd(statement: Statement, { requiredClauses }: StatementDescription): Parts {
  const { clauses, assign } = statement;
  if (!requiredClauses.includes("on") || clauses.some(({ kind }) => kind === "on")) return undefined;
  return [insertion(assign?.value.span ?? headOf(statement), " on signal")];
}

function blockToAdd(statement: Statement, { blockRequired }: StatementDescription): Parts {
  if (!blockRequired || statement.block !== undefined) return undefined;
  return [insertion(statement.span, " {\n}", "add `{ }`")];
}

/** Keyword, label and index: what stands before arguments, a type or an operator. */
export function headOf({ keyword, over, label, index }: Statement): Span {
  const end = Math.max(...[keyword, over, label, index].map((part) => part?.span.end ?? 0));
  return { ...keyword.span, end };
}

/** For numbers with a comma in the place of a point: `0,05` is read as two values. */
export function decimalCommas(expr: Expr): Extra {
  if (expr.kind !== "sequence") return {};
  const edits = expr.items.slice(1).flatMap((right, i) => {
    const left = expr.items[i]!;
    const [before, after] = [lastOf(left), firstOf(right)];
    const digits = before.kind === "number" && after.kind === "number" && `${before.text},${after.text}`;
    const touches = before.span.end + 1 === after.span.start;
    return touches && digits && /^\d+,\d+$/.test(digits) && before.unit === undefined && !before.percent
      ? [{ span: { ...expr.span, start: before.span.end, end: after.span.start }, text: "." }]
      : [];
  });
  if (edits.length < expr.items.length - 1) return {};
  return { help: "a decimal point is `.`", notes: [], fixes: [safely(changes("write `.`", ...edits))] };
}

/** For names of models in another form than `A + B`. */
export function sumOf(expr: Expr, type: ValueType): Extra {
  const names = type.kind === "sum" ? namesOf(expr) : undefined;
  if (names === undefined) return {};
  const sum = names.join(" + ");
  const fix = replacement(expr.span, sum);
  const isSure = expr.kind === "sequence" || expr.kind === "list";
  return { help: `write \`${sum}\``, notes: [], fixes: [isSure ? safely(fix) : fix] };
}

/** Names of a list or joined by operators; undefined where anything else is among them. */
function namesOf(expr: Expr): readonly string[] | undefined {
  if (expr.kind === "path") return [expr.parts.map(({ text }) => text).join(".")];
  const isJoined =
    ["sequence", "list", "unary"].includes(expr.kind) ||
    (expr.kind === "binary" && joining.has(expr.operator));
  if (expr.kind === "sequence" && !isOnOneLine(expr.items)) return undefined;
  const parts = isJoined ? childrenOf(expr).map(namesOf) : [];
  return parts.length === 0 || parts.includes(undefined) ? undefined : parts.flatMap((one) => one ?? []);
}

/** Items with a comma and a blank between them at most: a comma that ends a line is too much. */
const isOnOneLine = (items: readonly Expr[]): boolean =>
  items.every(({ span }, i) => i === 0 || span.start - items[i - 1]!.span.end <= ", ".length);

/** What people write for a sum of models. */
const joining: ReadonlySet<string> = new Set(["+", "and", "*", "or"]);

const firstOf = (expr: Expr): Expr => {
  const [first] = childrenOf(expr);
  return first === undefined ? expr : firstOf(first);
};

const lastOf = (expr: Expr): Expr => {
  const last = childrenOf(expr).at(-1);
  return last === undefined ? expr : lastOf(last);
};
