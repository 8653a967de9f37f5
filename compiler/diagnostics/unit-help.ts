/** What would turn one dimension into another, as the help of a unit error. */
import { type Dimension, describe, displayUnit, divide, isNone, natural } from "../units/index.ts";

/** The conversion that mends a value of dimension `found` where `expected` is due; undefined when they agree. */
export function conversionHelp(expected: Dimension, found: Dimension): string | undefined {
  if (expected === found) return undefined;
  if (isNone(found)) return `a unit such as ${displayUnit(expected).text} is missing`;
  const missing = divide(expected, found);
  if (missing.exponents.nr !== undefined && missing.exponents.ee !== undefined) {
    return "the quenching of the detector leads from nuclear-recoil to electron-equivalent energy";
  }
  const factor = natural(missing);
  if (!isNone(factor)) return `a factor of dimension ${describe(factor)} is missing`;
  // hbar^n c^m has the n-th power of energy; what is left is for c.
  const { energy, nr, mass } = missing.exponents;
  const power = [energy, nr, mass].reduce((sum, one) => sum + (one === undefined ? 0 : one.num / one.den), 0);
  const constants = [...(power === 0 ? [] : ["hbar"]), "c"].join(" and ");
  return `the two agree inside formulas, where hbar = c = 1; here powers of ${constants} are missing`;
}
