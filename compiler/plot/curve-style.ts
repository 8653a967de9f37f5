/**
 * Colours, dashes and shapes of a picture of curves, and the entries of its legend.
 */
import type { Band, Curve, CurveInput, PointSet } from "./curve-input.ts";
import { dashes, ink, lineColours, type PointShape, pointShapes } from "./style.ts";

export interface StyledCurve extends Curve {
  readonly colour: string;
  readonly dash: readonly number[];
}

export interface StyledBand extends Band {
  readonly colour: string;
}

export interface StyledPoints extends PointSet {
  readonly colour: string;
  readonly shape: PointShape;
}

export interface Entry {
  readonly label: string;
  readonly symbol: "line" | "band" | "points";
  readonly colour: string;
  readonly dash: readonly number[];
  readonly shape: PointShape;
}

export interface StyledCurves {
  readonly curves: readonly StyledCurve[];
  readonly bands: readonly StyledBand[];
  readonly points: readonly StyledPoints[];
  readonly entries: readonly Entry[];
}

/**
 * Curves take the colours in turn, by label; with one level each label has dashes of its own, so that curves stay
 * apart in grey as well, with several levels each of these has. Points are black first.
 */
export function styled({ curves, bands, points }: CurveInput): StyledCurves {
  const labels = distinct(curves.map(({ label }) => label));
  const levels = distinct(curves.flatMap(({ level }) => level ?? []));
  const colourAt = (place: number): string => lineColours[place % lineColours.length]!;
  const dashAt = (place: number): readonly number[] => dashes[place % dashes.length]!;
  const ofCurves = curves.map((curve) => {
    const place = labels.indexOf(curve.label);
    const level = curve.level === undefined ? -1 : levels.indexOf(curve.level);
    return { ...curve, colour: colourAt(place), dash: dashAt(levels.length > 1 ? level : place) };
  });
  const ofBands = bands.map((band, i) => ({ ...band, colour: colourAt(labels.length + i) }));
  const ofPoints = points.map((set, i) => ({
    ...set,
    colour: i === 0 ? ink : colourAt(labels.length + bands.length + i - 1),
    shape: pointShapes[i % pointShapes.length]!,
  }));
  const entries = [
    ...ofPoints.map(({ label, colour, shape }) => entry(label, "points", { colour, shape })),
    ...curveEntries(ofCurves, labels, levels),
    ...ofBands.map(({ label, colour }) => entry(label, "band", { colour })),
  ].filter(({ label }) => label !== "");
  return { curves: ofCurves, bands: ofBands, points: ofPoints, entries };
}

/** One entry per label, which names the level when there is one; then, where there are several levels, one for each of them. */
function curveEntries(
  curves: readonly StyledCurve[],
  labels: readonly string[],
  levels: readonly string[],
): readonly Entry[] {
  const named = (label: string, level: string | undefined): string =>
    [label, level ?? ""].filter((part) => part !== "").join(", ");
  if (levels.length > 1 && labels.length === 1) {
    return curves.map(({ label, level, colour, dash }) =>
      entry(named(label, level), "line", { colour, dash }),
    );
  }
  const ofLabels = labels.map((label) => {
    const { level, colour, dash } = curves.find((one) => one.label === label)!;
    return levels.length > 1
      ? entry(label, "line", { colour, dash: [] })
      : entry(named(label, level), "line", { colour, dash });
  });
  if (levels.length < 2) return ofLabels;
  const ofLevels = levels.map((level) => {
    const { dash } = curves.find((one) => one.level === level)!;
    return entry(level, "line", { colour: ink, dash });
  });
  return [...ofLabels, ...ofLevels];
}

function entry(
  label: string,
  symbol: Entry["symbol"],
  { colour, dash = [], shape = "circle" }: { colour: string; dash?: readonly number[]; shape?: PointShape },
): Entry {
  return { label, symbol, colour, dash, shape };
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
