/** Words, context names and fields that several kinds share. */
import { field, formula, name, quantity, wordList } from "./build.ts";
import type { ContextName, FieldDescription, UnitRule, Word } from "./description.ts";

export const flavors: readonly Word[] = wordList({
  e: "electron flavour",
  mu: "muon flavour",
  tau: "tau flavour",
});

export const species: readonly Word[] = wordList({
  nu_e: "electron neutrino",
  nu_mu: "muon neutrino",
  nu_tau: "tau neutrino",
  nubar_e: "electron antineutrino",
  nubar_mu: "muon antineutrino",
  nubar_tau: "tau antineutrino",
});

/** `parameter Rn = 5.09 fm +- 0.1 fm in 3 fm .. 8 fm`. */
export const parameter: FieldDescription = field(
  "parameter",
  "A number that an analysis may free, fix, tie or profile. Its default's unit gives the dimension; `+- error` makes it " +
    "a constrained nuisance when profiled; `in` is its range, unbounded without; `log` scans it in its logarithm. " +
    "`[l]` is one per flavour, `[l, k]` a symmetric matrix in flavour.",
  {
    label: { kind: "name", meaning: "name of the parameter" },
    index: { kind: "flavor", least: 0, most: 2, arrow: false },
    value: quantity("any", { error: true }),
    clauses: ["in", "log"],
    repeatable: true,
  },
);

/** `let x(T: energy_nr) = T/MeVnr`, in the names of the block around it. */
export function letField(units: UnitRule, context: readonly ContextName[] = []): FieldDescription {
  return field("let", "A name, or a function, for a part of the formulas of this block.", {
    label: { kind: "name", meaning: "name of the value or function" },
    params: { kind: "formal", required: false, typed: false, defaults: false },
    value: formula("any", units, context),
    clauses: ["where"],
    repeatable: true,
  });
}

/** `input distance: length "to the detector"`. */
export const input: FieldDescription = field(
  "input",
  "A number that each use of this declaration in an experiment gives.",
  {
    label: { kind: "name", meaning: "name of the input" },
    annotation: { kind: "unit", required: true },
    value: quantity("declared"),
    valueRequired: false,
    repeatable: true,
  },
);

/** `distance = 19.3 m` in the block of an experiment's source or detector. */
export const inputValue: FieldDescription = field("name", "The value of an input of that name.", {
  value: formula("target", "strict"),
  repeatable: true,
});

const functionOf = (
  text: string,
  argument: string,
  doc: string,
  dimension: ContextName["dimension"] = "number",
): ContextName => ({
  ...name(text, dimension, doc),
  call: { argument, dimension: "energy", optional: true },
});

const atom: readonly ContextName[] = [
  name("Z", "number", "protons of the nucleus"),
  name("N", "number", "neutrons of the nucleus"),
  name("A", "number", "nucleons of the nucleus"),
  name("M", "mass", "mass of the nucleus"),
];
const neutrinoSign = name("nu_sign", "number", "+1 for neutrinos, -1 for antineutrinos");

/** What a formula of an interaction may read of the neutrino, the recoil and the nucleus at hand. */
export const scattering: readonly ContextName[] = [
  name("E", "energy", "energy of the neutrino"),
  name("T", "energy", "kinetic energy of the recoiling nucleus"),
  name("q", "energy", "momentum transfer, sqrt(2 M T)"),
  ...atom,
  name("J", "number", "spin of the nucleus"),
  functionOf("Fp", "q", "form factor of the protons at the momentum transfer"),
  functionOf("Fn", "q", "form factor of the neutrons at the momentum transfer"),
  neutrinoSign,
];

/** What a coupling of a neutrino to one electron may read. */
export const electronCoupling: readonly ContextName[] = [
  name("E", "energy", "energy of the neutrino"),
  name("T", "energy", "kinetic energy of the recoiling electron"),
  name("q", "energy", "momentum transfer, sqrt(2 m_e T)"),
  neutrinoSign,
];

/** What a cross section on the electrons of an atom may read. */
export const electronScattering: readonly ContextName[] = [
  ...electronCoupling,
  ...atom,
  functionOf("Zeff", "T", "electrons of the atom that the energy transfer can free"),
  functionOf(
    "sigma_gamma",
    "T",
    "cross section of the atom for absorbing a photon of that energy",
    "length^2",
  ),
];

/** What a `let` of an interaction may read, as far as the formula that it stands in has it. */
export const anyScattering: readonly ContextName[] = [
  name("E", "energy", "energy of the neutrino"),
  name("T", "energy", "kinetic energy of what recoils"),
  name("q", "energy", "momentum transfer, sqrt(2 m T) with the mass of what recoils"),
  ...scattering.slice(3),
  ...electronScattering.slice(-2),
];

/** What a flux change on the way may read. */
export const propagation: readonly ContextName[] = [
  name("E", "energy", "energy of the neutrino"),
  name("L", "length", "distance from the source to the detector"),
  neutrinoSign,
];

/** The source's arrival density of the neutrino species at hand, in a detector. */
export const arrival: ContextName = {
  name: "arrival",
  dimension: "1/time",
  doc: "arrival times of the neutrino species at hand: the source's density, normalised over all times",
  call: { argument: "t", dimension: "time", optional: false },
};
