/**
 * The numbers behind a figure, as CSV (RFC 4180, lines end in a line feed).
 */
import { binningOf } from "./binning.ts";
import type { FigureOptions, SpectrumInput } from "./input.ts";
import { type Spectrum, spectra } from "./project.ts";

/**
 * One line per axis and bin: its edges, the counts of every component, of all backgrounds and in total, with
 * data also the observed counts, the ends of their error bar and the residual above the background. All are
 * counts in the bin; the figure shows them divided by `divisor`.
 */
export function spectrumCsv(input: SpectrumInput, options: FigureOptions = {}): string {
  const observed = input.data === undefined ? [] : ["data", "data_low", "data_high", "residual"];
  const names = input.components.map(({ name }) => name);
  const deviation = input.deviations === undefined ? [] : ["total_error"];
  const expected = [...names, "backgrounds", "total", ...deviation];
  const header = ["axis", "unit", "low", "high", ...expected, ...observed, "divisor"];
  const lines = spectra(input).flatMap((spectrum) => spectrumLines(spectrum, options));
  return csvText([header, ...lines]);
}

/** Lines of a table. */
export function csvText(lines: readonly (readonly (string | number)[])[]): string {
  return lines.map((fields) => `${fields.map(quoted).join(",")}\n`).join("");
}

function spectrumLines(spectrum: Spectrum, options: FigureOptions): (string | number)[][] {
  const { axis, components, background, signal, data, deviation } = spectrum;
  const { divisors } = binningOf(axis, options.density);
  return background.map((below, bin) => {
    const observed =
      data === undefined
        ? []
        : [data.counts[bin]!, data.low[bin]!, data.high[bin]!, data.counts[bin]! - below];
    return [
      axis.name,
      axis.unit,
      axis.edges[bin]!,
      axis.edges[bin + 1]!,
      ...components.map(({ counts }) => counts[bin]!),
      below,
      below + signal[bin]!,
      ...(deviation === undefined ? [] : [deviation[bin]!]),
      ...observed,
      divisors[bin]!,
    ];
  });
}

/** A field, in quotes where it needs them. */
function quoted(field: string | number): string {
  const text = String(field);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
