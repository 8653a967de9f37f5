import type { Span } from "../../grammar/syntax.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Graph, SpecLine } from "../rate/graph.ts";
import type { Dimension } from "../units/index.ts";
import {
  describe,
  dimension as dimensionOf,
  equal,
  multiply,
  naturallyEqual,
  power,
} from "../units/index.ts";

export interface Budget {
  steps: number;
  /** Expressions and definitions inside one another. */
  levels: number;
  /** Integrals and roots inside one another: each multiplies the work by its nodes. */
  ranges: number;
}

/** More than the operators that one expression may have, and well below what the stack holds. */
const mostLevels = 1200;

export const mostRanges = 3;

export function budgetOf(steps: number): Budget {
  return { steps, levels: mostLevels, ranges: mostRanges };
}

/** What elaboration works with. */
export interface Context {
  readonly graph: Graph;
  readonly report: (diagnostic: Diagnostic) => void;
  /** What is left of the work of one compilation; a spec that explodes is stopped with a diagnostic. */
  readonly budget: Budget;
  /** Constants outside the domain of a function are left to be found when numbers come out. */
  readonly unchecked?: true;
  /** The line of a place, for comments in generated code: `models/x.sevens:12: charge[l] += …`. */
  readonly lineOf?: (span: Span) => SpecLine;
}

/** hbar = c = 1 in formulas of physics; elsewhere metres are not seconds. */
export type UnitRule = "natural" | "strict";

/** A mass may always be given as an energy and the other way round. */
function withoutMass(d: Dimension): Dimension {
  const exponent = d.exponents.mass;
  if (exponent === undefined) return d;
  const asMass = power(dimensionOf({ mass: 1 }), exponent);
  const asEnergy = power(dimensionOf({ energy: 1 }), exponent);
  return multiply(multiply(d, power(asMass, -1)), asEnergy);
}

export function fits(found: Dimension, expected: Dimension, rule: UnitRule): boolean {
  if (equal(found, expected)) return true;
  return rule === "natural"
    ? naturallyEqual(found, expected)
    : equal(withoutMass(found), withoutMass(expected));
}

export { describe };

export function spanOf(start: Span, end: Span): Span {
  return { file: start.file, start: start.start, end: end.end };
}
