/** A point of a picture, in the units of its axes. */
export type Place = readonly [x: number, y: number];

export type Scale = "linear" | "log";

/** An axis of a picture of curves. */
export interface CurveAxis {
  readonly name: string;
  /** Unit as the language writes it, "" for a pure number. */
  readonly unit: string;
  /** The whole title, in place of the name with its unit. */
  readonly title?: string | undefined;
  readonly scale: Scale;
  /** What the axis shows. Default: all that is drawn. */
  readonly range?: Place | undefined;
  /** What an axis without a range never runs past. */
  readonly limits?: Place | undefined;
}

/** A curve: one line, or the several of a contour. */
export interface Curve {
  readonly label: string;
  /** Curves of one label share a colour; those of one level the dashes. */
  readonly level?: string | undefined;
  readonly lines: readonly (readonly Place[])[];
  /** Places that a row of its table makes. Default: one. */
  readonly placesPerRow?: number | undefined;
}

/** What lies between two curves. */
export interface Band {
  readonly label: string;
  readonly points: readonly BandPoint[];
}

export interface BandPoint {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

/** Measurements, or places to point at. */
export interface PointSet {
  readonly label: string;
  readonly points: readonly CurvePoint[];
}

/** A point with the ends of its error bar, and a text beside it. */
export interface CurvePoint extends BandPoint {
  readonly y: number;
  readonly name?: string | undefined;
}

/** A line across the picture. */
export interface Rule {
  readonly label: string;
  readonly y: number;
}

/** Everything a picture of curves shows. */
export interface CurveInput {
  /** Line above the picture; none when absent. */
  readonly title?: string | undefined;
  readonly x: CurveAxis;
  readonly y: CurveAxis;
  readonly curves: readonly Curve[];
  readonly bands: readonly Band[];
  readonly points: readonly PointSet[];
  readonly rules: readonly Rule[];
}
