/** Energies on the command line: `30MeV`, `1 keV, 5 keV`, `10 MeV .. 50 MeV step 10 MeV`. */
import type { Expr, NumberExpr, RangeExpr } from "../../grammar/syntax.ts";
import { describe, dimensionOfWord, naturallyEqual, readQuantity } from "../units/index.ts";
import type { Context } from "./context.ts";
import { type Stop, wrongUsage } from "./exit.ts";
import { expressionIn } from "./options.ts";

/** Points of a range that does not say its step. */
const defaultPoints = 21;
const maxPoints = 100_000;

/** The energies that an argument names, in MeV. */
export function energies(context: Context, argument: string): readonly number[] {
  const values = valuesOf(context, expressionIn(context, argument));
  const wrong = values.find((value) => !(value > 0));
  if (wrong !== undefined)
    throw wrongUsage(context.line, argument, `an energy is positive, not ${wrong} MeV`);
  return values;
}

type Unit = NumberExpr["unit"];

function valuesOf(context: Context, expr: Expr, unit?: Unit): readonly number[] {
  switch (expr.kind) {
    case "list":
      return expr.items.flatMap((item) => valuesOf(context, item, expr.unit ?? unit));
    case "sequence":
      return expr.items.flatMap((item) => valuesOf(context, item, unit));
    case "range":
      return rangeValues(context, expr, unit);
    default:
      return [energyOf(context, expr, unit)];
  }
}

function rangeValues(context: Context, range: RangeExpr, unit: Unit): readonly number[] {
  const shared = unit ?? (range.high.kind === "number" ? range.high.unit : undefined);
  const low = energyOf(context, range.low, shared);
  const high = energyOf(context, range.high, shared);
  const stop = (problem: string): Stop => wrongUsage(context.line, range.span, problem);
  if (!(high > low)) throw stop("the range ends before it begins");
  const step =
    range.step === undefined ? (high - low) / (defaultPoints - 1) : energyOf(context, range.step, shared);
  if (!(step > 0)) throw stop("the step is not positive");
  const steps = (high - low) / step;
  if (steps > maxPoints) throw stop(`the range has more than ${maxPoints} points`);
  const last = Math.floor(steps * (1 + 1e-12) + 1e-9);
  return Array.from({ length: last + 1 }, (_, index) => {
    const value = low + index * step;
    // The end itself, and steps as a person would write them: 0.3, not 0.30000000000000004.
    return index === last && Math.abs(value - high) < 1e-9 * high ? high : Number(value.toPrecision(14));
  });
}

/** A literal with a unit of energy, also of recoil energy, in MeV. */
function energyOf(context: Context, expr: Expr, shared: Unit): number {
  const energy = dimensionOfWord("energy");
  const stop = (problem: string): Stop => wrongUsage(context.line, expr.span, problem);
  if (expr.kind !== "number") throw stop("expected an energy such as `30MeV`");
  const unit = expr.unit ?? shared;
  const quantity = readQuantity({
    text: expr.text,
    percent: expr.percent,
    ...(unit === undefined ? {} : { unit: { name: unit.name.text, power: unit.power } }),
  });
  if (quantity === "unknown-unit") throw stop(`there is no unit \`${unit?.name.text}\``);
  if (typeof quantity === "string") throw stop(`\`${expr.text}\` is beyond the range of numbers`);
  if (energy === undefined || !naturallyEqual(quantity.dimension, energy)) {
    throw stop(`expected an energy such as \`30MeV\`, this is ${describe(quantity.dimension)}`);
  }
  return quantity.internal;
}
