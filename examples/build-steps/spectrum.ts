/** What the programs here show: the CsI spectrum at a coupling and a mass of the boson, and how well it fits. */
import { chiSquare } from "sevens/runtime";
import { analyses } from "./zprime.sevens";

export interface Spectrum {
  /** Counts in each bin of photoelectrons, the arrival times summed over. */
  readonly counts: readonly number[];
  /** Edges of the bins, in photoelectrons. */
  readonly edges: readonly number[];
  readonly total: number;
  readonly chi2: number;
}

const zprime = analyses.ZPrime();
const objective = chiSquare(zprime);
const [experiment] = zprime.experiments;
const [pe, time] = experiment.axes;

/** `coupling` is g, `mass` is in MeV. */
export function spectrum(coupling: number, mass: number): Spectrum {
  const values = Float64Array.from(zprime.parameters, ({ name, value }) => {
    if (name === "UniversalVector.g_Zp") return coupling;
    return name === "UniversalVector.M_Zp" ? mass : value;
  });
  const { total } = zprime.counts(values).CsI2021;
  const times = (time?.edges.length ?? 2) - 1;
  const edges = pe?.edges ?? [];
  const counts = edges.slice(1).map((_, bin) => sum(total.subarray(bin * times, (bin + 1) * times)));
  return { counts, edges, total: sum(counts), chi2: objective.value(values) };
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
