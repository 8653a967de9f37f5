import { formula, kind } from "./build.ts";

/** `function` is a word of JavaScript, hence the longer name. */
export const functionKind = kind({
  keyword: "function",
  doc:
    "A function of numbers with units and of flavours. Types are dimension words, units or `flavor`. " +
    "It may call other functions, never itself.",
  params: { kind: "formal", required: true, typed: true, defaults: true },
  annotation: { kind: "unit", required: true },
  value: formula("declared", "natural"),
  clauses: ["where", "for", "from"],
  example: `sevens 1

/// Maximum recoil energy of a nucleus of mass m.
function T_max(E: energy, m: mass): energy = 2*E^2 / (m + 2*E)
`,
});
