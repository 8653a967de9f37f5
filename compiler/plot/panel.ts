/**
 * One panel of a figure: what is drawn along one axis, as numbers first and as Vega-Lite layers then.
 */
import { largestOf, smallestOf } from "../../runtime/extremes.ts";
import { axisTitle, binningOf } from "./binning.ts";
import type { FigureOptions } from "./input.ts";
import type { Spectrum } from "./project.ts";
import type { StackEntry } from "./stack.ts";
import { ticks } from "./ticks.ts";

/** A filled step of a panel: its upper end in every bin. */
export interface Step {
  readonly entry: StackEntry;
  readonly tops: readonly number[];
}

/** A data point of a panel, with the ends of its bars. */
export interface Point {
  readonly x: number;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

/** The numbers of one panel, in the units that it is drawn in. */
export interface Panel {
  readonly kind: "spectrum" | "residual";
  readonly edges: readonly number[];
  /** From the bottom of the stack to its top. */
  readonly steps: readonly Step[];
  readonly points: readonly Point[];
  /** One standard deviation of the expectation below and above it, bin by bin. */
  readonly band: readonly (readonly [low: number, high: number])[];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly yRange: readonly [low: number, high: number];
  readonly yTicks: readonly number[];
}

/** White above the highest and below the lowest thing drawn, in units of the range. */
const headroom = 0.07;

/** The stacked expectation with the data on it. */
export function spectrumPanel(
  spectrum: Spectrum,
  stack: readonly StackEntry[],
  options: FigureOptions,
): Panel {
  return panelOf("spectrum", spectrum, stack, options);
}

/** The data minus the expected backgrounds, with the expected signal. */
export function residualPanel(
  spectrum: Spectrum,
  stack: readonly StackEntry[],
  options: FigureOptions,
): Panel {
  const signals = stack.filter(({ kind }) => kind === "signal");
  return panelOf("residual", spectrum, signals, options);
}

function panelOf(
  kind: Panel["kind"],
  spectrum: Spectrum,
  stack: readonly StackEntry[],
  options: FigureOptions,
): Panel {
  const { axis } = spectrum;
  const { divisors, per } = binningOf(axis, options.density);
  const steps = stackedSteps(spectrum, stack, divisors);
  const points = dataPoints(spectrum, divisors, kind === "residual" ? spectrum.background : undefined);
  const band = bandOf(steps.at(-1)?.tops, spectrum, divisors);
  const yRange = rangeOf(steps, points, band);
  return {
    kind,
    edges: axis.edges,
    steps,
    points,
    band,
    xTitle: axisTitle(axis),
    yTitle: kind === "residual" ? `Excess events / ${per}` : `Events / ${per}`,
    yRange,
    yTicks: ticks(...yRange, 6),
  };
}

function stackedSteps(spectrum: Spectrum, stack: readonly StackEntry[], divisors: readonly number[]): Step[] {
  let tops: readonly number[] = divisors.map(() => 0);
  return stack.map((entry) => {
    const { counts } = spectrum.components[entry.index]!;
    tops = tops.map((top, bin) => top + counts[bin]! / divisors[bin]!);
    return { entry, tops };
  });
}

function dataPoints(
  { axis: { edges }, data }: Spectrum,
  divisors: readonly number[],
  subtracted: readonly number[] | undefined,
): Point[] {
  if (data === undefined) return [];
  return data.counts.map((count, bin) => {
    const left = edges[bin]!;
    const right = edges[bin + 1]!;
    const drawn = (counts: number): number => (counts - (subtracted?.[bin] ?? 0)) / divisors[bin]!;
    const [y, low, high] = [count, data.low[bin]!, data.high[bin]!].map(drawn);
    return { x: (left + right) / 2, left, right, y: y!, low: low!, high: high! };
  });
}

/** Around the top of the stack; nothing where no deviation is known. */
function bandOf(
  tops: readonly number[] | undefined,
  { deviation }: Spectrum,
  divisors: readonly number[],
): Panel["band"] {
  if (tops === undefined || deviation === undefined) return [];
  return tops.map((top, bin) => {
    const sigma = deviation[bin]! / divisors[bin]!;
    return [top - sigma, top + sigma];
  });
}

/** From zero, or the lowest bar below it, to a little above the highest thing drawn. */
function rangeOf(
  steps: readonly Step[],
  points: readonly Point[],
  band: Panel["band"],
): readonly [low: number, high: number] {
  const values = [
    ...steps.flatMap(({ tops }) => tops),
    ...points.flatMap(({ low, high }) => [low, high]),
    ...band.flat(),
  ];
  const finite = values.filter(Number.isFinite);
  const low = smallestOf(finite, 0);
  const high = largestOf(finite, 0);
  if (high === low) return [0, 1];
  const space = headroom * (high - low);
  return [low === 0 ? 0 : low - space, high + space];
}
