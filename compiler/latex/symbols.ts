/** Names of a spec as symbols of a formula. */
import { findUnit } from "../units/index.ts";

const lowerGreek =
  "alpha beta gamma delta varepsilon zeta eta vartheta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega".split(
    " ",
  );

/** Letters of the Greek alphabet, as names spell them. */
const greek = byName({
  ...Object.fromEntries(
    [
      ..."alpha beta gamma delta zeta eta iota kappa lambda mu nu xi pi rho sigma tau upsilon chi psi omega".split(
        " ",
      ),
      ..."Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(" "),
    ].map((name) => [name, `\\${name}`]),
  ),
  epsilon: "\\varepsilon",
  eps: "\\varepsilon",
  theta: "\\vartheta",
  phi: "\\phi",
  ...Object.fromEntries(
    [..."αβγδεζηθικλμνξπρστυφχψω"].map((letter, i) => [letter, `\\${lowerGreek[i] ?? ""}`]),
  ),
});

/** A symbol taken apart, so that indices of a flavour can join those that its name has. */
export interface MathSymbol {
  readonly base: string;
  readonly sub?: string;
  readonly sup?: string;
}

/** What the language itself names, where the rules for names would not find the usual symbol. */
const known = byName<MathSymbol>({
  Zeff: { base: "Z", sub: "\\mathrm{eff}" },
  nu_sign: { base: "s", sub: "\\nu" },
  hbarc: { base: "\\hbar c" },
  fTp_u: { base: "f", sub: "Tu", sup: "p" },
  fTp_d: { base: "f", sub: "Td", sup: "p" },
  fTp_s: { base: "f", sub: "Ts", sup: "p" },
  fTn_u: { base: "f", sub: "Tu", sup: "n" },
  fTn_d: { base: "f", sub: "Td", sup: "n" },
  fTn_s: { base: "f", sub: "Ts", sup: "n" },
});

/** Beginnings of names that stand for more than a letter. */
const heads = byName<MathSymbol>({
  dm2: { base: "\\Delta m", sup: "2" },
});

/** Found by name: part of a name may be called as a property of every object is. */
function byName<Value>(values: Readonly<Record<string, Value>>): ReadonlyMap<string, Value> {
  return new Map(Object.entries(values));
}

const escapes: Readonly<Record<string, string>> = {
  _: "\\_",
  "%": "\\%",
  "#": "\\#",
  "&": "\\&",
  $: "\\$",
  "`": "'",
};

/** Text inside `\text{…}` or `\mathrm{…}`; no backticks, which end math in Markdown. */
export function latexText(text: string): string {
  return text.replace(/[_%#&$\\{}^~`\p{C}\u2028\u2029]/gu, (one) => escapes[one] ?? " ");
}

/** `m_mu` is m with the index μ, `R0` R with 0, `Rn` R with n; whole words stay words, upright. */
export function symbolOf(name: string): MathSymbol {
  const fixed = known.get(name);
  if (fixed !== undefined) return fixed;
  const [first = "", ...rest] = name.split("_").filter((part) => part !== "");
  const head = headOf(first === "" ? name : first);
  const sub = [...(head.sub === undefined ? [] : [head.sub]), ...rest.map(indexPart)].join(",");
  return { ...head, ...(sub === "" ? {} : { sub }) };
}

function headOf(word: string): MathSymbol {
  const head = heads.get(word);
  if (head !== undefined) return head;
  const letter = greek.get(word);
  if (letter !== undefined) return { base: letter };
  if (/^\p{L}$/u.test(word)) return { base: word };
  const numbered = /^([A-Za-z]|[a-z]{2,7}|[A-Z][a-z]+)(\d+)$/.exec(word);
  if (numbered !== null) {
    const [, letters = "", digits = ""] = numbered;
    const base = greek.get(letters) ?? (letters.length === 1 ? letters : undefined);
    if (base !== undefined) return { base, sub: digits };
  }
  const indexed = /^([A-Zabd-z])([a-z])$/.exec(word);
  if (indexed !== null && /[A-Z]/.test(word)) return { base: indexed[1] ?? word, sub: indexed[2] ?? "" };
  const coupling = /^g([VA])([pne]?)$/.exec(word);
  if (coupling !== null) {
    const [, current = "", particle = ""] = coupling;
    return { base: "g", sub: current, ...(particle === "" ? {} : { sup: particle }) };
  }
  return { base: `\\mathrm{${latexText(word)}}` };
}

function indexPart(part: string): string {
  if (/^[0-9]+$/.test(part)) return part;
  if (part === "Zp") return "Z'";
  const isotope = /^([A-Z][a-z]?)(\d{2,3})$/.exec(part);
  if (isotope !== null) return `{}^{${isotope[2]}}\\mathrm{${isotope[1]}}`;
  const { base, sub } = symbolOf(part);
  return sub === undefined ? base : `${base}_{${sub}}`;
}

/** A symbol as LaTeX. */
export function printSymbol({ base, sub, sup }: MathSymbol): string {
  return `${base}${sub === undefined ? "" : `_{${sub}}`}${sup === undefined ? "" : `^{${sup}}`}`;
}

/** A flavour, an index of one, or a species. */
export function flavorSymbol(name: string): string {
  if (name === "l") return "\\ell";
  if (name === "e") return "e";
  const species = /^nu(bar)?_(e|mu|tau)$/.exec(name);
  if (species !== null) {
    const [, bar, flavor = ""] = species;
    return `${bar === undefined ? "\\nu" : "\\bar\\nu"}_{${flavorSymbol(flavor)}}`;
  }
  return printSymbol(symbolOf(name));
}

/** A unit, upright: what stands behind it in the name of an energy of recoils or electrons is its index. */
export function unitSymbol(name: string, power = 1): string {
  const [stem, index] = /^(\w*eV)(nr|ee)$/.exec(name)?.slice(1) ?? [name];
  const base = unitNamesInMath[name] ?? `\\mathrm{${latexText(stem ?? name)}}`;
  const sub = index === undefined ? "" : `_{\\mathrm{${index}}}`;
  return `${base}${sub}${power === 1 ? "" : `^{${power}}`}`;
}

const unitNamesInMath: Readonly<Record<string, string>> = {
  "%": "\\%",
  mu_B: "\\mu_{\\mathrm{B}}",
  um: "\\mathrm{\\mu m}",
  us: "\\mathrm{\\mu s}",
  ub: "\\mathrm{\\mu b}",
  e_ion: "e_{\\mathrm{ion}}",
};

/** True for the name of a unit. */
export const isUnit = (name: string): boolean => findUnit(name) !== undefined;
