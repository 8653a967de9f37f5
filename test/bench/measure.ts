/** Timing on a machine that does other things as well: many short repetitions of all contestants in turn. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface, type Interface } from "node:readline";

/** One thing to time: gives nanoseconds per call, averaged over a few milliseconds. */
export interface Contestant {
  readonly name: string;
  sample(): number | Promise<number>;
}

/** Samples of one contestant in nanoseconds per call, in the order in which they were taken. */
export type Samples = ReadonlyMap<string, readonly number[]>;

/** Milliseconds that each contestant runs before it is timed: until its code is optimised. */
const warmUp = 1500;

/** Every contestant once a round, after all have warmed up. */
export async function interleaved(contestants: readonly Contestant[], rounds: number): Promise<Samples> {
  const samples = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (const { sample } of contestants) {
    const start = performance.now();
    while (performance.now() - start < warmUp) await sample();
  }
  for (let round = 0; round < rounds; round++) {
    for (const { name, sample } of contestants) samples.get(name)!.push(await sample());
  }
  return samples;
}

/** The quiet tenth: other work on the machine only ever adds time, the least sample may be luck. */
export function quiet(samples: Samples, name: string): number {
  return quantile(samples.get(name) ?? [], 0.1);
}

function quantile(values: readonly number[], fraction: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(fraction * (sorted.length - 1))] ?? Number.NaN;
}

/** Where results go, so that no call can be left out as unused. */
export const sink = { value: 0 };

/** A synchronous function as a contestant, `calls` of it to a sample. */
export function calling(name: string, calls: number, call: (step: number) => number): Contestant {
  let step = 0;
  return {
    name,
    sample: () => {
      const start = process.hrtime.bigint();
      let sum = 0;
      for (let i = 0; i < calls; i++) sum += call(step++);
      const end = process.hrtime.bigint();
      sink.value += sum;
      return Number(end - start) / calls;
    },
  };
}

/** Milliseconds of one run, the least of several. */
export async function bestOf(times: number, run: () => void | Promise<void>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    await run();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** Another program that answers each line of commands with one number. */
export class Worker {
  readonly #process: ChildProcess;
  readonly #lines: Interface;
  readonly #waiting: ((answer: number) => void)[] = [];

  constructor(command: string, args: readonly string[]) {
    const started = spawn(command, [...args], { stdio: ["pipe", "pipe", "inherit"] });
    this.#process = started;
    this.#lines = createInterface(started.stdout);
    this.#lines.on("line", (line) => this.#waiting.shift()?.(Number(line)));
    started.on("exit", () => {
      for (const answer of this.#waiting.splice(0)) answer(Number.NaN);
    });
  }

  ask(command: string): Promise<number> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#process.stdin?.write(`${command}\n`);
    });
  }

  contestant(name: string, command: string): Contestant {
    return { name, sample: () => this.ask(command) };
  }

  stop(): void {
    this.#process.stdin?.end();
    this.#lines.close();
  }
}
