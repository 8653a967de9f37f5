/** Doing something again whenever the files that it read have changed. */
import { statSync } from "node:fs";
import type { Context } from "./context.ts";
import { Stop } from "./exit.ts";

/** Milliseconds without a change until it is done again: editors write a file in several steps. */
const PAUSE = 60;

/**
 * Runs the work, and again after each change of a file that the last run said it read. What stops a run is printed and
 * waits for the next change. Ends with Ctrl-C.
 */
export async function watch(
  context: Context,
  work: (read: (paths: readonly string[]) => void) => Promise<void>,
): Promise<void> {
  const changes = waiting();
  process.once("SIGINT", changes.end);
  process.once("SIGTERM", changes.end);
  let close = async (): Promise<void> => {};
  do {
    await close();
    const read = new Map<string, number>();
    await attempt(context, () =>
      work((paths) => {
        for (const path of paths) if (!read.has(path)) read.set(path, stampOf(path));
      }),
    );
    close = await watching([...read.keys()], changes.tell);
    // What changed while the work went on was not watched yet.
    if ([...read].some(([path, stamp]) => stampOf(path) !== stamp)) changes.tell();
    context.note(`watching ${read.size} file${read.size === 1 ? "" : "s"}; Ctrl-C ends`);
  } while (await changes.next());
  process.removeListener("SIGINT", changes.end);
  process.removeListener("SIGTERM", changes.end);
  await close();
}

/** Watches files from now on; what it gives back ends that. */
async function watching(paths: readonly string[], tell: () => void): Promise<() => Promise<void>> {
  const chokidar = await import("chokidar");
  const watcher = chokidar.watch([...paths], { ignoreInitial: true });
  watcher.on("all", tell);
  await new Promise<void>((resolve) => watcher.once("ready", () => resolve()));
  return () => watcher.close();
}

/** Tells versions of a file apart; 0 when there is none. */
function stampOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

async function attempt(context: Context, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    context.report(error.diagnostics, error.sources);
  }
}

interface Changes {
  tell(): void;
  end(): void;
  /** True after a change, once no more come; false at the end. */
  next(): Promise<boolean>;
}

function waiting(): Changes {
  let [changed, ended] = [false, false];
  let wake: () => void = () => {};
  let timer: NodeJS.Timeout | undefined;
  return {
    tell: () => {
      changed = true;
      clearTimeout(timer);
      timer = setTimeout(() => wake(), PAUSE);
    },
    end: () => {
      ended = true;
      wake();
    },
    async next() {
      if (!changed && !ended) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      clearTimeout(timer);
      changed = false;
      return !ended;
    },
  };
}
