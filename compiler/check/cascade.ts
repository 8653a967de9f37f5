/** Which findings only follow from others that were reported. */
import { parse } from "../../grammar/parse.ts";
import type { Statement } from "../../grammar/syntax.ts";
import type { Diagnostic } from "../diagnostics/index.ts";
import type { Model } from "../model/model.ts";

/** An unknown name that would be known if its declaration, reported already, were right. */
export function isCascade({ code, span }: Diagnostic, model: Model): boolean {
  if (code !== "SV1101") return false;
  const name = model.sources.get(span.file)?.slice(span.start, span.end) ?? "";
  const [head = "", ...rest] = name.split(".");
  if (model.poisoned?.has(name) === true || (rest.length > 0 && model.poisoned?.has(head) === true))
    return true;
  return lostNames(model).has(rest.length > 0 ? rest.join(".").replace(/\[.*/, "") : head);
}

const lost = new WeakMap<Model, ReadonlySet<string>>();

/** Labels that stand in declarations with faults and did not make it into the model. */
function lostNames(model: Model): ReadonlySet<string> {
  const known = lost.get(model);
  if (known !== undefined) return known;
  const names = new Set<string>();
  for (const declaration of model.declarations) {
    if (declaration.incomplete !== true) continue;
    const written = statementAt(declaration.statement, model);
    const kept = new Set(labels(declaration.statement));
    for (const label of written === undefined ? [] : labels(written)) if (!kept.has(label)) names.add(label);
  }
  lost.set(model, names);
  return names;
}

function statementAt({ span }: Statement, { sources }: Model): Statement | undefined {
  const text = sources.get(span.file);
  if (text === undefined || text.trimStart().startsWith("{")) return undefined;
  return parse(text, span.file).tree.statements.find((one) => one.span.start === span.start);
}

function labels(statement: Statement): readonly string[] {
  return (statement.block?.statements ?? []).flatMap((inner) => [
    ...(inner.label === undefined ? [] : [inner.label.parts.map(({ text }) => text).join(".")]),
    ...labels(inner),
  ]);
}
