import { args, block, field, formula, kind, name } from "./build.ts";
import { letField } from "./common.ts";

const q = name("q", "energy", "momentum transfer");

export const formfactor = kind({
  keyword: "formfactor",
  doc: "A nuclear form factor as a function of the momentum transfer, with lengths as arguments. F(0) is 1.",
  params: { kind: "formal", required: true, typed: true, defaults: true },
  block: block([
    letField("natural"),
    field("F", "The form factor at momentum transfer q, with hbar = c = 1.", {
      params: args(q),
      value: formula("number", "natural"),
      clauses: ["where"],
      required: true,
      sample: { text: "F(q) = 1" },
    }),
  ]),
  example: `sevens 1

/// Gaussian charge density of rms radius R.
formfactor Gaussian(R: length) {
  F(q) = exp(-(q*R)^2 / 6)
}
`,
});
