/** Threads that compute chunks of a scan beside this one. */
import { fileURLToPath } from "node:url";
import type { Piscina } from "piscina";
import type { packed } from "./packed-points.ts";

/** What a thread is asked for: chunks of the plan in a text, which it reads when it is another one than before. */
export interface ThreadTask {
  readonly plan: string;
  readonly chunks: readonly number[];
}

/** Points as one array; `packed` makes it. */
export type ThreadResult = ReturnType<typeof packed>;

export type Pool = Piscina<ThreadTask, ThreadResult>;

/** Tasks that a thread has at a time: one to work at, one to go on with. */
export const inFlight = 2;

/** Starts threads, which load what they need while this one goes on. */
export async function startThreads(count: number): Promise<Pool> {
  const { Piscina } = await import("piscina");
  return new Piscina({
    filename: workerFile(),
    minThreads: count,
    maxThreads: count,
    concurrentTasksPerWorker: inFlight,
    // Otherwise a thread that waits takes all tasks it has in one go, and says that the first is done after the last.
    atomics: "disabled",
  });
}

/** The worker beside this file: from source by way of a loader, in the package as a bundle of its own. */
function workerFile(): string {
  const fromSource = import.meta.url.endsWith(".ts");
  return fileURLToPath(
    new URL(fromSource ? "./worker-from-source.mjs" : "./scan-worker.js", import.meta.url),
  );
}
