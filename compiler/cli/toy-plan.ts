/** From profiles on a grid to pseudo-experiments of its points. */
import { type Command, Option } from "commander";
import type { CompiledAnalysis } from "../../runtime/compiled.ts";
import type { NuisancesAt } from "../../runtime/limit.ts";
import { estimatedParameters, type Hypothesis, type ToyRequest } from "../../runtime/toys.ts";
import { nodeSha256 } from "../interchange/hash-node.ts";
import type { ScanPlan, ToyPlan } from "../scan/plan.ts";
import type { TableRow } from "../scan/table.ts";
import type { Context } from "./context.ts";
import { impossibleCounts, ratesAt } from "./counts.ts";
import { seedOf } from "./options.ts";
import { namedUnits, type Planned } from "./scan-plan.ts";
import type { TableFile } from "./scan-run.ts";
import { type Spec, settle, withoutFit } from "./spec.ts";

export interface ToyOptions {
  readonly seed?: number;
  readonly nuisances?: NuisancesAt;
}

/** `--seed`, `--nuisances`. */
export function addToys(command: Command): Command {
  return command
    .option("--seed <number>", "seed of the random numbers, 1 unless given", seedOf)
    .addOption(
      new Option(
        "--nuisances <values>",
        "what toys take for true of the other fitted parameters: their best values given the data, or those of the spec",
      )
        .choices(["fitted", "nominal"])
        .default("fitted"),
    );
}

/** Values of all parameters at a point of the grid. */
function truthOf(
  { parameters }: CompiledAnalysis,
  { identity: { grid }, profiled }: ScanPlan,
  { at, profiled: best }: TableRow,
  nuisances: NuisancesAt,
): readonly number[] {
  const held = new Map(grid.map(({ parameter }, i) => [parameter, at[i]!]));
  const others = new Map(profiled.map(({ name }, i) => [name, best[i]!]));
  return parameters.map(
    ({ name, value }) => held.get(name) ?? (nuisances === "fitted" ? others.get(name) : undefined) ?? value,
  );
}

/** What is true of toys, and where each is tested. */
export interface Truths {
  readonly truths: readonly (readonly number[])[];
  readonly hypotheses: readonly Hypothesis[];
}

/** Toys of each point of the grid, tested there; stops when a point has no fit, or counts that nobody can have. */
export function truthsOf(
  context: Context,
  spec: Spec,
  planned: Planned,
  rows: readonly TableRow[],
  nuisances: NuisancesAt,
): Truths {
  const { plan, compiled, unit } = planned;
  const failed = rows.filter(({ converged }) => !converged);
  if (failed.length > 0) {
    const reason = `toys need the best values at each point, and ${failed.length} of ${rows.length} have none`;
    throw withoutFit(spec, plan.identity.analysis, reason);
  }
  const truths = rows.map((row) => truthOf(compiled, plan, row, nuisances));
  for (const truth of truths) {
    const rates = ratesAt(planned, Float64Array.from(truth));
    settle(context, spec, impossibleCounts(spec, unit, rates));
  }
  return { truths, hypotheses: rows.map(({ at }, truth) => ({ truth, tested: at })) };
}

/** The plan of toys; the number of them is no part of what they are, so that more can be made later. */
export function toyPlan(
  { compiled, plan: { identity, code, units } }: Planned,
  { truths, hypotheses }: Truths,
  count: number,
  { seed = 1, nuisances = "fitted" }: ToyOptions,
): ToyPlan {
  const parameters = identity.grid.map(({ parameter }) => parameter);
  const request: ToyRequest = { parameters, truths, hypotheses, seed, count };
  return {
    kind: "toys",
    identity: {
      ...identity,
      toys: { seed, nuisances, hypotheses: hypotheses.length },
      fit: nodeSha256(JSON.stringify([truths, hypotheses])),
    },
    request,
    code,
    tested: parameters.map((name, i) => ({ name, unit: units[i] ?? "" })),
    estimated: namedUnits(compiled, estimatedParameters(compiled, parameters)),
  };
}

/** Where toys are kept that a table is made of, next to what else is kept beside it. */
export function toysBeside(table: TableFile | undefined): TableFile | undefined {
  return table && { name: `${table.name}.toys`, path: `${table.path}.toys` };
}
