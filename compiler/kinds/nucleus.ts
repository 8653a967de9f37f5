import { args, block, exactlyOne, field, formula, kind, name, quantity } from "./build.ts";
import { letField, parameter } from "./common.ts";

const helm = { module: "formfactors", name: "Helm" };

export const nucleus = kind({
  keyword: "nucleus",
  doc: "An isotope: what it is made of, its mass and spin, and the form factors of its protons and neutrons.",
  block: block(
    [
      field("Z", "Number of protons.", {
        value: quantity("number", { integer: true, low: 1, high: 120 }),
        required: true,
        sample: { text: "Z = 55" },
      }),
      field("A", "Number of nucleons.", {
        value: quantity("number", { integer: true, low: 1, high: 400 }),
        required: true,
        sample: { text: "A = 133" },
      }),
      field("atomic_mass", "Mass of the neutral atom; the compiler takes the electrons off.", {
        value: quantity("mass", { low: 0, error: true }),
        sample: { text: "atomic_mass = 132.905 u" },
      }),
      field("nuclear_mass", "Mass of the nucleus alone.", {
        value: quantity("mass", { low: 0, error: true }),
        sample: { text: "nuclear_mass = 123.8 GeV" },
      }),
      field("spin", "Nuclear spin, a multiple of 1/2.", {
        value: quantity("number", { low: 0 }),
        default: "0",
      }),
      field("abundance", "Natural abundance as a number fraction.", {
        value: quantity("number", { low: 0, high: 1, error: true }),
      }),
      field("protons", "Form factor of the proton distribution: `Helm(R = Rp)`.", {
        value: { kind: "call", to: "formfactor" },
        required: true,
        sample: { text: "protons = Helm(R = 4.8 fm)", uses: helm },
      }),
      field("neutrons", "Form factor of the neutron distribution.", {
        value: { kind: "call", to: "formfactor" },
        required: true,
        sample: { text: "neutrons = Helm(R = 4.8 fm)", uses: helm },
      }),
      field(
        "electrons",
        "Electrons of the atom that an energy transfer T can free: those whose binding energy is below T.",
        {
          params: args(name("T", "energy", "energy that the electron receives")),
          value: formula("number", "natural"),
          clauses: ["where"],
          default: "Z",
        },
      ),
      field("photoabsorption", "Cross section of the atom for absorbing a photon of energy T.", {
        params: args(name("T", "energy", "energy of the photon")),
        value: formula("length^2", "natural"),
        clauses: ["where"],
      }),
      parameter,
      letField("natural"),
    ],
    { choices: [exactlyOne(["atomic_mass"], ["nuclear_mass"])] },
  ),
  example: `sevens 1
use formfactors { Helm }

nucleus Ar40 {
  Z = 18
  A = 40
  atomic_mass = 39.9623831237 u       @cite AME2020
  parameter Rp = 3.448 fm +- 0.003 fm in 2 fm .. 6 fm
  parameter Rn = 3.55 fm in 2 fm .. 6 fm
  protons  = Helm(R = Rp)
  neutrons = Helm(R = Rn)
}
`,
});
