/**
 * Figures of spectra and of curves: numbers in, Vega-Lite, SVG, PNG and CSV out. Knows nothing of specs or models; imports
 * `runtime/` alone.
 */
export * from "./figures.ts";
export { type Look, printScale, sizeOf, toPdf, toPng, toSvg } from "./render.ts";
