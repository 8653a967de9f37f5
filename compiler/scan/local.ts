/** The scan on the cores of this machine. */
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import type { ScanPoint } from "../../runtime/scan.ts";
import { chunkComputer } from "./compute.ts";

export interface LocalOptions {
  /** Threads; without it as many as there are cores, none when the work is not worth them. */
  readonly workers?: number;
  /** Takes the points of a chunk as they come. */
  readonly take: (points: readonly ScanPoint[]) => void;
  /** Ends the work early: what was taken stays. */
  readonly signal: AbortSignal;
}

/** Less work than this, in milliseconds, is done before threads have started. */
const WORTH_THREADS = 1000;

/** Computes chunks of the plan; returns when all are done or the signal came. */
export async function scanLocally(
  plan: string,
  chunks: readonly number[],
  options: LocalOptions,
): Promise<void> {
  const rest = options.workers === undefined ? await withoutThreads(plan, chunks, options) : chunks;
  if (rest.length === 0 || options.signal.aborted) return;
  const threads = Math.min(options.workers ?? availableParallelism(), rest.length);
  const pool = new Piscina<number, readonly ScanPoint[]>({
    filename: workerFile(),
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
    workerData: plan,
  });
  try {
    await inPool(pool, threads, rest, options);
  } finally {
    await pool.destroy();
  }
}

/** Works in this thread as long as that is quicker than to start others; returns the chunks that are left. */
async function withoutThreads(
  plan: string,
  chunks: readonly number[],
  { take, signal }: LocalOptions,
): Promise<readonly number[]> {
  const compute = chunkComputer(plan);
  const began = performance.now();
  for (const [done, chunk] of chunks.entries()) {
    const spent = performance.now() - began;
    if (signal.aborted || (done > 0 && (spent / done) * chunks.length > WORTH_THREADS))
      return chunks.slice(done);
    take(compute(chunk));
    await new Promise(setImmediate);
  }
  return [];
}

async function inPool(
  pool: Piscina<number, readonly ScanPoint[]>,
  threads: number,
  chunks: readonly number[],
  { take, signal }: LocalOptions,
): Promise<void> {
  const queue = chunks.values();
  const lane = async (): Promise<void> => {
    for (const chunk of queue) {
      const points = await pool.run(chunk);
      if (signal.aborted) return;
      take(points);
    }
  };
  const stopped = new Promise<void>((resolve, reject) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
    pool.once("error", reject);
  });
  const lanes = Promise.all(Array.from({ length: threads }, lane));
  // What is still running when the signal comes ends with the pool.
  lanes.catch(() => {});
  await Promise.race([lanes, stopped]);
}

/** The worker beside this file: from source by way of a loader, in the package as a bundle of its own. */
function workerFile(): string {
  const fromSource = import.meta.url.endsWith(".ts");
  return fileURLToPath(
    new URL(fromSource ? "./worker-from-source.mjs" : "./scan-worker.js", import.meta.url),
  );
}
