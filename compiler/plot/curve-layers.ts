/**
 * The marks of a picture of curves as Vega-Lite layers, bands first and points last. Every layer brings its own rows.
 */
import type { DrawnAxis } from "./curve-axis.ts";
import type { CurveInput, Place } from "./curve-input.ts";
import type { StyledBand, StyledCurve, StyledCurves, StyledPoints } from "./curve-style.ts";
import type { Layer } from "./layers.ts";
import { barWidth, curveWidth, fontSize, frameWidth, ink } from "./style.ts";

/** Area of a point in square pixels. */
const pointArea = 24;

/** Text inside the panel, in units of that around it. */
const smallText = 0.85;

/** What a layer reads of an axis: where things are drawn at all. */
type Ranges = readonly [x: DrawnAxis, y: DrawnAxis];

export function curveLayers(
  { rules }: CurveInput,
  { curves, bands, points }: StyledCurves,
  x: DrawnAxis,
  y: DrawnAxis,
): Layer[] {
  return [
    ...bands.map((band) => bandLayer(band, [x, y])),
    ...rules.flatMap(({ label, y: at }) => (at > y.range[1] ? [] : ruleLayers(label, at, x.range))),
    ...curves.flatMap(curveLayersOf),
    ...points.flatMap((set) => pointLayers(set, [x, y])),
    frame(x.range, y.range),
  ];
}

function bandLayer({ points, colour }: StyledBand, [, yAxis]: Ranges): Layer {
  const values = points.map(({ x, low, high }) => ({
    x,
    y: fits(yAxis, low) ? low : yAxis.range[0],
    y2: high,
  }));
  const look = { clip: true, opacity: 0.3 } as const;
  return {
    data: { values },
    mark:
      values.length === 1
        ? { type: "rule", ...look, stroke: colour, strokeWidth: Math.sqrt(pointArea) }
        : { type: "area", clip: true, fill: colour, fillOpacity: 0.3 },
    encoding: { y2: { field: "y2" } },
  };
}

/** The lines of a curve, and a point for each place by itself. */
function curveLayersOf({ lines, colour, dash }: StyledCurve): Layer[] {
  let order = 0;
  const values = lines
    .filter(({ length }) => length > 1)
    .flatMap((line, part) => line.map(([x, y]) => ({ x, y, part: `${part}`, order: order++ })));
  const single = lines.flatMap((line) => (line.length === 1 ? line.map(([x, y]) => ({ x, y })) : []));
  const curve: Layer = {
    data: { values },
    mark: {
      type: "line",
      clip: true,
      stroke: colour,
      strokeWidth: curveWidth,
      strokeDash: [...dash],
      strokeJoin: "round",
    },
    encoding: { detail: { field: "part" }, order: { field: "order", type: "quantitative" } },
  };
  if (single.length === 0) return [curve];
  return [
    curve,
    {
      data: { values: single },
      mark: {
        type: "point",
        clip: true,
        shape: "circle",
        filled: true,
        size: pointArea,
        opacity: 1,
        fill: colour,
      },
    },
  ];
}

function fits({ scale }: DrawnAxis, value: number): boolean {
  return Number.isFinite(value) && (scale === "linear" || value > 0);
}

/** A dashed line across the panel, with its text above its right end. */
function ruleLayers(label: string, y: number, [left, right]: Place): Layer[] {
  return [
    {
      data: { values: [{ x: left, x2: right, y }] },
      mark: { type: "rule", stroke: "#7F7F7F", strokeWidth: 0.7, strokeDash: [4, 3] },
      encoding: { x2: { field: "x2" } },
    },
    {
      data: { values: [{ x: right, y }] },
      mark: {
        type: "text",
        text: label,
        align: "right",
        baseline: "bottom",
        dx: -3,
        dy: -1,
        fontSize: smallText * fontSize,
        fill: "#595959",
      },
    },
  ];
}

/** Bars, marks and names of points. */
function pointLayers({ points, colour, shape }: StyledPoints, [, yAxis]: Ranges): Layer[] {
  const bars = points
    .filter(({ low, high }) => low < high)
    .map(({ x, low, high }) => ({ x, y: fits(yAxis, low) ? low : yAxis.range[0], y2: high }));
  const centres = points.map(({ x, y, name = "" }) => ({ x, y, name }));
  const names: Layer = {
    data: { values: centres },
    mark: {
      type: "text",
      align: "left",
      baseline: "middle",
      dx: 6,
      fontSize: smallText * fontSize,
      fill: ink,
    },
    encoding: { text: { field: "name" } },
  };
  return [
    {
      data: { values: bars },
      mark: { type: "rule", clip: true, stroke: colour, strokeWidth: barWidth },
      encoding: { y2: { field: "y2" } },
    },
    {
      data: { values: centres },
      mark: { type: "point", clip: true, shape, filled: true, size: pointArea, opacity: 1, fill: colour },
    },
    ...(centres.some(({ name }) => name !== "") ? [names] : []),
  ];
}

function frame([left, right]: Place, [low, high]: Place): Layer {
  return {
    data: { values: [{ x: left, x2: right, y: low, y2: high }] },
    mark: { type: "rect", fill: null, stroke: ink, strokeWidth: frameWidth },
    encoding: { x2: { field: "x2" }, y2: { field: "y2" } },
  };
}
