/** `--starts`: minima that are looked for from random points as well, by every verb that begins with a fit. */
import type { Command } from "commander";
import type { FitOptions } from "../../runtime/fit.ts";
import type { RandomStartOptions } from "../../runtime/random-starts.ts";
import { seedOf } from "./options.ts";
import { whole } from "./work.ts";

export interface StartsOptions {
  readonly starts?: number;
  readonly seed?: number;
}

/** `--starts`; the verb has `--seed`. */
export function addStarts(command: Command): Command {
  return command.option(
    "--starts <number>",
    "minimise from so many random points of the ranges as well, where minima are looked for",
    whole,
  );
}

/** `--seed`, for verbs that draw nothing else. */
export function addSeedOfStarts(command: Command): Command {
  return command.option("--seed <number>", "seed of the random points, 1 unless given", seedOf);
}

/** The random points that are asked for, if any. */
export function randomStartsOf({ starts: count, seed = 1 }: StartsOptions): RandomStartOptions | undefined {
  return count === undefined ? undefined : { count, seed };
}

/** The same for a fit. */
export function fitFrom(options: StartsOptions): Pick<FitOptions, "randomStarts"> {
  const randomStarts = randomStartsOf(options);
  return randomStarts === undefined ? {} : { randomStarts };
}
