/**
 * Each family of the reference values as a spec: with the interactions of the library, and with interactions of the
 * reader's own, written here from the formulas of the physics notes, for what the library does not have.
 */

/** What a family adds to the spec. */
export interface FamilySpec {
  /** Interactions of the library, beside the Standard Model. */
  readonly uses?: readonly string[];
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

/** The Standard Model, unless the point is without it, and interactions of the library with fixed parameters. */
function library(params: Params, uses: readonly string[], fixed: readonly string[]): FamilySpec {
  const terms = params.no_sm === true ? uses : ["StandardModel", ...uses];
  return { uses, model: terms.join(" + "), analysis: fixed.map((one) => `  fix ${one}`).join("\n") };
}

function nsi(params: Params): FamilySpec {
  const given = part(params, "nsi");
  const fixed = (quark: "u" | "d"): string[] =>
    numbers(part(given, quark)).map(([pair, value]) => `NSI.eps_${quark}[${indices(pair)}] = ${value}`);
  return library(params, ["NSI"], [...fixed("u"), ...fixed("d")]);
}

/** Files of the library by the names of the reference: interaction, and what its parameters end in. */
const bosons: Readonly<Record<string, readonly [name: string, ending: string]>> = {
  universal: ["UniversalVector", "Zp"],
  "B-L": ["BMinusL", "BL"],
  "B-3Le": ["BMinus3Le", "B3Le"],
  "B-3Lmu": ["BMinus3Lmu", "B3Lmu"],
  "B-3Ltau": ["BMinus3Ltau", "B3Ltau"],
  "B-2Le-Lmu": ["BMinus2LeLmu", "B2LeLmu"],
  "B-Le-2Lmu": ["BMinusLe2Lmu", "BLe2Lmu"],
  "By+Lmu+Ltau": ["ByLmuLtau", "By"],
  "mu-tau": ["LmuMinusLtau", "mt"],
  "e-mu": ["LeMinusLmu", "em"],
  "e-tau": ["LeMinusLtau", "et"],
};

/** A mediator of the library with the coupling and the mass of the point. */
function mediator(params: Params, given: Params, [name, ending]: readonly [string, string]): FamilySpec {
  const fixed = [
    `${name}.g_${ending} = ${number(given, "g")}`,
    `${name}.M_${ending} = ${number(given, "M")} MeV`,
  ];
  return library(params, [name], fixed);
}

function vector(params: Params): FamilySpec {
  const given = part(params, "vector");
  const boson = bosons[String(given.model)];
  if (boson !== undefined) return mediator(params, given, boson);
  const charges = numbers(part(given, "charges")).map(([key, value]) => `${key}: ${value}`);
  const text = `interaction Boson {
  parameter g = ${number(given, "g")}
  parameter M_Zp = ${number(given, "M")} MeV
  mediator Zp: vector { mass = M_Zp
    coupling = g
    charges = { ${charges.join(", ")} } }
}`;
  return { text, model: "StandardModel + Boson" };
}

/** L_a - L_b with the loop that mixes the boson with the photon. */
function loop(params: Params): FamilySpec {
  const given = part(params, "loop_vector");
  const boson = bosons[String(given.pair)];
  if (boson === undefined) throw new Error(`no boson of ${String(given.pair)}`);
  return mediator(params, given, boson);
}

function scalar(params: Params): FamilySpec {
  const given = part(params, "scalar");
  if (!("Qp" in given)) return mediator(params, given, ["UniversalScalar", "us"]);
  const text = `interaction Scalar {
  parameter g = ${number(given, "g")}
  parameter M_phi = ${number(given, "M")} MeV
  mediator phi: scalar { mass = M_phi
    coupling = g
    charges = { nu: 1, p: ${number(given, "Qp")}, n: ${number(given, "Qn")} } }
}`;
  return { text, model: params.no_sm === true ? "Scalar" : "StandardModel + Scalar" };
}

function electromagnetic(params: Params): FamilySpec {
  const fixed = [
    ...numbers(part(params, "mm")).map(([l, value]) => `MagneticMoment.mu_nu[${l}] = ${value} mu_B`),
    ...numbers(part(params, "millicharge")).map(
      ([pair, value]) => `Millicharge.q_nu[${indices(pair)}] = ${value} e`,
    ),
    ...numbers(part(params, "charge_radius")).map(
      ([pair, value]) => `ChargeRadius.r2[${indices(pair)}] = ${value}e-32 cm^2`,
    ),
  ];
  return library(params, ["MagneticMoment", "Millicharge", "ChargeRadius"], fixed);
}

/** Generalised interactions stand in the place of the Standard Model; on a point-like nucleus unless asked. */
function generalised(params: Params): FamilySpec {
  const given = part(params, "gni");
  const value = (key: string): number => (key in given ? number(given, key) : 0);
  const settings = { xi_S: "xiS", xi_V: "xiV", xi_A: "xiV", xi_T: "xiT", R_ST: "R" };
  const fixed = Object.entries(settings).map(
    ([name, key]) => `  fix GeneralisedInteractions.${name} = ${value(key)}`,
  );
  const form = params.gni_ff === true ? [] : ["  formfactor = none"];
  return {
    uses: ["GeneralisedInteractions"],
    model: "GeneralisedInteractions",
    analysis: [...fixed, ...form].join("\n"),
  };
}

/** Leptoquarks whose exchange has the positive sign of the reference: up or down quarks. */
function leptoquark(params: Params): FamilySpec {
  const given = part(params, "leptoquark");
  const [name, ending] = given.quark === "u" ? ["LeptoquarkR2", "R2"] : ["LeptoquarkR2tilde", "R2t"];
  const coupling = Math.sqrt(number(given, "lambda2"));
  const fixed = [
    `${name}.lambda_${ending}[${String(given.flavour)}] = ${coupling}`,
    `${name}.M_${ending} = ${number(given, "M")} MeV`,
  ];
  return library(params, [name], fixed);
}

/** The library adds to the radiative couplings; the same shift of tree-level couplings is the reader's own. */
function darkZ(params: Params): FamilySpec {
  const given = part(params, "dark_z");
  const values = [
    `DarkZ.epsilon = ${number(given, "eps")}`,
    `DarkZ.delta_m = ${number(given, "delta")}`,
    `DarkZ.M_Zd = ${number(given, "M")} MeV`,
  ];
  if (params.scheme !== "tree") return library(params, ["DarkZ"], values);
  const text = `interaction TreeDarkZ {
  parameter M_Zd = ${number(given, "M")} MeV
  let mixing = ${number(given, "eps")}*${number(given, "delta")}*(M_Z/M_Zd)*sqrt(0.23857*(1 - 0.23857))
  charge[l] += (1/2 - 2*(0.23857 - mixing*M_Zd^2/(q^2 + M_Zd^2)))*Z*Fp(q) - 1/2*N*Fn(q)
}`;
  return { text, model: "TreeDarkZ" };
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
