/**
 * Figures of spectra and of curves: numbers in, Vega-Lite, SVG, PNG and CSV out. Knows nothing of specs or models; imports
 * `runtime/` alone.
 */
export { contoursOf, limitsOf, type ValueGrid } from "./contours.ts";
export { type CornerInput, cornerCsv, cornerFigure } from "./corner-figure.ts";
export { curveCsv } from "./curve-data.ts";
export { curveFigure } from "./curve-figure.ts";
export type {
  Band,
  Curve,
  CurveAxis,
  CurveInput,
  CurvePoint,
  Place,
  PointSet,
  Rule,
  Scale,
} from "./curve-input.ts";
export { spectrumCsv } from "./data.ts";
export { type ImpactInput, type ImpactRow, impactCsv, impactFigure } from "./impact-figure.ts";
export {
  type Counts,
  type FigureOptions,
  figureWidth,
  type PlotAxis,
  type PlotComponent,
  type SpectrumInput,
  type VegaLiteSpec,
} from "./input.ts";
export { project } from "./project.ts";
export { type Look, printScale, toPdf, toPng, toSvg } from "./render.ts";
export { spectrumFigure } from "./spectrum.ts";
