/**
 * The spectra of an experiment as a figure: one panel per observable, expected components stacked, data on top.
 */
import { panelChart } from "./chart.ts";
import type { FigureOptions, SpectrumInput, VegaLiteSpec } from "./input.ts";
import { gap, layoutOf, margin } from "./layout.ts";
import { legendOf } from "./legend.ts";
import { type Panel, residualPanel, spectrumPanel } from "./panel.ts";
import { type Spectrum, spectra } from "./project.ts";
import { type StackEntry, stackOrder } from "./stack.ts";
import { figureConfig } from "./style.ts";
import { tickText } from "./ticks.ts";

/** Pixels between a spectrum and the residuals under it. */
const pairGap = 8;

/**
 * The figure of an experiment, as data. Counts are summed over the other axes; each panel is labelled with its
 * observable and unit. Throws a `RangeError` when the numbers do not fit the axes.
 */
export function spectrumFigure(input: SpectrumInput, options: FigureOptions = {}): VegaLiteSpec {
  const stack = stackOrder(input);
  const cells = spectra(input).map((spectrum) => cellOf(spectrum, stack, options));
  const panels = cells.flatMap(({ upper, lower }) => (lower === undefined ? [upper] : [upper, lower]));
  const layout = layoutOf(cells.length, longestTick(panels), options);
  const shown = options.subtract === true ? stack.filter(({ kind }) => kind === "signal") : stack;
  const legend = legendOf(
    shown,
    { data: input.data !== undefined, band: input.deviations !== undefined },
    layout.legendWidth,
  );
  const title = input.title ?? input.experiment;
  const resolve = { scale: { fill: "shared" } } as const;
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    description: `Spectra of ${input.experiment}: ${panels.map(({ xTitle }) => xTitle).join(", ")}`,
    ...(title === "" ? {} : { title }),
    config: figureConfig,
    padding: margin,
    spacing: gap,
    columns: layout.columns,
    concat: cells.map(({ upper, lower }) =>
      lower === undefined
        ? panelChart(upper, legend, layout)
        : {
            spacing: pairGap,
            vconcat: [panelChart(upper, legend, layout, false), panelChart(lower, legend, layout)],
            resolve,
          },
    ),
    resolve,
  };
}

/** What is drawn along one axis: one panel, or two of them, one above the other. */
interface Cell {
  readonly upper: Panel;
  readonly lower?: Panel;
}

function cellOf(spectrum: Spectrum, stack: readonly StackEntry[], options: FigureOptions): Cell {
  const { subtract = false } = options;
  if (subtract === true) return { upper: residualPanel(spectrum, stack, options) };
  const upper = spectrumPanel(spectrum, stack, options);
  return subtract === "below" ? { upper, lower: residualPanel(spectrum, stack, options) } : { upper };
}

/** Characters of the longest label on a vertical axis. */
function longestTick(panels: readonly Panel[]): number {
  return Math.max(...panels.flatMap(({ yTicks }) => yTicks.map((tick) => tickText(tick).length)));
}
