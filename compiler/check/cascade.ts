/** What an unknown name really is: lost with a declaration that was reported, or known and of another kind. */
import { parse } from "../../grammar/parse.ts";
import type { Expr, Span, Statement } from "../../grammar/syntax.ts";
import { visitExpr } from "../../grammar/visit.ts";
import { type Diagnostic, diagnostic, isJson } from "../diagnostics/index.ts";
import type { Model } from "../model/model.ts";

/** An unknown name that would be known if its declaration, reported already, were right. */
export function isCascade(one: Diagnostic, model: Model, found: Iterable<Diagnostic>): boolean {
  const { code, span } = one;
  if (inBrokenStatement(one, model)) return true;
  // The name that was meant is not unused.
  if (unused.has(code)) {
    const name = textAt(span, model);
    const meant = ({ fixes }: Diagnostic): boolean =>
      fixes.some(({ edits }) => edits.some(({ text }) => text === name));
    return [...found].some((other) => other.code === "SV1101" && meant(other));
  }
  // Edges that are in different units cannot rise.
  if (code === "SV1406")
    return [...found].some((other) => listFaults.has(other.code) && isInside(other.span, span));
  if (code !== "SV1101") return false;
  const name = textAt(span, model);
  const [head = "", ...rest] = name.split(".");
  if (model.poisoned?.has(name) === true || (rest.length > 0 && model.poisoned?.has(head) === true))
    return true;
  if (isOfLostParameter(span, model)) return true;
  return lostNames(model).has(rest.length > 0 ? rest.join(".").replace(/\[.*/, "") : head);
}

/** What an analysis says of a parameter that may be one of a model or an experiment which it has not got. */
function isOfLostParameter(place: Span, model: Model): boolean {
  return model.declarations.some((declaration) => {
    const { kind, fields, statement, incomplete } = declaration;
    if (kind !== "analysis") return false;
    const names = (statement.block?.statements ?? []).some(
      ({ keyword, label }) =>
        targeting.has(keyword.text) && label !== undefined && isInside(place, label.span),
    );
    if (!names || incomplete === true) return names;
    const used = ["model", "experiments"].flatMap((field) => fields.get(field) ?? []);
    const broken = used.flatMap(({ span }) =>
      (brokenIn(model).get(span.file) ?? []).filter((part) => overlap(part, span)),
    );
    return (
      broken.length > 0 || used.some(({ assign }) => assign !== undefined && hasLostName(assign.value, model))
    );
  });
}

const targeting: ReadonlySet<string> = new Set(["free", "fix", "tie", "profile"]);

function hasLostName(value: Expr, { byName }: Model): boolean {
  let isLost = false;
  visitExpr(value, (one) => {
    const name = one.kind === "path" ? one.parts[0]?.text : undefined;
    if (name !== undefined && (!byName.has(name) || byName.get(name)?.incomplete === true)) isLost = true;
    return true;
  });
  return isLost;
}

const unused: ReadonlySet<string> = new Set(["SV1606", "SV1108", "SV1113"]);

const problems = new WeakMap<Model, ReadonlyMap<string, readonly Span[]>>();

/** Where a statement could not be read, what was made of it is not looked at. */
function inBrokenStatement({ code, span }: Diagnostic, model: Model): boolean {
  const text = model.sources.get(span.file);
  if (text === undefined || isJson(text)) return false;
  const broken = brokenIn(model).get(span.file) ?? [];
  return code === "SV1011"
    ? broken.some(({ start }) => start < span.start)
    : broken.some((part) => overlap(part, span));
}

function brokenIn(model: Model): ReadonlyMap<string, readonly Span[]> {
  const known = problems.get(model) ?? new Map([...model.sources].map(brokenParts));
  problems.set(model, known);
  return known;
}

/** The innermost statements that hold a syntax error. */
function brokenParts([file, text]: readonly [string, string]): [string, readonly Span[]] {
  if (isJson(text) || !file.endsWith(".sevens")) return [file, []];
  const { tree, problems: found } = parse(text, file);
  return [file, found.map(({ span }) => innermost(tree.statements, span) ?? span)];
}

function innermost(statements: readonly Statement[], place: Span): Span | undefined {
  const around = statements.find(({ span }) => overlap(span, place));
  return around === undefined ? undefined : (innermost(around.block?.statements ?? [], place) ?? around.span);
}

const overlap = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

const listFaults: ReadonlySet<string> = new Set(["SV1217", "SV1211", "SV1413"]);

const isInside = (inner: Span, outer: Span): boolean =>
  inner.file === outer.file && inner.start >= outer.start && inner.end <= outer.end;

/** A nucleus where a value is due is no unknown name. */
export function ofAnotherKind({ code, span }: Diagnostic, model: Model): Diagnostic | undefined {
  const name = textAt(span, model);
  const kind = code === "SV1101" ? model.byName.get(name)?.kind : undefined;
  if (kind === undefined) return undefined;
  const called = model.sources.get(span.file)?.slice(span.end).trimStart().startsWith("(") === true;
  const found = `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}`;
  return diagnostic("SV1109", span, { name, found, expected: called ? "a function" : "a value" });
}

const textAt = ({ file, start, end }: Span, { sources }: Model): string =>
  sources.get(file)?.slice(start, end) ?? "";

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
  if (text === undefined || isJson(text)) return undefined;
  return parse(text, span.file).tree.statements.find((one) => one.span.start === span.start);
}

function labels(statement: Statement): readonly string[] {
  return (statement.block?.statements ?? []).flatMap((inner) => [
    ...(inner.label === undefined ? [] : [inner.label.parts.map(({ text }) => text).join(".")]),
    ...labels(inner),
  ]);
}
