/** From a literal of a spec (`19.3 m`, `12%`, `1 eV^2`) to the numbers that compiled code works with. */
import {
  type DecimalProblem,
  type Exact,
  exact,
  multiplyExact,
  parseDecimal,
  powerExact,
  toNumber,
} from "./decimal.ts";
import { type Dimension, none, power } from "./dimension.ts";
import { exactInternalFactor, findUnit, internalFactor } from "./units.ts";

/** A number with its dimension. Both values are correctly rounded, whatever unit it was written in. */
export interface Quantity {
  readonly dimension: Dimension;
  /** In canonical units (MeV, fm, us, …): what the model document stores. */
  readonly canonical: number;
  /** In powers of MeV, hbar = c = 1: what generated code computes with. */
  readonly internal: number;
}

/** The parts of a number literal, as the syntax tree has them. */
export interface LiteralParts {
  readonly text: string;
  readonly percent?: boolean;
  readonly unit?: { readonly name: string; readonly power?: number };
}

/** `out-of-range`: the number or the power of its unit is beyond what a double holds. */
export type QuantityProblem = DecimalProblem | "unknown-unit";

const PERCENT = exact("1e-2");

/** A plain number that is read as it is: far from the limits of a double. */
const plainNumber = /^[+-]?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,2})?$/;

export function readQuantity({ text, percent = false, unit }: LiteralParts): Quantity | QuantityProblem {
  if (unit === undefined && !percent && plainNumber.test(text)) {
    // The sum makes a negative zero a plain one.
    const value = Number(text) + 0;
    return { dimension: none, canonical: value, internal: value };
  }
  const number = parseDecimal(text);
  if (typeof number === "string") return number;
  const value = percent ? multiplyExact(number, PERCENT) : number;
  if (unit === undefined) return quantityOf(value, none);
  const known = findUnit(unit.name);
  if (known === undefined) return "unknown-unit";
  const exponent = unit.power ?? 1;
  const factor = powerExact(known.factor, exponent);
  if (factor === undefined) return "out-of-range";
  return quantityOf(multiplyExact(value, factor), power(known.dimension, exponent));
}

function quantityOf(value: Exact, dimension: Dimension): Quantity | QuantityProblem {
  const canonical = toNumber(value);
  const factor = exactInternalFactor(dimension);
  const internal =
    factor === undefined ? canonical * internalFactor(dimension) : toNumber(multiplyExact(value, factor));
  if (!representable(canonical, value) || !representable(internal, value)) return "out-of-range";
  return { dimension, canonical, internal };
}

/** Neither infinite nor a zero that was none. */
function representable(double: number, value: Exact): boolean {
  return Number.isFinite(double) && (double !== 0 || value.numerator === 0n);
}
