/** Units as types: dimensions and their algebra, the table of units, exact conversion. Imports nothing else of ours. */
export {
  compareExact,
  type DecimalProblem,
  type Exact,
  exact,
  inverse,
  multiplyExact,
  parseDecimal,
  powerExact,
  toNumber,
} from "./decimal.ts";
export {
  type BaseDimension,
  base,
  baseDimensions,
  type Dimension,
  describe,
  dimension,
  divide,
  equal,
  isNone,
  key,
  multiply,
  natural,
  naturallyEqual,
  none,
  power,
  sqrt,
} from "./dimension.ts";
export { type LiteralParts, type Quantity, type QuantityProblem, readQuantity } from "./quantity.ts";
export { formatRational, type Rational, rational, rationalOf } from "./rational.ts";
export {
  type DisplayUnit,
  displayUnit,
  type ParsedUnit,
  parseUnitText,
  type UnitTextProblem,
} from "./unit-text.ts";
export {
  canonicalUnits,
  exactInternalFactor,
  findUnit,
  internalFactor,
  type Unit,
  unitNames,
  units,
} from "./units.ts";
export { dimensionOfWord, dimensionWords } from "./words.ts";
