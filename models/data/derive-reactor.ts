/**
 * Derives the antineutrino spectra of a reactor, one per fissile isotope and one for neutron captures on U-238.
 *
 *   npx tsx models/data/derive-reactor.ts [folder with the flux tables]
 *
 * Conversion of measured beta spectra between 2 and 8 MeV (U-235, Pu-239, Pu-241: Huber; U-238: summation of Mueller et
 * al.), summation of all fission products below and above (BESTIOLE). Nothing is scaled where they meet: at 2 MeV
 * the summation is 5 % below for U-235, 2 % below for Pu-239, 1 % above for Pu-241 and 2 % above for U-238.
 */
import { area, at, type Curve } from "./curve.ts";
import { readRows, releaseFolder, writeTable } from "./derived-table.ts";

const COMMAND = "npx tsx models/data/derive-reactor.ts";
const FOLDER = releaseFolder("reactor-flux");

const CONVERSION = { from: 2, to: 8 };
/** Steps in MeV of what is written, below and above 2 MeV, and the end. */
const STEP = { low: 0.05, high: 0.25 };
const END = 12;
/** Width in MeV of the bins of the summation. */
const BIN = 0.025;

const curveOf = (file: string): Curve => readRows(FOLDER, file).map(([E, value]) => [E!, value!]);

/** Mean of the summation over a width around E: its bins have 25 keV, and the sum of many end points is rugged. */
function averaged(curve: Curve, E: number, width: number): number {
  const inside = curve.filter(([x]) => Math.abs(x - E) < width / 2 + BIN / 4);
  return inside.reduce((sum, [, y]) => sum + y, 0) / inside.length;
}

const grid: readonly number[] = [
  ...Array.from({ length: CONVERSION.from / STEP.low }, (_, k) => (k + 0.5) * STEP.low),
  ...Array.from(
    { length: (END - CONVERSION.from) / STEP.high + 1 },
    (_, k) => CONVERSION.from + k * STEP.high,
  ),
];

function isotope(summation: string, conversion: string): Curve {
  const [low, middle] = [curveOf(`bestiole_${summation}.txt`), curveOf(conversion)];
  return grid.map((E) => {
    if (E >= CONVERSION.from && E <= CONVERSION.to) return [E, at(middle, E)];
    return [E, averaged(low, E, STEP.low)];
  });
}

const isotopes: readonly (readonly [name: string, curve: Curve])[] = [
  ["U235", isotope("u235", "huber2011_U235-250keV.dat")],
  ["U238", isotope("u238", "mueller_u238.txt")],
  ["Pu239", isotope("pu239", "huber2011_Pu239-250keV.dat")],
  ["Pu241", isotope("pu241", "huber2011_Pu241-250keV.dat")],
];
const totals = isotopes.map(([name, curve]) => `${name} ${area(curve).toFixed(4)}`);

writeTable(
  {
    file: "reactor-fission.csv",
    about: [
      "Antineutrinos of fissions, normalised to 1 for each isotope. Straight lines between the rows.",
      `Antineutrinos per fission: ${totals.join(", ")}.`,
      "2 to 8 MeV: conversion of measured beta spectra; below, in means over 50 keV, and above: summation.",
    ],
    columns: [
      ["E_MeV", "neutrino energy in MeV"],
      ...isotopes.map(([name]) => [name, `probability density per MeV for fissions of ${name}`] as const),
    ],
    rows: grid.map((E, k) => [E, ...isotopes.map(([, curve]) => curve[k]![1] / area(curve))]),
    digits: 7,
  },
  { citation: "arXiv:1106.0687, arXiv:1101.2663, arXiv:2304.14992", command: COMMAND },
);

/** U-239 and Np-239 decay one after the other, so that each capture gives two antineutrinos. */
const [uranium, neptunium] = [curveOf("bestiole_u239.txt"), curveOf("bestiole_np239.txt")];
const captures: Curve = [
  [0, 0],
  ...uranium.map(([E, y]): readonly [number, number] => [E, (y + at(neptunium, E)) / 2]),
];

writeTable(
  {
    file: "reactor-capture.csv",
    about: [
      "Antineutrinos of neutron captures on U-238: beta decays of U-239 and of Np-239, normalised to 1.",
      "Straight lines between the rows; each capture gives two antineutrinos.",
    ],
    columns: [
      ["E_MeV", "neutrino energy in MeV"],
      ["density", "probability density per MeV"],
    ],
    rows: captures.map(([E, y]) => [E, y / area(captures)]),
    digits: 7,
  },
  { citation: "arXiv:2304.14992", command: COMMAND },
);
