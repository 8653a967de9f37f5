/**
 * Each family of the reference values as a spec of the reader's own: interactions that are written here, in the
 * language, from the formulas of the physics notes. Nothing of them is compiled in.
 */

/** What a family adds to the spec. */
export interface FamilySpec {
  /** Interactions declared by the reader. */
  readonly text?: string;
  /** `model =` of the analysis. */
  readonly model: string;
  /** Further statements of the analysis. */
  readonly analysis?: string;
}

export type Params = Readonly<Record<string, unknown>>;

/** A part of the parameters of a point. */
function part(params: Params, key: string): Params {
  const value = params[key];
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function number(params: Params, key: string): number {
  const value = params[key];
  if (typeof value !== "number") throw new Error(`no number ${key}`);
  return value;
}

const numbers = (params: Params): [string, number][] =>
  Object.entries(params).map(([key]) => [key, number(params, key)]);

/** `emu` of the reference as `e, mu`. */
function indices(pair: string): string {
  const found = /^(e|mu|tau)(e|mu|tau)$/.exec(pair);
  if (found === null) throw new Error(`no pair of flavours: ${pair}`);
  return `${found[1]}, ${found[2]}`;
}

const standard = (): FamilySpec => ({ model: "StandardModel" });
const standardWith = (analysis: string) => (): FamilySpec => ({ model: "StandardModel", analysis });

const nsiText = `interaction Nsi {
  parameter eps_u[l, k] = 0 in -2 .. 2
  parameter eps_d[l, k] = 0 in -2 .. 2
  charge[l -> k] += (2*eps_u[l, k] + eps_d[l, k])*Z*Fp(q) + (eps_u[l, k] + 2*eps_d[l, k])*N*Fn(q)
}`;

function nsi(params: Params): FamilySpec {
  const given = part(params, "nsi");
  const fixed = (quark: "u" | "d"): string[] =>
    numbers(part(given, quark)).map(([pair, value]) => `  fix Nsi.eps_${quark}[${indices(pair)}] = ${value}`);
  return {
    text: nsiText,
    model: "StandardModel + Nsi",
    analysis: [...fixed("u"), ...fixed("d")].join("\n"),
  };
}

const chargesOf: Readonly<Record<string, string>> = {
  universal: "quarks: 1, leptons: 1",
  "B-L": "quarks: 1/3, leptons: -1",
  "B-3Le": "quarks: 1/3, e: -3",
  "B-3Lmu": "quarks: 1/3, mu: -3",
  "B-3Ltau": "quarks: 1/3, tau: -3",
  "B-2Le-Lmu": "quarks: 1/3, e: -2, mu: -1",
  "B-Le-2Lmu": "quarks: 1/3, e: -1, mu: -2",
  "By+Lmu+Ltau": "u: 1/3, d: 1/3, mu: 1, tau: 1",
};

function vector(params: Params): FamilySpec {
  const given = part(params, "vector");
  const own = numbers(part(given, "charges")).map(([key, value]) => `${key}: ${value}`);
  const charges = chargesOf[String(given.model)] ?? own.join(", ");
  const text = `interaction Boson {
  parameter g = ${number(given, "g")}
  parameter M_Zp = ${number(given, "M")} MeV
  mediator Zp: vector { mass = M_Zp
    coupling = g
    charges = { ${charges} } }
}`;
  return { text, model: "StandardModel + Boson" };
}

/** L_a - L_b with the loop that mixes the boson with the photon. */
function loop(params: Params): FamilySpec {
  const given = part(params, "loop_vector");
  const [a, b] = String(given.pair).split("-");
  const text = `interaction Loop {
  parameter g = ${number(given, "g")}
  parameter M_Zp = ${number(given, "M")} MeV
  let mixing(p: energy) = integral(x*(1 - x)*ln((m_${b}^2 + x*(1 - x)*p^2)/(m_${a}^2 + x*(1 - x)*p^2)), x = 0 .. 1)
  let strength(p: energy) = sqrt(2)*alpha*g^2/(pi*G_F*(p^2 + M_Zp^2))*mixing(p)
  charge[${a}] += strength(q)*Z*Fp(q)
  charge[${b}] -= strength(q)*Z*Fp(q)
}`;
  return { text, model: "StandardModel + Loop" };
}

function scalar(params: Params): FamilySpec {
  const given = part(params, "scalar");
  const nucleon = (key: string): number => (key in given ? number(given, key) : 17.3);
  const text = `interaction Scalar {
  parameter g = ${number(given, "g")}
  parameter M_phi = ${number(given, "M")} MeV
  mediator phi: scalar { mass = M_phi
    coupling = g
    charges = { nu: 1, p: ${nucleon("Qp")}, n: ${nucleon("Qn")} } }
}`;
  return { text, model: params.no_sm === true ? "Scalar" : "StandardModel + Scalar" };
}

const electromagneticText = `interaction Electromagnetic {
  parameter mu_nu[l] = 0 mu_B
  parameter q_nu[l, k] = 0
  parameter r2[l, k] = 0 cm^2
  let radius = sqrt(2)*pi*alpha/(3*G_F)
  let millicharge(p: energy) = 2*sqrt(2)*pi*alpha/(G_F*p^2)
  charge[l -> k] += (millicharge(q)*q_nu[l, k] - radius*r2[l, k])*Z*Fp(q)
  dsigma/dT [l] += pi*alpha^2/m_e^2*(1/T - 1/E)*Z^2*Fp(q)^2*(mu_nu[l]/mu_B)^2
}`;

function electromagnetic(params: Params): FamilySpec {
  const fixed = [
    ...numbers(part(params, "mm")).map(([l, value]) => `mu_nu[${l}] = ${value} mu_B`),
    ...numbers(part(params, "millicharge")).map(([pair, value]) => `q_nu[${indices(pair)}] = ${value}`),
    ...numbers(part(params, "charge_radius")).map(
      ([pair, value]) => `r2[${indices(pair)}] = ${value}e-32 cm^2`,
    ),
  ];
  return {
    text: electromagneticText,
    model: params.no_sm === true ? "Electromagnetic" : "StandardModel + Electromagnetic",
    analysis: fixed.map((one) => `  fix Electromagnetic.${one}`).join("\n"),
  };
}

/** Generalised interactions stand in the place of the Standard Model; on a point-like nucleus unless asked. */
function generalised(params: Params): FamilySpec {
  const given = part(params, "gni");
  const value = (key: string): number => (key in given ? number(given, key) : 0);
  const text = `interaction Generalised {
  let end = 2*E^2/(M + 2*E)
  let F = ${params.gni_ff === true ? "Fn(q)" : "1"}
  dsigma/dT += G_F^2*M*N^2*F^2/(4*pi)*(${value("xiS")}^2*T/end + ${value("xiV")}^2*(1 - T/end)
    + ${value("xiT")}^2*(1 - T/(2*end)) - ${value("R")}*T/E)
}`;
  return { text, model: "Generalised" };
}

function leptoquark(params: Params): FamilySpec {
  const given = part(params, "leptoquark");
  const up = given.quark === "u";
  const nucleons = up ? "2*Z*Fp(q) + N*Fn(q)" : "Z*Fp(q) + 2*N*Fn(q)";
  const text = `interaction Leptoquark {
  parameter lambda2 = ${number(given, "lambda2")}
  parameter M_LQ = ${number(given, "M")} MeV
  charge[${String(given.flavour)}] += lambda2/(4*sqrt(2)*G_F*(M_LQ^2 + q^2))*(${nucleons})
}`;
  return { text, model: "StandardModel + Leptoquark" };
}

function darkZ(params: Params): FamilySpec {
  const given = part(params, "dark_z");
  const tree = params.scheme === "tree";
  const couplings = tree ? "(1/2 - 2*s2(q))*Z*Fp(q) - 1/2*N*Fn(q)" : "gVp(l, s2(q))*Z*Fp(q) + gVn*N*Fn(q)";
  const text = `interaction DarkZ {
  parameter s0 = 0.23857
  parameter M_Zd = ${number(given, "M")} MeV
  let shift(p: energy) = -${number(given, "eps")}*${number(given, "delta")}*(M_Z/M_Zd)*sqrt(s0*(1 - s0))*M_Zd^2/(p^2 + M_Zd^2)
  let s2(p: energy) = s0 + shift(p)
  charge[l] += ${couplings}
}`;
  return { text, model: "DarkZ" };
}

/** q^2 = 2MT + T^2: form factors at a momentum transfer of the reader's own. */
const exactMomentum = (): FamilySpec => ({
  text: `interaction ExactMomentum {
  let p = sqrt(2*M*T + T^2)
  charge[l] += gVp(l, 0.23857)*Z*Fp(p) + gVn*N*Fn(p)
}`,
  model: "ExactMomentum",
  analysis: "  kinematics = exact",
});

const otherParameters = (params: Params): FamilySpec => ({
  model: "StandardModel",
  analysis: `  fix StandardModel.s2w = ${number(params, "s2w")}
  fix Target.Rp = ${number(params, "Rp")} fm
  fix Target.Rn = ${number(params, "Rn")} fm`,
});

/** How each family of the reference is said. */
export const familySpecs: Readonly<Record<string, (params: Params) => FamilySpec>> = {
  sm: standard,
  sm_tree: () => ({ model: "TreeLevel" }),
  sm_no_form_factor: standardWith("  formfactor = none"),
  sm_symmetrized_fermi: standardWith("  formfactor = SymmetrizedFermi"),
  sm_klein_nystrand: standardWith("  formfactor = KleinNystrand"),
  sm_exact_kinematics: standardWith("  kinematics = exact"),
  sm_spin_half: standardWith("  kinematics = spin_half"),
  sm_exact_q2: exactMomentum,
  sm_s2w_Rn: otherParameters,
  nsi_diagonal: nsi,
  nsi_flavour_changing: nsi,
  vector_universal: vector,
  "vector_B-L": vector,
  vector_other_u1: vector,
  vector_custom_charges: vector,
  "loop_Lmu-Ltau": loop,
  "loop_Le-Lmu": loop,
  "loop_Le-Ltau": loop,
  scalar,
  scalar_only: scalar,
  magnetic_moment: electromagnetic,
  magnetic_moment_only: electromagnetic,
  millicharge_diagonal: electromagnetic,
  millicharge_transition: electromagnetic,
  charge_radius_diagonal: electromagnetic,
  charge_radius_transition: electromagnetic,
  em_all: electromagnetic,
  gni_scalar: generalised,
  gni_vector: generalised,
  gni_tensor: generalised,
  gni_all: generalised,
  leptoquark,
  dark_z: darkZ,
};
