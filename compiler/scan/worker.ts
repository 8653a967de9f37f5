/** A worker thread: instantiates the analysis of the plan once, then computes the chunks it is asked for. */
import { workerData } from "node:worker_threads";
import { chunkComputer } from "./compute.ts";
import { packed } from "./packed-points.ts";

const compute = chunkComputer(String(workerData));

export default function scanChunks(chunks: readonly number[]): Float64Array {
  return packed(chunks.flatMap(compute));
}
