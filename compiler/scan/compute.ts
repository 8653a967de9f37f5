/** From the text of a plan to the points of its chunks. */
import type { CompiledAnalysis } from "../../runtime/compiled.ts";
import { chainComputer } from "../../runtime/posterior-sample.ts";
import { scanner } from "../../runtime/scan.ts";
import { toyComputer } from "../../runtime/toys.ts";
import { instantiateCode } from "../emit/instantiate.ts";
import { type Plan, readPlan } from "./plan.ts";
import type { WorkPoint } from "./work.ts";

/** Computes the points of a chunk. */
export type ChunkComputer = (chunk: number) => readonly WorkPoint[];

/** Reads the plan, also in this thread, from its text, so that every engine starts from the same numbers. */
export function chunkComputer(text: string): ChunkComputer {
  const plan = readPlan(text);
  if (plan === undefined) throw new Error("this is no plan of a scan");
  return computerOf(plan, instantiateCode(plan.code, plan.identity.analysis));
}

/** The same with an analysis that is there already. */
export function computerOf(plan: Plan, analysis: CompiledAnalysis): ChunkComputer {
  if (plan.kind === "scan") {
    const compute = scanner(analysis, plan.identity.grid, plan.start);
    return (chunk) =>
      compute(chunk).map(({ point, chi2, values, converged }) => ({
        point,
        numbers: [chi2, ...values],
        converged,
      }));
  }
  if (plan.kind === "sample") {
    const compute = chainComputer(analysis, plan.sample);
    return (chain) =>
      compute(chain).map(({ chi2, values, divergent, steps, acceptance }, i) => ({
        point: chain * plan.sample.draws + i,
        numbers: [chi2, steps, acceptance, ...values],
        converged: !divergent,
      }));
  }
  const compute = toyComputer(analysis, plan.request);
  return (chunk) =>
    compute(chunk).map(({ point, statistic, chi2, values, converged }) => ({
      point,
      numbers: [statistic, chi2, ...values],
      converged,
    }));
}
