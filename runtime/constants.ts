/**
 * Physical constants: the names that the language predefines, each with value, unit, error and source.
 *
 * Values are those of CODATA 2018 and of the Particle Data Group's Review of 2022. The plain exports carry the
 * number in the unit that the table states, for example `m_e` in MeV.
 */

/** One predefined name. */
export interface Constant<Name extends string = string> {
  readonly name: Name;
  /** The number in `unit`. */
  readonly value: number;
  /** A unit of the language, "1" for a pure number. */
  readonly unit: string;
  /** One standard deviation in `unit`; the larger side where the source gives two. Absent when exact or not quoted. */
  readonly uncertainty?: number;
  readonly doc: string;
  /** Citation key: "CODATA2018", "PDG2022" or an arXiv number; "definition" for mathematics. */
  readonly cite: string;
}

/** Circumference of a circle over its diameter. */
export const pi = Math.PI;
/** Fine-structure constant at zero momentum transfer. */
export const alpha = 0.00729735256928;
/** Fermi constant from the muon lifetime, 1/GeV². */
export const G_F = 1.1663788e-5;
/** ħc, MeV fm. */
export const hbarc = 197.3269804;
/** Avogadro constant, 1/mol. */
export const N_A = 6.02214076e23;
/** Electron mass, MeV. */
export const m_e = 0.51099895;
/** Muon mass, MeV. */
export const m_mu = 105.6583755;
/** Tau mass, MeV. */
export const m_tau = 1776.86;
/** Charged-pion mass, MeV. */
export const m_pi = 139.57039;
/** Proton mass, MeV. */
export const m_p = 938.27208816;
/** Neutron mass, MeV. */
export const m_n = 939.56542052;
/** W boson mass, MeV. */
export const M_W = 80377;
/** Z boson mass, MeV. */
export const M_Z = 91187.6;
/** Mean life of the muon, μs. */
export const tau_mu = 2.1969811;
/** Mean life of the charged pion, ns. */
export const tau_pi = 26.033;
/** Up-quark mass, MS-bar at 2 GeV, MeV. */
export const m_u = 2.16;
/** Down-quark mass, MS-bar at 2 GeV, MeV. */
export const m_d = 4.67;
/** Strange-quark mass, MS-bar at 2 GeV, MeV. */
export const m_s = 93.4;
/** Charm-quark mass, MS-bar at its own scale, MeV. */
export const m_c = 1270;
/** Bottom-quark mass, MS-bar at its own scale, MeV. */
export const m_b = 4180;
/** Top-quark mass from direct measurements, MeV. */
export const m_t = 172690;
/** Up-quark fraction of the proton mass. */
export const fTp_u = 0.0208;
/** Down-quark fraction of the proton mass. */
export const fTp_d = 0.0411;
/** Strange-quark fraction of the proton mass. */
export const fTp_s = 0.043;
/** Up-quark fraction of the neutron mass. */
export const fTn_u = 0.0189;
/** Down-quark fraction of the neutron mass. */
export const fTn_d = 0.0451;
/** Strange-quark fraction of the neutron mass. */
export const fTn_s = 0.043;

const CODATA = "CODATA2018";
const PDG = "PDG2022";
const HOFERICHTER = "arXiv:1506.04142";

/** Every predefined name. `⟨N|q̄q|N⟩ = m_N f_Tq / m_q` turns the fractions into scalar couplings. */
export const constants = [
  { name: "pi", value: pi, unit: "1", doc: "circumference over diameter", cite: "definition" },
  {
    name: "alpha",
    value: alpha,
    unit: "1",
    uncertainty: 1.1e-12,
    doc: "fine-structure constant at zero momentum transfer",
    cite: CODATA,
  },
  {
    name: "G_F",
    value: G_F,
    unit: "1/GeV^2",
    uncertainty: 6e-12,
    doc: "Fermi constant, from the muon lifetime",
    cite: PDG,
  },
  {
    name: "hbarc",
    value: hbarc,
    unit: "MeV*fm",
    doc: "reduced Planck constant times the speed of light",
    cite: CODATA,
  },
  { name: "N_A", value: N_A, unit: "1/mol", doc: "Avogadro constant, exact", cite: CODATA },
  { name: "m_e", value: m_e, unit: "MeV", uncertainty: 1.5e-10, doc: "electron mass", cite: CODATA },
  { name: "m_mu", value: m_mu, unit: "MeV", uncertainty: 2.3e-6, doc: "muon mass", cite: CODATA },
  { name: "m_tau", value: m_tau, unit: "MeV", uncertainty: 0.12, doc: "tau mass", cite: PDG },
  { name: "m_pi", value: m_pi, unit: "MeV", uncertainty: 1.8e-4, doc: "mass of the charged pion", cite: PDG },
  { name: "m_p", value: m_p, unit: "MeV", uncertainty: 2.9e-7, doc: "proton mass", cite: CODATA },
  { name: "m_n", value: m_n, unit: "MeV", uncertainty: 5.4e-7, doc: "neutron mass", cite: CODATA },
  { name: "M_W", value: M_W, unit: "MeV", uncertainty: 12, doc: "mass of the W boson", cite: PDG },
  { name: "M_Z", value: M_Z, unit: "MeV", uncertainty: 2.1, doc: "mass of the Z boson", cite: PDG },
  { name: "tau_mu", value: tau_mu, unit: "us", uncertainty: 2.2e-6, doc: "mean life of the muon", cite: PDG },
  {
    name: "tau_pi",
    value: tau_pi,
    unit: "ns",
    uncertainty: 0.005,
    doc: "mean life of the charged pion",
    cite: PDG,
  },
  {
    name: "m_u",
    value: m_u,
    unit: "MeV",
    uncertainty: 0.49,
    doc: "up-quark mass, MS-bar at 2 GeV",
    cite: PDG,
  },
  {
    name: "m_d",
    value: m_d,
    unit: "MeV",
    uncertainty: 0.48,
    doc: "down-quark mass, MS-bar at 2 GeV",
    cite: PDG,
  },
  {
    name: "m_s",
    value: m_s,
    unit: "MeV",
    uncertainty: 8.6,
    doc: "strange-quark mass, MS-bar at 2 GeV",
    cite: PDG,
  },
  {
    name: "m_c",
    value: m_c,
    unit: "MeV",
    uncertainty: 20,
    doc: "charm-quark mass, MS-bar at m_c",
    cite: PDG,
  },
  {
    name: "m_b",
    value: m_b,
    unit: "MeV",
    uncertainty: 30,
    doc: "bottom-quark mass, MS-bar at m_b",
    cite: PDG,
  },
  {
    name: "m_t",
    value: m_t,
    unit: "MeV",
    uncertainty: 300,
    doc: "top-quark mass, direct measurements",
    cite: PDG,
  },
  {
    name: "fTp_u",
    value: fTp_u,
    unit: "1",
    uncertainty: 0.0015,
    doc: "fraction of the proton mass from up quarks: m_u ⟨p|ūu|p⟩ / m_p",
    cite: HOFERICHTER,
  },
  {
    name: "fTp_d",
    value: fTp_d,
    unit: "1",
    uncertainty: 0.0028,
    doc: "fraction of the proton mass from down quarks: m_d ⟨p|d̄d|p⟩ / m_p",
    cite: HOFERICHTER,
  },
  {
    name: "fTp_s",
    value: fTp_s,
    unit: "1",
    doc: "fraction of the proton mass from strange quarks: m_s ⟨p|s̄s|p⟩ / m_p",
    cite: HOFERICHTER,
  },
  {
    name: "fTn_u",
    value: fTn_u,
    unit: "1",
    uncertainty: 0.0014,
    doc: "fraction of the neutron mass from up quarks: m_u ⟨n|ūu|n⟩ / m_n",
    cite: HOFERICHTER,
  },
  {
    name: "fTn_d",
    value: fTn_d,
    unit: "1",
    uncertainty: 0.0027,
    doc: "fraction of the neutron mass from down quarks: m_d ⟨n|d̄d|n⟩ / m_n",
    cite: HOFERICHTER,
  },
  {
    name: "fTn_s",
    value: fTn_s,
    unit: "1",
    doc: "fraction of the neutron mass from strange quarks: m_s ⟨n|s̄s|n⟩ / m_n",
    cite: HOFERICHTER,
  },
] as const satisfies readonly Constant[];

/** A predefined name of the language. */
export type ConstantName = (typeof constants)[number]["name"];
