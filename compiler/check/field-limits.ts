import type { Expr, Statement } from "../../grammar/syntax.ts";
import { diagnostic, unsigned } from "../diagnostics/index.ts";
import { elaborateQuantity, type Site } from "../elaborate/expression.ts";
import { checkDimension } from "../elaborate/functions.ts";
import { centerOf } from "../elaborate/parameters.ts";
import { type BlockDescription, kinds, type ValueType } from "../kinds/index.ts";
import { optionFor } from "../load/shape-value.ts";
import { type Dimension, dimensionWords, none } from "../units/index.ts";
import { type Checking, valueAt, writtenAs } from "./checking.ts";

type Quantity = Extract<ValueType, { kind: "quantity" }>;

/**
 * Numbers lie where their field means something, as its description says: Z is a whole number, a mass is positive, an
 * abundance is a fraction. A negative mass would give negative counts, and no one would notice.
 */
export function fieldLimits(checking: Checking): void {
  const { library, value } = checking;
  for (const declaration of checking.model.declarations) {
    const { block } = kinds[declaration.kind];
    if (block === undefined) continue;
    const site = library.inside(declaration, "strict", value);
    checkBlock(checking, declaration.statement.block?.statements ?? [], block, site);
  }
}

function checkBlock(
  checking: Checking,
  statements: readonly Statement[],
  block: BlockDescription,
  site: Site,
): void {
  for (const statement of statements) {
    const { keyword, over, assign } = statement;
    const field = block.fields.find((one) => one.keyword === keyword.text && one.over === over?.text);
    const type =
      field?.value === undefined || assign === undefined ? undefined : optionFor(assign.value, field.value);
    if (type?.kind === "quantity" && assign !== undefined) {
      checkQuantity(checking, statement, assign.value, type, site);
    }
    if (field?.block !== undefined)
      checkBlock(checking, statement.block?.statements ?? [], field.block, site);
  }
}

function checkQuantity(
  checking: Checking,
  { keyword, label }: Statement,
  expr: Expr,
  type: Quantity,
  site: Site,
): void {
  const expected = type.dimension === "number" ? none : dimensionWords.get(type.dimension);
  if (expected === undefined) return;
  const name = keyword.text === "systematic" ? (label?.parts[0]?.text ?? keyword.text) : keyword.text;
  const center = centerOf(expr);
  const found = elaborateQuantity(center, site);
  const value = found === undefined ? undefined : checkDimension(found, center, name, expected, site);
  if (value === undefined) return;
  const number = valueAt(checking, value.node);
  const { report } = checking;
  const text = writtenAs(checking, expr, number, expected);
  if (!Number.isFinite(number)) report(diagnostic("SV1408", expr.span, { what: `\`${name}\`` }));
  else if (isBelow(number, type, expected)) {
    report(diagnostic("SV1402", expr.span, { field: name, found: text }, unsigned(expr)));
  } else if (number < (type.low ?? number) || number > (type.high ?? number)) {
    const range = `${type.low ?? "…"} .. ${type.high ?? "…"}`;
    report(diagnostic("SV1401", expr.span, { field: name, range, found: text }));
  } else if (type.integer === true && !Number.isInteger(number)) {
    report(diagnostic("SV1404", expr.span, { field: name, found: text }));
  } else if (name === "spin" && !Number.isInteger(2 * number)) {
    report(diagnostic("SV1401", expr.span, { field: name, range: "0, 1/2, 1, 3/2, …", found: text }));
  }
}

/** A quantity with a unit is above its lower limit of zero; a number may be zero. */
function isBelow(number: number, { low, high }: Quantity, expected: Dimension): boolean {
  if (low !== 0 || high !== undefined) return false;
  return expected === none ? number < 0 : number <= 0;
}
