import { block, field, formula, kind, wordList } from "./build.ts";
import {
  anyScattering,
  electronCoupling,
  electronScattering,
  letField,
  parameter,
  propagation,
  scattering,
} from "./common.ts";
import type { FieldDescription } from "./description.ts";

const chargeKeys = wordList({
  u: "up quark",
  d: "down quark",
  s: "strange quark",
  c: "charm quark",
  b: "bottom quark",
  t: "top quark",
  quarks: "every quark",
  leptons: "every charged lepton and neutrino",
  nu: "every neutrino",
  e: "electron and its neutrino",
  mu: "muon and its neutrino",
  tau: "tau lepton and its neutrino",
  nu_e: "electron neutrino",
  nu_mu: "muon neutrino",
  nu_tau: "tau neutrino",
  p: "proton, instead of its quarks",
  n: "neutron, instead of its quarks",
});

const mediator = field("mediator", "A new light or heavy particle; its charges are the whole model.", {
  label: { kind: "name", meaning: "name of the mediator" },
  annotation: {
    kind: "words",
    words: wordList({
      vector: "adds to the weak charge: interferes with the Standard Model",
      scalar: "adds a cross section of its own",
    }),
  },
  block: block([
    field("mass", "Mass of the mediator.", {
      value: formula("energy", "natural"),
      required: true,
      sample: { text: "mass = 1 GeV" },
    }),
    field("coupling", "Coupling constant that multiplies every charge.", {
      value: formula("number", "natural"),
      required: true,
      sample: { text: "coupling = 1e-4" },
    }),
    field("charges", "Charges of the particles; more specific keys win over `quarks`, `leptons`, `nu`.", {
      value: {
        kind: "map",
        keys: { kind: "words", words: chargeKeys, closed: false },
        value: formula("number", "natural"),
      },
      required: true,
      sample: { text: "charges = { quarks: 1, nu: 1 }" },
    }),
  ]),
  blockRequired: true,
  repeatable: true,
});

/** A coupling of the neutrino to the electron, as an amplitude. */
const electronAmplitude = (keyword: string, which: string): FieldDescription =>
  field(
    keyword,
    `Adds to the ${which} coupling of the neutrino to the electron. \`[l]\` keeps the flavour and interferes; ` +
      "`[l -> k]` changes it.",
    {
      index: { kind: "flavor", least: 1, most: 2, arrow: true },
      value: formula("number", "natural", electronCoupling),
      operators: ["+=", "-="],
      clauses: ["where"],
      repeatable: true,
    },
  );

export const interaction = kind({
  keyword: "interaction",
  doc:
    "A way in which neutrinos scatter on nuclei and electrons, or change on the way: contributions to the weak charge " +
    "and to the couplings of the electron, cross sections to be added, changes of the flux. Formulas have hbar = c = 1.",
  block: block(
    [
      parameter,
      letField("natural", anyScattering),
      field(
        "charge",
        "Adds to the weak charge Q_W. `[l]` keeps the flavour and interferes; `[l -> k]` changes it.",
        {
          index: { kind: "flavor", least: 1, most: 2, arrow: true },
          value: formula("number", "natural", scattering),
          operators: ["+=", "-="],
          clauses: ["where"],
          repeatable: true,
        },
      ),
      field("dsigma", "Adds to the cross section d(sigma)/dT, incoherently.", {
        over: "dT",
        index: { kind: "flavor", least: 0, most: 1, arrow: false },
        value: formula("1/energy^3", "natural", scattering),
        operators: ["+=", "-="],
        clauses: ["where"],
        repeatable: true,
      }),
      electronAmplitude("gV_e", "vector"),
      electronAmplitude("gA_e", "axial"),
      field(
        "dsigma_e",
        "Adds to the cross section d(sigma)/dT of a whole atom on its electrons, incoherently.",
        {
          over: "dT",
          index: { kind: "flavor", least: 0, most: 1, arrow: false },
          value: formula("1/energy^3", "natural", electronScattering),
          operators: ["+=", "-="],
          clauses: ["where"],
          repeatable: true,
        },
      ),
      field(
        "flux",
        "Multiplies the flux of a flavour on the way from the source; `[l -> k]` is the share that arrives as k.",
        {
          index: { kind: "flavor", least: 1, most: 2, arrow: true },
          value: formula("number", "natural", propagation),
          operators: ["*="],
          clauses: ["where"],
          repeatable: true,
        },
      ),
      mediator,
    ],
    { context: [...anyScattering, ...propagation.filter(({ name }) => name === "L")] },
  ),
  example: `sevens 1

/// Magnetic moments of the neutrinos.
interaction MagneticMoment {
  parameter mu_nu[l] = 0 mu_B in 0 mu_B .. 1e-8 mu_B
  dsigma/dT [l] += pi*alpha^2/m_e^2 * (1/T - 1/E) * Z^2 * Fp(q)^2 * (mu_nu[l]/mu_B)^2
}
`,
});
