/**
 * The one table of units.
 *
 * Every base dimension has a canonical unit (MeV, fm, us, PE, …), and a unit is an exact factor times powers of
 * canonical units. Compiled code computes in powers of MeV with hbar = c = 1; `internalFactor` leads there.
 */
import { type Exact, exact, inverse, multiplyExact, one, powerExact, toNumber } from "./decimal.ts";
import { type BaseDimension, base, baseDimensions, type Dimension, dimension, none } from "./dimension.ts";

export interface Unit {
  readonly name: string;
  readonly dimension: Dimension;
  /** Exactly, how many canonical units of its dimension one of it is. */
  readonly factor: Exact;
  readonly doc: string;
}

/** The canonical unit of each base dimension. */
export const canonicalUnits: Readonly<Record<BaseDimension, string>> = {
  PE: "PE",
  POT: "POT",
  electrons: "e_ion",
  amount: "mol",
  magneton: "mu_B",
  charge: "e",
  mass: "MeV",
  energy: "MeV",
  nr: "MeVnr",
  ee: "MeVee",
  length: "fm",
  time: "us",
};

/** hbar c in MeV fm (CODATA 2018, from exact constants, as published to ten digits). */
const HBARC = exact("197.3269804");
/** Speed of light in fm per us: 299792458 m/s exactly. */
const LIGHT_FM_PER_US = exact("299792458e9");

/** Canonical to internal. What is missing counts in its canonical unit. */
const internalFactors: Readonly<Partial<Record<BaseDimension, Exact>>> = {
  length: inverse(HBARC),
  time: multiplyExact(LIGHT_FM_PER_US, inverse(HBARC)),
};

type Row = readonly [name: string, factor: string, doc: string];

const rows = (of: Dimension, ...table: readonly Row[]): readonly Unit[] =>
  table.map(([name, factor, doc]) => ({ name, dimension: of, factor: exact(factor), doc }));

const electronvolts = (of: Dimension, suffix: string, kind: string): readonly Unit[] =>
  rows(
    of,
    [`eV${suffix}`, "1e-6", `electronvolt${kind}`],
    [`keV${suffix}`, "1e-3", `1000 electronvolts${kind}`],
    [`MeV${suffix}`, "1", `1e6 electronvolts${kind}`],
    [`GeV${suffix}`, "1e3", `1e9 electronvolts${kind}`],
  );

/** 1 J in MeV is 1/1.602176634e-13, exactly (SI 2019); 1 kg in MeV that times 299792458^2. */
const table: readonly Unit[] = [
  ...electronvolts(base.energy, "", ""),
  ...rows(base.energy, ["TeV", "1e6", "1e12 electronvolts"], ["J", "1/1.602176634e-13", "joule"]),
  ...electronvolts(base.nr, "nr", " of nuclear recoil"),
  ...electronvolts(base.ee, "ee", ", electron-equivalent"),
  ...rows(
    base.mass,
    ["u", "931.49410242", "atomic mass unit (CODATA 2018)"],
    ["g", "89875517873681764/1.602176634e-10", "gram"],
    ["kg", "89875517873681764/1.602176634e-13", "kilogram"],
    ["tonne", "89875517873681764/1.602176634e-16", "metric ton, 1000 kg"],
  ),
  ...rows(
    base.length,
    ["fm", "1", "femtometre"],
    ["pm", "1e3", "picometre"],
    ["nm", "1e6", "nanometre"],
    ["um", "1e9", "micrometre"],
    ["mm", "1e12", "millimetre"],
    ["cm", "1e13", "centimetre"],
    ["m", "1e15", "metre"],
    ["km", "1e18", "kilometre"],
    ["pc", "3.0856775814913673e31", "parsec (IAU 2015)"],
    ["kpc", "3.0856775814913673e34", "1000 parsecs"],
  ),
  ...rows(
    dimension({ length: 2 }),
    ["barn", "1e2", "1e-24 cm^2"],
    ["mb", "1e-1", "1e-27 cm^2"],
    ["ub", "1e-4", "1e-30 cm^2"],
    ["nb", "1e-7", "1e-33 cm^2"],
    ["pb", "1e-10", "1e-36 cm^2"],
    ["fb", "1e-13", "1e-39 cm^2"],
    ["ab", "1e-16", "1e-42 cm^2"],
    ["zb", "1e-19", "1e-45 cm^2"],
  ),
  ...rows(
    base.time,
    ["ns", "1e-3", "nanosecond"],
    ["us", "1", "microsecond"],
    ["ms", "1e3", "millisecond"],
    ["s", "1e6", "second"],
    ["min", "6e7", "minute"],
    ["hr", "3.6e9", "hour"],
    ["day", "8.64e10", "day of 86400 s"],
    ["yr", "3.15576e13", "year of 365.25 days"],
  ),
  ...rows(dimension({ time: -1 }), ["Hz", "1e-6", "1/s"], ["kHz", "1e-3", "1000/s"]),
  ...rows(
    dimension({ energy: 1, time: -1 }),
    ["W", "1e-6/1.602176634e-13", "watt"],
    ["kW", "1e-3/1.602176634e-13", "kilowatt"],
    ["MW", "1/1.602176634e-13", "megawatt"],
    ["GW", "1e3/1.602176634e-13", "gigawatt"],
  ),
  ...rows(base.PE, ["PE", "1", "photoelectron"]),
  ...rows(base.POT, ["POT", "1", "proton on target"]),
  ...rows(base.electrons, ["e_ion", "1", "ionisation electron"]),
  ...rows(base.magneton, ["mu_B", "1", "Bohr magneton"]),
  ...rows(base.charge, ["e", "1", "elementary charge"]),
  ...rows(base.amount, ["mol", "1", "mole"]),
  ...rows(none, ["events", "1", "a pure number of events"], ["counts", "1", "a pure number of counts"]),
];

const byName: ReadonlyMap<string, Unit> = new Map(table.map((unit) => [unit.name, unit]));

export function findUnit(name: string): Unit | undefined {
  return byName.get(name);
}

/** All units in the order of the table. */
export function units(): readonly Unit[] {
  return table;
}

export function unitNames(): readonly string[] {
  return table.map((unit) => unit.name);
}

/**
 * Exactly, how many internal units (powers of MeV) one canonical unit of a dimension is; undefined for
 * fractional or extreme powers, for which `internalFactor` has the double.
 */
export function exactInternalFactor(d: Dimension): Exact | undefined {
  let product = one;
  for (const name of baseDimensions) {
    const [factor, exponent] = [internalFactors[name], d.exponents[name]];
    if (factor === undefined || exponent === undefined) continue;
    const raised = exponent.den === 1 ? powerExact(factor, exponent.num) : undefined;
    if (raised === undefined) return undefined;
    product = multiplyExact(product, raised);
  }
  return product;
}

/** How many internal units (powers of MeV) one canonical unit of a dimension is. */
export function internalFactor(d: Dimension): number {
  const whole = exactInternalFactor(d);
  if (whole !== undefined) return toNumber(whole);
  return baseDimensions.reduce((product, name) => {
    const [factor, exponent] = [internalFactors[name], d.exponents[name]];
    if (factor === undefined || exponent === undefined) return product;
    return product * Math.exp((exponent.num / exponent.den) * Math.log(toNumber(factor)));
  }, 1);
}
