/**
 * The marks of a panel as Vega-Lite layers. Every layer brings its own rows, with `x`, `y` and where a mark has
 * an extent `x2`, `y2`.
 */
import type { VegaLiteSpec } from "./input.ts";
import { bandLabel, dataLabel, fillChannel, type Legend } from "./legend.ts";
import type { Panel, Step } from "./panel.ts";
import { barWidth, frameWidth, ink, outlineWidth } from "./style.ts";

/** A chart of layers in the grid of a figure, and one layer of it. */
type GridMember = Extract<VegaLiteSpec, { concat: unknown }>["concat"][number];
export type LayerChart = Extract<GridMember, { layer: unknown }>;
export type Channels = NonNullable<LayerChart["encoding"]>;
export type Layer = LayerChart["layer"][number];

interface Row {
  readonly x: number;
  readonly y: number;
  readonly x2?: number;
  readonly y2?: number;
}

/** Of the band around the expectation: what it covers stays visible. */
const bandOpacity = 0.45;

/** Area of a data point in square pixels. */
const pointArea = 14;

/** All layers of a panel, the first drawn first. */
export function layersOf(panel: Panel, legend: Legend): Layer[] {
  return [
    ...panel.steps.map((step) => stepLayer(panel, step, legend)).reverse(),
    ...outlines(panel),
    ...bandLayers(panel, legend),
    ...(panel.yRange[0] < 0 ? [zeroLine(panel)] : []),
    ...dataLayers(panel, legend),
    frame(panel),
  ];
}

/**
 * A component's step, filled down to zero: the ones below it are painted over it later, so that no seam shows
 * between neighbours.
 */
function stepLayer(panel: Panel, { entry, tops }: Step, legend: Legend): Layer {
  return {
    data: { values: corners(panel, tops) },
    mark: { type: "area", interpolate: "step-after" },
    encoding: { y2: { datum: 0 }, fill: fillChannel(legend, entry.label) },
  };
}

/** Lines along the top of the background and of the whole stack, so that the signal stands out in grey too. */
function outlines(panel: Panel): Layer[] {
  const last = panel.steps.length - 1;
  const lined = panel.steps.filter(
    ({ entry }, place) =>
      place === last || (entry.kind === "background" && panel.steps[place + 1]?.entry.kind === "signal"),
  );
  return lined.map(({ entry, tops }) => ({
    data: { values: corners(panel, tops) },
    mark: {
      type: "line",
      interpolate: "step-after",
      stroke: entry.colour.outline,
      strokeWidth: outlineWidth,
    },
  }));
}

/** What the fit leaves open of the expectation. */
function bandLayers({ edges, band }: Panel, legend: Legend): Layer[] {
  if (band.length === 0) return [];
  const last = band.length - 1;
  const values = edges.map((x, i) => {
    const [y, y2] = band[Math.min(i, last)]!;
    return { x, y, y2 };
  });
  return [
    {
      data: { values },
      mark: { type: "area", interpolate: "step-after", opacity: bandOpacity },
      encoding: { y2: { field: "y2" }, fill: fillChannel(legend, bandLabel) },
    },
  ];
}

function zeroLine({ edges }: Panel): Layer {
  return {
    data: { values: [{ x: edges[0]!, x2: edges[edges.length - 1]!, y: 0 }] },
    mark: { type: "rule", stroke: ink, strokeWidth: 0.6, strokeDash: [3, 2] },
    encoding: { x2: { field: "x2" } },
  };
}

/** Bars and points of the data. */
function dataLayers({ points }: Panel, legend: Legend): Layer[] {
  if (points.length === 0) return [];
  const bar = { type: "rule", stroke: ink, strokeWidth: barWidth } as const;
  const across: Row[] = points.map(({ left, right, y }) => ({ x: left, x2: right, y }));
  const upright: Row[] = points.map(({ x, low, high }) => ({ x, y: low, y2: high }));
  const centres: Row[] = points.map(({ x, y }) => ({ x, y }));
  return [
    { data: { values: across }, mark: bar, encoding: { x2: { field: "x2" } } },
    { data: { values: upright }, mark: bar, encoding: { y2: { field: "y2" } } },
    {
      data: { values: centres },
      mark: { type: "point", shape: "circle", filled: true, size: pointArea, opacity: 1 },
      encoding: { fill: fillChannel(legend, dataLabel) },
    },
  ];
}

/** The frame of the panel, drawn last: filled steps end on it. */
function frame({ edges, yRange }: Panel): Layer {
  return {
    data: { values: [{ x: edges[0]!, x2: edges[edges.length - 1]!, y: yRange[0], y2: yRange[1] }] },
    mark: { type: "rect", fill: null, stroke: ink, strokeWidth: frameWidth },
    encoding: { x2: { field: "x2" }, y2: { field: "y2" } },
  };
}

/** The corners of a step: every bin's value at its left edge, the last one's at its right edge as well. */
function corners({ edges }: Panel, values: readonly number[]): Row[] {
  const last = values.length - 1;
  return edges.map((x, i) => ({ x, y: values[Math.min(i, last)]! }));
}
