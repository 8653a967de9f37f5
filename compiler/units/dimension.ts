/**
 * Dimensions: vectors of rational exponents over the base dimensions of the language.
 *
 * Nuclear-recoil energy and electron-equivalent energy are dimensions of their own: a quenching factor, not a
 * conversion, leads from one to the other. Inside formulas hbar = c = 1 holds, which `natural` expresses.
 */
import { addRational, formatRational, multiplyRational, type Rational, rational } from "./rational.ts";

/** In the order in which they are written. */
export const baseDimensions = [
  "PE",
  "POT",
  "electrons",
  "amount",
  "magneton",
  "charge",
  "mass",
  "energy",
  "nr",
  "ee",
  "length",
  "time",
] as const;

export type BaseDimension = (typeof baseDimensions)[number];

type Exponents = Readonly<Partial<Record<BaseDimension, Rational>>>;

/** Interned: two dimensions are equal exactly when they are the same object. Made by `dimension` only. */
export interface Dimension {
  /** Canonical text, fit for hashing and as a key of maps: `energy^-3`, `1` for a pure number. */
  readonly key: string;
  /** Only those that are not zero. */
  readonly exponents: Exponents;
}

const interned = new Map<string, Dimension>();

function intern(exponents: Exponents): Dimension {
  const parts: string[] = [];
  const kept: Partial<Record<BaseDimension, Rational>> = {};
  for (const base of baseDimensions) {
    const exponent = exponents[base];
    if (exponent === undefined || exponent.num === 0) continue;
    kept[base] = exponent;
    parts.push(withExponent(base, exponent));
  }
  const key = parts.length === 0 ? "1" : parts.join(" ");
  const known = interned.get(key);
  if (known !== undefined) return known;
  const made: Dimension = Object.freeze({ key, exponents: Object.freeze(kept) });
  interned.set(key, made);
  return made;
}

/** `dimension({ PE: 1, ee: -1 })`. Integer exponents; roots come from `power`. */
export function dimension(exponents: Readonly<Partial<Record<BaseDimension, number>>>): Dimension {
  const exact: Partial<Record<BaseDimension, Rational>> = {};
  for (const base of baseDimensions) exact[base] = rational(exponents[base] ?? 0);
  return intern(exact);
}

/** The dimension of a pure number. */
export const none: Dimension = dimension({});

/** The base dimensions by name: `base.energy`. */
export const base: Readonly<Record<BaseDimension, Dimension>> = {
  PE: dimension({ PE: 1 }),
  POT: dimension({ POT: 1 }),
  electrons: dimension({ electrons: 1 }),
  amount: dimension({ amount: 1 }),
  magneton: dimension({ magneton: 1 }),
  charge: dimension({ charge: 1 }),
  mass: dimension({ mass: 1 }),
  energy: dimension({ energy: 1 }),
  nr: dimension({ nr: 1 }),
  ee: dimension({ ee: 1 }),
  length: dimension({ length: 1 }),
  time: dimension({ time: 1 }),
};

export function multiply(a: Dimension, b: Dimension): Dimension {
  if (a === none) return b;
  if (b === none) return a;
  const sum: Partial<Record<BaseDimension, Rational>> = { ...a.exponents };
  for (const name of baseDimensions) {
    const [mine, other] = [a.exponents[name], b.exponents[name]];
    if (other !== undefined) sum[name] = mine === undefined ? other : addRational(mine, other);
  }
  return intern(sum);
}

export function divide(a: Dimension, b: Dimension): Dimension {
  return multiply(a, power(b, -1));
}

/** `power(d, 2)`, `power(d, rational(1, 2))`. */
export function power(d: Dimension, exponent: Rational | number): Dimension {
  const by = typeof exponent === "number" ? rational(exponent) : exponent;
  const scaled: Partial<Record<BaseDimension, Rational>> = {};
  for (const name of baseDimensions) {
    const own = d.exponents[name];
    if (own !== undefined) scaled[name] = multiplyRational(own, by);
  }
  return intern(scaled);
}

export function sqrt(d: Dimension): Dimension {
  return power(d, rational(1, 2));
}

export function equal(a: Dimension, b: Dimension): boolean {
  return a === b;
}

export function isNone(d: Dimension): boolean {
  return d === none;
}

export function key(d: Dimension): string {
  return d.key;
}

/** How often each base dimension counts as energy when hbar = c = 1. The others stand for themselves. */
const energyPower: Readonly<Partial<Record<BaseDimension, number>>> = {
  energy: 1,
  nr: 1,
  mass: 1,
  length: -1,
  time: -1,
};

/** The dimension with hbar = c = 1: nuclear-recoil energy and mass are energy, length and time its inverse. */
export function natural(d: Dimension): Dimension {
  let energy = rational(0);
  const rest: Partial<Record<BaseDimension, Rational>> = {};
  for (const name of baseDimensions) {
    const exponent = d.exponents[name];
    if (exponent === undefined) continue;
    const counts = energyPower[name];
    if (counts === undefined) rest[name] = exponent;
    else energy = addRational(energy, multiplyRational(exponent, rational(counts)));
  }
  return intern({ ...rest, energy });
}

/** True when two quantities may be added or compared inside a formula, where hbar = c = 1. */
export function naturallyEqual(a: Dimension, b: Dimension): boolean {
  return a === b || natural(a) === natural(b);
}

const words: Readonly<Record<BaseDimension, string>> = {
  PE: "photoelectrons",
  POT: "protons on target",
  electrons: "ionisation electrons",
  amount: "amount",
  magneton: "magnetic moment",
  charge: "charge",
  mass: "mass",
  energy: "energy",
  nr: "nuclear-recoil energy",
  ee: "electron-equivalent energy",
  length: "length",
  time: "time",
};

/** For people: `energy`, `1/energy`, `energy^-3`, `1/(length^2 time)`, `number`. */
export function describe(d: Dimension): string {
  return formatProduct(d, (name) => words[name]) ?? "number";
}

/**
 * A product of powers as text, from one word per base dimension; undefined for a pure number. A single negative
 * power other than the inverse keeps its sign: `energy^-3`.
 */
export function formatProduct(d: Dimension, word: (name: BaseDimension) => string): string | undefined {
  const present = baseDimensions.flatMap((name) => {
    const exponent = d.exponents[name];
    return exponent === undefined ? [] : [{ word: word(name), exponent }];
  });
  const [first] = present;
  if (first === undefined) return undefined;
  if (present.length === 1 && first.exponent.num !== -first.exponent.den) {
    return withExponent(first.word, first.exponent);
  }
  const above = present.filter(({ exponent }) => exponent.num > 0);
  const below = present.filter(({ exponent }) => exponent.num < 0);
  const numerator = above.map((part) => withExponent(part.word, part.exponent)).join(" ") || "1";
  const denominator = below.map((part) =>
    withExponent(part.word, multiplyRational(part.exponent, rational(-1))),
  );
  if (denominator.length === 0) return numerator;
  return `${numerator}/${denominator.length === 1 ? denominator[0] : `(${denominator.join(" ")})`}`;
}

function withExponent(word: string, exponent: Rational): string {
  if (exponent.den !== 1) return `${word}^(${formatRational(exponent)})`;
  return exponent.num === 1 ? word : `${word}^${exponent.num}`;
}
