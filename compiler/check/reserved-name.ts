import type { Name, Statement, SyntaxTree } from "../../grammar/syntax.ts";
import { expressionsOf, visitExpr, visitStatements } from "../../grammar/visit.ts";
import { diagnostic, replacement } from "../diagnostics/index.ts";
import { type BlockDescription, type ContextName, kinds } from "../kinds/index.ts";
import { signalNames } from "../lower/nuisances.ts";
import { fieldsOf } from "../model/model.ts";
import { isObjectName } from "../model/object-names.ts";
import type { Checking } from "./checking.ts";
import { renaming } from "./renaming.ts";

/**
 * A parameter, let, input or formal parameter does not take a name that the compiler defines in the same block (`M` is
 * the mass of the nucleus in every interaction): a formula could not say which of the two it means. No background is
 * called as the signal is. Nothing at all takes a name that every object of JavaScript has.
 */
export function reservedName({ model, tree, report }: Checking): void {
  const check = (name: Name, reserved: ReadonlyMap<string, ContextName>): void => {
    const known = reserved.get(name.text);
    if (known === undefined) return;
    const help = `choose another name, such as \`${name.text}_0\``;
    const around = tree?.statements.find(
      ({ span }) => span.start <= name.span.start && name.span.end <= span.end,
    );
    const fixes = tree === undefined ? [] : renaming(tree, name, around);
    report(
      diagnostic("SV1112", name.span, { name: name.text, meaning: `the ${known.doc}` }, { help, fixes }),
    );
  };
  const visit = (
    statements: readonly Statement[],
    block: BlockDescription,
    outer: ReadonlyMap<string, ContextName>,
  ): void => {
    const reserved = new Map([
      ...outer,
      ...block.context.map((one): [string, ContextName] => [one.name, one]),
    ]);
    for (const statement of statements) {
      const [label] = statement.label?.parts ?? [];
      const declares = ["parameter", "let", "input"].includes(statement.keyword.text);
      if (declares && label !== undefined) check(label, reserved);
      if (statement.keyword.text === "let")
        for (const { name } of statement.params ?? []) check(name, reserved);
      const inner = block.fields.find(({ keyword }) => keyword === statement.keyword.text)?.block;
      if (inner !== undefined) visit(statement.block?.statements ?? [], inner, reserved);
    }
  };
  for (const { kind, statement } of model.declarations) {
    const { block } = kinds[kind];
    visitStatements([statement], (one) => refuseObjectNames(one, tree, report));
    if (block !== undefined) visit(statement.block?.statements ?? [], block, new Map());
  }
  for (const background of model.declarations.flatMap((one) => fieldsOf(one, "background"))) {
    const [label] = background.label?.parts ?? [];
    if (label === undefined || ![...signalNames, "signal"].includes(label.text)) continue;
    const other = `${label.text}_0`;
    const fixes = [replacement(label.span, other, `rename it to \`${other}\``)];
    const meaning = "the signal of the experiment";
    report(diagnostic("SV1112", label.span, { name: label.text, meaning }, { fixes }));
  }
}

/** Generated code, results and pictures have objects by these names, which would answer for what is not in them. */
function refuseObjectNames(
  statement: Statement,
  tree: SyntaxTree | undefined,
  report: Checking["report"],
): undefined {
  const meaning = "a property of every object of JavaScript";
  for (const name of namesIn(statement)) {
    if (!isObjectName(name.text)) continue;
    const fixes = tree === undefined ? [] : renaming(tree, name);
    report(diagnostic("SV1112", name.span, { name: name.text, meaning }, { fixes }));
  }
}

/** The names that a statement itself brings, its block left out. */
function namesIn(statement: Statement): readonly Name[] {
  const { label, index, params, clauses } = statement;
  const bound = clauses.flatMap((clause): readonly Name[] => {
    if (clause.kind === "for") return [clause.variable];
    if (clause.kind !== "where") return [];
    return clause.bindings.flatMap((one) => [one.name, ...(one.params ?? []).map(({ name }) => name)]);
  });
  const inFormulas: Name[] = [];
  for (const formula of expressionsOf(statement)) {
    visitExpr(formula, (e) => {
      if (e.kind === "call") inFormulas.push(...e.args.flatMap(({ name }) => name ?? []));
      return undefined;
    });
  }
  const formal = (params ?? []).map(({ name }) => name);
  return [...(label?.parts ?? []), ...(index?.names ?? []), ...formal, ...bound, ...inFormulas];
}
