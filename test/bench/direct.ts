/**
 * The CsI likelihood as analysis codes compute it: for every bin of light the double integral over recoil and
 * neutrino energy of flux × cross-section × response, anew at every parameter point. The response matrix and the time
 * fractions are tabulated once, which favours this code. Same nodes, hence same accuracy, as the compiled one.
 */
import { m_mu } from "../../runtime/constants.ts";
import {
  atoms,
  backgrounds,
  endPoint,
  femtometre,
  fermi,
  fluence,
  type Isotope,
  isotopes,
  neutronCoupling,
  observed,
  promptEnergy,
  protonOffsets,
  rho,
  surface,
} from "./csi-physics.ts";
import { type Orders, recoilRule, responseAt, rule, timeFractions } from "./staged-data.ts";

export interface Point {
  /** rms radii of the neutrons in Cs and I, fm. */
  readonly radii: readonly [number, number];
  readonly s2w: number;
  readonly g: number;
  /** MeV */
  readonly M: number;
  /** Shifts of the signal, SSB, BRN and NIN. */
  readonly shifts: readonly [number, number, number, number];
}

export const sigmas = [0.12, 0.021, 0.25, 0.35] as const;

/** Tables of one isotope for the direct codes. */
export interface Table {
  readonly isotope: Isotope;
  readonly T: readonly number[];
  readonly w: readonly number[];
  /** A row for each recoil node. */
  readonly response: readonly (readonly number[])[];
}

export function tables(orders: Orders): readonly Table[] {
  return isotopes.map((isotope) => {
    const { T, w } = recoilRule(isotope, orders.recoil);
    return { isotope, T, w, response: T.map((recoil) => responseAt(recoil, orders.light)) };
  });
}

/** Helm's form factor. */
function helm(q: number, radius: number): number {
  const R = radius * femtometre;
  const R0 = Math.sqrt((5 / 3) * (R * R - 3 * surface * surface));
  const x = q * R0;
  const skin = Math.exp(-((q * surface) ** 2) / 2);
  if (x < 1e-2) return (1 - (x * x) / 10) * skin;
  return ((3 * (Math.sin(x) / x - Math.cos(x))) / (x * x)) * skin;
}

const neutral = neutronCoupling();

/** dσ/dT in MeV⁻³. */
function crossSection(one: Isotope, E: number, T: number, muon: number, at: Point, radius: number): number {
  const q = Math.sqrt(2 * one.M * T);
  const protons = one.Z * helm(q, one.Rp);
  const neutrons = one.N * helm(q, radius);
  const gp = rho * (0.5 - 2 * at.s2w) + protonOffsets[muon]!;
  const light = (3 * at.g * at.g) / (Math.SQRT2 * fermi * (q * q + at.M * at.M));
  const charge = gp * protons + neutral * neutrons + light * (protons + neutrons);
  return ((fermi * fermi * one.M) / Math.PI) * (1 - (one.M * T) / (2 * E * E)) * charge * charge;
}

const spectra = [
  (E: number): number => ((192 * E * E) / m_mu ** 3) * (1 / 2 - E / m_mu),
  (E: number): number => ((64 * E * E) / m_mu ** 3) * (3 / 4 - E / m_mu),
];

/** Events of one species in one bin of light. */
function events(table: Table, species: number, bin: number, at: Point, radius: number): number {
  const { isotope: one, T, w, response } = table;
  let sum = 0;
  for (let k = 0; k < T.length; k++) {
    const recoil = T[k]!;
    const least = (recoil + Math.sqrt(recoil * (recoil + 2 * one.M))) / 2;
    let flux = 0;
    if (species === 1) {
      if (least <= promptEnergy) flux = crossSection(one, promptEnergy, recoil, 1, at, radius);
    } else {
      const spectrum = spectra[species / 2]!;
      const muon = species / 2;
      for (let j = 0; j < unit.x.length; j++) {
        const E = least + (endPoint - least) * unit.x[j]!;
        const weight = (endPoint - least) * unit.w[j]!;
        flux += weight * spectrum(E) * crossSection(one, E, recoil, muon, at, radius);
      }
    }
    sum += w[k]! * response[k]![bin]! * flux;
  }
  return atoms * fluence * sum;
}

/** Points in energy, as many as the compiled code takes for the flux integrals that it does once. */
export const energyOrder = 20;
const unit = rule([0, 1], energyOrder);

export function directChiSquare(orders: Orders): (at: Point) => number {
  const all = tables(orders);
  const fractions = timeFractions(orders.time);
  const others = backgrounds();
  return (at) => {
    let sum = 0;
    for (let bin = 0; bin < 9; bin++) {
      const counts = [0, 1, 2].map((species) =>
        all.reduce((total, table, i) => total + events(table, species, bin, at, at.radii[i]!), 0),
      );
      for (let j = 0; j < 11; j++) {
        const b = bin * 11 + j;
        let nu = 0;
        counts.forEach((count, species) => {
          nu += (1 + at.shifts[0]) * count * fractions[species * 11 + j]!;
        });
        others.forEach((background, k) => {
          nu += (1 + at.shifts[k + 1]!) * background[b]!;
        });
        const n = observed[b]!;
        sum += 2 * (nu - n + (n > 0 ? n * Math.log(n / nu) : 0));
      }
    }
    return at.shifts.reduce((total, shift, k) => total + (shift / sigmas[k]!) ** 2, sum);
  };
}

/** What `direct.py` reads. */
export function directData(orders: Orders): string {
  return JSON.stringify({
    G_F: fermi,
    surface,
    femtometre,
    m_mu,
    promptEnergy,
    endPoint,
    rho,
    protonOffsets,
    neutronCoupling: neutral,
    scale: atoms * fluence,
    energyOrder,
    sigmas,
    fractions: [0, 1, 2].map((z) => timeFractions(orders.time).slice(z * 11, z * 11 + 11)),
    backgrounds: backgrounds().map((one) => [...one]),
    observed,
    isotopes: tables(orders).map(({ isotope, T, w, response }) => ({ ...isotope, T, w, response })),
  });
}
