/**
 * Derives the spectra of the Sun, the atmosphere, old supernovae and the Earth from tables of public codes.
 *
 *   npx tsx models/data/derive-sources.ts [folder with solar/ and atmospheric-dsnb-geo/]
 *
 * Each is written as a density that integrates to 1, on as few points as straight lines need to follow it.
 */
import { area, type Curve, thinned } from "./curve.ts";
import { readRows, releaseFolder, writeTable } from "./derived-table.ts";

const COMMAND = "npx tsx models/data/derive-sources.ts";
const FOLDER = releaseFolder();

/** Distance from the tables as a fraction of their values. */
const DISTANCE = 2e-3;

interface Spectrum {
  readonly from: string;
  readonly file: string;
  readonly what: string;
  readonly citation: string;
}

const solar = (branch: string, what: string, citation: string): Spectrum => ({
  from: `solar/${branch}.txt`,
  file: `solar-${branch.toLowerCase()}.csv`,
  what: `Solar neutrinos of ${what}`,
  citation,
});
const atmospheric = (species: string, name: string): Spectrum => ({
  from: `atmospheric-dsnb-geo/fluka_AtmNu_${species}.txt`,
  file: `atmospheric-${name}.csv`,
  what: `Atmospheric ${name} at Gran Sasso between 13 and 982 MeV`,
  citation: "arXiv:hep-ph/0305208",
});
const earth = (tag: string, chain: string): Spectrum => ({
  from: `atmospheric-dsnb-geo/Geo${tag}.txt`,
  file: `geo-${tag.toLowerCase()}.csv`,
  what: `Antineutrinos of ${chain} in the Earth`,
  citation: "arXiv:1301.0365",
});

const BAHCALL = "arXiv:astro-ph/0412440";
const spectra: readonly Spectrum[] = [
  solar("pp", "the fusion of two protons", BAHCALL),
  solar("8B", "boron-8", BAHCALL),
  solar("hep", "the fusion of He-3 and a proton", BAHCALL),
  solar("13N", "nitrogen-13", BAHCALL),
  solar("15O", "oxygen-15", BAHCALL),
  solar("17F", "fluorine-17", BAHCALL),
  atmospheric("e", "nu_e"),
  atmospheric("ebar", "nubar_e"),
  atmospheric("mu", "nu_mu"),
  atmospheric("mubar", "nubar_mu"),
  {
    from: "atmospheric-dsnb-geo/DSNB.txt",
    file: "dsnb.csv",
    what: "Diffuse background of all past supernovae, all species together",
    citation: "arXiv:0812.3157",
  },
  earth("U", "the chain of uranium-238"),
  earth("Th", "the chain of thorium-232"),
  earth("K", "potassium-40"),
];

for (const { from, file, what, citation } of spectra) {
  const curve: Curve = readRows(FOLDER, from).map(([E, value]) => [E!, value!]);
  const total = area(curve);
  writeTable(
    {
      file,
      about: [
        `${what}: density of the energy, normalised to 1. Straight lines between the rows.`,
        `Integral of the table that it was made from: ${Number(total.toPrecision(6))}.`,
      ],
      columns: [
        ["E_MeV", "neutrino energy in MeV"],
        ["density", "probability density per MeV"],
      ],
      rows: thinned(curve, DISTANCE),
      digits: 7,
    },
    { citation, command: COMMAND },
  );
}
