/** Runs a target over mutated inputs, by a seed. */
import { RandomStream } from "../../runtime/random.ts";
import type { Target } from "./targets.ts";

export interface Finding {
  readonly target: string;
  readonly run: number;
  readonly input: string;
  readonly problem: string;
}

export interface Outcome {
  readonly runs: number;
  readonly findings: readonly Finding[];
  /** The longest that one input took, in seconds, and which. */
  readonly slowest: { readonly seconds: number; readonly run: number };
}

export interface Limits {
  readonly seed: number;
  readonly runs: number;
  readonly seconds?: number;
  /** The input to begin with: each is made from the seed and its number alone. */
  readonly first?: number;
}

/** Findings after which there is enough to do. */
const mostFindings = 20;

export function fuzz(target: Target, { seed, runs, seconds = Infinity, first = 0 }: Limits): Outcome {
  const start = performance.now();
  const findings = new Map<string, Finding>();
  let slowest = { seconds: 0, run: 0 };
  let run = first;
  for (; run < first + runs && findings.size < mostFindings; run++) {
    const began = performance.now();
    if (began - start > seconds * 1000) break;
    const random = new RandomStream(seed, [0, run]);
    const input = target.make(random);
    const problem = failure(() => target.run(input, random));
    if (problem !== undefined) findings.set(kindOf(problem), { target: target.name, run, input, problem });
    const took = (performance.now() - began) / 1000;
    if (took > slowest.seconds) slowest = { seconds: took, run };
  }
  return { runs: run - first, findings: [...findings.values()], slowest };
}

function failure(action: () => void): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

/** Failures at the same place are one. */
function kindOf(problem: string): string {
  return problem.split("\n").slice(1, 3).join("\n") || problem;
}
