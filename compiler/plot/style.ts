/**
 * The look of figures: sizes in print, fonts and colours. Lengths in pixels of 1/96 inch, as in SVG.
 */
import type { Config } from "vega-lite";
import type { PlotComponent } from "./input.ts";

/** Pixels in a centimetre. */
export const centimetre = 96 / 2.54;

/** Text of all kinds: 8.25 pt in print at the width that the figure is made for. */
export const fontSize = 11;

/** Width of a digit, the widest character of a tick label, in units of the font size. */
export const digitWidth = 0.556;

/** Width of an average character of a longer text, on the safe side, in units of the font size. */
export const characterWidth = 0.5;

/** Widths of frames and ticks, of the bars of data, and of the outlines of the expectation. */
export const frameWidth = 0.8;
export const barWidth = 0.9;
export const outlineWidth = 0.7;

/**
 * Arimo has the widths of Helvetica and Arial, so the layout holds where a reader's machine has only those;
 * `render.ts` brings Arimo itself for pictures.
 */
export const fontFamily = "Arimo, Helvetica, Arial, 'Liberation Sans', sans-serif";

/** Ink of axes, data and text. */
export const ink = "#000000";

/** A component's fill, and the line along its top. */
export interface Colour {
  readonly fill: string;
  readonly outline: string;
}

/**
 * Colours that stay apart for every kind of colour vision: M. Okabe and K. Ito, Color Universal Design (2008),
 * with a light grey for the largest background. Signals take the warm ones; outlines are darker fills, and never
 * the black of the data.
 */
const palette: Readonly<Record<PlotComponent["kind"], readonly Colour[]>> = {
  signal: [
    { fill: "#D55E00", outline: "#7A3600" },
    { fill: "#E69F00", outline: "#8A5F00" },
    { fill: "#CC79A7", outline: "#87386A" },
  ],
  background: [
    { fill: "#D5D5D5", outline: "#7F7F7F" },
    { fill: "#56B4E9", outline: "#1B6C9C" },
    { fill: "#F0E442", outline: "#968C00" },
    { fill: "#009E73", outline: "#005C43" },
    { fill: "#0072B2", outline: "#00436A" },
    { fill: "#999999", outline: "#595959" },
  ],
};

/** The colour of the `place`-th component of its kind, counted from the bottom of the stack. */
export function colourOf(kind: PlotComponent["kind"], place: number): Colour {
  const colours = palette[kind];
  return colours[place % colours.length]!;
}

/** Colours of curves, of the same palette, the darkest first. */
export const lineColours = [
  "#0072B2",
  "#D55E00",
  "#009E73",
  "#CC79A7",
  "#E69F00",
  "#56B4E9",
  "#595959",
] as const;

/** Dashes of curves, so that they stay apart in grey. */
export const dashes: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [8, 3, 2, 3], [4, 2, 1, 2, 1, 2]];

/** Shapes of points. */
export const pointShapes = ["circle", "square", "diamond", "triangle-up"] as const;
export type PointShape = (typeof pointShapes)[number];

/** Width of a curve. */
export const curveWidth = 1.3;

/** Settings that every figure shares. */
export const figureConfig: Config = {
  font: fontFamily,
  background: "white",
  aria: false,
  view: { stroke: null },
  axis: {
    domain: false,
    grid: false,
    labelColor: ink,
    labelFontSize: fontSize,
    labelFlush: false,
    labelPadding: 3,
    tickColor: ink,
    tickSize: 4,
    tickWidth: frameWidth,
    titleColor: ink,
    titleFontSize: fontSize,
    titleFontWeight: "normal",
    titlePadding: 6,
  },
  legend: {
    labelColor: ink,
    labelFontSize: fontSize,
    labelLimit: 0,
    offset: 8,
    columnPadding: 12,
    rowPadding: 2,
    title: null,
  },
  title: {
    anchor: "start",
    color: ink,
    fontSize: fontSize + 1,
    fontWeight: "normal",
    offset: 6,
    frame: "group",
  },
};
