import { readFileSync } from "node:fs";
import { Resvg } from "@resvg/resvg-js";
import { describe, expect, it } from "vitest";
import { widthsOf } from "../../compiler/plot/font.ts";
import { fontFile } from "../../compiler/plot/font-file.ts";
import {
  type FigureOptions,
  type SpectrumInput,
  spectrumFigure,
  toPng,
  toSvg,
} from "../../compiler/plot/index.ts";
import { csi } from "./csi.ts";

const draw = (input: SpectrumInput, options?: FigureOptions): Promise<string> =>
  toSvg(spectrumFigure(input, options));

/** The texts of a picture, in the order drawn. */
const textsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text!);

/** Width and height that the picture itself states, in pixels. */
const sizeOf = (svg: string): [width: number, height: number] => {
  const [, width, height] = /^<svg[^>]* width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  return [Number(width), Number(height)];
};

describe("spectrumFigure as SVG", () => {
  it("names axes, components and data", async () => {
    const texts = textsOf(await draw(csi));
    const titles = ["Photoelectrons (PE)", "Events / PE", "Arrival time t (µs)", "Events / µs", "CsI2021"];
    for (const title of titles) expect(texts).toContain(title);
    const legend = ["Data", "CEνNS", "NIN", "BRN", "Steady-state background"];
    expect(texts.filter((text) => legend.includes(text))).toEqual(legend);
  });

  it("is well-formed, whatever a label contains", async () => {
    const labels = [`<b> & "c" 'd'`, "a\\b", "1.5", "x.y[0]"];
    const controls = "k\0\b\u000b\u001b\u001f\ud800\ufffe\uffff";
    const components = csi.components.map((component, i) => ({ ...component, label: labels[i]! }));
    const svg = await draw({ ...csi, title: "a < b & c", components });
    const other = await draw({
      ...csi,
      title: controls,
      components: [{ ...csi.components[0]!, label: controls }],
    });
    expect(() => new Resvg(other, { font: { loadSystemFonts: false } })).not.toThrow();
    expect(textsOf(other).filter((text) => text === `k${"\ufffd".repeat(8)}`).length).toBe(2);
    // resvg reads strict XML, and throws at anything else.
    expect(() => new Resvg(svg, { font: { loadSystemFonts: false } })).not.toThrow();
    expect(() => new Resvg(svg.replace("</g>", ""), { font: { loadSystemFonts: false } })).toThrow();
    for (const text of ["a\\b", "1.5", "x.y[0]", "a &lt; b &amp; c"]) expect(textsOf(svg)).toContain(text);
  });

  it("is refused where Vega cannot draw a text, which else it leaves out", async () => {
    const [first, ...others] = csi.components;
    const named = { ...csi, components: [{ ...first!, label: "constructor" }, ...others] };
    await expect(draw(named)).rejects.toThrow("Operator not defined");
  });

  it("has the same bytes every time", async () => {
    const [first, second] = await Promise.all([
      draw(csi, { subtract: "below" }),
      draw(csi, { subtract: "below" }),
    ]);
    expect(second).toBe(first);
    expect(await draw(csi, { subtract: "below" })).toBe(first);
  });

  it.each([8.5, 17])("is %d cm wide when asked, to a few per cent", async (width) => {
    const [drawn] = sizeOf(await draw(csi, { width }));
    expect((drawn * 2.54) / 96 / width).toBeGreaterThan(0.97);
    expect((drawn * 2.54) / 96 / width).toBeLessThan(1.02);
  });

  it("sets panels side by side on a page and one above the other in a column", async () => {
    const [, pageHeight] = sizeOf(await draw(csi, { width: 17 }));
    const [, columnHeight] = sizeOf(await draw(csi, { width: 8.5 }));
    expect(columnHeight).toBeGreaterThan(1.8 * pageHeight);
  });

  it("subtracts alone or below", async () => {
    const alone = textsOf(await draw(csi, { subtract: true }));
    expect(alone).toContain("Excess events / PE");
    expect(alone).not.toContain("Events / PE");
    expect(alone).not.toContain("BRN");
    const below = textsOf(await draw(csi, { subtract: "below" }));
    expect(below).toContain("Excess events / µs");
    expect(below).toContain("Events / µs");
    expect(below.filter((text) => text === "Photoelectrons (PE)")).toHaveLength(1);
  });

  it("draws a projection, and no title when it is empty", async () => {
    const texts = textsOf(await draw({ ...csi, title: "", data: undefined }));
    expect(texts).not.toContain("Data");
    expect(texts).not.toContain("CsI2021");
  });

  it("draws an experiment that expects nothing", async () => {
    const axes = [{ name: "E", unit: "keVnr", edges: [0, 1, 2] }];
    const svg = await draw({ experiment: "Empty", axes, components: [], likelihood: "poisson" });
    expect(textsOf(svg)).toContain("Recoil energy (keVnr)");
  });
});

describe("toPng", () => {
  it("writes a PNG of the scaled size", async () => {
    const svg = await draw(csi);
    const png = Buffer.from(await toPng(svg, {}, 2));
    expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(sizeOf(svg).map((pixels) => 2 * pixels));
  });

  it("draws text without the fonts of the machine", async () => {
    const page = (text: string): string =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><text x="2" y="15" font-family="Arimo">${text}</text></svg>`;
    const [empty, latin, greek] = await Promise.all(["", "PE", "µν"].map((text) => toPng(page(text), {}, 1)));
    expect(latin!.length).toBeGreaterThan(empty!.length);
    expect(greek!.length).toBeGreaterThan(empty!.length);
    expect(greek).not.toEqual(latin);
  });
});

describe("widthsOf", () => {
  const bytes = readFileSync(fontFile());
  const width = widthsOf(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));

  it("reads the widths of Helvetica from Arimo", () => {
    // Widths of the Helvetica of Adobe's core fonts: 0 556, i 222, W 944, space 278 thousandths.
    expect(width("0")).toBeCloseTo(0.556, 3);
    expect(width("iW ")).toBeCloseTo(0.222 + 0.944 + 0.278, 2);
    expect(width("")).toBe(0);
  });

  it("knows Greek, and gives the empty box its width", () => {
    expect(width("ν")).toBeGreaterThan(0.4);
    expect(width("𝛎")).toBeGreaterThan(0);
  });
});
