/** Units in products: which of them can still lead to the dimension that the whole has to have. */
import type { Word } from "../../grammar/index.ts";
import { elaborateQuantity } from "../elaborate/expression.ts";
import { baseDimensions, type Dimension, divide, multiply } from "../units/index.ts";
import { type Slot, separated, unclosed } from "./context.ts";
import { expressionIn, type FittingUnit, fittingUnits, siteAt, unitsOf } from "./expected.ts";
import type { Place } from "./scope.ts";

/**
 * The dimension of what is still missing at the end of the words of a formula: of the factor behind `*` or `/`, for a
 * number of its unit. `whole` is that of the formula, or of the entry of the call or list around the place.
 */
export function missingDimension(
  place: Place,
  whole: Dimension | undefined,
  words: readonly Word[],
): Dimension | undefined {
  let missing = whole;
  let rest = words;
  for (;;) {
    const entry = unnamed(separated(rest, ["Comma"]).at(-1)!);
    const inner = unclosed(entry);
    if (inner === undefined) return missingFactor(place, missing, entry.slice(0, -1));
    const before = entry[inner - 1]?.type;
    const isGroup = entry[inner]!.type === "LeftParen" && before !== "Name" && before !== "RightBracket";
    missing = isGroup ? missingFactor(place, missing, entry.slice(0, inner)) : whole;
    rest = entry.slice(inner + 1);
  }
}

/** An entry without its name or key. */
const unnamed = (entry: readonly Word[]): readonly Word[] =>
  entry[1]?.type === "Equals" || entry[1]?.type === "Colon" ? entry.slice(2) : entry;

const ofFactors = new Set(["Times", "Slash", "Power", "UnitPower"]);
const betweenTerms = new Set(["Plus", "Minus", "PlusMinus", "DotDot", "Keyword_then", "Keyword_else"]);

function missingFactor(
  place: Place,
  whole: Dimension | undefined,
  words: readonly Word[],
): Dimension | undefined {
  const term = lastTerm(words.at(-1)?.type === "Number" ? words.slice(0, -1) : words);
  const sign = term.at(-1)?.type;
  if (whole === undefined || sign === undefined) return whole;
  if (sign !== "Times" && sign !== "Slash") return undefined;
  const expr = expressionIn(place, { kind: "value", words: term.slice(0, -1) });
  const before = expr && elaborateQuantity(expr, siteAt(place))?.dimension;
  if (before === undefined) return undefined;
  return sign === "Times" ? divide(whole, before) : divide(before, whole);
}

/** What stands behind the last sign of a sum, outside of brackets. */
function lastTerm(words: readonly Word[]): readonly Word[] {
  let depth = 0;
  let start = 0;
  for (const [i, { type }] of words.entries()) {
    if (/^(Left|Map)(Paren|Bracket|Open)$/.test(type)) depth++;
    else if (/^(Right|Map)(Paren|Bracket|Close)$/.test(type)) depth--;
    else if (depth === 0 && betweenTerms.has(type) && !ofFactors.has(words[i - 1]?.type ?? "")) start = i + 1;
  }
  return words.slice(start);
}

/** A unit is a value behind `*` and `/`, also in brackets there. */
export function isFactor({ written }: Slot): boolean {
  const last = written.findLastIndex((text) => text !== "(");
  return written[last] === "*" || written[last] === "/";
}

/** Units for a product. */
export interface ProductUnits {
  /** Those that are what is missing, then those that bring the product nearer to it; empty where nothing is known of it. */
  readonly leading: readonly FittingUnit[];
  /** All, first those that lead to it below a fraction. */
  readonly others: readonly FittingUnit[];
}

export function unitsToward(missing: Dimension | undefined): ProductUnits {
  const all = unitsOf(undefined);
  if (missing === undefined) return { leading: [], others: all };
  const open = exponentsIn(missing);
  const nearer = all.filter(({ unit }) => exponentsIn(divide(missing, unit.dimension)) < open);
  const beneath = all.filter(({ unit }) => exponentsIn(multiply(missing, unit.dimension)) < open);
  return { leading: [...fittingUnits(missing), ...nearer], others: [...beneath, ...all] };
}

/** How many powers of base dimensions a dimension has. */
const exponentsIn = ({ exponents }: Dimension): number =>
  baseDimensions.reduce((sum, one) => {
    const { num = 0, den = 1 } = exponents[one] ?? {};
    return sum + Math.abs(num) / den;
  }, 0);
