/** Points of the reference values on electrons as specs: the library's interactions, and mediators of the reader's own. */
import type { ElectronPoint } from "./reference-data.ts";
import type { Params } from "./reference-specs.ts";

/** The nucleus of the library that has the electrons of an element of the reference. */
const nucleusOf: Readonly<Record<string, string>> = {
  Ar40: "Ar40",
  Cs133: "Cs133",
  Ge: "Ge72",
  I127: "I127",
  Xe: "Xe132",
};

/** One electron that every energy transfer frees. */
const freeElectron = `nucleus Target {
  Z = 1
  A = 1
  nuclear_mass = 938 MeV
  protons = none(R = 1 fm)
  neutrons = none(R = 1 fm)
}`;

const boson = `interaction Boson {
  parameter g = 0
  parameter mass = 1 MeV
  mediator Zp: vector { mass = mass
    coupling = g
    charges = { quarks: 1, leptons: -1 } }
}
interaction Scalar {
  parameter g = 0
  parameter mass = 1 MeV
  mediator phi: scalar { mass = mass
    coupling = g
    charges = { nu: 1, e: 1 } }
}`;

function numbersIn(params: Params, key: string): readonly (readonly [string, number])[] {
  const given = params[key];
  if (typeof given !== "object" || given === null) return [];
  return Object.entries(given).flatMap(([name, value]: [string, unknown]) =>
    typeof value === "number" ? [[name, value] as const] : [],
  );
}

const pairOf = (text: string): string => text.replace(/^(e|mu|tau)(e|mu|tau)$/, "$1, $2");

function mediatorSettings(params: Params, key: string, owner: string): readonly string[] {
  const given = new Map(numbersIn(params, key));
  return given.size === 0 ? [] : [`${owner}.g = ${given.get("g")}`, `${owner}.mass = ${given.get("M")} MeV`];
}

/** The declarations and the analysis of a point. */
export function electronSpec({ params, element }: ElectronPoint): string {
  const set = [
    ...numbersIn(params, "mm").map(([l, value]) => `MagneticMoment.mu_nu[${l}] = ${value} mu_B`),
    ...numbersIn(params, "millicharge").map(
      ([pair, value]) => `Millicharge.q_nu[${pairOf(pair)}] = ${value} e`,
    ),
    ...numbersIn(params, "charge_radius").map(
      ([pair, value]) => `ChargeRadius.r2[${pairOf(pair)}] = ${value}e-32 cm^2`,
    ),
    ...mediatorSettings(params, "vector", "Boson"),
    ...mediatorSettings(params, "scalar", "Scalar"),
  ];
  const name = nucleusOf[element ?? ""];
  const standard = params.scheme === "radiative" ? "StandardModel" : "TreeLevel";
  return `use interactions { ChargeRadius, MagneticMoment, Millicharge }
${name === undefined ? freeElectron : `use nuclei { ${name} as Target }`}
${boson}
analysis Points {
  model = ${standard} + MagneticMoment + Millicharge + ChargeRadius + Boson + Scalar
  experiments = One
${set.map((one) => `  fix ${one}`).join("\n")}
}`;
}
