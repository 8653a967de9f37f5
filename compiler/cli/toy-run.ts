/** Toys of the points of a grid: the profile that they rest on, the toys themselves, and what failed. */
import type { NuisancesAt } from "../../runtime/limit.ts";
import { type Diagnostic, diagnostic } from "../diagnostics/index.ts";
import { computerOf } from "../scan/compute.ts";
import { columnName, numberText } from "../scan/journal.ts";
import type { ToyPlan } from "../scan/plan.ts";
import { Results } from "../scan/results.ts";
import { type TableRow, tableRows } from "../scan/table.ts";
import type { Pool } from "../scan/threads.ts";
import { type HypothesisToys, toysByHypothesis } from "../scan/toy-results.ts";
import { workOf } from "../scan/work.ts";
import type { Context } from "./context.ts";
import { wrongUsage } from "./exit.ts";
import type { Planned } from "./scan-plan.ts";
import type { TableFile } from "./scan-run.ts";
import { placeOf, type Spec } from "./spec.ts";
import { type ToyOptions, type Truths, toyPlan } from "./toy-plan.ts";
import { carryThrough, type WorkOptions } from "./work.ts";

/** Toys that have been made. */
export interface MadeToys {
  readonly plan: ToyPlan;
  readonly results: Results;
  /** In the order of the hypotheses. */
  readonly sets: readonly HypothesisToys[];
}

/** The profile at the points of a small grid, here and now. */
export function profileHere({ plan, compiled }: Planned): readonly TableRow[] {
  const results = new Results(workOf(plan));
  const compute = computerOf(plan, compiled);
  for (const chunk of results.missing()) for (const point of compute(chunk)) results.add(point);
  return tableRows(plan, results);
}

/** Their journal is one text, read at once. */
const mostToys = 4_000_000;

/** Makes toys, or takes up what there is of them; undefined when the user asked not to wait for them. */
export async function makeToys(
  context: Context,
  planned: Planned,
  truths: Truths,
  count: number,
  options: ToyOptions & WorkOptions,
  table: TableFile | undefined,
  threads: Promise<Pool> | undefined,
): Promise<MadeToys | undefined> {
  const all = truths.hypotheses.length * count;
  if (all > mostToys) {
    const { line } = context;
    const problem = `${count} toys at each of ${truths.hypotheses.length} places are ${all}, ${mostToys} at most`;
    throw wrongUsage(line, line.end, problem);
  }
  const plan = toyPlan(planned, truths, count, options);
  const results = new Results(workOf(plan));
  const working = { plan, compiled: planned.compiled, results, table };
  if (!(await carryThrough(context, working, options, threads))) return undefined;
  return { plan, results, sets: toysByHypothesis(plan, results) };
}

/** A row for each toy. */
export function toyRows({ plan, results }: MadeToys): string {
  const { known, knownAt, found } = workOf(plan);
  const names = known.map((one, i) => (i < 2 ? one : { ...one, name: `true_${one.name}` }));
  const head = [...names, ...found].map(columnName);
  const lines = results.all().map(({ point, numbers, converged }) => {
    return [...[...knownAt(point), ...numbers].map(numberText), converged].join(",");
  });
  return `${[[...head, "converged"].join(","), ...lines].join("\n")}\n`;
}

/** Toys beyond a level below which its critical value is hardly known. */
const fewest = 10;

/** A warning when so many toys are too few for a limit of a level. */
export function fewToys(
  spec: Spec,
  { plan: { identity, request } }: MadeToys,
  level: number,
): readonly Diagnostic[] {
  const beyond = request.count * (1 - level);
  if (beyond >= fewest - 1e-9) return [];
  const found = { count: request.count, beyond: beyond < 1 ? "fewer than one" : Math.round(beyond) };
  return [diagnostic("SV1812", placeOf(spec, identity.analysis), found)];
}

/** One diagnostic for all the toys without a fit. */
export function failedToys(spec: Spec, { plan, sets }: MadeToys): readonly Diagnostic[] {
  const { identity, tested, request } = plan;
  const failed = sets.reduce((sum, one) => sum + one.failed, 0);
  const first = sets.findIndex((one) => one.failed > 0);
  if (first < 0) return [];
  const values = request.hypotheses[first]!.tested;
  const place = tested.map(({ name, unit }, i) => `${name} = ${values[i]} ${unit}`.trim());
  const all = sets.length * request.count;
  const reason = `of ${failed} of ${all} toys, which are left out; the first at ${place.join(", ")}`;
  return [diagnostic("SV1803", placeOf(spec, identity.analysis), { analysis: identity.analysis, reason })];
}

/** What was taken for true of nuisances, in words. */
export const nuisanceText: Readonly<Record<NuisancesAt, string>> = {
  fitted: "nuisances at their best values given the data",
  nominal: "nuisances at the values of the spec",
};
