/**
 * Derives the tables of the Dresden-II reactor experiment from the files of its data release (arXiv:2202.09672).
 *
 *   npx tsx models/data/derive-dresden-ii.ts [folder of the release files]
 *
 * Written are the counts with the reactor on, the two measured quenching factors, and the spectrum of the
 * antineutrinos: fission below 2 MeV by Vogel and Engel, above by Huber and Mueller, and capture of neutrons on U-238.
 */
import { bins, type Row, readRows, releaseFolder, rounded, sum, writeTable } from "./derived-table.ts";

const ORIGIN = { citation: "arXiv:2202.09672", command: "npx tsx models/data/derive-dresden-ii.ts" };
const RELEASE = releaseFolder("dresden-ii-2022");

/** Width of the bins of energy, keVee. */
const BIN = 0.01;
/** Every fifth row of the quenching factors is kept: a spline through steps of 0.05 keVnr is right to 1e-4. */
const QUENCHING_STRIDE = 5;
/** Recoil energy of the kink in the factor of iron-filtered neutrons, keVnr. */
const FEF_KINK = 1.344;

/** Fractions of the fissions by isotope, and the files with antineutrinos per MeV and fission. */
const FUEL: readonly (readonly [fraction: number, file: string])[] = [
  [0.58, "spectraMeVU235.txt"],
  [0.29, "spectraMeVPu239.txt"],
  [0.08, "spectraMeVU238.txt"],
  [0.05, "spectraMeVPu241.txt"],
];
/** Neutrons that U-238 captures per fission, and the beta decays (of U-239 and Np-239) that follow a capture. */
const CAPTURES = 0.6;
const DECAYS_PER_CAPTURE = 2;

writeCounts();
writeQuenching();
writeAntineutrinos();

function writeCounts(): void {
  const rows = readRows(RELEASE, "data_release.txt").map(([centre, on, error]) => [
    rounded(centre! - BIN / 2),
    rounded(centre! + BIN / 2),
    on!,
    error!,
  ]);
  const table = {
    file: "dresden-ii-2022-counts.csv",
    about: [
      "Spectrum of the germanium detector at the Dresden-II reactor, 96.4 days with the reactor on, corrected for the",
      "acceptance of signals.",
    ],
    columns: [
      ["energy_lo", "lower edge, ionisation energy in keVee"],
      ["energy_hi", "upper edge, keVee"],
      ["count", "counts per bin and 3 kg day"],
      ["error", "standard deviation of count"],
    ] as const,
    rows,
  };
  writeTable(table, ORIGIN);
}

/**
 * The factor of iron-filtered neutrons is a straight line below a kink at 1.344 keVnr, to all digits of the release;
 * written is the curve above, which a spec joins to the line. Its first row continues it from the kink downwards.
 */
function writeQuenching(): void {
  const rows = readRows(RELEASE, "QF_Fef_YBe.txt").filter((_, at) => at % QUENCHING_STRIDE === 0);
  const above = rows.filter(([T]) => T! > FEF_KINK).map(([T, fef]) => [T!, fef!]);
  const [[T0, y0], [T1, y1]] = [above[0]!, above[1]!];
  const first = [2 * T0! - T1!, 2 * y0! - y1!];
  const about = (source: string): readonly string[] => [
    `Quenching factor of germanium, ionisation energy over recoil energy, measured with ${source}.`,
  ];
  const columns = [
    ["T", "recoil energy in keVnr"],
    ["factor", "quenching factor"],
  ] as const;
  writeTable(
    {
      file: "dresden-ii-2022-fef.csv",
      about: about("neutrons filtered by iron"),
      columns,
      rows: [first, ...above],
    },
    ORIGIN,
  );
  const ybe = rows.map(([T, , factor]) => [T!, factor!]);
  writeTable(
    { file: "dresden-ii-2022-ybe.csv", about: about("photoneutrons of Y-88 and Be"), columns, rows: ybe },
    ORIGIN,
  );
}

function writeAntineutrinos(): void {
  const fission = FUEL.map(([fraction, file]) => [fraction, logLinear(readRows(RELEASE, file))] as const);
  const captured = readRows(RELEASE, "spectraMeVU238Ncapture.txt");
  const capture = shapeOf(captured);
  const grid = gridOf([...FUEL.map(([, file]) => readRows(RELEASE, file)), captured]);
  const perFission = grid.map(
    (E) =>
      sum(fission.map(([fraction, spectrum]) => fraction * spectrum(E))) +
      CAPTURES * DECAYS_PER_CAPTURE * capture(E),
  );
  const total = integralOfLogLines(grid, perFission);
  const table = {
    file: "dresden-ii-2022-antineutrinos.csv",
    about: [
      "Electron antineutrinos of the Dresden-II reactor, normalised to 1. Fission of U-235, Pu-239, U-238 and Pu-241 as",
      "0.58 : 0.29 : 0.08 : 0.05, and 0.6 captures of neutrons on U-238 per fission with 2 antineutrinos each.",
      "interpolation: straight lines of the logarithm.",
    ],
    columns: [
      ["E", "energy of the antineutrino in MeV"],
      ["density", "probability density per MeV"],
    ] as const,
    rows: grid.map((E, i) => [E, perFission[i]! / total]),
  };
  writeTable(table, ORIGIN);
}

/** Straight lines of log y through the points, zero beyond them. */
function logLinear(points: readonly Row[]): (x: number) => number {
  const line = straightLines(points.map(([x, y]) => [x!, Math.log(y!)]));
  const [low, high] = [points[0]![0]!, points.at(-1)![0]!];
  return (x) => (x < low || x > high ? 0 : Math.exp(line(x)));
}

/**
 * The spectrum of captures normalised to 1. It was read off a figure, with steps where x stands still or falls a
 * little: points are sorted, straight lines join them.
 */
function shapeOf(points: readonly Row[]): (x: number) => number {
  const sorted = sortedPoints(points);
  const line = straightLines(sorted);
  const [low, high] = [sorted[0]![0]!, sorted.at(-1)![0]!];
  const area = sum(
    bins(sorted.map(([x]) => x!)).map(({ lo, hi }) => ((hi - lo) * (line(lo) + line(hi))) / 2),
  );
  return (x) => (x < low || x > high ? 0 : line(x) / area);
}

/** By rising x, points closer than 1 keV as their mean. */
function sortedPoints(points: readonly Row[]): Row[] {
  const groups: Row[][] = [];
  for (const point of [...points].sort(([a], [b]) => a! - b!)) {
    const last = groups.at(-1);
    if (last !== undefined && point[0]! - last[0]![0]! < 1e-3) last.push(point);
    else groups.push([point]);
  }
  return groups.map((group) =>
    [0, 1].map((column) => sum(group.map((point) => point[column]!)) / group.length),
  );
}

function straightLines(points: readonly Row[]): (x: number) => number {
  return (x) => {
    const at = Math.max(
      1,
      points.findIndex(([upper]) => upper! >= x),
    );
    const [[x0, y0], [x1, y1]] = [points[at - 1]!, points[at]!];
    return y0! + ((x - x0!) / (x1! - x0!)) * (y1! - y0!);
  };
}

/** Every energy that some table has, to 1 eV. */
function gridOf(tables: readonly (readonly Row[])[]): number[] {
  const all = tables.flatMap((rows) => rows.map(([E]) => Number(E!.toFixed(6))));
  return [...new Set(all)].sort((a, b) => a - b);
}

/** ∫ y dx with straight lines of log y between the points. */
function integralOfLogLines(x: readonly number[], y: readonly number[]): number {
  return sum(
    bins(x).map(({ lo, hi }, i) => {
      const ratio = Math.log(y[i + 1]! / y[i]!);
      return Math.abs(ratio) < 1e-9 ? (hi - lo) * y[i]! : ((hi - lo) * (y[i + 1]! - y[i]!)) / ratio;
    }),
  );
}
