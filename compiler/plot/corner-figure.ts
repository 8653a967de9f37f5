/**
 * Draws from a distribution of several parameters: the density of each on the diagonal, of each pair below it as lines that
 * hold a share of the draws.
 */
import { type DrawDensity, densityOf, heightAt } from "../../runtime/draw-density.ts";
import type { Place } from "./curve-input.ts";
import { csvText } from "./data.ts";
import { type FigureOptions, figureWidth, type VegaLiteSpec } from "./input.ts";
import { margin } from "./layout.ts";
import { linesHolding } from "./pair-density.ts";
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
  /** What the parameter can be; infinite without ends. Curves and lines end there as at a wall. */
  readonly range: Place;
}

export interface CornerInput {
  readonly title?: string | undefined;
  readonly parameters: readonly CornerParameter[];
  /** Shares of the draws inside of the lines, with their names. */
  readonly levels: readonly { readonly label: string; readonly share: number }[];
}

/** Points of the curves on the diagonal. */
const MOST_POINTS = 400;

/** Pixels between panels. */
const gap = 6;

/** Everything that is drawn of a parameter alone. */
interface Axis {
  readonly parameter: CornerParameter;
  readonly range: Place;
  readonly ticks: readonly number[];
  /** None for draws that are all equal. */
  readonly density?: DrawDensity;
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
  const sorted = [...parameter.draws].sort((a, b) => a - b);
  const [low, high] = [sorted[0]!, sorted.at(-1)!];
  const range: Place = low < high ? [low, high] : [low - 1, low + 1];
  const [few, more] = [4, 6].map((count) => ticks(...range, count));
  const shown = { parameter, range, ticks: few!.length > 1 ? few! : more! };
  return low < high ? { ...shown, density: densityOf(sorted, parameter.range) } : shown;
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

function curveOf({ density, range: [low, high] }: Axis): readonly { x: number; y: number }[] {
  if (density === undefined) return [];
  const points = Math.min(MOST_POINTS, density.heights.length);
  const step = (high - low) / (points - 1);
  const curve = Array.from({ length: points }, (_, i) => {
    const x = i === points - 1 ? high : low + i * step;
    return { x, y: heightAt(density, x) };
  });
  const area = curve.reduce((sum, { y }, i) => sum + (i === 0 || i === points - 1 ? y / 2 : y), 0) * step;
  return curve.map(({ x, y }) => ({ x, y: y / area }));
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
  const draws = x.parameter.draws.map((value, i): Place => [value, y.parameter.draws[i]!]);
  const lines = linesHolding(
    draws,
    { x: x.parameter.range, y: y.parameter.range },
    { x: x.range, y: y.range },
    levels.map(({ share }) => share),
  );
  return levels.map(({ label }, i) => ({ label, lines: lines[i]! }));
}
