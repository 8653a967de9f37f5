/**
 * Figures as SVG and PNG. Vega, resvg and what reads the font from disk are loaded when the first figure is
 * drawn: the rest of the compiler does not wait for them, and runs where there is no disk.
 */

import type { VegaLiteSpec } from "./input.ts";

declare module "vega" {
  /** How Vega measures text; its own types leave it out. */
  export const textMetrics: {
    width: (item: TextItem, text?: unknown) => number;
  };
}

/** What of a text mark says how wide it is. */
interface TextItem {
  readonly fontSize?: number;
  readonly text?: unknown;
}

/** Vega's font size for text without one. */
const defaultFontSize = 11;

/** Pixels of the picture per pixel of the figure: 3.125 makes 300 per inch in print. */
export const printScale = 300 / 96;

/** The figure as an SVG document: the same bytes for the same figure, on every machine. */
export async function toSvg(spec: VegaLiteSpec): Promise<string> {
  const [vega, { compile }] = await Promise.all([loadVega(), import("vega-lite")]);
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: "none" });
  try {
    return `${await view.toSVG()}\n`;
  } finally {
    view.finalize();
  }
}

/** An SVG document as a PNG picture on white, drawn with the font that comes with Sevens and no other. */
export async function toPng(svg: string, scale: number = printScale): Promise<Uint8Array> {
  const [{ Resvg }, { fontFile }] = await Promise.all([import("@resvg/resvg-js"), import("./font-file.ts")]);
  const picture = new Resvg(svg, {
    background: "white",
    fitTo: { mode: "zoom", value: scale },
    font: { loadSystemFonts: false, fontFiles: [fontFile()], defaultFontFamily: "Arimo" },
  });
  return picture.render().asPng();
}

/**
 * Vega, measuring text in our font. The measure is a setting of the whole of Vega; without it, widths would be a
 * rough guess, or depend on whether the package `canvas` is installed.
 */
async function loadVega() {
  const [vega, { readTextWidth }] = await Promise.all([import("vega"), import("./font-file.ts")]);
  const width = await readTextWidth();
  vega.textMetrics.width = (item, text = item.text) =>
    width(String(text)) * (item.fontSize ?? defaultFontSize);
  return vega;
}
