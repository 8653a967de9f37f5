/** The nearest known name to a mistyped one. */
import { distance } from "fastest-levenshtein";
import { replacement } from "../../grammar/fixes.ts";
import type { Span } from "../../grammar/syntax.ts";
import { unitNames } from "../units/index.ts";
import type { Extra } from "./diagnostic.ts";

/** Longer names are not worth the quadratic time. */
const MAX_LENGTH = 64;
/** Of more names than this, none is sought: each unknown name of a file looks at all of them. */
const MAX_NAMES = 2000;

/**
 * The known name that was probably meant; undefined when none is near. Letters in the other case and underscores
 * cost nothing, two exchanged letters cost as much as one wrong one.
 */
export function suggest(name: string, known: Iterable<string>): string | undefined {
  if (name.length > MAX_LENGTH) return undefined;
  const candidates = firstOf(known, MAX_NAMES + 1);
  if (candidates.length > MAX_NAMES) return undefined;
  const isotope = nearestIsotope(name, candidates);
  if (isotope !== undefined) return isotope;
  const wanted = fold(name);
  let best: { readonly name: string; readonly cost: number; readonly exact: number } | undefined;
  for (const candidate of candidates) {
    if (candidate === name || candidate.length > MAX_LENGTH) continue;
    const folded = fold(candidate);
    const most = allowance(Math.max(wanted.length, folded.length));
    // Each letter more is one that differs.
    if (Math.abs(wanted.length - folded.length) > most) continue;
    const cost = folded === wanted ? 0 : editCost(wanted, folded);
    if (cost > most) continue;
    const exact = distance(name, candidate);
    if (best === undefined || cost < best.cost || (cost === best.cost && exact < best.exact)) {
      best = { name: candidate, cost, exact };
    }
  }
  return best?.name;
}

/** `Cs133`: an element and a mass number. */
const isotopePattern = /^([A-Z][a-z]?)([1-9]\d+)$/;

/** The nuclide of the same element whose number is spelt most alike, then the one with the nearest mass. */
function nearestIsotope(name: string, known: readonly string[]): string | undefined {
  const [, element, mass = ""] = isotopePattern.exec(name) ?? [];
  if (element === undefined) return undefined;
  const ranked = known.flatMap((other) => {
    const [, its, number = ""] = isotopePattern.exec(other) ?? [];
    if (its !== element || other === name) return [];
    return [{ other, cost: editCost(mass, number), apart: Math.abs(Number(mass) - Number(number)) }];
  });
  return ranked.sort((a, b) => a.cost - b.cost || a.apart - b.apart)[0]?.other;
}

function firstOf(names: Iterable<string>, most: number): readonly string[] {
  const found: string[] = [];
  for (const name of names) {
    if (found.length === most) break;
    found.push(name);
  }
  return found;
}

/** Without case and underscores; a name of underscores only stays itself. */
function fold(name: string): string {
  return name.replaceAll("_", "").toLowerCase() || name;
}

/** One or two letters can only differ in case: every other name would be near. */
function allowance(length: number): number {
  if (length <= 2) return 0;
  return length <= 5 ? 1 : length <= 8 ? 2 : 3;
}

function editCost(a: string, b: string): number {
  return isExchange(a, b) ? 1 : distance(a, b);
}

/** True when exchanging two neighbouring letters leads from one to the other. */
function isExchange(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/** What people write for a unit, by the one spelling that the language has. */
const spelledOut: Readonly<Record<string, readonly string[]>> = {
  PE: ["photoelectron", "photoelectrons", "pes", "phe", "npe"],
  POT: ["protons", "proton"],
  e_ion: ["electron", "electrons", "eion", "ne"],
  mu_B: ["bohrmagneton", "bohrmagnetons"],
  mol: ["mole", "moles"],
  u: ["amu", "da", "dalton", "daltons"],
  kg: ["kilogram", "kilograms", "kilo"],
  g: ["gram", "grams", "gramm"],
  tonne: ["t", "ton", "tons", "tonnes", "tn"],
  s: ["sec", "secs", "second", "seconds"],
  ms: ["msec", "millisecond", "milliseconds"],
  us: ["usec", "microsecond", "microseconds", "mus", "µs", "μs"],
  ns: ["nsec", "nanosecond", "nanoseconds"],
  min: ["minute", "minutes", "mins"],
  hr: ["h", "hour", "hours", "hrs"],
  day: ["d", "days"],
  yr: ["y", "a", "year", "years", "yrs"],
  um: ["micron", "microns", "micrometer", "micrometre", "µm", "μm"],
  fm: ["fermi", "femtometer", "femtometre"],
  m: ["meter", "meters", "metre", "metres"],
  km: ["kilometer", "kilometers", "kilometre", "kilometres"],
  cm: ["centimeter", "centimeters", "centimetre", "centimetres"],
  barn: ["b", "barns"],
  W: ["watt", "watts"],
  GW: ["gwth"],
  MW: ["mwth", "megawatt", "megawatts"],
  Hz: ["hertz"],
  J: ["joule", "joules"],
  events: ["event", "evt", "evts"],
  counts: ["count", "cts"],
};

const bySpelling: ReadonlyMap<string, string> = new Map(
  Object.entries(spelledOut).flatMap(([unit, spellings]) => spellings.map((spelling) => [spelling, unit])),
);

/** `keVr`, `keV_R`, `keVnr` and the like: an energy, a scale and what is left of the kind. */
const energyPattern = /^([kmgt]?)ev(nr|ner|r|recoil|ee|e|equiv)$/;

/** The unit that was probably meant: `kevnr` and `keV_nr` are keVnr, `hours` is hr. */
export function suggestUnit(name: string): string | undefined {
  const folded = fold(name);
  const spelled = bySpelling.get(folded) ?? bySpelling.get(name);
  if (spelled !== undefined) return spelled;
  const energy = energyPattern.exec(folded);
  if (energy !== null) {
    const [, prefix = "", kind = ""] = energy;
    const guess = `${prefix === "k" || prefix === "" ? prefix : prefix.toUpperCase()}eV${kind.startsWith("e") ? "ee" : "nr"}`;
    if (unitNames().includes(guess)) return guess;
  }
  return suggest(name, unitNames());
}

/** The help and the fix of a diagnostic about an unknown name; nothing when no known name is near. */
export function didYouMean(
  span: Span,
  name: string,
  known: Iterable<string>,
  spelled: (name: string) => string = (one) => one,
): Extra {
  return replaceBy(span, suggest(name, known), spelled);
}

/** The same for a unit. */
export function didYouMeanUnit(span: Span, name: string): Extra {
  return replaceBy(span, suggestUnit(name));
}

function replaceBy(span: Span, known: string | undefined, spelled = (one: string): string => one): Extra {
  return known === undefined
    ? {}
    : { help: `did you mean \`${known}\`?`, fixes: [replacement(span, spelled(known))] };
}
