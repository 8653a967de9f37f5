/** The work of a plan on the cores of this machine. */
import { availableParallelism } from "node:os";
import type { ChunkComputer } from "./compute.ts";
import { unpacked } from "./packed-points.ts";
import { type Plan, planText } from "./plan.ts";
import { inFlight, type Pool, startThreads } from "./threads.ts";
import { type WorkPoint, workOf } from "./work.ts";

export interface LocalOptions {
  /** Threads, this one among them; without it as many as there are cores, when the work is worth them. */
  readonly workers?: number;
  /** Takes the points of a chunk as they come. */
  readonly take: (points: readonly WorkPoint[]) => void;
  /** Ends the work early: what was taken stays. */
  readonly signal: AbortSignal;
  /** The other threads, when they have been started already; whoever did ends them. */
  readonly threads?: Promise<Pool> | undefined;
}

/** A task takes so many chunks that it lasts about so many milliseconds. */
const WORTH_A_MESSAGE = 15;
/** This thread looks for messages and signals every so many milliseconds. */
const WORTH_LISTENING = 4;
/** Less work than this, in milliseconds, is done before threads have started. */
const WORTH_THREADS = 700;

/**
 * Computes chunks of the plan; returns when all are done or the signal came. This thread begins at once, with what `here`
 * makes; the others join when they are there, and begin with the text of the plan.
 */
export async function scanLocally(
  plan: Plan,
  here: () => ChunkComputer,
  chunks: readonly number[],
  options: LocalOptions,
): Promise<void> {
  const { workers, take, signal } = options;
  const queue = new Queue(chunks);
  const others = Math.min(workers ?? availableParallelism(), chunks.length) - 1;
  const began = performance.now();
  const isWorthThreads = (): boolean => {
    const left = ((performance.now() - began) / queue.taken) * queue.left;
    return workers !== undefined || left > WORTH_THREADS;
  };
  const compute = here();
  let helped: Promise<void> | undefined;
  let listens = began;
  while (queue.left > 0 && !signal.aborted) {
    if (others > 0 && helped === undefined && queue.taken > 0 && isWorthThreads()) {
      helped = withThreads(queue, others, plan, options);
      // Its failure is that of the scan, which waits for it below.
      helped.catch(() => queue.clear());
    }
    const chunk = queue.next();
    if (chunk !== undefined) take(compute(chunk));
    if (performance.now() < listens) continue;
    await new Promise(setImmediate);
    listens = performance.now() + WORTH_LISTENING;
  }
  await helped;
}

/**
 * Chunks that nobody has begun with. This thread takes them from the beginning, the others from the end, so that each goes on where it
 * was, at points that it knows something of.
 */
class Queue {
  readonly #chunks: readonly number[];
  #first = 0;
  #end: number;

  constructor(chunks: readonly number[]) {
    this.#chunks = chunks;
    this.#end = chunks.length;
  }

  get left(): number {
    return this.#end - this.#first;
  }

  get taken(): number {
    return this.#chunks.length - this.left;
  }

  next(): number | undefined {
    return this.left > 0 ? this.#chunks[this.#first++] : undefined;
  }

  last(count: number): readonly number[] {
    const end = this.#end;
    this.#end = Math.max(this.#first, end - count);
    return this.#chunks.slice(this.#end, end);
  }

  clear(): void {
    this.#end = this.#first;
  }
}

/** Other threads work at the queue until it is empty or the signal came. */
async function withThreads(queue: Queue, count: number, plan: Plan, options: LocalOptions): Promise<void> {
  const pool = await (options.threads ?? startThreads(count));
  try {
    await inPool(pool, count, queue, plan, options);
  } finally {
    if (options.threads === undefined) await pool.destroy();
  }
}

async function inPool(
  pool: Pool,
  threads: number,
  queue: Queue,
  plan: Plan,
  { take, signal }: LocalOptions,
): Promise<void> {
  const text = planText(plan);
  let together = 1;
  const lane = async (): Promise<void> => {
    for (;;) {
      const fairShare = Math.ceil(queue.left / (2 * inFlight * (threads + 1)));
      const chunks = queue.last(Math.min(together, fairShare));
      if (chunks.length === 0 || signal.aborted) return;
      const began = performance.now();
      const numbers = await pool.run({ plan: text, chunks });
      if (signal.aborted) return;
      // A task waits for the one before it in the thread: half of the time is its own.
      const each = (performance.now() - began) / (inFlight * chunks.length);
      together = Math.max(1, Math.round(WORTH_A_MESSAGE / each));
      take(unpacked(numbers, workOf(plan).found.length));
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
