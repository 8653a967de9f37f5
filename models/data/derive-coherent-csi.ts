/**
 * Derives the tables of the COHERENT CsI[Na] analysis (arXiv:2110.07730) from the files of its data release.
 *
 *   npx tsx models/data/derive-coherent-csi.ts [folder of the release files]
 *
 * The release itself stays outside the repository; what is written here are histograms on the binning of the
 * analysis and normalised or resampled shapes. Every table carries its columns, units and citation in its header.
 */
import {
  type Bin,
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

const ORIGIN = { citation: "arXiv:2110.07730", command: "npx tsx models/data/derive-coherent-csi.ts" };
const RELEASE = releaseFolder("coherent-csi-2021");

/** Bin edges of the analysis (arXiv:2303.09360): reconstructed photoelectrons, and time in μs. */
const PE_EDGES: readonly number[] = [0, 8, 12, 16, 20, 24, 32, 40, 50, 60];
const TIME_EDGES: readonly number[] = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1, 2, 4, 6];
const PE_END = 60;
const TIME_END = 6;

/** Mean life of the muon in μs (Particle Data Group). */
const MUON_LIFETIME = 2.1969811;

/**
 * Samples are dense below this time (μs). Above it one exponential joins the last dense sample to the last one of
 * all. That the sample between them (5.98 μs) is left out, and that nu_mu ends at 6 μs, is not given by the release:
 * both were inferred, as the choice that reproduces the checked fractions of arrivals in the 11 time bins.
 */
const DENSE_BELOW = 1.4;
/** Step of the resampled table in μs: PCHIP of the logarithm is then good to 1e-6 in every time bin. */
const STEP = 0.005;
/** Steps of the table (μs) after the last dense sample double, so that a smooth rule follows the bend there. */
const FIRST_TAIL_STEP = 0.0005;
const LAST_TAIL_STEP = 0.5;

const PE_COLUMNS: readonly Column[] = [
  ["pe_lo", "lower edge, reconstructed energy in photoelectrons (PE)"],
  ["pe_hi", "upper edge, PE"],
];
const TIME_COLUMNS: readonly Column[] = [
  ["t_lo_us", "lower edge, arrival time in us"],
  ["t_hi_us", "upper edge, us"],
];

writeTable(countsTable(), ORIGIN);
writeTable(steadyStateTable(), ORIGIN);
for (const [tag, name] of [
  ["brn", "Beam-related neutrons"],
  ["nin", "Neutrino-induced neutrons"],
] as const) {
  writeTable(neutronEnergyTable(tag, name), ORIGIN);
  writeTable(neutronTimeTable(tag, name), ORIGIN);
}
writeTable(arrivalTimesTable(), ORIGIN);

// ---- the tables -------------------------------------------------------------------------------------------

function countsTable(): Table {
  const counts = histogram(readRows(RELEASE, "dataBeamOnC.txt"));
  return {
    file: "coherent-csi-2021-counts.csv",
    about: [
      "Beam-coincident events of COHERENT CsI[Na] in bins of energy and time. Bins include their lower edge.",
    ],
    columns: [...PE_COLUMNS, ...TIME_COLUMNS, ["count", "events"]],
    rows: bins(PE_EDGES).flatMap((pe, i) =>
      bins(TIME_EDGES).map((t, j) => [pe.lo, pe.hi, t.lo, t.hi, counts[i]![j]!]),
    ),
  };
}

function steadyStateTable(): Table {
  const perEnergyBin = histogram(readRows(RELEASE, "dataBeamOnAC.txt")).map(sum);
  const total = sum(perEnergyBin);
  return {
    file: "coherent-csi-2021-ssb.csv",
    about: [
      "Steady-state background of COHERENT CsI[Na]: energy shape of the anti-coincident events with",
      `0 <= PE < ${PE_END} and 0 <= t < ${TIME_END} us (${total} events), normalised to 1 over 0..${PE_END} PE. Energy efficiency is in it.`,
    ],
    columns: [...PE_COLUMNS, ["density", "probability density per PE"]],
    rows: bins(PE_EDGES).map((pe, i) => [pe.lo, pe.hi, perEnergyBin[i]! / total / (pe.hi - pe.lo)]),
  };
}

function neutronEnergyTable(tag: string, name: string): Table {
  return {
    file: `coherent-csi-2021-${tag}-pe.csv`,
    about: [
      `${name} at COHERENT CsI[Na]: energy shape in bins of 1 PE, constant within a bin, normalised to 1 over`,
      `0..${PE_END} PE. Energy efficiency is in it.`,
    ],
    columns: [...PE_COLUMNS, ["density", "probability density per PE"]],
    rows: densities(readRows(RELEASE, `${tag}PE.txt`), 1, PE_END),
  };
}

function neutronTimeTable(tag: string, name: string): Table {
  return {
    file: `coherent-csi-2021-${tag}-time.csv`,
    about: [
      `${name} at COHERENT CsI[Na]: time shape in bins of 10 ns, constant within a bin, normalised to 1 over`,
      `0..${TIME_END} us. Time efficiency is not in it: 1 below 0.52 us, then exp(-0.0494 (t - 0.52)).`,
    ],
    columns: [...TIME_COLUMNS, ["density", "probability density per us"]],
    rows: densities(readRows(RELEASE, `${tag}Trec.txt`), 0.01, TIME_END),
  };
}

function arrivalTimesTable(): Table {
  const samples = readRows(RELEASE, "sns-timing.csv");
  const grid = arrivalGrid(samples);
  // Columns of the file: t, nu_mu, nu_e, anti-nu_mu.
  const numu = arrivalDensity(samples, 1, grid, "ends");
  const nue = arrivalDensity(samples, 2, grid, "muon decay");
  const numubar = arrivalDensity(samples, 3, grid, "muon decay");
  return {
    file: "sns-arrival-times.csv",
    about: [
      "Arrival times of neutrinos from the SNS at COHERENT CsI[Na], normalised to 1 over all arrival times, time",
      "efficiency divided out.",
      "interpolation: PCHIP (monotone cubic Hermite) of the logarithm of the density.",
      "before the first row: 0.",
      `after the last row: nu_mu 0; nubar_mu and nu_e density(${TIME_END} us) exp(-(t - ${TIME_END} us) / ${MUON_LIFETIME} us), so that the rows`,
      `hold 1 of nu_mu and 1 - density(${TIME_END} us) * ${MUON_LIFETIME} us of the others.`,
      "derivation: natural cubic spline of the logarithm through the samples below 1.4 us, then a straight line of the",
      "logarithm to the last sample (5.9955 us; the sample at 5.9805 us is left out), resampled. Leaving it out and ending",
      "nu_mu at 6 us are inferred from checked fractions of arrivals per time bin, not stated by the release.",
    ],
    columns: [
      ["t_us", "arrival time in us"],
      ["nu_mu", "probability density per us of prompt nu_mu"],
      ["nubar_mu", "probability density per us of delayed anti-nu_mu"],
      ["nu_e", "probability density per us of delayed nu_e"],
    ],
    rows: grid.map((t, i) => [t, numu[i]!, numubar[i]!, nue[i]!]),
  };
}

// ---- histograms and shapes --------------------------------------------------------------------------------

/** Events (PE, t) counted in the bins of the analysis, half-open [lo, hi); indices energy, time. */
function histogram(events: readonly Row[]): number[][] {
  const energyBins = bins(PE_EDGES);
  const timeBins = bins(TIME_EDGES);
  const counts = energyBins.map(() => timeBins.map(() => 0));
  for (const [pe, t] of events) {
    const i = energyBins.findIndex((bin) => contains(bin, pe!));
    const j = timeBins.findIndex((bin) => contains(bin, t!));
    if (i >= 0 && j >= 0) counts[i]![j]! += 1;
  }
  return counts;
}

/** Rows (lo, hi, density) from rows (centre of a bin, weight), for the bins inside 0..end; integrates to 1. */
function densities(weights: readonly Row[], width: number, end: number): Row[] {
  const inside = weights.filter(([centre]) => centre! > 0 && centre! < end);
  const area = sum(inside.map(([, weight]) => weight!)) * width;
  return inside.map(([centre, weight]) => [
    rounded(centre! - width / 2),
    rounded(centre! + width / 2),
    weight! / area,
  ]);
}

// ---- arrival times ----------------------------------------------------------------------------------------

/** Probability that a neutrino that arrives at t (μs) is accepted by the event selection. */
function timeEfficiency(t: number): number {
  return t < 0.52 ? 1 : Math.exp(-0.0494 * (t - 0.52));
}

function arrivalGrid(samples: readonly Row[]): number[] {
  const dense = samples.map(([t]) => t!).filter((t) => t < DENSE_BELOW);
  const grid = [dense[0]!];
  for (const { lo, hi } of bins(dense)) {
    const steps = Math.round((hi - lo) / STEP);
    for (let k = 1; k <= steps; k++) grid.push(rounded(lo + ((hi - lo) * k) / steps));
  }
  let t = dense.at(-1)!;
  for (let step = FIRST_TAIL_STEP; t + step < TIME_END; step = Math.min(2 * step, LAST_TAIL_STEP)) {
    t = rounded(t + step);
    grid.push(t);
  }
  grid.push(TIME_END);
  return grid;
}

/** Density per μs of one column of the samples on the grid, normalised over all arrival times. */
function arrivalDensity(
  samples: readonly Row[],
  column: number,
  grid: readonly number[],
  afterEnd: "ends" | "muon decay",
): number[] {
  const points = samples.map((row) => [row[0]!, Math.log(row[column]! / timeEfficiency(row[0]!))] as const);
  const dense = points.filter(([t]) => t < DENSE_BELOW);
  const spline = naturalCubicSpline(dense);
  const [t1, y1] = dense.at(-1)!;
  const [t2, y2] = points.at(-1)!;
  const density = (t: number): number =>
    Math.exp(t <= t1 ? spline(t) : y1 + ((y2 - y1) / (t2 - t1)) * (t - t1));
  const rows = sum(bins(grid).map((bin) => integral(density, bin)));
  const norm = rows + (afterEnd === "muon decay" ? density(TIME_END) * MUON_LIFETIME : 0);
  return grid.map((t) => density(t) / norm);
}

/** Gauss–Legendre quadrature with 4 nodes. */
function integral(f: (x: number) => number, { lo, hi }: Bin): number {
  const half = (hi - lo) / 2;
  const at = (x: number, weight: number): number =>
    weight * half * (f(lo + half * (1 - x)) + f(lo + half * (1 + x)));
  return at(0.3399810435848563, 0.6521451548625461) + at(0.8611363115940526, 0.3478548451374538);
}

/** Natural cubic spline through points (x, y) sorted in x; the second derivative vanishes at both ends. */
function naturalCubicSpline(points: readonly (readonly [number, number])[]): (x: number) => number {
  const n = points.length;
  const second = new Array<number>(n).fill(0);
  const diagonal = new Array<number>(n).fill(1);
  const right = new Array<number>(n).fill(0);
  for (let i = 1; i < n - 1; i++) {
    const [[x0, y0], [x1, y1], [x2, y2]] = [points[i - 1]!, points[i]!, points[i + 1]!];
    const below = i === 1 ? 0 : (x1 - x0) / diagonal[i - 1]!;
    diagonal[i] = 2 * (x2 - x0) - below * (x1 - x0);
    right[i] = 6 * ((y2 - y1) / (x2 - x1) - (y1 - y0) / (x1 - x0)) - below * right[i - 1]!;
  }
  for (let i = n - 2; i > 0; i--) {
    second[i] = (right[i]! - (points[i + 1]![0] - points[i]![0]) * second[i + 1]!) / diagonal[i]!;
  }
  return (x) => {
    const upper = points.findIndex(([xi], i) => i > 0 && xi >= x);
    const i = (upper < 0 ? n - 1 : upper) - 1;
    const [[x0, y0], [x1, y1]] = [points[i]!, points[i + 1]!];
    const h = x1 - x0;
    const b = (x - x0) / h;
    const a = 1 - b;
    return a * y0 + b * y1 + ((a ** 3 - a) * second[i]! + (b ** 3 - b) * second[i + 1]!) * (h ** 2 / 6);
  };
}

function contains({ lo, hi }: Bin, x: number): boolean {
  return x >= lo && x < hi;
}
