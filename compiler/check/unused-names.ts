import type { Statement } from "../../grammar/syntax.ts";
import { type Code, diagnostic, type Extra, removal } from "../diagnostics/index.ts";
import { labelOf } from "../lower/experiment.ts";
import { fieldsOf } from "../model/model.ts";
import { type Checking, isOwn } from "./checking.ts";
import { namesRead } from "./names-read.ts";

/** Inputs that formulas of other declarations read: the baseline of a flux change. */
const readElsewhere: ReadonlySet<string> = new Set(["distance"]);

/**
 * A parameter, let, input or `where` name that no formula reads is a misspelt one or a left-over; a fit leaves such a
 * parameter undetermined.
 */
export function unusedNames(checking: Checking): void {
  for (const declaration of checking.model.declarations) {
    if (declaration.incomplete === true) continue;
    const read = namesRead(declaration.statement);
    const check = (statement: Statement, code: Code): void => {
      const name = labelOf(statement);
      if (read.has(name) || !isOwn(checking, statement.span) || readElsewhere.has(name)) return;
      const span = statement.label?.span ?? statement.span;
      checking.report(
        code === "SV1606"
          ? diagnostic(code, span, { parameter: name })
          : diagnostic("SV1108", span, { name }, left(statement, name)),
      );
    };
    for (const statement of fieldsOf(declaration, "parameter")) check(statement, "SV1606");
    for (const keyword of ["let", "input"]) {
      for (const statement of fieldsOf(declaration, keyword)) check(statement, "SV1108");
    }
    for (const { block } of declaration.statement.block?.statements ?? []) {
      for (const inner of block?.statements ?? []) if (inner.keyword.text === "let") check(inner, "SV1108");
    }
    checkWhere(checking, declaration.statement, read);
  }
}

/** A definition that nothing reads can go; an input may be given elsewhere. */
const left = (statement: Statement, name: string): Extra =>
  statement.keyword.text === "let" ? { fixes: [removal(statement, `remove \`${name}\``)] } : {};

function checkWhere(checking: Checking, statement: Statement, read: ReadonlySet<string>): void {
  for (const clause of statement.clauses) {
    if (clause.kind !== "where") continue;
    for (const { name } of clause.bindings) {
      if (!read.has(name.text) && isOwn(checking, name.span)) {
        checking.report(diagnostic("SV1108", name.span, { name: name.text }));
      }
    }
  }
  for (const inner of statement.block?.statements ?? []) checkWhere(checking, inner, read);
}
