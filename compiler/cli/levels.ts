/** Confidence levels as they are written on the command line: `2sigma`, `90%`. */

import { InvalidArgumentError } from "commander";
import { chiSquareQuantile, chiSquareSurvival } from "../../runtime/chi-square.ts";
import { square } from "../../runtime/power.ts";

export interface Level {
  /** For the picture: `2σ`, `90%`. */
  readonly label: string;
  /** Probability inside. */
  readonly probability: number;
}

/** Levels separated by commas or by repeating the option. */
export function collectLevels(value: string, before: readonly Level[] = []): readonly Level[] {
  return [...before, ...value.split(",").map((one) => levelOf(one.trim()))];
}

/** The levels that are asked for, else those of the analysis, else the usual ones. */
export function levelsFor(
  asked: readonly Level[] | undefined,
  ofAnalysis: readonly number[],
): readonly Level[] {
  if (asked !== undefined) return asked;
  const usual = ofAnalysis.length > 0 ? ofAnalysis : [0.6827, 0.9];
  return usual.map((probability) => ({
    label: `${Number((100 * probability).toPrecision(6))}%`,
    probability,
  }));
}

/** How far χ² rises to the rim of a region of so many parameters. */
export function riseAt({ probability }: Level, degreesOfFreedom: number): number {
  return chiSquareQuantile(probability, degreesOfFreedom);
}

function levelOf(text: string): Level {
  const [, sigmas] = /^(\d+(?:\.\d+)?)\s*(?:sigma|σ)$/.exec(text) ?? [];
  if (sigmas !== undefined && Number(sigmas) > 0 && Number(sigmas) <= 6) {
    return { label: `${sigmas}σ`, probability: 1 - chiSquareSurvival(square(Number(sigmas)), 1) };
  }
  const [, share] = /^(\d+(?:\.\d+)?)\s*%$/.exec(text) ?? [];
  if (share !== undefined && Number(share) > 0 && Number(share) < 100) {
    return { label: `${share}%`, probability: Number(share) / 100 };
  }
  throw new InvalidArgumentError("It is not a level such as `90%` or `2sigma`.");
}
