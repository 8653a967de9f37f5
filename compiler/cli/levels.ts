/** Confidence levels as they are written on the command line: `2sigma`, `90%`. */

import { InvalidArgumentError } from "commander";
import { chiSquareQuantile, levelWithin } from "../../runtime/chi-square.ts";

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
  return usual.map((probability) => ({ label: labelOf(probability), probability }));
}

/** `2σ` for the level of whole standard deviations, else per cent. */
function labelOf(probability: number): string {
  const sigmas = [1, 2, 3, 4, 5, 6].find((one) => levelWithin(one) === probability);
  return sigmas === undefined ? `${Number((100 * probability).toPrecision(6))}%` : `${sigmas}σ`;
}

/** How far χ² rises to the rim of a region of so many parameters. */
export function riseAt({ probability }: Level, degreesOfFreedom: number): number {
  return chiSquareQuantile(probability, degreesOfFreedom);
}

function levelOf(text: string): Level {
  const [, sigmas] = /^(\d+(?:\.\d+)?)\s*(?:sigma|σ)$/.exec(text) ?? [];
  const within = levelWithin(Number(sigmas));
  if (within !== undefined) return { label: `${sigmas}σ`, probability: within };
  const [, share] = /^(\d+(?:\.\d+)?)\s*%$/.exec(text) ?? [];
  if (share !== undefined && Number(share) > 0 && Number(share) < 100) {
    return { label: `${share}%`, probability: Number(share) / 100 };
  }
  throw new InvalidArgumentError("It is not a level such as `90%` or `2sigma`.");
}
