/**
 * From counts on a grid of bins to one spectrum per axis: the sum over all other axes.
 */
import type { Counts, PlotAxis, PlotComponent, SpectrumInput } from "./input.ts";
import { poissonInterval } from "./poisson-interval.ts";

/** Counts of one component along one axis. */
export interface ProjectedComponent {
  readonly component: PlotComponent;
  readonly counts: readonly number[];
}

/** Observed counts along one axis, with the ends of their error bars. */
export interface ProjectedData {
  readonly counts: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** The spectrum along one axis, in counts per bin. */
export interface Spectrum {
  readonly axis: PlotAxis;
  /** In the order of the input. */
  readonly components: readonly ProjectedComponent[];
  readonly background: readonly number[];
  readonly signal: readonly number[];
  readonly data: ProjectedData | undefined;
  /** One standard deviation of the total expectation; absent where it is not known. */
  readonly deviation: readonly number[] | undefined;
}

/** The spectra of an experiment, one per axis. Throws a `RangeError` when the numbers do not fit the axes. */
export function spectra(input: SpectrumInput): readonly Spectrum[] {
  const shape = input.axes.map(binsOf);
  checkCounts(input, product(shape));
  return input.axes.map((axis, index) => {
    const components = input.components.map((component) => ({
      component,
      counts: project(component.counts, shape, index),
    }));
    const bins = binsOf(axis);
    return {
      axis,
      components,
      background: sumOf(components, "background", bins),
      signal: sumOf(components, "signal", bins),
      data: projectData(input, shape, index),
      deviation: input.deviations?.[index],
    };
  });
}

/** Sum of `counts` over all axes but the one numbered `keep`; the last axis is fastest. */
export function project(counts: Counts, shape: readonly number[], keep: number): number[] {
  const bins = shape[keep] ?? 0;
  const stride = product(shape.slice(keep + 1));
  const sums = new Array<number>(bins).fill(0);
  for (let cell = 0; cell < counts.length; cell++) {
    const bin = Math.floor(cell / stride) % bins;
    sums[bin] = sums[bin]! + counts[cell]!;
  }
  return sums;
}

function projectData(
  input: SpectrumInput,
  shape: readonly number[],
  keep: number,
): ProjectedData | undefined {
  if (input.data === undefined) return undefined;
  const counts = project(input.data, shape, keep);
  const ends =
    input.likelihood === "poisson" ? counts.map(poissonInterval) : gaussian(input, counts, shape, keep);
  return { counts, low: ends.map(([low]) => low), high: ends.map(([, high]) => high) };
}

/** Ends of ±1σ bars: the standard deviations of independent bins add in quadrature. */
function gaussian(
  input: SpectrumInput,
  counts: readonly number[],
  shape: readonly number[],
  keep: number,
): (readonly [low: number, high: number])[] {
  const variances = project(
    Array.from(input.errors ?? [], (sigma) => sigma * sigma),
    shape,
    keep,
  );
  return counts.map((count, bin) => {
    const sigma = Math.sqrt(variances[bin]!);
    return [count - sigma, count + sigma];
  });
}

function sumOf(
  components: readonly ProjectedComponent[],
  kind: PlotComponent["kind"],
  bins: number,
): number[] {
  const sums = new Array<number>(bins).fill(0);
  for (const { component, counts } of components) {
    if (component.kind === kind) for (let bin = 0; bin < bins; bin++) sums[bin] = sums[bin]! + counts[bin]!;
  }
  return sums;
}

function checkCounts(input: SpectrumInput, bins: number): void {
  const { experiment, axes, components, data, errors, likelihood } = input;
  if (axes.length === 0) throw new RangeError(`${experiment} has no axis to draw`);
  for (const { name, edges } of axes) {
    const increasing = edges.every((edge, i) => Number.isFinite(edge) && (i === 0 || edge > edges[i - 1]!));
    if (edges.length < 2 || !increasing) {
      throw new RangeError(`the bin edges of ${experiment}.${name} are not finite and increasing`);
    }
  }
  const check = (what: string, counts: Counts): void => {
    if (counts.length !== bins) {
      throw new RangeError(`${experiment} has ${bins} bins, but ${counts.length} numbers of ${what}`);
    }
    if (!Array.from(counts).every(Number.isFinite))
      throw new RangeError(`${experiment}: ${what} is not finite`);
  };
  for (const { name, counts } of components) check(name, counts);
  if (data === undefined) return;
  check("the data", data);
  if (likelihood === "gaussian") check("the errors of the data", errors ?? []);
  else if (Array.from(data).some((count) => count < 0))
    throw new RangeError(`${experiment}: a count is negative`);
}

function binsOf(axis: PlotAxis): number {
  return axis.edges.length - 1;
}

function product(factors: readonly number[]): number {
  return factors.reduce((value, factor) => value * factor, 1);
}
