/**
 * Bin widths: when a spectrum is drawn per unit of its axis, and what its titles then say.
 */
import { largestOf, smallestOf } from "../../runtime/extremes.ts";
import type { PlotAxis } from "./input.ts";

/** Bins whose widths agree this well are equal: edges such as 0.1, 0.2, 0.3 carry rounding. */
const sameWidth = 1e-9;

/** What counts are divided by before they are drawn, and how the vertical axis says so. */
export interface Binning {
  /** Per bin: its width, or 1 when counts per bin are drawn. */
  readonly divisors: readonly number[];
  /** "PE", "µs", "2 keVee" or "bin": what follows "Events /". */
  readonly per: string;
}

/** The binning of an axis; `density` undefined draws per unit where the bins differ in width. */
export function binningOf(axis: PlotAxis, density: boolean | undefined): Binning {
  const widths = binWidths(axis);
  const narrowest = smallestOf(widths);
  const uniform = largestOf(widths) - narrowest <= sameWidth * narrowest;
  const unit = unitText(axis.unit);
  if (density ?? !uniform) return { divisors: widths, per: unit === "" ? `unit of ${axis.name}` : unit };
  return { divisors: widths.map(() => 1), per: uniform ? widthText(narrowest, unit) : "bin" };
}

/** The width of every bin of an axis. */
export function binWidths({ edges }: PlotAxis): number[] {
  return edges.slice(1).map((edge, bin) => edge - edges[bin]!);
}

/** The title of a horizontal axis, with its unit: "Photoelectrons (PE)". */
export function axisTitle(axis: PlotAxis): string {
  const unit = unitText(axis.unit);
  const label = axis.label ?? usualLabels.get(unit) ?? axis.name;
  return unit === "" ? label : `${label} (${unit})`;
}

/** What is counted in a unit, for axes that do not say. */
const usualLabels: ReadonlyMap<string, string> = new Map([
  ["PE", "Photoelectrons"],
  ["µs", "Arrival time t"],
  ["ns", "Arrival time t"],
  ["eVnr", "Recoil energy"],
  ["keVnr", "Recoil energy"],
  ["eVee", "Reconstructed energy"],
  ["keVee", "Reconstructed energy"],
]);

/** A unit as print has it: "us" is "µs". */
function unitText(unit: string): string {
  return unit === "us" || unit === "μs" ? "µs" : unit;
}

/** The common width of uniform bins: "2 keVee", "keVee" for one of them, "0.05" of a pure number. */
function widthText(width: number, unit: string): string {
  const number = String(Number(width.toPrecision(6)));
  if (unit === "") return number;
  return number === "1" ? unit : `${number} ${unit}`;
}
