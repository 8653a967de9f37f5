/** Gives the findings of the parser their codes. */
import type { SyntaxProblem } from "../../grammar/syntax.ts";
import { type Diagnostic, diagnostic } from "./diagnostic.ts";

const codeOf = {
  "unexpected-character": "SV1001",
  "unterminated-string": "SV1002",
  "unterminated-comment": "SV1003",
  "unexpected-token": "SV1004",
  "missing-token": "SV1005",
  unclosed: "SV1006",
  "bad-number": "SV1007",
  "nesting-too-deep": "SV1008",
  "too-many-problems": "SV1009",
} as const satisfies Record<SyntaxProblem["kind"], string>;

export function fromSyntax(problem: SyntaxProblem): Diagnostic {
  const { kind, message, span, help, note, fixes = [] } = problem;
  const notes = note === undefined ? [] : [note];
  const extra = { notes, fixes, ...(help === undefined ? {} : { help }) };
  return diagnostic(codeOf[kind], span, { problem: message }, extra);
}
