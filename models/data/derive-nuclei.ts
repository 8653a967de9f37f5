/**
 * Writes models/nuclei/*.sevens, one file per nucleus, from the table of natural isotopes.
 *
 *   npx tsx models/data/derive-nuclei.ts [folder of isotopes.csv]
 *
 * The table holds atomic masses (AME2020), abundances (IUPAC 2013), spins and rms charge radii (Angeli & Marinova
 * 2013). What analyses of the field use instead of a derived number is in `PUBLISHED`.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const COMMAND = "npx tsx models/data/derive-nuclei.ts ../shared/data/nuclear";
const REPOSITORY = resolve(import.meta.dirname, "../..");
const FOLDER = process.argv[2] ?? resolve(REPOSITORY, "../shared/data/nuclear");
const OUTPUT = join(REPOSITORY, "models/nuclei");

/** Every natural isotope of these elements is written, of lead Pb-208 only. */
const ELEMENTS: Readonly<Record<string, string>> = {
  C: "Carbon",
  O: "Oxygen",
  F: "Fluorine",
  Ne: "Neon",
  Na: "Sodium",
  Al: "Aluminium",
  Si: "Silicon",
  Ar: "Argon",
  Ca: "Calcium",
  Zn: "Zinc",
  Ge: "Germanium",
  I: "Iodine",
  Xe: "Xenon",
  Cs: "Caesium",
  W: "Tungsten",
  Pb: "Lead",
};

/** Elements whose shells `derive-electrons.ts` has written, and `derive-photoabsorption.ts` their photoabsorption. */
const WITH_SHELLS: ReadonlySet<string> = new Set(
  readdirSync(join(REPOSITORY, "models/electrons")).map((file) => file.replace(/Electrons\.sevens$/, "")),
);
const LEFT_OUT: ReadonlySet<string> = new Set(["Pb204", "Pb206", "Pb207"]);

const AME2020 = "Wang:2021xhn";
const AME2016 = "doi:10.1088/1674-1137/41/3/030003";
const NUBASE2020 = "Kondev:2021lzi";
const IUPAC2013 = "doi:10.1515/pac-2015-0503";
const ANGELI_MARINOVA = "Angeli:2013epw";

/** Mean-square charge radius of the neutron with its sign changed, fm^2. */
const NEUTRON_CHARGE_RADIUS_SQUARED = 0.1161;

/** Significant digits of a derived radius: those of the reference calculations, not of the measurement. */
const RADIUS_DIGITS = 12;

/** A value as the language writes it, and its citation. */
interface Sourced {
  readonly text: string;
  readonly cite: string;
}

interface Published {
  readonly mass?: Sourced;
  readonly Rp?: Sourced;
  readonly Rn?: { readonly text: string; readonly note: string; readonly cite?: string };
  /** Lines added to the doc comment. */
  readonly about?: readonly string[];
}

/**
 * The shell model gives skins of 0.27, 0.26 and 0.10 fm to Cs-133, I-127 and Ar-40; other models of nuclei lie lower, by about
 * as much as the error that stands beside the radius. It counts where an analysis says `profile Cs133.Rn`.
 */
const SHELL_MODEL = { note: "rms radius of the neutrons, nuclear shell model", cite: "arXiv:2007.08529" };

const PUBLISHED: Readonly<Record<string, Published>> = {
  Cs133: {
    mass: { text: "132.905451961", cite: AME2016 },
    Rp: { text: "4.821 +- 0.005", cite: "arXiv:2303.09360" },
    Rn: { text: "5.09 +- 0.10", ...SHELL_MODEL },
    about: ["The mass is that of AME2016, as in the reference calculations; AME2020 has 132.905451958 u."],
  },
  I127: {
    Rp: { text: "4.766 +- 0.008", cite: "arXiv:2303.09360" },
    Rn: { text: "5.03 +- 0.10", ...SHELL_MODEL },
  },
  Ar40: {
    Rp: { text: "3.448 +- 0.003", cite: "arXiv:2303.09360" },
    Rn: { text: "3.55 +- 0.05", ...SHELL_MODEL },
  },
  Pb208: {
    Rn: { text: "5.77", note: "rms radius of the neutrons, a skin of 0.25 fm" },
    about: [
      "The neutron radius is a convention of the reference calculations; PREX-2 finds a skin of 0.283 +- 0.071 fm.",
      "@cite arXiv:2102.10767",
    ],
  },
};

interface Isotope {
  readonly name: string;
  readonly symbol: string;
  readonly Z: number;
  readonly A: number;
  /** Atomic mass in u, as tabulated. */
  readonly mass: string;
  readonly abundance: number;
  /** Twice the spin; undefined where it is not tabulated. */
  readonly twiceSpin: number | undefined;
  /** Rms charge radius in fm, as tabulated. */
  readonly chargeRadius: string;
}

/** What the head of `isotopes.csv` says of the collections that it was made from; that of the masses says nothing. */
const ORIGINS = [
  "// source: masses of AME2020 by way of pyCEvNS, abundances by way of periodictable, spins of MARLEY, charge radii by way of mudirac",
  "// licence: not stated for the masses",
  "// licence: public domain for the abundances (periodictable)",
  "// licence: GPL-3 for the spins (MARLEY)",
  "// licence: MIT for the charge radii (mudirac)",
];

const isotopes = readIsotopes();
mkdirSync(OUTPUT, { recursive: true });
for (const isotope of isotopes) {
  writeFileSync(join(OUTPUT, `${isotope.name}.sevens`), `${header(isotope)}\n\n${nucleus(isotope)}\n`);
}
console.log(`${isotopes.length} nuclei`);

// ---- the text ---------------------------------------------------------------------------------------------

function header({ symbol }: Isotope): string {
  const shells = WITH_SHELLS.has(symbol)
    ? `\nuse electrons { ${symbol}Electrons }\nuse photoabsorption { ${symbol}Photoabsorption }`
    : "";
  return `// Generated by ${COMMAND}
// Do not edit: change the script and run it again. Sources and the meaning of Rp and Rn: models/README.md.
${ORIGINS.join("\n")}
sevens 1

use formfactors { Helm }${shells}`;
}

function nucleus(isotope: Isotope): string {
  const { name, symbol, Z, A } = isotope;
  const published = PUBLISHED[name] ?? {};
  const derived = protonRadius(isotope);
  const mass = published.mass ?? { text: isotope.mass, cite: AME2020 };
  const Rp = published.Rp ?? { text: trimmed(derived), cite: ANGELI_MARINOVA };
  const Rn = published.Rn ?? {
    text: trimmed(derived),
    cite: Rp.cite,
    note: "rms radius of the neutrons, set to Rp",
  };
  const range = `in ${Math.max(2, Math.round(0.6 * derived))} fm .. ${Math.ceil(1.6 * derived)} fm`;
  const about = [
    `${ELEMENTS[symbol]}-${A}, rms charge radius ${isotope.chargeRadius} fm.`,
    ...(published.about ?? []),
  ];
  const fields = [
    `Z = ${Z}`,
    `A = ${A}`,
    ...spin(isotope),
    `atomic_mass = ${mass.text} u @cite ${mass.cite}`,
    `abundance = ${percent(isotope.abundance)} @cite ${IUPAC2013}`,
    `parameter Rp = ${Rp.text} fm ${range} "rms radius of the protons" @cite ${Rp.cite}`,
    `parameter Rn = ${Rn.text} fm ${range} "${Rn.note}"${Rn.cite === undefined ? "" : ` @cite ${Rn.cite}`}`,
    "protons = Helm(R = Rp)",
    "neutrons = Helm(R = Rn)",
    ...(WITH_SHELLS.has(symbol)
      ? [`electrons(T) = ${symbol}Electrons(T)`, `photoabsorption(T) = ${symbol}Photoabsorption(T)`]
      : []),
  ];
  return [
    ...about.map((line) => `/// ${line}`),
    `/// @cite ${ANGELI_MARINOVA}`,
    `nucleus ${name} {`,
    ...fields.map((line) => `  ${line}`),
    "}",
  ].join("\n");
}

function spin({ twiceSpin }: Isotope): string[] {
  if (twiceSpin === undefined) return [];
  const value = twiceSpin % 2 === 0 ? String(twiceSpin / 2) : `${twiceSpin}/2`;
  return [`spin = ${value} @cite ${NUBASE2020}`];
}

/** Rms radius of the protons, their own size included: the charge radius without the part of the neutrons. */
function protonRadius({ Z, A, chargeRadius }: Isotope): number {
  return Math.sqrt(Number(chargeRadius) ** 2 + (NEUTRON_CHARGE_RADIUS_SQUARED * (A - Z)) / Z);
}

function trimmed(x: number): string {
  return String(Number(x.toPrecision(RADIUS_DIGITS)));
}

/** The abundances have six decimals. */
function percent(x: number): string {
  return `${Number((100 * x).toFixed(4))}%`;
}

// ---- the table --------------------------------------------------------------------------------------------

function readIsotopes(): Isotope[] {
  const lines = readFileSync(join(FOLDER, "isotopes.csv"), "utf8").split("\n");
  const rows = lines.filter((line) => line.trim() !== "" && !line.startsWith("#"));
  return rows.slice(1).flatMap((line) => {
    const isotope = parseIsotope(line);
    return isotope.symbol in ELEMENTS && !LEFT_OUT.has(isotope.name) ? [checked(isotope)] : [];
  });
}

/** Columns: Z, A, symbol, mass_u, abundance, abundance_unc, twoJ_parity, r_ch_fm. */
function parseIsotope(line: string): Isotope {
  const [Z, A, symbol, mass, abundance, , twoJParity, chargeRadius] = line.trim().split(",");
  if (Z === undefined || A === undefined || symbol === undefined || mass === undefined) {
    throw new Error(`isotopes.csv: not a row: ${line}`);
  }
  return {
    name: `${symbol}${A}`,
    symbol,
    Z: Number(Z),
    A: Number(A),
    mass: mass.replace(/0+$/, "").replace(/\.$/, ""),
    abundance: Number(abundance),
    twiceSpin: twoJParity ? Number.parseInt(twoJParity, 10) : undefined,
    chargeRadius: chargeRadius ?? "",
  };
}

/** Refuses what would be written wrong: all nuclei of the list have a charge radius and an abundance. */
function checked(isotope: Isotope): Isotope {
  const { name, Z, A, mass, abundance, chargeRadius } = isotope;
  const numbers = [Z, A, Number(mass), abundance, Number(chargeRadius)];
  if (numbers.some((x) => !(x > 0))) throw new Error(`${name}: a value is missing in isotopes.csv`);
  return isotope;
}
