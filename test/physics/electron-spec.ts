/**
 * Scattering on electrons as a spec of the reader's own. The language has no electron target yet: here a target of
 * the electron's mass takes the place of the nucleus, which gives the right end point, and Z_eff is a parameter.
 */
import type { ElectronPoint } from "./reference-data.ts";
import type { Params } from "./reference-specs.ts";

export const electronTarget = `nucleus Target {
  Z = 1
  A = 1
  nuclear_mass = 0.51099895 MeV
  protons = none(R = 1 fm)
  neutrons = none(R = 1 fm)
}
constant g_axial = { e: 1/2, mu: -1/2, tau: -1/2 }
`;

/**
 * (G_F^2 m_e/2 pi) [(gV + gA)^2 + (gV - gA)^2 (1 - T/E)^2 - (gV^2 - gA^2) m_e T/E^2] with the sign of gA that of
 * the neutrino; couplings that change the flavour do not interfere.
 */
const terms = `interaction Electrons {
  parameter Z_eff = 1
  parameter s2w = 0.23857
  parameter mu_nu[l] = 0 mu_B
  parameter q_nu[l, k] = 0
  parameter r2[l, k] = 0 cm^2
  parameter g_v = 0
  parameter M_v = 1 MeV
  parameter charges_v = 0
  parameter g_s = 0
  parameter M_s = 1 MeV
  let change[l, k] = 0
`;

const body = (pair: string): string => `
    2*sqrt(2)*pi*alpha/(-2*m_e*T*G_F)*q_nu[${pair}] + sqrt(2)*pi*alpha/(3*G_F)*r2[${pair}]`;

function changing(l: string, k: string): string {
  return `  dsigma/dT [${l}] += Z_eff*G_F^2*m_e/(2*pi)*Q^2*(1 + (1 - T/E)^2 - m_e*T/E^2)
    where Q = ${body(`${l}, ${k}`)}`;
}

const flavours = ["e", "mu", "tau"] as const;

export const electronText = `${terms.replace("  let change[l, k] = 0\n", "")}
  let boson = g_v^2*charges_v/(sqrt(2)*G_F*(2*m_e*T + M_v^2))
  dsigma/dT [l] += Z_eff*G_F^2*m_e/(2*pi)*((gV + gA)^2 + (gV - gA)^2*(1 - T/E)^2 - (gV^2 - gA^2)*m_e*T/E^2)
    where gV = 2*s2w + g_axial[l] + boson + ${body("l, l")},
          gA = nu_sign*g_axial[l]
${flavours.flatMap((l) => flavours.filter((k) => k !== l).map((k) => changing(l, k))).join("\n")}
  dsigma/dT [l] += Z_eff*pi*alpha^2/m_e^2*(1/T - 1/E)*(mu_nu[l]/mu_B)^2
  dsigma/dT += Z_eff*m_e^2*T/(4*pi*E^2)*g_s^4/(2*m_e*T + M_s^2)^2
}
`;

function numbersIn(params: Params, key: string): readonly (readonly [string, number])[] {
  const given = params[key];
  if (typeof given !== "object" || given === null) return [];
  return Object.entries(given).flatMap(([name, value]: [string, unknown]) =>
    typeof value === "number" ? [[name, value] as const] : [],
  );
}

const pairOf = (text: string): string => text.replace(/^(e|mu|tau)(e|mu|tau)$/, "$1, $2");

/** Statements of the analysis that set the parameters of a point. */
export function electronSettings({ params, z_eff }: ElectronPoint): string {
  const vector = new Map(numbersIn(params, "vector"));
  const scalar = new Map(numbersIn(params, "scalar"));
  const set = [
    `Z_eff = ${z_eff}`,
    ...numbersIn(params, "mm").map(([l, value]) => `mu_nu[${l}] = ${value} mu_B`),
    ...numbersIn(params, "millicharge").map(([pair, value]) => `q_nu[${pairOf(pair)}] = ${value}`),
    ...numbersIn(params, "charge_radius").map(([pair, value]) => `r2[${pairOf(pair)}] = ${value}e-32 cm^2`),
    ...(vector.size === 0
      ? []
      : [`g_v = ${vector.get("g")}`, `M_v = ${vector.get("M")} MeV`, "charges_v = 1"]),
    ...(scalar.size === 0 ? [] : [`g_s = ${scalar.get("g")}`, `M_s = ${scalar.get("M")} MeV`]),
  ];
  return set.map((one) => `  fix Electrons.${one}`).join("\n");
}
