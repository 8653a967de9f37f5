/**
 * Derives the tables of analysis A of the COHERENT liquid-argon detector CENNS-10 from the files of its data release
 * (arXiv:2006.12659).
 *
 *   npx tsx models/data/derive-coherent-lar.ts [folder of the release files]
 *
 * The release gives expected counts per bin of energy, F90 and time, nominal and with one systematic moved. Written
 * are the counts, and shapes that are normalised. That of CEvNS is the one of F90 and time in each bin of energy: a spec
 * predicts the energies, for any model.
 */
import {
  bins,
  type Column,
  type Row,
  readRows,
  releaseFolder,
  rounded,
  sum,
  type Table,
  writeTable,
} from "./derived-table.ts";

const ORIGIN = { citation: "arXiv:2006.12659", command: "npx tsx models/data/derive-coherent-lar.ts" };
const RELEASE = releaseFolder("coherent-lar-2020");

/** Bins of the release, which names them by their centres: energy in keVee, F90, time in μs. */
const AXES = [edges(0, 10, 12), edges(0.5, 0.05, 8), edges(-0.1, 0.5, 10)].map(bins);

const BIN_COLUMNS: readonly Column[] = [
  ["energy_lo", "lower edge, reconstructed energy in keVee"],
  ["energy_hi", "upper edge, keVee"],
  ["f90_lo", "lower edge, fraction of the light in the first 90 ns"],
  ["f90_hi", "upper edge"],
  ["time_lo", "lower edge, time after the beam trigger in us"],
  ["time_hi", "upper edge, us"],
];

/**
 * Events of CEvNS per bin of energy by the spec of the detector alone, to tell how the release's own prediction
 * differs: `sevens rates --observables energy --set calibration=0` for the Standard Model.
 */
const FIRST_PRINCIPLES: readonly number[] = [
  85.129902, 37.649494, 9.6442168, 2.3981932, 0.41090838, 0.02616031, 0.00018516364, 3.4299452e-8,
  6.554465e-14, 8.4330975e-22, 6.0113987e-32, 2.1500927e-44,
];

/** File of the release, name of the table, and what it is. */
type Shape = readonly [file: string, name: string, what: string];

const SIGNAL_SHAPES: readonly Shape[] = [
  ["cevnspdf", "cevns", "CEvNS"],
  ["cevnspdf+1sigF90", "cevns-f90-plus", "CEvNS with F90 at +1 sigma"],
  ["cevnspdf-1sigF90", "cevns-f90-minus", "CEvNS with F90 at -1 sigma"],
  ["cevnspdfCEvNSTimingMeanSyst", "cevns-time-plus", "CEvNS with the mean time moved by 1 sigma"],
];

const NEUTRONS = "Prompt beam-related neutrons";
const BACKGROUND_SHAPES: readonly Shape[] = [
  ["brnpdf", "brn", NEUTRONS],
  ["brnpdf+1sigEnergy", "brn-energy-plus", `${NEUTRONS} with their energy at +1 sigma`],
  ["brnpdf-1sigEnergy", "brn-energy-minus", `${NEUTRONS} with their energy at -1 sigma`],
  ["brnpdf+1sigBRNTimingMean", "brn-time-plus", `${NEUTRONS} with the mean time at +1 sigma`],
  ["brnpdf-1sigBRNTimingMean", "brn-time-minus", `${NEUTRONS} with the mean time at -1 sigma`],
  ["brnpdfBRNTimingWidthSyst", "brn-width-plus", `${NEUTRONS} with the width in time moved by 1 sigma`],
  ["delbrnpdf", "delayed-brn", "Delayed beam-related neutrons"],
  ["bkgpdf", "ssb", "Steady-state background"],
];

writeTable(countsTable(), ORIGIN);
for (const shape of SIGNAL_SHAPES) writeTable(signalTable(shape), ORIGIN);
for (const shape of BACKGROUND_SHAPES) writeTable(backgroundTable(shape), ORIGIN);
writeTable(efficiencyTable(), ORIGIN);
writeTable(calibrationTable(), ORIGIN);

function countsTable(): Table {
  return {
    file: "coherent-lar-2020-counts.csv",
    about: [
      "Events of COHERENT CENNS-10, analysis A, in bins of energy, F90 and time; backgrounds are in it.",
    ],
    columns: [...BIN_COLUMNS, ["count", "events"]],
    rows: withBins(binned("datanobkgsub")),
  };
}

function backgroundTable([file, name, what]: Shape): Table {
  const values = binned(file);
  const total = sum(values);
  return {
    file: `coherent-lar-2020-${name}.csv`,
    about: [`${what} at COHERENT CENNS-10, analysis A: share of each bin, normalised to 1 over all.`],
    columns: [...BIN_COLUMNS, ["shape", "share of the events"]],
    rows: withBins(values.map((value) => value / total)),
  };
}

function signalTable([file, name, what]: Shape): Table {
  return {
    file: `coherent-lar-2020-${name}.csv`,
    about: [
      `${what} at COHERENT CENNS-10, analysis A: share of each bin of F90 and time among the events of its bin of`,
      "energy. The release has no CEvNS above 60 keVee: there the shares are those of 50 .. 60 keVee.",
    ],
    columns: [...BIN_COLUMNS, ["shape", "share of the events of this bin of energy"]],
    rows: withBins(sharesGivenEnergy(binned(file))),
  };
}

function efficiencyTable(): Table {
  const rows = readRows(RELEASE, "CENNS10AnlAEfficiency.txt").map(([keVee, , value]) => [keVee!, value!]);
  return {
    file: "coherent-lar-2020-efficiency.csv",
    about: ["Efficiency of all cuts of COHERENT CENNS-10, analysis A, for nuclear recoils."],
    columns: [
      ["energy", "reconstructed energy in keVee, centre of a bin of 0.5 keVee"],
      ["efficiency", "fraction of the events that is kept"],
    ],
    rows,
  };
}

/** How the release's own prediction of CEvNS differs from that of the spec. */
function calibrationTable(): Table {
  return {
    file: "coherent-lar-2020-calibration.csv",
    about: [
      "CEvNS of the Standard Model at COHERENT CENNS-10, analysis A, per bin of energy: the prediction of the release,",
      "that of models/detectors/CENNS10.sevens from first principles, and their ratio.",
    ],
    columns: [
      ...BIN_COLUMNS.slice(0, 2),
      ["release", "events by the release"],
      ["spec", "events by the spec"],
      ["ratio", "release/spec"],
    ],
    rows: perEnergy(binned("cevnspdf")).map((row, energy) => {
      const { lo, hi } = AXES[0]![energy]!;
      const [release, spec] = [sum(row), FIRST_PRINCIPLES[energy]!];
      return [lo, hi, release, spec, release / spec];
    }),
  };
}

/** The values of each bin of energy. */
function perEnergy(values: readonly number[]): (readonly number[])[] {
  const size = values.length / AXES[0]!.length;
  return AXES[0]!.map((_, energy) => values.slice(energy * size, (energy + 1) * size));
}

function edges(first: number, step: number, count: number): number[] {
  return Array.from({ length: count + 1 }, (_, i) => rounded(first + i * step));
}

/** Values of the release in the order of the bins, the last axis fastest; every row has to be of its bin. */
function binned(file: string): number[] {
  const rows = readRows(RELEASE, `${file}.txt`);
  const places = allBins();
  if (rows.length !== places.length) throw new Error(`${file}: ${rows.length} rows`);
  return rows.map((row, at) => {
    const wrong = AXES.some((_, axis) => {
      const [lo, hi] = [places[at]![2 * axis]!, places[at]![2 * axis + 1]!];
      return Math.abs(row[axis]! - (lo + hi) / 2) > 1e-3 * (hi - lo);
    });
    if (wrong) throw new Error(`${file}: row ${at + 1} is not of its bin`);
    return row[3]!;
  });
}

/** Edges of every bin: lo, hi of each axis. */
function allBins(): Row[] {
  return AXES.reduce<Row[]>(
    (rows, axis) => rows.flatMap((row) => axis.map(({ lo, hi }) => [...row, lo, hi])),
    [[]],
  );
}

function withBins(values: readonly number[]): Row[] {
  return allBins().map((bin, i) => [...bin, values[i]!]);
}

/** Shares in each bin of energy; where it has no events, those of the bin before it. */
function sharesGivenEnergy(values: readonly number[]): number[] {
  let last: readonly number[] = [];
  return perEnergy(values).flatMap((row) => {
    const total = sum(row);
    last = total > 0 ? row.map((value) => value / total) : last;
    return last;
  });
}
