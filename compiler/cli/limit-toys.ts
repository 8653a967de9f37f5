/** Limits by toys on a grid of one parameter. */
import { truthAt } from "../../runtime/limit.ts";
import type { RandomStartOptions } from "../../runtime/random-starts.ts";
import {
  expectedOn,
  type Findings,
  feldmanCousins,
  type GridTests,
  oneSidedLimit,
  oneSidedShares,
  regionsOn,
  type Test,
} from "../../runtime/toy-limit.ts";
import { criticalValue } from "../../runtime/toy-summary.ts";
import type { TableRow } from "../scan/table.ts";
import type { Pool } from "../scan/threads.ts";
import type { Context } from "./context.ts";
import { withRoomForToys } from "./event-places.ts";
import type { Choices } from "./options.ts";
import type { Planned } from "./scan-plan.ts";
import type { TableFile } from "./scan-run.ts";
import type { LimitMethodName, LimitOutput, LimitPoint } from "./schemas/limit.ts";
import { type Spec, withoutFit } from "./spec.ts";
import { type ToyOptions, type Truths, truthsOf } from "./toy-plan.ts";
import { type MadeToys, makeToys, profileHere } from "./toy-run.ts";
import type { WorkOptions } from "./work.ts";

export interface ToyLimitRequest {
  readonly method: LimitMethodName;
  readonly level: number;
  readonly null: number;
  readonly expected: boolean;
  readonly count: number;
  readonly random: RandomStartOptions | undefined;
}

/** What toys give of the output; and the toys, for what failed. */
export interface ToyLimit extends Pick<LimitOutput, "toys" | "observed" | "expected" | "points"> {
  readonly made: MadeToys;
}

/** Undefined when the user asked not to wait for the toys. */
export async function limitByToys(
  context: Context,
  spec: Spec,
  given: Planned,
  request: ToyLimitRequest,
  options: Choices & ToyOptions & WorkOptions,
  table: TableFile | undefined,
  threads: Promise<Pool> | undefined,
): Promise<ToyLimit | undefined> {
  const rows = profileHere(given);
  const own = truthsOf(context, spec, given, rows, options.nuisances ?? "fitted");
  const wantsNull = request.method === "cls" || request.expected;
  const truths = wantsNull ? withNull(spec, given, own, request, options) : own;
  const planned = withRoomForToys(context, spec, options, given, truths);
  const made = await makeToys(context, planned, truths, request.count, options, table, threads);
  if (made === undefined) return undefined;
  const tests = testsOf(planned, made, request.level);
  const test =
    request.method === "feldman-cousins" ? feldmanCousins(tests) : oneSidedLimit(tests, request.method);
  const failed = made.sets.reduce((sum, one) => sum + one.failed, 0);
  const { seed, count } = made.plan.request;
  return {
    made,
    toys: { count, seed, failed },
    observed: observedBy(planned, tests, rows, test),
    expected: request.expected
      ? expectedOn(tests, test).map(({ shift, value }) => ({ shift, value: finite(value) }))
      : null,
    points: pointsOf(planned, tests, rows, request.method),
  };
}

/** The truth without a signal, tested at all values as well. */
function withNull(
  spec: Spec,
  { plan, compiled }: Planned,
  { truths, hypotheses }: Truths,
  request: ToyLimitRequest,
  { nuisances = "fitted" }: ToyOptions,
): Truths {
  const { parameter = "" } = plan.identity.grid[0] ?? {};
  const nothing = truthAt(compiled, { [parameter]: request.null }, nuisances, request.random);
  if (nothing === undefined) {
    throw withoutFit(spec, plan.identity.analysis, `there is none at ${parameter} = ${request.null}`);
  }
  return {
    truths: [...truths, [...nothing]],
    hypotheses: [...hypotheses, ...hypotheses.map(({ tested }) => ({ truth: truths.length, tested }))],
  };
}

function testsOf({ plan, compiled }: Planned, { sets }: MadeToys, level: number): GridTests {
  const [axis] = plan.identity.grid;
  const at = axis!.values;
  const { range } = compiled.parameters.find(({ name }) => name === axis!.parameter)!;
  return { at, tested: sets.slice(0, at.length), null: sets.slice(at.length), level, range };
}

/** What the data find at the values of the grid. */
function findingsOf({ plan, compiled }: Planned, rows: readonly TableRow[]): Findings {
  const index = compiled.parameters.findIndex(({ name }) => name === plan.identity.grid[0]?.parameter);
  return {
    statistics: rows.map(({ deltaChi2 }) => Math.max(0, deltaChi2)),
    estimate: plan.start.values[index]!,
  };
}

function observedBy(
  planned: Planned,
  tests: GridTests,
  rows: readonly TableRow[],
  test: Test,
): LimitOutput["observed"] {
  if (isProjection(planned)) return null;
  const findings = findingsOf(planned, rows);
  const regions = regionsOn(tests, test(findings)).map(({ low, high, ...more }) => ({
    low: finite(low),
    high: finite(high),
    ...more,
  }));
  return { best: findings.estimate, regions };
}

export function isProjection({ compiled }: Pick<Planned, "compiled">): boolean {
  return compiled.experiments.some(({ data }) => data === undefined);
}

function pointsOf(
  planned: Planned,
  tests: GridTests,
  rows: readonly TableRow[],
  method: LimitMethodName,
): readonly LimitPoint[] {
  const findings = findingsOf(planned, rows);
  const shares = method === "feldman-cousins" ? undefined : oneSidedShares(tests, method)(findings);
  return tests.at.map((at, k) => {
    const { statistics } = tests.tested[k]!;
    const { value, low, high } = criticalValue(statistics.filter(Number.isFinite), tests.level);
    const critical = (number: number): number | null => (shares === undefined ? finite(number) : null);
    const t = isProjection(planned) ? null : finite(findings.statistics[k]!);
    const criticals = { critical: critical(value), criticalLow: critical(low), criticalHigh: critical(high) };
    return { at, t, ...criticals, share: finite(shares?.[k]?.value) };
  });
}

export function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
