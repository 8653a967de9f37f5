/** From figures to files: SVG, PNG and PDF, and the numbers beside them. */
import { readFileSync } from "node:fs";
import { parse, resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { isObjectName } from "../model/object-names.ts";
import {
  type FigureOptions,
  type Look,
  printScale,
  sizeOf,
  toPdf,
  toPng,
  toSvg,
  type VegaLiteSpec,
} from "../plot/index.ts";
import { centimetre } from "../plot/style.ts";
import type { Context } from "./context.ts";
import { wrongUsage } from "./exit.ts";
import { type OutputFile, writeFiles, writeResult } from "./output.ts";

export interface PictureOptions {
  readonly output?: string;
  readonly data?: string;
  /** Centimetres. */
  readonly width?: number;
  /** Points of print. */
  readonly fontSize?: number;
  readonly font?: string;
}

/** A picture that can be drawn, and its numbers. */
export interface Drawable {
  /** For the name of its file, where there are several. */
  readonly key: string;
  readonly figure: (size: Pick<FigureOptions, "width" | "scale">) => VegaLiteSpec;
  readonly csv: () => string;
}

/** `-o`, `--data`, `--width`, `--font-size`, `--font`. */
export function addPicture(command: Command): Command {
  return command
    .option("-o, --output <file>", "picture to write, .svg, .png or .pdf; without it, SVG to standard output")
    .option("--data <file>", "write the numbers of the picture as CSV as well")
    .option("--width <cm>", "width in centimetres", widthOf)
    .option(
      "--font-size <pt>",
      `size of text in points, ${usualSize} unless given; lines and symbols go with it`,
      fontSize,
    )
    .option("--font <file>", "a TrueType font, .ttf, in the place of Arimo");
}

/** Size of text in print at the width that figures are made for. */
const usualSize = 8.25;

function fontSize(value: string): number {
  const size = Number(value);
  if (!(size >= 4 && size <= 40)) throw new InvalidArgumentError("It is not a size from 4 to 40 points.");
  return size;
}

/** From a thumbnail to a poster. */
const widths = { least: 1, most: 200 } as const;

function widthOf(value: string): number {
  const width = Number(value);
  if (width >= widths.least && width <= widths.most) return width;
  throw new InvalidArgumentError(`It is not a width from ${widths.least} to ${widths.most} centimetres.`);
}

/** A PNG of more pixels takes more memory than many machines have. */
const mostPixels = 1e8;

/** The share by which a picture may be wider than it was asked to be. */
const tolerance = 0.05;

/** Stops where text leaves no room in the width that is asked for, and at a PNG that would be too large. */
function checkSize({ line }: Context, path: string, svg: string, asked: number | undefined): void {
  const size = sizeOf(svg);
  const width = size[0] / centimetre;
  if (asked !== undefined && width > (1 + tolerance) * asked) {
    const problem = `text of this size leaves no room: the picture is ${width.toFixed(1)} cm wide`;
    throw wrongUsage(line, "--width", problem, "give it more width, or a smaller `--font-size`");
  }
  if (!/\.png$/i.test(path)) return;
  const [across, down] = size.map((side) => Math.ceil(side * printScale));
  if (across! * down! <= mostPixels) return;
  const problem = `${across} × ${down} pixels are more than the ${mostPixels / 1e6} million of a PNG`;
  throw wrongUsage(line, path, problem, "draw it as .svg or .pdf, or with a smaller `--width`");
}

/** Stops unless the options ask for a picture that can be made. */
export function checkPicture(context: Context, { output, font }: PictureOptions): void {
  if (output !== undefined && !/\.(svg|png|pdf)$/i.test(output)) {
    throw wrongUsage(context.line, output, `a picture is .svg, .png or .pdf, not \`${output}\``);
  }
  if (font === undefined) return;
  const signature = signatureOf(resolve(context.io.cwd, font));
  if (signature !== "true" && signature !== "\0\u0001\0\0") {
    const problem =
      signature === undefined ? `\`${font}\` cannot be read` : `\`${font}\` is no TrueType font`;
    throw wrongUsage(context.line, font, problem);
  }
}

/** Stops at a text that Vega takes for something else: it looks texts up among the properties of an object. */
export function checkTexts({ line }: Context, texts: readonly (string | undefined)[]): void {
  const wrong = texts.find((text) => text !== undefined && isObjectName(text));
  if (wrong === undefined) return;
  const problem = `\`${wrong}\` cannot be written into a picture: every object of JavaScript has a property of this name`;
  const help = "give the column or the file another name, or the picture another text";
  throw wrongUsage(line, wrong, problem, help);
}

function signatureOf(path: string): string | undefined {
  try {
    return readFileSync(path).toString("latin1", 0, 4);
  } catch {
    return undefined;
  }
}

/** `out/a.svg` as `out/a-KEY.svg`. */
export function pathWithKey(path: string, key: string): string {
  const { dir, name, ext } = parse(path);
  return `${dir === "" ? "" : dir.endsWith("/") ? dir : `${dir}/`}${name}-${key}${ext}`;
}

/** Draws pictures and writes them, with their names in the paths when there are several. */
export async function drawAndWrite(
  context: Context,
  pictures: readonly Drawable[],
  options: PictureOptions,
): Promise<void> {
  const { output, data } = options;
  if (output === undefined && pictures.length > 1) {
    const problem = `there are ${pictures.length} pictures: choose one with \`--experiment\` or \`--analysis\`, or give \`-o\``;
    throw wrongUsage(context.line, "plot", problem);
  }
  const pathFor = (path: string, key: string): string =>
    pictures.length === 1 ? path : pathWithKey(path, key);
  const drawn: OutputFile[] = [];
  for (const picture of pictures) {
    const path = pathFor(output ?? "-", picture.key);
    drawn.push({ path, data: await draw(context, picture, path, options) });
  }
  const tables =
    data === undefined ? [] : pictures.map(({ key, csv }) => ({ path: pathFor(data, key), data: csv() }));
  const [first] = drawn;
  if (output === undefined && first !== undefined) writeResult(context, output, first.data);
  const toWrite = [...(output === undefined ? [] : drawn), ...tables];
  writeFiles(context, toWrite);
  for (const { path } of toWrite) context.note(`wrote ${path}`);
}

async function draw(
  context: Context,
  { figure }: Drawable,
  path: string,
  { width, fontSize: size = usualSize, font }: PictureOptions,
): Promise<string | Uint8Array> {
  const scale = size / usualSize;
  const look: Look = { scale, ...(font === undefined ? {} : { font: resolve(context.io.cwd, font) }) };
  const svg = await toSvg(figure({ width, scale }), look);
  checkSize(context, path, svg, width);
  if (/\.png$/i.test(path)) return toPng(svg, look);
  return /\.pdf$/i.test(path) ? toPdf(svg, look) : svg;
}
