/**
 * Figures as SVG, PNG and PDF. Vega, resvg, pdfkit and what reads the font from disk are loaded when the first figure is
 * drawn: the rest of the compiler does not wait for them, and runs where there is no disk.
 */

import type { VegaLiteSpec } from "./input.ts";
import { fontFamily } from "./style.ts";

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

/** How a figure is set, apart from what is in it. */
export interface Look {
  /** Size of text, lines and symbols in units of the usual one; the width stays, what is drawn makes room. */
  readonly scale?: number;
  /** Path of a TrueType font in the place of the one that comes with Sevens. */
  readonly font?: string;
}

/** The figure as an SVG document: the same bytes for the same figure, on every machine. */
export async function toSvg(spec: VegaLiteSpec, { scale = 1, font }: Look = {}): Promise<string> {
  const [vega, { compile }] = await Promise.all([loadVega(font), import("vega-lite")]);
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: "none" });
  // Vega would print the error, and go on with a picture that lacks something.
  view.logger({ ...vega.logger(vega.Warn), error: failWith });
  try {
    const svg = withOwnIds(await view.toSVG(scale)).replace(notXml, "\ufffd");
    return `${font === undefined ? svg : svg.replaceAll(fontFamily, `${await familyIn(font)}, ${fontFamily}`)}\n`;
  } finally {
    view.finalize();
  }
}

/** What XML does not allow, not even escaped (https://www.w3.org/TR/xml/#charsets): most controls, halves of characters. */
const notXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function failWith(...reasons: readonly unknown[]): never {
  const [reason] = reasons;
  throw reason instanceof Error ? reason : new Error(String(reason));
}

/** Vega counts the names of clips over all pictures of a process; here each begins with the first. */
function withOwnIds(svg: string): string {
  const names = new Map<string, string>();
  return svg.replace(/(id="|url\(#)(clip\d+)/g, (_, before: string, name: string) => {
    const own = names.get(name) ?? `clip${names.size + 1}`;
    names.set(name, own);
    return `${before}${own}`;
  });
}

/** An SVG document as a PNG picture on white, drawn with the font of its look and no other. */
export async function toPng(
  svg: string,
  { font }: Look = {},
  scale: number = printScale,
): Promise<Uint8Array> {
  const [{ Resvg }, { fontFile }] = await Promise.all([import("@resvg/resvg-js"), import("./font-file.ts")]);
  const picture = new Resvg(svg, {
    background: "white",
    fitTo: { mode: "zoom", value: scale },
    font: {
      loadSystemFonts: false,
      fontFiles: [font ?? fontFile()],
      defaultFontFamily: font === undefined ? "Arimo" : await familyIn(font),
    },
  });
  return picture.render().asPng();
}

/** Width and height of a picture in pixels of SVG. */
export function sizeOf(svg: string): readonly [width: number, height: number] {
  const side = (name: string): number => Number(new RegExp(`<svg[^>]*\\s${name}="([\\d.]+)"`).exec(svg)?.[1]);
  return [side("width"), side("height")];
}

/** Points of print in a pixel. */
const point = 0.75;

/** An SVG document as a PDF page of its size, with the font in it: the same bytes for the same document. */
export async function toPdf(svg: string, { font }: Look = {}): Promise<Uint8Array> {
  const [{ default: Document }, { default: draw }, { fontFile }] = await Promise.all([
    import("pdfkit"),
    import("svg-to-pdfkit"),
    import("./font-file.ts"),
  ]);
  const [width, height] = sizeOf(svg).map((side) => point * side);
  // A fixed date: the bytes of a picture say nothing about when it was drawn.
  const document = new Document({ size: [width!, height!], margin: 0, info: { CreationDate: new Date(0) } });
  const chunks: Uint8Array[] = [];
  const done = new Promise<void>((resolve, reject) => {
    document.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    document.on("end", resolve);
    document.on("error", reject);
  });
  document.registerFont("text", font ?? fontFile());
  draw(document, svg, 0, 0, { width: width!, height: height!, fontCallback: () => "text" });
  document.end();
  await done;
  return Buffer.concat(chunks);
}

async function familyIn(font: string): Promise<string> {
  const { readFamily } = await import("./font-file.ts");
  return readFamily(font);
}

/**
 * Vega, measuring text in our font. The measure is a setting of the whole of Vega; without it, widths would be a
 * rough guess, or depend on whether the package `canvas` is installed.
 */
async function loadVega(font: string | undefined) {
  const [vega, { readTextWidth }] = await Promise.all([import("vega"), import("./font-file.ts")]);
  const width = await readTextWidth(font);
  vega.textMetrics.width = (item, text = item.text) =>
    width(String(text)) * (item.fontSize ?? defaultFontSize);
  return vega;
}
