import type { Expr, Fix, Span, Statement } from "../../grammar/syntax.ts";
import { changes, diagnostic, removal } from "../diagnostics/index.ts";
import { fits } from "../elaborate/context.ts";
import { elaborateQuantity } from "../elaborate/expression.ts";
import { endInUnit } from "../elaborate/functions.ts";
import { type Parameter, turned } from "../elaborate/parameters.ts";
import { spelled } from "../load/shape-value.ts";
import { AnalysisLowering } from "../lower/analysis.ts";
import { interactionsOf } from "../lower/model-sum.ts";
import { fieldsOf } from "../model/model.ts";
import { describe } from "../units/index.ts";
import { type Checking, declarationsOf, shown, valueAt } from "./checking.ts";

const roles = ["free", "fix", "tie", "profile"] as const;
type Role = (typeof roles)[number];

const doing: Readonly<Record<Role, string>> = {
  free: "freed",
  fix: "fixed",
  tie: "tied",
  profile: "profiled",
};

/**
 * An analysis does one thing with a parameter: it cannot be both free and fixed, or tied and searched. Ranges that a
 * parameter is searched in hold its value.
 */
export function parameterRoles(checking: Checking): void {
  for (const declaration of declarationsOf(checking, "analysis")) {
    const request = { name: declaration.name, declaration, ...interactionsOf(checking.model, declaration) };
    const lowering = new AnalysisLowering(checking.library, request);
    const seen = new Map<string, { role: Role; span: Span; statement: Statement }>();
    for (const role of roles) {
      for (const statement of fieldsOf(declaration, role)) {
        const parameter = lowering.target(statement);
        if (parameter === undefined) continue;
        const span = statement.label?.span ?? statement.span;
        const first = seen.get(parameter.name) ?? ownDeclaration(parameter, declaration.name, role);
        if (first !== undefined) {
          const labels = [
            { span: first.span, text: `${"done" in first ? first.done : doing[first.role]} here` },
          ];
          const parameters = {
            parameter: parameter.name,
            first: "done" in first ? first.done : doing[first.role],
            second: doing[role],
          };
          const fixes = waysOut(statement, parameters.second, first.statement, parameters.first);
          checking.report(diagnostic("SV1417", span, parameters, { labels, fixes }));
        } else seen.set(parameter.name, { role, span, statement });
        checkRange(checking, lowering, parameter, statement);
      }
    }
  }
}

/** A parameter that the analysis itself declares is free: it is there to be tied to, not to be tied or freed again. */
function ownDeclaration({ owner, statement }: Parameter, analysis: string, role: Role) {
  if (owner !== analysis || role === "fix" || role === "profile") return undefined;
  return { done: "declared", span: statement.label?.span ?? statement.span, statement };
}

/** One of two statements about a parameter goes; a tie the wrong way round is turned. */
function waysOut(statement: Statement, done: string, first: Statement, before: string): readonly Fix[] {
  const { label, assign, keyword } = statement;
  const kept = removal(statement, `keep it ${before}`);
  const other = removal(first, `keep it ${done}`);
  const value = assign?.value;
  if (before !== "declared" || keyword.text !== "tie" || label === undefined || value?.kind !== "path")
    return before === "declared" ? [kept] : [kept, other];
  const turned = [
    { span: label.span, text: spelled(value) },
    { span: value.span, text: spelled(label) },
  ];
  return [changes(`tie \`${spelled(value)}\` to it`, ...turned), kept];
}

function checkRange(
  checking: Checking,
  lowering: AnalysisLowering,
  parameter: Parameter,
  statement: Statement,
): void {
  const number = (expr: Expr, all: readonly Expr[] = [expr]): number | undefined => {
    const value = elaborateQuantity(expr, lowering.site);
    if (value === undefined) return undefined;
    if (value.zero === true || fits(value.dimension, parameter.dimension, "strict"))
      return valueAt(checking, value.node);
    const parameters = {
      field: parameter.name,
      expected: describe(parameter.dimension),
      found: describe(value.dimension),
    };
    const extra = endInUnit(expr, parameter.unit, all);
    checking.report(diagnostic("SV1202", expr.span, parameters, extra));
    return undefined;
  };
  const text = (value: number): string => `${shown(value / parameter.factor, 6)} ${parameter.unit}`.trim();
  let [low, high] = parameter.range;
  for (const clause of statement.clauses) {
    if (clause.kind === "log" && !(low > 0) && statement.clauses.every(({ kind }) => kind !== "in")) {
      const found = Number.isFinite(low) ? text(low) : "minus infinity";
      checking.report(diagnostic("SV1414", clause.span, { parameter: parameter.name, low: found }));
    }
    if (clause.kind !== "in") continue;
    const written = [clause.range.low, clause.range.high];
    const ends = written.map((end) => number(end, written));
    if (ends[0] === undefined || ends[1] === undefined) return;
    [low, high] = [ends[0], ends[1]];
    if (low >= high) {
      const parameters = { low: text(low), high: text(high) };
      checking.report(diagnostic("SV1409", clause.range.span, parameters, turned(clause.range)));
      return;
    }
    if (!(low > 0) && statement.clauses.some(({ kind }) => kind === "log")) {
      checking.report(diagnostic("SV1414", clause.range.span, { parameter: parameter.name, low: text(low) }));
    }
  }
  const fixed = statement.keyword.text === "fix" ? statement.assign?.value : undefined;
  const value = fixed === undefined ? parameter.value : number(fixed);
  if (value === undefined || statement.keyword.text === "tie" || (value >= low && value <= high)) return;
  const range = `${text(low)} .. ${text(high)}`;
  const span = fixed?.span ?? statement.label?.span ?? statement.span;
  const labels = [
    { span: parameter.statement.label?.span ?? parameter.statement.span, text: "declared here" },
  ];
  checking.report(
    diagnostic("SV1411", span, { found: text(value), parameter: parameter.name, range }, { labels }),
  );
}
