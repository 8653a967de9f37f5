/**
 * Draws from a distribution of several parameters: the density of each on the diagonal, of each pair below it as lines that
 * hold a share of the draws.
 */
import { densityOf } from "../../runtime/posterior-summary.ts";
import { contoursOf } from "./contours.ts";
import type { Place } from "./curve-input.ts";
import { csvText } from "./data.ts";
import { type FigureOptions, figureWidth, type VegaLiteSpec } from "./input.ts";
import { margin } from "./layout.ts";
import {
  centimetre,
  curveWidth,
  dashes,
  digitWidth,
  figureConfig,
  fontSize,
  frameWidth,
  ink,
  lineColours,
} from "./style.ts";
import { ticks, tickText } from "./ticks.ts";

/** A parameter with its draws, in the order of those of the others. */
export interface CornerParameter {
  readonly name: string;
  readonly unit: string;
  readonly draws: readonly number[];
}

export interface CornerInput {
  readonly title?: string | undefined;
  readonly parameters: readonly CornerParameter[];
  /** Shares of the draws inside of the lines, with their names. */
  readonly levels: readonly { readonly label: string; readonly share: number }[];
}

/** Points of the curves on the diagonal, and cells along each side of a pair's density. */
const POINTS = 160;
const CELLS = 48;

/** Pixels between panels. */
const gap = 6;

/** Everything that is drawn of a parameter alone. */
interface Axis {
  readonly parameter: CornerParameter;
  readonly range: Place;
  readonly ticks: readonly number[];
}

/** The figure, as data. */
export function cornerFigure(
  input: CornerInput,
  { width, scale = 1 }: Pick<FigureOptions, "width" | "scale"> = {},
): VegaLiteSpec {
  const axes = input.parameters.map(axisOf);
  const longest = Math.max(...axes.flatMap(({ ticks: own }) => own.map((one) => tickText(one).length)));
  const room = Math.ceil(longest * digitWidth * fontSize) + 9 + fontSize + 4;
  const total =
    ((width ?? figureWidth.page) * centimetre) / scale - room - 2 * margin - gap * (axes.length - 1) - 8;
  const size = Math.max(40, Math.floor(total / axes.length));
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    description: `Densities of ${axes.map(({ parameter }) => parameter.name).join(", ")}`,
    ...(input.title === undefined ? {} : { title: input.title }),
    config: figureConfig,
    padding: margin,
    spacing: gap,
    vconcat: axes.map((y, row) => ({
      spacing: gap,
      hconcat: axes.slice(0, row + 1).map((x, column) => {
        const layer = row === column ? alone(x) : pair(x, y, input.levels);
        const shown = { bottom: row === axes.length - 1, left: column === 0 && row > 0 };
        return {
          width: size,
          height: size,
          ...channels(x, row === column ? undefined : y, shown, room),
          layer,
        };
      }),
    })),
    resolve: { legend: { stroke: "shared" } },
  } as VegaLiteSpec;
}

/** The densities behind the figure: rows of `x`, and of lines of pairs. */
export function cornerCsv({ parameters, levels }: CornerInput): string {
  const single = parameters.flatMap((parameter) =>
    curveOf(axisOf(parameter)).map(({ x, y }) => ["density", parameter.name, "", "", "", x, y]),
  );
  const pairs = parameters.flatMap((y, row) =>
    parameters
      .slice(0, row)
      .flatMap((x) =>
        linesOf(axisOf(x), axisOf(y), levels).flatMap(({ label, lines }) =>
          lines.flatMap((line, i) => line.map(([a, b]) => ["contour", x.name, y.name, label, i + 1, a, b])),
        ),
      ),
  );
  return csvText([["kind", "x", "y", "level", "line", "at_x", "at_y"], ...single, ...pairs]);
}

function axisOf(parameter: CornerParameter): Axis {
  const [low, high] = parameter.draws.reduce(
    ([a, b], one) => [Math.min(a, one), Math.max(b, one)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  const range: Place = low < high ? [low, high] : [low - 1, low + 1];
  return { parameter, range, ticks: ticks(...range, 4) };
}

function channels(
  x: Axis,
  y: Axis | undefined,
  shown: { readonly bottom: boolean; readonly left: boolean },
  room: number,
): object {
  const axis = (
    { parameter: { name, unit }, ticks: values }: Axis,
    labelled: boolean,
    extent?: number,
  ): object => ({
    title: labelled ? `${name}${unit === "" ? "" : ` (${unit})`}` : null,
    labels: labelled,
    ticks: labelled,
    values,
    labelExpr: `${JSON.stringify(values.map(tickText))}[indexof(${JSON.stringify(values)}, datum.value)]`,
    labelFlush: true,
    ...(extent === undefined ? {} : { minExtent: extent, maxExtent: extent }),
  });
  const scaleOf = (range: Place): object => ({ domain: [...range], nice: false, zero: false });
  // Every panel of the first column keeps room for labels, so that the columns align.
  const keeps = shown.left ? room - fontSize : undefined;
  return {
    view: { stroke: ink, strokeWidth: frameWidth },
    encoding: {
      x: { field: "x", type: "quantitative", scale: scaleOf(x.range), axis: axis(x, shown.bottom) },
      y:
        y === undefined
          ? { field: "y", type: "quantitative", axis: null, scale: { zero: true, nice: false } }
          : { field: "y", type: "quantitative", scale: scaleOf(y.range), axis: axis(y, shown.left, keeps) },
    },
  };
}

function curveOf({ parameter: { draws }, range: [low, high] }: Axis): readonly { x: number; y: number }[] {
  const density = densityOf(
    [...draws].sort((a, b) => a - b),
    POINTS,
  );
  const step = (high - low) / (POINTS - 1);
  const sum = density.reduce((a, b) => a + b, 0) * step;
  return density.map((one, i) => ({ x: low + i * step, y: one / sum }));
}

function alone(axis: Axis): readonly object[] {
  const values = curveOf(axis);
  return [
    { data: { values }, mark: { type: "area", fill: lineColours[0], opacity: 0.25 } },
    { data: { values }, mark: { type: "line", stroke: lineColours[0], strokeWidth: curveWidth } },
  ];
}

function pair(x: Axis, y: Axis, levels: CornerInput["levels"]): readonly object[] {
  const labels = levels.map(({ label }) => label);
  return linesOf(x, y, levels).flatMap(({ label, lines }, i) =>
    lines.map((line) => ({
      data: { values: line.map(([a, b], order) => ({ x: a, y: b, order })) },
      mark: { type: "line", strokeWidth: curveWidth, strokeDash: dashes[i % dashes.length] },
      encoding: {
        order: { field: "order", type: "quantitative" },
        stroke: {
          datum: label,
          type: "nominal",
          scale: { domain: labels, range: labels.map((_, k) => lineColours[k % lineColours.length]) },
          legend: { orient: "top" },
        },
      },
    })),
  );
}

interface LevelLines {
  readonly label: string;
  readonly lines: readonly (readonly Place[])[];
}

/** Lines around the places of highest density that hold each share of the draws. */
function linesOf(x: Axis, y: Axis, levels: CornerInput["levels"]): readonly LevelLines[] {
  const density = densityOfPair(x, y);
  const total = density.reduce((a, b) => a + b, 0);
  const falling = [...density].sort((a, b) => b - a);
  const heightOf = (share: number): number => {
    let held = 0;
    for (const one of falling) {
      held += one;
      if (held >= share * total) return one;
    }
    return 0;
  };
  const places = ({ range: [low, high] }: Axis): number[] =>
    Array.from({ length: CELLS }, (_, i) => low + ((i + 0.5) * (high - low)) / CELLS);
  const grid = { x: places(x), y: places(y), xScale: "linear", yScale: "linear", values: density } as const;
  return levels.map(({ label, share }) => ({ label, lines: contoursOf(grid, heightOf(share)) }));
}

/** Draws in cells, smoothed by a Gaussian of about the width that Silverman's rule has in two dimensions; the cell (i, j) is at i·CELLS + j. */
function densityOfPair(x: Axis, y: Axis): readonly number[] {
  const counts = new Float64Array(CELLS * CELLS);
  const { draws } = x.parameter;
  const cell = ([low, high]: Place, value: number): number =>
    Math.min(CELLS - 1, Math.floor(((value - low) / (high - low)) * CELLS));
  draws.forEach((value, k) => {
    counts[cell(x.range, value) * CELLS + cell(y.range, y.parameter.draws[k]!)]! += 1;
  });
  const widthOf = ({ parameter, range: [low, high] }: Axis): number => {
    const mean = parameter.draws.reduce((a, b) => a + b, 0) / parameter.draws.length;
    const variance = parameter.draws.reduce((a, b) => a + (b - mean) ** 2, 0) / parameter.draws.length;
    return (Math.sqrt(variance) / parameter.draws.length ** (1 / 6) / (high - low)) * CELLS;
  };
  const along = (values: Float64Array, width: number, stride: number, other: number): Float64Array => {
    const reach = Math.min(CELLS - 1, Math.ceil(4 * width));
    const kernel = Array.from({ length: reach + 1 }, (_, k) => Math.exp(-((k / width) ** 2) / 2));
    return values.map((_, at) => {
      const i = Math.floor(at / stride) % CELLS;
      const first = at - i * stride;
      let sum = 0;
      let weight = 0;
      for (let k = Math.max(0, i - reach); k <= Math.min(CELLS - 1, i + reach); k++) {
        sum += kernel[Math.abs(k - i)]! * values[first + k * stride]!;
        weight += kernel[Math.abs(k - i)]!;
      }
      return other > 0 ? sum / weight : 0;
    });
  };
  const smooth = along(along(counts, widthOf(x), CELLS, CELLS), widthOf(y), 1, CELLS);
  return [...smooth];
}
