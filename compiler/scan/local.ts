/** The scan on the cores of this machine. */
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { Piscina } from "piscina";
import type { ScanPoint } from "../../runtime/scan.ts";
import { unpacked } from "./packed-points.ts";
import { planText, type ScanPlan } from "./plan.ts";

/** Computes the points of a chunk. */
export type ChunkComputer = (chunk: number) => readonly ScanPoint[];

type Pool = Piscina<readonly number[], Float64Array>;

export interface LocalOptions {
  /** Threads, this one when it is 1; without it as many as there are cores, when the work is worth them. */
  readonly workers?: number;
  /** Takes the points of a chunk as they come. */
  readonly take: (points: readonly ScanPoint[]) => void;
  /** Ends the work early: what was taken stays. */
  readonly signal: AbortSignal;
}

/** Tasks that a thread has at a time: one to work at, one to go on with. */
const inFlight = 2;
/** A task takes so many chunks that it lasts about so many milliseconds. */
const WORTH_A_MESSAGE = 30;
/** Less work than this, in milliseconds, is done before threads have started. */
const WORTH_THREADS = 1000;

/**
 * Computes chunks of the plan; returns when all are done or the signal came. `here` makes what computes in this thread,
 * with code that runs already; other threads begin with the text of the plan.
 */
export async function scanLocally(
  plan: ScanPlan,
  here: () => ChunkComputer,
  chunks: readonly number[],
  options: LocalOptions,
): Promise<void> {
  const { workers, signal } = options;
  const rest =
    workers === undefined || workers === 1 ? await withoutThreads(here(), chunks, options) : chunks;
  if (rest.length === 0 || signal.aborted) return;
  const threads = Math.min(workers ?? availableParallelism(), rest.length);
  const { Piscina } = await import("piscina");
  const pool: Pool = new Piscina({
    filename: workerFile(),
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: inFlight,
    workerData: planText(plan),
  });
  try {
    await inPool(pool, threads, rest, plan, options);
  } finally {
    await pool.destroy();
  }
}

/** Works in this thread as long as that is quicker than to start others; returns the chunks that are left. */
async function withoutThreads(
  compute: ChunkComputer,
  chunks: readonly number[],
  { workers, take, signal }: LocalOptions,
): Promise<readonly number[]> {
  const worthThreads = workers === 1 ? Number.POSITIVE_INFINITY : WORTH_THREADS;
  const began = performance.now();
  for (const [done, chunk] of chunks.entries()) {
    const spent = performance.now() - began;
    if (signal.aborted || (done > 0 && (spent / done) * chunks.length > worthThreads))
      return chunks.slice(done);
    take(compute(chunk));
    await new Promise(setImmediate);
  }
  return [];
}

async function inPool(
  pool: Pool,
  threads: number,
  chunks: readonly number[],
  plan: ScanPlan,
  { take, signal }: LocalOptions,
): Promise<void> {
  const queue = [...chunks];
  let together = 1;
  const lane = async (): Promise<void> => {
    for (;;) {
      const fairShare = Math.ceil(queue.length / (2 * inFlight * threads));
      const task = queue.splice(0, Math.min(together, fairShare));
      if (task.length === 0) return;
      const began = performance.now();
      const numbers = await pool.run(task);
      if (signal.aborted) return;
      // A task waits for the one before it in the thread: half of the time is its own.
      const each = (performance.now() - began) / (inFlight * task.length);
      together = Math.max(1, Math.round(WORTH_A_MESSAGE / each));
      take(unpacked(numbers, plan.profiled.length));
    }
  };
  const stopped = new Promise<void>((resolve, reject) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
    pool.once("error", reject);
  });
  const lanes = Promise.all(Array.from({ length: inFlight * threads }, lane));
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
