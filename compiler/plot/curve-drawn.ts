/**
 * What of a picture of curves can be drawn: places that are numbers, and above zero where an axis is logarithmic. Figure and table
 * hold this and nothing else.
 */
import type { BandPoint, CurveAxis, CurveInput, CurvePoint, Place } from "./curve-input.ts";

/** Rows that are not drawn, and why. */
export interface Undrawn {
  /** Of a curve, a band or a set of points; "" without a label. */
  readonly label: string;
  readonly rows: number;
  readonly of: number;
  readonly reason: string;
}

/** Why a number has no place on an axis. */
function problemOf({ name, scale }: CurveAxis, value: number): string | undefined {
  const what = name === "" ? "what is drawn" : name;
  if (!Number.isFinite(value)) return `${what} is no finite number`;
  return scale === "log" && value <= 0 ? `${what} is not above zero, on a logarithmic axis` : undefined;
}

/** The picture of what can be drawn: curves fall into pieces where a place cannot. */
export function drawnPart(input: CurveInput): CurveInput {
  const { x, y } = input;
  return {
    ...input,
    curves: input.curves.map((curve) => ({
      ...curve,
      lines: curve.lines.flatMap((line) =>
        pieces(line, (place) => problemOfPlace(x, y, place) === undefined),
      ),
    })),
    bands: input.bands.map((band) => ({
      ...band,
      points: band.points.filter((point) => problemOfBand(x, y, point) === undefined),
    })),
    points: input.points.map((set) => ({
      ...set,
      points: set.points.filter((point) => problemOfPoint(x, y, point) === undefined),
    })),
  };
}

const problemOfPlace = (x: CurveAxis, y: CurveAxis, place: Place): string | undefined =>
  problemOf(x, place[0]) ?? problemOf(y, place[1]);

const problemOfPoint = (x: CurveAxis, y: CurveAxis, point: CurvePoint): string | undefined =>
  problemOfPlace(x, y, [point.x, point.y]);

// What goes below the zero of a logarithmic axis begins at its lower end.
const problemOfBand = (x: CurveAxis, y: CurveAxis, { x: at, low, high }: BandPoint): string | undefined =>
  problemOfPlace(x, y, [at, high]) ?? problemOf({ ...y, scale: "linear" }, low);

/** The parts of a line between places that cannot be drawn; one place by itself is a part as well. */
function pieces(line: readonly Place[], isDrawn: (place: Place) => boolean): readonly (readonly Place[])[] {
  const found: Place[][] = [[]];
  for (const place of line) {
    if (isDrawn(place)) found.at(-1)?.push(place);
    else found.push([]);
  }
  return found.filter(({ length }) => length > 0);
}

/** What `drawnPart` leaves out, by curve, band or set of points and by reason. */
export function undrawn({ x, y, curves, bands, points }: CurveInput): readonly Undrawn[] {
  return [
    ...curves.flatMap(({ label, lines, placesPerRow }) =>
      counted(
        label,
        lines.flat().map((place) => problemOfPlace(x, y, place)),
        placesPerRow,
      ),
    ),
    ...bands.flatMap(({ label, points: own }) => {
      const problems = own.map((point) => problemOfBand(x, y, point));
      return counted(label, problems);
    }),
    ...points.flatMap(({ label, points: own }) => {
      const problems = own.map((point) => problemOfPoint(x, y, point));
      return counted(label, problems);
    }),
  ];
}

function counted(
  label: string,
  problems: readonly (string | undefined)[],
  placesPerRow = 1,
): readonly Undrawn[] {
  const reasons = [...new Set(problems)].flatMap((problem) => problem ?? []);
  return reasons.map((reason) => ({
    label,
    rows: Math.ceil(problems.filter((problem) => problem === reason).length / placesPerRow),
    of: problems.length / placesPerRow,
    reason,
  }));
}

/** Whether there is anything to draw, and whether any of it is in the ranges of the axes. */
export function contentOf(input: CurveInput): { readonly given: boolean; readonly shown: boolean } {
  const { curves, bands, points } = drawnPart(input);
  const ofPoints = points.flatMap((set) => set.points.map(({ x, y }): readonly Place[] => [[x, y]]));
  const ofBands = bands.map((band) =>
    band.points.flatMap(({ x, low, high }): readonly Place[] => [
      [x, low],
      [x, high],
    ]),
  );
  const steps = curves.flatMap(({ lines }) =>
    lines.flatMap((line) =>
      line.length === 1 ? [line] : line.slice(1).map((to, i): readonly Place[] => [line[i]!, to]),
    ),
  );
  const given = [input.curves.map(({ lines }) => lines.flat()), input.bands, input.points]
    .flat()
    .some((one) => ("points" in one ? one.points : one).length > 0);
  return { given, shown: [...ofPoints, ...ofBands, ...steps].some((places) => meets(input, places)) };
}

/** Whether the smallest box around places has a part in the ranges of the axes. */
function meets({ x, y }: CurveInput, places: readonly Place[]): boolean {
  return (
    [
      [x, 0],
      [y, 1],
    ] as const
  ).every(([{ range }, k]) => {
    const values = places.map((place) => place[k]);
    if (range === undefined) return values.length > 0;
    const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    return low <= range[1] && high >= range[0];
  });
}
