import type { TopLevelSpec } from "vega-lite";

/** A picture as data: what `spectrumFigure` returns, `toSvg` and `toPng` draw, and a user may edit. */
export type VegaLiteSpec = TopLevelSpec;

/** Numbers of a bin grid, flattened with the last axis fastest: an array or a view of generated code. */
export type Counts = ArrayLike<number>;

/** One observable of an experiment. An `AxisInfo` of a generated module is one. */
export interface PlotAxis {
  readonly name: string;
  /** Words for the axis title, without the unit. Default: the usual name of the unit's quantity, or `name`. */
  readonly label?: string | undefined;
  /** Unit as the language writes it (`PE`, `us`, `keVee`), "" for a pure number. */
  readonly unit: string;
  /** Bin edges, increasing, one more than there are bins. */
  readonly edges: readonly number[];
}

/** Expected counts of one component of an experiment. */
export interface PlotComponent {
  readonly name: string;
  /** Words for the legend. Default: `name`. */
  readonly label?: string | undefined;
  readonly kind: "signal" | "background";
  readonly counts: Counts;
}

/** Everything a picture of an experiment's spectra shows; nothing here depends on how it is drawn. */
export interface SpectrumInput {
  readonly experiment: string;
  /** Line above the figure. Default: `experiment`; "" for none. */
  readonly title?: string | undefined;
  readonly axes: readonly PlotAxis[];
  readonly components: readonly PlotComponent[];
  /** Observed counts; absent for a projection. */
  readonly data?: Counts | undefined;
  readonly likelihood: "poisson" | "gaussian";
  /** By axis, one standard deviation of the total expectation in each bin of it, from what a fit leaves open. */
  readonly deviations?: readonly (readonly number[])[] | undefined;
  /** Standard deviations of the data, needed when the likelihood is Gaussian. */
  readonly errors?: Counts | undefined;
}

/** Widths of a figure in print, in centimetres. */
export const figureWidth = {
  /** One column of a two-column journal. */
  column: 8.5,
  /** The width of the text. */
  page: 17,
} as const;

/** How the spectra of an experiment are drawn. */
export interface FigureOptions {
  /** Total width in centimetres. Default: a column for one axis, a page for more. */
  readonly width?: number | undefined;
  /** How many times larger than usual the figure will be drawn: it is laid out for so much less width. */
  readonly scale?: number | undefined;
  /** Panels in a row. Default: as many as stay legible. */
  readonly columns?: number | undefined;
  /**
   * Counts per unit of the axis (true) or per bin (false). Default: per unit where the bins of an axis differ
   * in width, so that the area of a step is its counts; per bin where they do not.
   */
  readonly density?: boolean | undefined;
  /**
   * Data minus the expected backgrounds, over the predicted signal: instead of the stacked spectrum (true), or
   * in a second row of panels below it ("below"). Default: the stacked spectrum alone.
   */
  readonly subtract?: boolean | "below" | undefined;
}
