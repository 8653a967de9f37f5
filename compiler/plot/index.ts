/**
 * Figures of spectra: numbers in, Vega-Lite, SVG, PNG and CSV out. Knows nothing of specs or models; imports
 * `runtime/` alone.
 */
export { spectrumCsv } from "./data.ts";
export {
  type Counts,
  type FigureOptions,
  figureWidth,
  type PlotAxis,
  type PlotComponent,
  type SpectrumInput,
  type VegaLiteSpec,
} from "./input.ts";
export { printScale, toPng, toSvg } from "./render.ts";
export { spectrumFigure } from "./spectrum.ts";
