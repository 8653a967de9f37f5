import { either, formula, kind } from "./build.ts";
import { flavors } from "./common.ts";

export const constant = kind({
  keyword: "constant",
  doc: "A named number, or one per flavour. It may use other constants and functions, with hbar = c = 1.",
  value: either(formula("any", "natural"), {
    kind: "map",
    keys: { kind: "words", words: flavors, closed: true },
    value: formula("any", "natural"),
  }),
  clauses: ["where", "from"],
  example: `sevens 1

/// Weak mixing angle at the mass of the Z boson.  @cite PDG2022
constant s2Z = 0.23122

constant m_lepton = { e: m_e, mu: m_mu, tau: m_tau }
`,
});
