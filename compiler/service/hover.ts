/** What is known of what stands at a place: documentation, formula, unit, value, citation. */
import { printStatement } from "../../grammar/index.ts";
import type { Span, Statement } from "../../grammar/syntax.ts";
import { signatures } from "../../runtime/signatures.ts";
import { declarationParts } from "../doc/index.ts";
import { type ContextName, findKind, formOf, kinds, type ValueType } from "../kinds/index.ts";
import { fieldOf, type Module } from "../load/index.ts";
import type { Model } from "../model/model.ts";
import { describe, findUnit } from "../units/index.ts";
import { definitionOf, occurrenceAt } from "./names.ts";
import { formulaValue } from "./value.ts";
import type { Analysed, Workspace } from "./workspace.ts";

export interface Hover {
  readonly span: Span;
  /** In Markdown. */
  readonly text: string;
}

export function hoverAt(workspace: Workspace, file: string, offset: number): Hover | undefined {
  const analysed = workspace.analysed(file);
  if (analysed === undefined) return undefined;
  const { root } = analysed.modules;
  return (
    nameHover(workspace, analysed, root, offset) ??
    keywordHover(root, offset) ??
    contextHover(root, offset) ??
    wordHover(analysed, offset)
  );
}

function nameHover(
  workspace: Workspace,
  { modules, model }: Analysed,
  module: Module,
  offset: number,
): Hover | undefined {
  const occurrence = occurrenceAt(module.tree, offset);
  if (occurrence === undefined) return undefined;
  const { span } = occurrence.name;
  const found = definitionOf(workspace, modules, module, occurrence);
  if (found?.statement === undefined) return undefined;
  const { statement, owner } = found;
  if (owner !== undefined) return { span, text: fieldText(statement, owner, model) };
  const declaration = model?.byName.get(found.name) ?? model?.byName.get(occurrence.name.text);
  const page = declaration === undefined || model === undefined ? [] : declarationParts(declaration, model);
  const value = declaration === undefined ? undefined : valueText(declaration.statement, model);
  const head = `**${statement.keyword.text} ${found.name}**${value === undefined ? "" : ` ${value}`}`;
  return { span, text: [head, ...page].join("\n\n") };
}

/** `= 938.27 MeV`, where a formula without free names stands for a value. */
function valueText(statement: Statement, model: Model | undefined): string | undefined {
  const found = model === undefined ? undefined : formulaValue(statement, model);
  return found && `= ${Number(found.value.toPrecision(8))} ${found.unit}`.trim();
}

/** A parameter, a `let` and so on, as it is written, with what is said of it. */
function fieldText(statement: Statement, owner: Statement, model: Model | undefined): string {
  const of = owner.label?.parts[0]?.text ?? "";
  const cites = statement.cites.map(({ key }) => key).join(", ");
  const parts = [
    `\`\`\`sevens\n${printStatement({ ...statement, cites: [] }).trim()}\n\`\`\``,
    valueText(statement, model) ?? "",
    `of \`${owner.keyword.text} ${of}\``,
    statement.doc?.text ?? "",
    statement.note?.text ?? "",
    cites,
  ];
  return [...new Set(parts)].filter((part) => part !== "").join("\n\n");
}

/** The keyword of a declaration or field: what it is for and how it is written. */
function keywordHover({ tree }: Module, offset: number): Hover | undefined {
  const holds = ({ keyword: { span } }: Statement): boolean => span.start <= offset && offset <= span.end;
  for (const statement of tree.statements) {
    const kind = findKind(statement.keyword.text);
    if (kind === undefined || offset < statement.span.start || offset > statement.span.end) continue;
    if (holds(statement)) return { span: statement.keyword.span, text: `\`${formOf(kind)}\`\n\n${kind.doc}` };
    let block = kind.block;
    let inner: readonly Statement[] = statement.block?.statements ?? [];
    while (block !== undefined) {
      const field: Statement | undefined = inner.find(
        ({ span }) => span.start <= offset && offset <= span.end,
      );
      const description = field === undefined ? undefined : fieldOf(block, field);
      if (field === undefined || description === undefined) return undefined;
      if (holds(field)) {
        const usual = description.default === undefined ? "" : `\n\nDefault: \`${description.default}\``;
        return { span: field.keyword.span, text: `\`${formOf(description)}\`\n\n${description.doc}${usual}` };
      }
      block = description.block;
      inner = field.block?.statements ?? [];
    }
  }
  return undefined;
}

/** A name that the compiler defines where a formula stands: `Z` of the nucleus, `E` of the neutrino. */
function contextHover({ tree }: Module, offset: number): Hover | undefined {
  const occurrence = occurrenceAt(tree, offset);
  const [outer, ...inner] = occurrence?.inside ?? [];
  if (occurrence === undefined || outer === undefined) return undefined;
  let block = findKind(outer.keyword.text)?.block;
  const known: ContextName[] = [...(block?.context ?? [])];
  for (const field of inner) {
    const description = block && fieldOf(block, field);
    block = description?.block;
    known.push(...contextOf(description?.value), ...(block?.context ?? []));
  }
  const { text, span } = occurrence.name;
  const found = known.find(({ name }) => name === text);
  if (found === undefined) return undefined;
  const { doc, dimension, call } = found;
  const form = call === undefined ? text : `${text}(${call.argument})`;
  return { span, text: `\`${form}\`: ${dimension}\n\n${doc}` };
}

const contextOf = (type: ValueType | undefined): readonly ContextName[] =>
  type?.kind === "either" ? type.options.flatMap(contextOf) : type?.kind === "formula" ? type.context : [];

/** A function or a unit that the language has by itself. */
function wordHover({ text, file }: Analysed, offset: number): Hover | undefined {
  const start = offset - (/[\w]*$/.exec(text.slice(0, offset))?.[0].length ?? 0);
  const word = /^[A-Za-z_]\w*/.exec(text.slice(start))?.[0] ?? "";
  const span = { file, start, end: start + word.length };
  const signature = signatures.find(({ name }) => name === word);
  if (signature !== undefined) {
    const args = signature.args.map(({ name }) => name).join(", ");
    const domain = signature.domain === undefined ? "" : `\n\n${signature.domain}`;
    return {
      span,
      text: `\`${word}(${args})\`\n\n${signature.doc}${domain}${signature.cite === undefined ? "" : `\n\n${signature.cite}`}`,
    };
  }
  const unit = findUnit(word);
  if (unit !== undefined && /\d\s*$|[\])/*]\s*$/.test(text.slice(0, start))) {
    return { span, text: `\`${word}\`: ${describe(unit.dimension)}` };
  }
  return word in kinds ? { span, text: kinds[word as keyof typeof kinds].doc } : undefined;
}
