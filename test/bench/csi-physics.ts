/**
 * The CsI[Na] experiment written out by hand, free of the compiler: what an analysis code holds as constants and
 * tables. The hand-written C++ and both direct quadratures start from it.
 */
import { readFileSync } from "node:fs";
import { alpha, M_W, M_Z } from "../../runtime/constants.ts";
import { G_F, hbarc, interpolant, lgamma, m_e, m_mu, m_pi } from "../../runtime/index.ts";
import { root } from "../physics/compile.ts";

/** In MeV. */
const atomicMassUnit = 931.49410242;

/** Fermi constant, 1/MeV². */
export const fermi = G_F * 1e-6;
/** Surface thickness of the Helm form factor, 1/MeV. */
export const surface = 0.9 / hbarc;
export const femtometre = 1 / hbarc;
/** Energy of the prompt muon neutrino and end point of the others, MeV. */
export const promptEnergy = (m_pi ** 2 - m_mu ** 2) / (2 * m_pi);
export const endPoint = m_mu / 2;

export interface Isotope {
  readonly name: string;
  readonly Z: number;
  readonly N: number;
  readonly atomicMass: number;
  /** Mass of the nucleus, MeV. */
  readonly M: number;
  readonly Rp: number;
}

function isotope(name: string, Z: number, A: number, units: number, Rp: number): Isotope {
  const atomicMass = units * atomicMassUnit;
  return { name, Z, N: A - Z, atomicMass, M: atomicMass - Z * m_e, Rp };
}

export const isotopes: readonly Isotope[] = [
  isotope("Cs133", 55, 133, 132.905451961, 4.821),
  isotope("I127", 53, 127, 126.904472592, 4.766),
];

/** 1 kg in MeV. */
const kilogram = 299792458 ** 2 / 1.602176634e-13;
/** Atoms of each isotope in 14.6 kg. */
const formulaMass = isotopes.reduce((sum, { atomicMass }) => sum + atomicMass, 0);
export const atoms = (14.6 * kilogram) / formulaMass;

/** Neutrinos of each species per MeV⁻² of area. */
const metre = 1e15 * femtometre;
export const fluence = (0.0848 * 3.198e23) / (4 * Math.PI * (19.3 * metre) ** 2);

export const peEdges = [0, 8, 12, 16, 20, 24, 32, 40, 50, 60];
export const timeEdges = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1, 2, 4, 6];
export const flavours = ["nu_e", "nu_mu", "nubar_mu"] as const;

/** Rows of numbers of a table of the library, comments and head left out. */
function rows(name: string): readonly (readonly number[])[] {
  const text = readFileSync(`${root}/models/data/${name}.csv`, "utf8");
  const lines = text.split("\n").filter((line) => /^[0-9.]/.test(line));
  return lines.map((line) => line.split(",").map(Number));
}

export const observed = rows("coherent-csi-2021-counts").map((row) => row[4]!);

/** Electron-equivalent energy in MeV of a nuclear recoil, MeV. */
function quenched(T: number): number {
  return T * (0.0554628 + T * (4.30681 + T * (-111.707 + T * 840.384)));
}

/** Density of n photoelectrons for a recoil T. */
export function lightDensity(n: number, T: number): number {
  const keV = 1e3 * quenched(T);
  const b = 9.56 * keV;
  const rate = (0.0749 / keV) * (1 + b);
  return Math.exp((1 + b) * Math.log(rate) - lgamma(1 + b) + b * Math.log(n) - rate * n);
}

export function lightEfficiency(n: number): number {
  return Math.max(0, 1.32045 / (1 + Math.exp(-0.285979 * (n - 10.8646))) - 0.333322);
}

/** Where the efficiency leaves zero. */
export const lightThreshold = 10.8646 - Math.log(1.32045 / 0.333322 - 1) / 0.285979;

/** From when on events are lost to earlier light, μs. */
export const cutStart = 0.52;

export function timeEfficiency(t: number): number {
  return t < cutStart ? 1 : Math.exp(-0.0494 * (t - cutStart));
}

/** Densities of arrival times per μs, in the order of `flavours`. */
export function arrivals(): readonly ((t: number) => number)[] {
  const samples = rows("sns-arrival-times");
  const x = samples.map((row) => row[0]!);
  return [3, 1, 2].map((column) => {
    const y = samples.map((row) => row[column]!);
    return interpolant({ kind: "log-spline", outside: "extrapolate-exponential", x, y }).evaluate;
  });
}

/** Where the pieces of the arrival times join, μs: all of them share their knots. */
export function arrivalKnots(): readonly number[] {
  return rows("sns-arrival-times").map((row) => row[0]!);
}

/** A density given as a histogram with columns low, high, value: its integral between two of its edges. */
function histogram(name: string, weight: (low: number, high: number) => number) {
  const bins = rows(name);
  return (from: number, to: number): number =>
    bins.reduce((sum, [low, high, value]) => {
      const a = Math.max(from, low!);
      const b = Math.min(to, high!);
      return b > a ? sum + value! * weight(a, b) : sum;
    }, 0);
}

/** ∫ of the time efficiency, in closed form. */
function timeWeight(from: number, to: number): number {
  const split = Math.min(Math.max(cutStart, from), to);
  const late = (t: number): number => -Math.exp(-0.0494 * (t - cutStart)) / 0.0494;
  return split - from + late(to) - late(split);
}

/** Backgrounds in the order SSB, BRN, NIN: nominal counts of each bin. */
export function backgrounds(): readonly Float64Array[] {
  const plain = (from: number, to: number): number => to - from;
  const decay = (t: number): number => -Math.exp(-0.0494 * t) / 0.0494;
  const pairs = [
    [1286, histogram("coherent-csi-2021-ssb", plain), (a: number, b: number) => decay(b) - decay(a)],
    [18.4, histogram("coherent-csi-2021-brn-pe", plain), histogram("coherent-csi-2021-brn-time", timeWeight)],
    [5.6, histogram("coherent-csi-2021-nin-pe", plain), histogram("coherent-csi-2021-nin-time", timeWeight)],
  ] as const;
  return pairs.map(([total, light, time]) => {
    const shape = peEdges.slice(1).flatMap((high, i) => {
      const inLight = light(peEdges[i]!, high);
      return timeEdges.slice(1).map((late, j) => inLight * time(timeEdges[j]!, late));
    });
    const sum = shape.reduce((a, b) => a + b, 0);
    return Float64Array.from(shape, (value) => (total * value) / sum);
  });
}

/** What radiative corrections add to the proton's coupling, as in `models/interactions/StandardModel.sevens`. */
function protonOffset(lepton: number): number {
  const { alphaW, crossWW, boxWW, uL, dL, uR, dR } = boxes();
  const phi = (-alphaW / (6 * Math.PI)) * (Math.log(M_W ** 2 / lepton ** 2) + 1.5);
  return 2 * crossWW + boxWW - 2 * phi + rho * (2 * uL + dL - 2 * uR - dR);
}

export const rho = 1.00063;

export function neutronCoupling(): number {
  const { crossWW, boxWW, uL, dL, uR, dR } = boxes();
  return -rho / 2 + 2 * boxWW + crossWW + rho * (2 * dL + uL - 2 * dR - uR);
}

function boxes() {
  const alphaZ = 1 / 127.951;
  const s2 = 0.23122;
  const alphaS = 0.1179;
  const alphaSW = alphaS / (1 + ((alphaS * 23) / (12 * Math.PI)) * Math.log(M_W ** 2 / M_Z ** 2));
  const cross = (g: number): number =>
    ((-3 * alphaZ) / (8 * Math.PI * s2 * (1 - s2))) * g * g * (1 - alphaS / Math.PI);
  return {
    alphaW: alpha,
    boxWW: (-alphaZ / (2 * Math.PI * s2)) * (1 - alphaSW / (2 * Math.PI)),
    crossWW: (alphaZ / (8 * Math.PI * s2)) * (1 + alphaSW / Math.PI),
    uL: cross(1 / 2 - (2 / 3) * s2),
    dL: cross(-1 / 2 + (1 / 3) * s2),
    uR: cross((-2 / 3) * s2),
    dR: cross((1 / 3) * s2),
  };
}

/** Proton offsets of the electron and of the muon flavour. */
export const protonOffsets = [protonOffset(m_e), protonOffset(m_mu)] as const;
