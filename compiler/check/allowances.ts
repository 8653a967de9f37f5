/**
 * `// allow NAME: reason` on the line of a lint, or above it or above a statement around it, switches the lint off
 * there. An allowance that allows nothing, names no lint, or gives no reason is itself reported.
 */
import type { Comment, Span, Statement, SyntaxTree } from "../../grammar/syntax.ts";
import {
  type Code,
  codes,
  type Diagnostic,
  definitionOf,
  diagnostic,
  didYouMean,
  lineMap,
  lintNamed,
} from "../diagnostics/index.ts";
import type { Model } from "../model/model.ts";

interface Allowance {
  readonly comment: Comment;
  readonly lint: string;
  readonly reason: string;
  /** The line that it is about. */
  readonly line: number;
}

const form = /^(?:\/\/|\/\*)\s*allow\s+([\w-]+)\s*(?::(.*))?$/s;

/** `isWhole`: whether all rules could be asked. */
export function applyAllowances(
  found: readonly Diagnostic[],
  tree: SyntaxTree,
  model: Model,
  isWhole: boolean,
): readonly Diagnostic[] {
  const text = model.sources.get(tree.file) ?? "";
  const allowances = readAllowances(tree, text);
  const used = new Set<Allowance>();
  const map = lineMap(text);
  const kept = found.filter((one) => {
    if (one.severity === "error" || one.span.file !== tree.file) return true;
    const lines = [one.span.start, ...startsAround(tree.statements, one.span.start)].map(
      (at) => map.position(at).line,
    );
    const match = allowances.find(
      ({ lint, line, reason }) => lintNamed(lint) === one.code && lines.includes(line) && reason !== "",
    );
    if (match !== undefined) used.add(match);
    return match === undefined;
  });
  // What an allowance is for may show when the errors are mended.
  const isIdle = (one: Allowance): boolean =>
    !used.has(one) && (isWhole || one.reason === "" || lintNamed(one.lint) === undefined);
  return [...kept, ...allowances.filter(isIdle).map(complain)];
}

function readAllowances(tree: SyntaxTree, text: string): readonly Allowance[] {
  const map = lineMap(text);
  return tree.comments.flatMap((comment) => {
    const written = text.slice(comment.span.start, comment.span.end).trim();
    const match = form.exec(written.replace(/\*\/$/, "").trim());
    if (match === null) return [];
    const own = map.position(comment.span.start).line;
    const line = comment.ownLine ? nextCode(text, own) : own;
    return [{ comment, lint: match[1] ?? "", reason: match[2]?.trim() ?? "", line }];
  });
}

/** The next line that is neither empty nor a comment. */
function nextCode(text: string, line: number): number {
  const lines = text.split("\n");
  for (let next = line; next < lines.length; next++) {
    const trimmed = lines[next]?.trim() ?? "";
    if (trimmed !== "" && !trimmed.startsWith("//")) return next + 1;
  }
  return line;
}

/** Where the statements begin that a place is in. */
function startsAround(statements: readonly Statement[], place: number): readonly number[] {
  return statements.flatMap(({ keyword, span, block }) =>
    span.start <= place && place < span.end
      ? [keyword.span.start, ...startsAround(block?.statements ?? [], place)]
      : [],
  );
}

function complain({ comment, lint, reason }: Allowance): Diagnostic {
  const { span } = comment;
  const line = { span, text: "", place: "line" } as const;
  const removed = { fixes: [{ title: "remove it", edits: [line], safe: reason === "" }] };
  if (lintNamed(lint) === undefined) {
    const known = codes.map(definitionOf).filter(({ severity }) => severity === "warning");
    const extra = didYouMean(
      nameIn(comment, lint),
      lint,
      known.map(({ name }) => name),
    );
    const isError = codes.some((code: Code) => definitionOf(code).name === lint);
    const error = { help: "errors cannot be allowed: remove it", ...removed };
    return diagnostic("SV1116", span, { lint }, isError ? error : { ...removed, ...extra });
  }
  return diagnostic(reason === "" ? "SV1118" : "SV1115", span, { lint }, removed);
}

/** Where the comment has the name of the lint. */
function nameIn({ text, span }: Comment, lint: string): Span {
  const start = span.start + text.indexOf(lint, text.indexOf("allow") + "allow".length);
  return { ...span, start, end: start + lint.length };
}
