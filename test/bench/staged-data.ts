/** What a hand-staged code works out once: nodes, flux integrals, response and time fractions, as one flat text. */
import type { Unit } from "../../compiler/index.ts";
import type { IntegralPurpose } from "../../compiler/rate/node.ts";
import { m_mu } from "../../runtime/constants.ts";
import { gaussLegendre, hbarc } from "../../runtime/index.ts";
import {
  arrivalKnots,
  arrivals,
  atoms,
  backgrounds,
  cutStart,
  endPoint,
  fermi,
  fluence,
  type Isotope,
  isotopes,
  lightDensity,
  lightEfficiency,
  lightThreshold,
  neutronCoupling,
  observed,
  peEdges,
  promptEnergy,
  protonOffsets,
  rho,
  surface,
  timeEdges,
  timeEfficiency,
} from "./csi-physics.ts";

/** Nodes and weights on the intervals between the edges, with so many points in all of them or in each. */
export function rule(
  edges: readonly number[],
  order: number | readonly number[],
): { x: number[]; w: number[] } {
  const x: number[] = [];
  const w: number[] = [];
  edges.slice(1).forEach((high, i) => {
    const low = edges[i]!;
    const { nodes, weights } = gaussLegendre(typeof order === "number" ? order : order[i]!);
    nodes.forEach((node, k) => {
      x.push(low + (high - low) * node);
      w.push((high - low) * weights[k]!);
    });
  });
  return { x, w };
}

/** The numbers of points that the compiler has chosen, so that both codes do the same sums. */
export interface Orders {
  readonly recoil: readonly number[];
  readonly light: number;
  readonly time: number;
}

export function ordersOf({ rules }: Unit): Orders {
  const orders = (purpose: IntegralPurpose, variable = ""): readonly number[] => {
    const found = rules.find(
      ({ integral }) => integral.purpose === purpose && integral.variable.name.startsWith(variable),
    );
    if (found === undefined) throw new Error(`there is no ${purpose} integral over ${variable}`);
    return found.orders;
  };
  const order = (variable: string): number => Math.max(...orders("observable", variable));
  return { recoil: orders("recoil"), light: order("pe"), time: order("time") };
}

/** Recoil nodes in u = √T with the panel border at the end of the prompt line. */
export function recoilRule({ M }: Isotope, order: number | readonly number[]): { T: number[]; w: number[] } {
  const edge = (E: number): number => Math.sqrt((2 * E * E) / (M + 2 * E));
  const { x, w } = rule([0, edge(promptEnergy), edge(endPoint)], order);
  return { T: x.map((u) => u * u), w: w.map((weight, k) => 2 * x[k]! * weight) };
}

/** Probability of each bin of photoelectrons with the efficiency in it. */
export function responseAt(T: number, order: number): readonly number[] {
  return peEdges.slice(1).map((high, bin) => {
    const low = Math.max(peEdges[bin]!, Math.min(lightThreshold, high));
    const { x, w } = rule([low, high], order);
    return x.reduce((sum, n, k) => sum + w[k]! * lightEfficiency(n) * lightDensity(n, T), 0);
  });
}

/** Fractions of each species in the time bins, species slowest. */
export function timeFractions(order: number): readonly number[] {
  const splits = [...arrivalKnots(), cutStart].sort((a, b) => a - b);
  return arrivals().flatMap((density) =>
    timeEdges.slice(1).map((high, bin) => {
      const low = timeEdges[bin]!;
      const { x, w } = rule([low, ...splits.filter((t) => t > low && t < high), high], order);
      return x.reduce((sum, t, k) => sum + w[k]! * timeEfficiency(t) * density(t), 0);
    }),
  );
}

/** ∫ flux × kinematic factor over E: ν_e, the prompt line, ν̄_μ. */
function fluxes(T: number, M: number): readonly number[] {
  const least = (T + Math.sqrt(T * (T + 2 * M))) / 2;
  const { x, w } = rule([least, Math.max(least, endPoint)], 10);
  const integral = (spectrum: (E: number) => number): number =>
    x.reduce((sum, E, k) => sum + w[k]! * spectrum(E) * (1 - (M * T) / (2 * E * E)), 0);
  const line = least <= promptEnergy ? 1 - (M * T) / (2 * promptEnergy ** 2) : 0;
  return [
    integral((E) => ((192 * E * E) / m_mu ** 3) * (1 / 2 - E / m_mu)),
    line,
    integral((E) => ((64 * E * E) / m_mu ** 3) * (3 / 4 - E / m_mu)),
  ];
}

/** The text that `csi.cpp` reads: named lists, `name count values…`, one a line. */
export function stagedData(orders: Orders): string {
  const lists: [string, readonly number[]][] = [
    ["hbarc", [hbarc]],
    ["surface", [surface]],
    ["fermi", [fermi]],
    ["proton", [...protonOffsets, rho]],
    ["neutron", [neutronCoupling()]],
    ["time", timeFractions(orders.time).map((fraction) => fraction * fluence)],
    ["observed", observed],
    ...backgrounds().map((counts, i): [string, number[]] => [`background${i}`, [...counts]]),
  ];
  for (const one of isotopes) {
    const { T, w } = recoilRule(one, orders.recoil);
    const scale = (fermi ** 2 * one.M * atoms) / Math.PI;
    const weights = T.map((recoil, k) => fluxes(recoil, one.M).map((flux) => scale * w[k]! * flux));
    lists.push(
      [`${one.name}.numbers`, [one.Z, one.N, one.Rp]],
      [`${one.name}.q`, T.map((recoil) => Math.sqrt(2 * one.M * recoil))],
      [`${one.name}.weights`, weights.flat()],
      [`${one.name}.response`, T.flatMap((recoil) => responseAt(recoil, orders.light))],
    );
  }
  return lists.map(([name, values]) => `${name} ${values.length} ${values.join(" ")}\n`).join("");
}
