/** Whether an expression has the form that a value type asks for. What it means and its units are not looked at. */
import type { Expr, MapExpr, Span } from "../../grammar/syntax.ts";
import { type Diagnostic, diagnostic, didYouMean, type Extra, missingField } from "../diagnostics/index.ts";
import type { ValueType, Word } from "../kinds/index.ts";
import { decimalCommas, sumOf } from "./missing-part.ts";

/** Where the expression stands: for messages. */
export interface Place {
  /** The field, or what else the value belongs to. */
  readonly field: string;
  /** How the whole statement is written. */
  readonly form: string;
}

export function checkValue(expr: Expr, type: ValueType, place: Place): readonly Diagnostic[] {
  if (type.kind === "either") return checkValue(expr, optionFor(expr, type), place);
  if (!hasForm(expr, type))
    return [wrongForm(expr.span, place, { ...decimalCommas(expr), ...sumOf(expr, type) })];
  switch (type.kind) {
    case "words":
      return expr.kind === "path" ? checkWord(expr.span, spelled(expr), type.words, place.field) : [];
    case "map":
      return expr.kind === "map" ? checkMap(expr, type, place) : [];
    case "sequence":
      return itemsOf(expr).flatMap((item) => checkValue(item, type.item, place));
    default:
      return [];
  }
}

/** The option of an `either` that an expression means: the first whose form fits, else the last. */
export function optionFor(expr: Expr, type: ValueType): ValueType {
  if (type.kind !== "either") return type;
  const fitting = type.options.find((option) => hasForm(expr, option));
  return fitting ?? type.options.at(-1) ?? type;
}

export function wrongForm(span: Span, place: Place, extra: Extra = {}): Diagnostic {
  return diagnostic("SV1306", span, { keyword: place.field, form: place.form }, extra);
}

export function checkWord(
  span: Span,
  found: string,
  words: readonly Word[],
  field: string,
): readonly Diagnostic[] {
  const known = words.map(({ word }) => word);
  if (known.includes(found)) return [];
  const choices = known.map((word) => `\`${word}\``).join(", ");
  return [diagnostic("SV1311", span, { field, choices, found }, didYouMean(span, found, known))];
}

/** Items of `a, b`, or the one value. */
export function itemsOf(expr: Expr): readonly Expr[] {
  return expr.kind === "sequence" ? expr.items : [expr];
}

/** `Cs133.Rn` as text. */
export function spelled(path: { readonly parts: readonly { readonly text: string }[] }): string {
  return path.parts.map(({ text }) => text).join(".");
}

const scalar: ReadonlySet<Expr["kind"]> = new Set([
  "path",
  "number",
  "unary",
  "binary",
  "if",
  "index",
  "call",
  "missing",
]);

/** Only the outermost form; `checkValue` looks inside. */
function hasForm(expr: Expr, type: ValueType): boolean {
  switch (type.kind) {
    case "quantity":
      return scalar.has(expr.kind) || (type.error === true && expr.kind === "uncertain");
    case "formula":
      return scalar.has(expr.kind);
    case "words":
      return expr.kind === "path";
    case "reference":
      return type.several === true ? itemsOf(expr).every(isPlainName) : isPlainName(expr);
    case "call":
      return expr.kind === "call" && expr.callee.parts.length === 1 && expr.index === undefined;
    case "sum":
      return isSum(expr);
    case "sequence":
      return expr.kind === "sequence" || scalar.has(expr.kind);
    case "numbers":
      return expr.kind === "list" ? expr.items.every(isListItem) : type.file && expr.kind === "string";
    case "rows":
      return expr.kind === "list" && expr.items.every(({ kind }) => kind === "list");
    case "names":
      return itemsOf(expr).every((item) => item.kind === "path" || item.kind === "string");
    case "map":
      return expr.kind === "map";
    case "string":
      return expr.kind === "string";
    case "either":
      return type.options.some((option) => hasForm(expr, option));
  }
}

const isListItem = (item: Expr): boolean => scalar.has(item.kind) || item.kind === "range";

const isPlainName = (expr: Expr): boolean => expr.kind === "path" && expr.parts.length === 1;

function isSum(expr: Expr): boolean {
  if (expr.kind === "binary") return expr.operator === "+" && isSum(expr.left) && isSum(expr.right);
  return isPlainName(expr);
}

function checkMap(
  map: MapExpr,
  type: Extract<ValueType, { kind: "map" }>,
  place: Place,
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const seen = new Map<string, Span>();
  const known = type.keys.kind === "words" ? type.keys.words.map(({ word }) => word) : undefined;
  for (const { key, value } of map.entries) {
    const first = seen.get(key.text);
    if (first !== undefined) {
      const labels = [{ span: first, text: "first given here" }];
      found.push(diagnostic("SV1304", key.span, { field: key.text }, { labels }));
    } else if (known !== undefined && !known.includes(key.text)) {
      const field = `\`${place.field}\``;
      found.push(
        diagnostic("SV1317", key.span, { field, key: key.text }, didYouMean(key.span, key.text, known)),
      );
    }
    seen.set(key.text, key.span);
    found.push(...checkValue(value, type.value, place));
  }
  const lacking = type.keys.kind === "words" && type.keys.closed ? (known ?? []) : [];
  const [missing] = lacking.filter((key) => !seen.has(key));
  if (missing !== undefined && found.length === 0) {
    const owner = `\`${place.field}\``;
    const end = map.span.end - 1;
    const entry = `${missing}: 1`;
    const edit = {
      span: { ...map.span, start: end, end },
      text: `${map.entries.length > 0 ? ", " : " "}${entry} `,
    };
    found.push(missingField(map.span, { owner, field: missing, example: entry }, [edit]));
  }
  return found;
}
