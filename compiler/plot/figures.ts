/** Figures as data (`sevens/plot`): numbers in, Vega-Lite and CSV out. Nothing here needs Node. */
export { contoursOf, limitsOf, type ValueGrid } from "./contours.ts";
export { type CornerInput, cornerCsv, cornerFigure } from "./corner-figure.ts";
export { curveCsv } from "./curve-data.ts";
export { contentOf, undrawn } from "./curve-drawn.ts";
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
export { spectrumFigure } from "./spectrum.ts";
