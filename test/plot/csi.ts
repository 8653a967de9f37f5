/**
 * A made-up experiment with the bins and rates of COHERENT CsI: 9 × 11 bins that differ in width, a signal of a
 * fifth of the events, one background that dominates and two that are hardly seen.
 */
import type { SpectrumInput } from "../../compiler/plot/index.ts";

const pe = [0, 8, 12, 16, 20, 24, 32, 40, 50, 60];
const time = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1, 2, 4, 6];

/** Events per bin of photoelectrons of the Standard Model's signal, which the pictures are to keep. */
export const signalPerPe = [2.371, 50.129, 74.458, 62.851, 44.295, 50.531, 22.866, 10.629, 2.673];
const signalTime = [1, 5, 30, 60, 60, 45, 30, 25, 150, 150, 55];
const steadyPe = [4, 95, 190, 205, 185, 260, 160, 110, 86];
const neutronPe = [1, 3, 4, 4, 3, 3, 1, 1, 1];
const promptTime = [1, 5, 20, 30, 25, 15, 8, 4, 3, 2, 1];

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** `total` events spread as the product of two shapes, the second fastest. */
function product(first: readonly number[], second: readonly number[], total: number): number[] {
  const scale = total / (sum(first) * sum(second));
  return first.flatMap((a) => second.map((b) => a * b * scale));
}

const steadyTime = time.slice(1).map((edge, bin) => edge - time[bin]!);

const components = [
  {
    name: "CEvNS",
    label: "CEνNS",
    kind: "signal",
    counts: product(signalPerPe, signalTime, sum(signalPerPe)),
  },
  { name: "BRN", kind: "background", counts: product(neutronPe, promptTime, 18.4) },
  { name: "NIN", kind: "background", counts: product(neutronPe, promptTime, 5.6) },
  {
    name: "SSB",
    label: "Steady-state background",
    kind: "background",
    counts: product(steadyPe, steadyTime, 1286),
  },
] as const;

export const csi: SpectrumInput = {
  experiment: "CsI2021",
  axes: [
    { name: "pe", unit: "PE", edges: pe },
    { name: "t", unit: "us", edges: time },
  ],
  components,
  data: components[0].counts.map((_, bin) => Math.round(sum(components.map(({ counts }) => counts[bin]!)))),
  likelihood: "poisson",
};
