/** Where an index that is bound nowhere could be bound. */
import type { Span, Statement } from "../../grammar/syntax.ts";
import { type Diagnostic, insertion } from "../diagnostics/index.ts";
import { type BlockDescription, kinds } from "../kinds/index.ts";
import { fieldOf } from "../load/shape.ts";
import type { Model } from "../model/model.ts";

/** The finding with the change that binds the index on the left of its statement, where that takes one. */
export function withBinding(one: Diagnostic, { declarations, sources }: Model): Diagnostic {
  if (one.code !== "SV1110") return one;
  const { file, start, end } = one.span;
  const name = sources.get(file)?.slice(start, end) ?? "";
  for (const { kind, statement } of declarations) {
    const head = headWithout(statement.block?.statements ?? [], kinds[kind].block, one.span);
    if (head === undefined) continue;
    const fix = insertion(head, `[${name}]`, `bind it on the left: \`[${name}]\``);
    return { ...one, fixes: [fix, ...one.fixes] };
  }
  return one;
}

/** The head of the field around a place that takes an index and has none. */
function headWithout(
  statements: readonly Statement[],
  block: BlockDescription | undefined,
  span: Span,
): Span | undefined {
  const around = statements.find(
    (one) => one.span.file === span.file && one.span.start <= span.start && span.end <= one.span.end,
  );
  const description = around === undefined || block === undefined ? undefined : fieldOf(block, around);
  if (around === undefined || description === undefined) return undefined;
  const free = description.index.kind === "flavor" && around.index === undefined;
  if (free) return (around.over ?? around.label ?? around.keyword).span;
  return headWithout(around.block?.statements ?? [], description.block, span);
}
