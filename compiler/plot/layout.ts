/**
 * Sizes of the panels of a figure, from its width in print.
 */
import { type FigureOptions, figureWidth } from "./input.ts";
import { centimetre, digitWidth, fontSize } from "./style.ts";

/** Left and right of a panel: ticks, gap and title of the vertical axis, and the overhang of the last label. */
const axisRoom = 9 + fontSize + 4;
const overhang = 6;

/** White around the figure and between panels. */
export const margin = 2;
export const gap = 12;

/** A panel, with what its axis takes, is never narrower than this. */
const narrowestPanel = 190;

/** Height of a panel in units of its width, and the height that wide panels stop at. */
const aspect = 0.76;
const tallest = 250;

/** Height of a panel of residuals in units of that of the spectrum above it. */
const residualShare = 0.7;

/** Sizes of the panels, in pixels, and their number in a row. */
export interface Layout {
  /** From the left end of the first panel to the right end of the figure. */
  readonly legendWidth: number;
  readonly columns: number;
  readonly width: number;
  readonly height: number;
  readonly residualHeight: number;
  /** What a vertical axis keeps for its labels, so that the panels of a column align. */
  readonly labelRoom: number;
}

/** The layout of `panels` panels whose widest vertical tick label has `characters` characters. */
export function layoutOf(panels: number, characters: number, options: FigureOptions): Layout {
  const wide = options.width ?? (panels === 1 ? figureWidth.column : figureWidth.page);
  const total = (wide * centimetre) / (options.scale ?? 1);
  const fitting = Math.max(1, Math.floor(total / narrowestPanel));
  const columns = Math.max(1, Math.min(panels, options.columns ?? fitting));
  const labelRoom = Math.ceil(characters * digitWidth * fontSize);
  const outside = columns * (labelRoom + axisRoom + overhang) + (columns - 1) * gap + 2 * margin;
  const width = Math.max(40, Math.floor((total - outside) / columns));
  const height = Math.round(Math.min(tallest, width * aspect));
  // A figure of residuals alone gives them the full height.
  const residualHeight = options.subtract === true ? height : Math.round(height * residualShare);
  const legendWidth = total - labelRoom - axisRoom - 2 * margin;
  return { legendWidth, columns, width, height, residualHeight, labelRoom };
}
