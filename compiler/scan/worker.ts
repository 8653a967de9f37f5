/** A worker thread: instantiates the analysis of the plan once, then computes the chunks it is asked for. */
import { workerData } from "node:worker_threads";
import type { ScanPoint } from "../../runtime/scan.ts";
import { chunkComputer } from "./compute.ts";

const compute = chunkComputer(String(workerData));

export default function scanChunk(chunk: number): readonly ScanPoint[] {
  return compute(chunk);
}
