/**
 * A panel as a Vega-Lite chart: its axes and size around its layers.
 */

import { type Channels, type LayerChart, layersOf } from "./layers.ts";
import type { Layout } from "./layout.ts";
import type { Legend } from "./legend.ts";
import type { Panel } from "./panel.ts";
import { ticks, tickText } from "./ticks.ts";

/** Horizontal pixels that one tick wants. */
const pixelsPerTick = 36;

/** The chart of a panel; without `labelled`, its horizontal axis has ticks alone. */
export function panelChart(panel: Panel, legend: Legend, layout: Layout, labelled = true): LayerChart {
  return {
    width: layout.width,
    height: panel.kind === "residual" ? layout.residualHeight : layout.height,
    encoding: {
      x: horizontal(panel, layout.width, labelled),
      y: vertical(panel, layout.labelRoom),
    },
    layer: layersOf(panel, legend),
  };
}

function horizontal({ edges, xTitle }: Panel, width: number, labelled: boolean): NonNullable<Channels["x"]> {
  const [low, high] = [edges[0]!, edges[edges.length - 1]!];
  const values = ticks(low, high, Math.max(2, Math.floor(width / pixelsPerTick)));
  return {
    field: "x",
    type: "quantitative",
    scale: { domain: [low, high], nice: false, zero: false },
    axis: { title: labelled ? xTitle : null, labels: labelled, values, labelExpr: labelsOf(values) },
  };
}

function vertical({ yRange, yTicks, yTitle }: Panel, labelRoom: number): NonNullable<Channels["y"]> {
  const extent = labelRoom + 7;
  return {
    field: "y",
    type: "quantitative",
    scale: { domain: [...yRange], nice: false, zero: false },
    axis: {
      title: yTitle,
      values: [...yTicks],
      labelExpr: labelsOf(yTicks),
      minExtent: extent,
      maxExtent: extent,
    },
  };
}

/** The Vega expression that labels ticks: our text, not that of a locale. */
function labelsOf(values: readonly number[]): string {
  return `${JSON.stringify(values.map(tickText))}[indexof(${JSON.stringify(values)}, datum.value)]`;
}
