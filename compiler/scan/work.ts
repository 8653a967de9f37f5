/** What a plan asks for: points of work, cut into chunks that can be computed in any order, by whoever has time. */
import { chunkCount, chunkPoints, pointCount, pointValues } from "../../runtime/scan-grid.ts";
import { toyChunks, toyCount, toysOfChunk } from "../../runtime/toys.ts";
import type { NamedUnit, Plan, SamplePlan, ScanPlan, ToyPlan } from "./plan.ts";

/** A point of work that has been done. */
export interface WorkPoint {
  readonly point: number;
  /** What was found, in the order of `found`. */
  readonly numbers: readonly number[];
  readonly converged: boolean;
}

export interface Work {
  /** Points, numbered from zero. */
  readonly total: number;
  readonly chunks: number;
  /** The points of a chunk, in the order in which they are computed. */
  readonly pointsOf: (chunk: number) => readonly number[];
  /** What is known of a point beforehand. */
  readonly known: readonly NamedUnit[];
  readonly knownAt: (point: number) => readonly number[];
  /** What is found. */
  readonly found: readonly NamedUnit[];
  /** What a point is, for people: `points`. */
  readonly noun: string;
}

export function workOf(plan: Plan): Work {
  switch (plan.kind) {
    case "scan":
      return scanWork(plan);
    case "toys":
      return toyWork(plan);
    case "sample":
      return sampleWork(plan);
  }
}

function scanWork({ identity: { grid }, units, profiled }: ScanPlan): Work {
  const total = pointCount(grid);
  return {
    total,
    chunks: chunkCount(total),
    pointsOf: (chunk) => chunkPoints(grid, chunk),
    known: grid.map(({ parameter }, i) => ({ name: parameter, unit: units[i] ?? "" })),
    knownAt: (point) => pointValues(grid, point),
    found: [{ name: "chi2", unit: "" }, ...profiled],
    noun: "points",
  };
}

function toyWork({ request, tested, estimated }: ToyPlan): Work {
  const { hypotheses } = request;
  const plain = (name: string): NamedUnit => ({ name, unit: "" });
  return {
    total: toyCount(request),
    chunks: toyChunks(request),
    pointsOf: (chunk) => toysOfChunk(request, chunk),
    known: [plain("toy"), plain("truth"), ...tested],
    knownAt: (point) => {
      const { truth, tested } = hypotheses[point % hypotheses.length]!;
      return [Math.floor(point / hypotheses.length), truth, ...tested];
    },
    found: [
      plain("t"),
      plain("chi2"),
      ...estimated.map(({ name, unit }) => ({ name: `best_${name}`, unit })),
    ],
    noun: "toys",
  };
}

/** A chunk is a chain: its draws follow from each other. */
function sampleWork({ sample: { chains, draws }, drawn }: SamplePlan): Work {
  const plain = (name: string): NamedUnit => ({ name, unit: "" });
  return {
    total: chains * draws,
    chunks: chains,
    pointsOf: (chain) => Array.from({ length: draws }, (_, i) => chain * draws + i),
    known: [plain("chain"), plain("draw")],
    knownAt: (point) => [Math.floor(point / draws), point % draws],
    found: [plain("chi2"), plain("steps"), plain("acceptance"), ...drawn],
    noun: "draws",
  };
}
