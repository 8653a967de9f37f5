/**
 * Axes of a picture of curves: their range, ticks and title.
 */
import type { CurveAxis, CurveInput, Place } from "./curve-input.ts";
import { logTicks, powerOfTen, superscript, ticks, tickText } from "./ticks.ts";

/** An axis as it is drawn. */
export interface DrawnAxis {
  readonly title: string;
  readonly scale: CurveAxis["scale"];
  readonly range: Place;
  /** Positions of ticks, those with a text and those without. */
  readonly ticks: readonly Tick[];
}

export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** White around what is drawn, in units of the range. */
const headroom = 0.05;

/** Both axes; `counts` are the ticks that they want. */
export function drawnAxes(
  input: CurveInput,
  counts: readonly [x: number, y: number],
): readonly [DrawnAxis, DrawnAxis] {
  const { x, y } = input;
  return [
    drawnAxis(x, x.range ?? limitedRange(x, valuesOf(input, "x"), 0), counts[0]),
    drawnAxis(y, y.range ?? limitedRange(y, valuesOf(input, "y"), headroom), counts[1]),
  ];
}

/** A unit as print has it: `cm^2` is cm², `us` is µs. */
export function unitText(unit: string): string {
  return unit
    .replaceAll(/\^\(?(-?\d+)\)?/g, (_, power: string) => superscript(Number(power)))
    .replaceAll(/\bus\b|μs/g, "µs");
}

function drawnAxis(axis: CurveAxis, range: Place, count: number): DrawnAxis {
  if (axis.scale === "log") {
    return { title: titleOf(axis, 0), scale: "log", range, ticks: logTicks(...range, count) };
  }
  const at = ticks(...range, count);
  const power = powerFor(range);
  const factor = 10 ** power;
  const text = (value: number): string => tickText(Number((value / factor).toPrecision(10)));
  return {
    title: titleOf(axis, power),
    scale: "linear",
    range,
    ticks: at.map((value) => ({ at: value, text: text(value) })),
  };
}

/** The power of ten that is taken out of the numbers of an axis. */
function powerFor([low, high]: Place): number {
  const largest = Math.max(Math.abs(low), Math.abs(high));
  return largest > 0 && (largest < 1e-2 || largest >= 1e5) ? Math.floor(Math.log10(largest)) : 0;
}

/** `g (10⁻⁵)`, `σ (10⁻⁴⁰ cm²)`; in a title that is given, the power goes before the unit in its brackets. */
function titleOf({ name, unit, title }: CurveAxis, power: number): string {
  const factor = power === 0 ? "" : powerOfTen(power);
  if (title === undefined) {
    const inside = [factor, unitText(unit)].filter((part) => part !== "").join(" ");
    return inside === "" ? name : `${name} (${inside})`;
  }
  if (factor === "") return title;
  const [, before, inside] = /^(.*) \(([^()]*)\)$/.exec(title) ?? [];
  return before === undefined ? `${title} (${factor})` : `${before} (${factor} ${inside})`;
}

/** All coordinates along an axis of what is drawn. */
function valuesOf({ curves, bands, points, rules }: CurveInput, which: "x" | "y"): number[] {
  const places = curves.flatMap(({ lines }) => lines.flat());
  const extents = [...bands, ...points].flatMap((set) => set.points);
  if (which === "x") return [...places.map(([x]) => x), ...extents.map(({ x }) => x)];
  return [
    ...places.map(([, y]) => y),
    ...extents.flatMap(({ low, high }) => [low, high]),
    ...rules.map(({ y }) => y),
  ];
}

/** The range of what is drawn, within the limits of an axis with room around it; all of these where nothing is drawn. */
function limitedRange(axis: CurveAxis, values: readonly number[], white: number): Place {
  const { limits } = axis;
  if (limits === undefined) return rangeOf(axis, values, white);
  const inside = values.filter((value) => value >= limits[0] && value <= limits[1]);
  if (inside.length === 0 && (axis.scale === "linear" || limits[0] > 0)) return limits;
  const [low, high] = rangeOf(axis, inside, headroom);
  return [Math.max(low, limits[0]), Math.min(high, limits[1])];
}

function rangeOf({ scale }: CurveAxis, values: readonly number[], white: number): Place {
  const drawn = values.filter((value) => Number.isFinite(value) && (scale === "linear" || value > 0));
  const low = drawn.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = drawn.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (!(high >= low)) return scale === "log" ? [1, 10] : [0, 1];
  if (scale === "log") {
    const factor = high > low ? (high / low) ** white : 2;
    return [low / factor, high * factor];
  }
  const space = high > low ? white * (high - low) : Math.abs(high) / 2 || 1;
  return [low === 0 ? 0 : low - space, high + space];
}
