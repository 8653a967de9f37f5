/**
 * Curves, bands and points as a figure: one panel with its legend above it.
 */
import { type DrawnAxis, drawnAxes, type Tick } from "./curve-axis.ts";
import { drawnPart } from "./curve-drawn.ts";
import type { CurveInput } from "./curve-input.ts";
import { curveLayers } from "./curve-layers.ts";
import { type Entry, styled } from "./curve-style.ts";
import type { FigureOptions, VegaLiteSpec } from "./input.ts";
import type { Channels, Layer, LayerChart } from "./layers.ts";
import { type Layout, layoutOf, margin } from "./layout.ts";
import { columnsWithin } from "./legend.ts";
import { curveWidth, figureConfig } from "./style.ts";

/** Ticks with a text that the axes want. */
const tickCounts = [8, 6] as const;

/** Lengths of ticks, with a text and without. */
const tickSizes = { long: 5, short: 3 } as const;

/** Symbols of the legend on the square from −1 to 1. */
const symbols = {
  line: "M-1,0L1,0",
  band: "M-0.9,-0.45L0.9,-0.45L0.9,0.45L-0.9,0.45Z",
  circle: "M-0.3,0A0.3,0.3,0,1,1,0.3,0A0.3,0.3,0,1,1,-0.3,0Z",
  square: "M-0.27,-0.27L0.27,-0.27L0.27,0.27L-0.27,0.27Z",
  diamond: "M0,-0.38L0.3,0L0,0.38L-0.3,0Z",
  "triangle-up": "M0,-0.35L0.35,0.28L-0.35,0.28Z",
} as const;

/** Area of a symbol in square pixels. */
const symbolArea = 260;

/** The figure, as data. */
export function curveFigure(
  all: CurveInput,
  options: Pick<FigureOptions, "width" | "scale"> = {},
): VegaLiteSpec {
  const input = drawnPart(all);
  const [x, y] = drawnAxes(input, tickCounts);
  const style = styled(input);
  const layout = layoutOf(1, Math.max(1, ...y.ticks.map(({ text }) => text.length)), options);
  const legend = style.entries.length > 0 ? [legendLayer(style.entries, layout.legendWidth)] : [];
  const panel: LayerChart = {
    width: layout.width,
    height: layout.height,
    encoding: { x: channel("x", x), y: channel("y", y, layout) },
    layer: [...legend, ...curveLayers(input, style, x, y)],
  };
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    description: `${y.title} against ${x.title}`,
    ...(input.title === undefined ? {} : { title: input.title }),
    config: figureConfig,
    padding: margin,
    ...panel,
  };
}

function channel<Which extends "x" | "y">(
  field: Which,
  { title, scale, range, ticks }: DrawnAxis,
  layout?: Layout,
): NonNullable<Channels[Which]> {
  const values = ticks.map(({ at }) => at);
  const extent = layout === undefined ? {} : extentOf(layout);
  return {
    field,
    type: "quantitative",
    scale: { type: scale, domain: [...range], nice: false, ...(scale === "log" ? {} : { zero: false }) },
    axis: {
      title,
      values,
      labelExpr: `${JSON.stringify(ticks.map(({ text }) => text))}[indexof(${JSON.stringify(values)}, datum.value)]`,
      labelOverlap: false,
      tickSize: {
        condition: {
          test: `indexof(${JSON.stringify(withText(ticks))}, datum.value) >= 0`,
          value: tickSizes.long,
        },
        value: tickSizes.short,
      },
      ...extent,
    },
  };
}

function extentOf({ labelRoom }: Layout) {
  const extent = labelRoom + 8;
  return { minExtent: extent, maxExtent: extent };
}

function withText(ticks: readonly Tick[]): number[] {
  return ticks.filter(({ text }) => text !== "").map(({ at }) => at);
}

/** A layer that draws nothing but brings the legend, whose entries have symbols of several kinds. */
function legendLayer(entries: readonly Entry[], width: number): Layer {
  const keys = entries.map((_, i) => `${i}`);
  const pick = (values: readonly unknown[]): { value: { expr: string } } => ({
    value: { expr: `${JSON.stringify(values)}[+datum.value]` },
  });
  const labels = entries.map(({ label }) => label);
  const fill = entries.map(({ symbol, colour }) => (symbol === "line" ? "transparent" : colour));
  const stroke = entries.map(({ symbol, colour }) => (symbol === "band" ? "transparent" : colour));
  return {
    data: { values: [{}] },
    mark: { type: "point", opacity: 0 },
    encoding: {
      x: { value: 0 },
      y: { value: 0 },
      stroke: {
        datum: "0",
        type: "nominal",
        scale: { domain: keys, range: stroke },
        legend: {
          orient: "top",
          direction: "horizontal",
          columns: columnsWithin(labels, width),
          symbolSize: symbolArea,
          labelExpr: `${JSON.stringify(labels)}[+datum.value]`,
          encoding: {
            symbols: {
              shape: pick(entries.map(({ symbol, shape }) => symbols[symbol === "points" ? shape : symbol])),
              fill: pick(fill),
              fillOpacity: pick(entries.map(({ symbol }) => (symbol === "band" ? 0.3 : 1))),
              strokeDash: pick(entries.map(({ dash }) => dash)),
              strokeWidth: { value: curveWidth },
              opacity: { value: 1 },
            },
          },
        },
      },
    },
  };
}
