/** Pictures of the tables that `sevens contour` writes. */
import type { Curve, CurveAxis, Place } from "../plot/index.ts";
import type { Context } from "./context.ts";
import { type CsvTable, columnAt, columnName, numbersAt } from "./csv-table.ts";
import type { ScaleOf, ScanOptions, ScanPicture } from "./plot-scan.ts";

const marks = ["level", "rise", "line", "closed"];

export function isContour({ columns }: CsvTable): boolean {
  return columns.length === marks.length + 2 && marks.every((mark, i) => columns[i] === mark);
}

/** The lines of each level of each table, and the lowest points if asked. */
export function contourPicture(
  context: Context,
  tables: readonly CsvTable[],
  labels: readonly string[],
  scaleOf: ScaleOf,
  { level, best }: ScanOptions,
): ScanPicture {
  const read = tables.map((table, i) => ({ ...linesIn(context, table), label: labels[i] ?? "" }));
  const wanted = level?.map(({ label }) => label);
  const curves = read.flatMap(({ label, lines }) =>
    [...lines].flatMap(([name, own]): Curve[] =>
      wanted?.includes(name) === false ? [] : [{ label, level: name, lines: own }],
    ),
  );
  if (curves.length === 0) context.note("no contour of these levels in the tables");
  const [head] = tables;
  const axis = (which: "x" | "y", at: 0 | 1): CurveAxis => {
    const values = read.flatMap(({ lines }) =>
      [...lines.values()].flat().flatMap((line) => line.map((p) => p[at])),
    );
    const ends = read.flatMap(({ corners }) => corners.map((place) => place[at]));
    return {
      ...columnName(head!.columns[marks.length + at]!),
      scale: scaleOf(which, spread(values)),
      ...(ends.length === 0 ? {} : { limits: [Math.min(...ends), Math.max(...ends)] }),
    };
  };
  const points =
    best === true
      ? read.flatMap(({ label, corners, minimum }) => {
          if (minimum === undefined) return [];
          const [x, y] = onPlane(corners, minimum);
          const isOutside = x !== minimum[0] || y !== minimum[1];
          const place = minimum.map((one) => Number(one.toPrecision(3))).join(", ");
          const parts = [label, "lowest χ²", isOutside ? `outside at (${place})` : ""];
          return [
            { label: parts.filter((part) => part !== "").join(", "), points: [{ x, y, low: y, high: y }] },
          ];
        })
      : [];
  return { x: axis("x", 0), y: axis("y", 1), curves, rules: [], points };
}

/** A place, or the next one to it in the plane. */
function onPlane([first, last]: readonly Place[], [x, y]: Place): Place {
  if (first === undefined || last === undefined) return [x, y];
  const within = (value: number, at: 0 | 1): number => Math.min(last[at], Math.max(first[at], value));
  return [within(x, 0), within(y, 1)];
}

/** Three values whose spacing says the scale: by factors where the lines span more than a factor of thirty. */
function spread(values: readonly number[]): readonly number[] {
  const [low, high] = values.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ] as [number, number]);
  const isWide = low > 0 && high > 30 * low;
  return isWide ? [low, Math.sqrt(low * high), high] : [low, (low + high) / 2, high];
}

interface Lines {
  readonly lines: ReadonlyMap<string, readonly (readonly Place[])[]>;
  /** Of the plane that they were looked for in. */
  readonly corners: readonly Place[];
  readonly minimum?: Place;
}

function linesIn(context: Context, table: CsvTable): Lines {
  const [x, y] = [marks.length, marks.length + 1].map((column) => numbersAt(context, table, column));
  const lines = new Map<string, Place[][]>();
  const corners: Place[] = [];
  let minimum: Place | undefined;
  const line = columnAt(context, table, "line");
  table.rows.forEach((row, i) => {
    const place: Place = [x![i]!, y![i]!];
    const [level = ""] = row;
    if (level === "minimum" || level === "minimum outside") minimum = place;
    else if (level === "plane") corners.push(place);
    else {
      const own = lines.get(level) ?? [];
      lines.set(level, own);
      const at = Number(row[line]) - 1;
      own[at] = [...(own[at] ?? []), place];
    }
  });
  const whole = new Map([...lines].map(([level, own]) => [level, own.filter((one) => one !== undefined)]));
  return { lines: whole, corners, ...(minimum === undefined ? {} : { minimum }) };
}
