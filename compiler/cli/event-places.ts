/** Room for the events of toys and of Asimov data, which take the places of those of the spec. */
import type { CompiledAnalysis } from "../../runtime/compiled.ts";
import { RuntimeError } from "../../runtime/errors.ts";
import { eventDensity } from "../../runtime/event-density.ts";
import { sumOf } from "../../runtime/events.ts";
import type { CompileOptions } from "../index.ts";
import type { Context } from "./context.ts";
import { type Choices, compileOptions } from "./options.ts";
import type { Planned } from "./scan-plan.ts";
import { compiled, compileSpec, type Running, type Spec, start, stopAt } from "./spec.ts";
import type { Truths } from "./toy-plan.ts";

type Places = NonNullable<CompileOptions["places"]>;

/** No Poisson number is so many standard deviations, and some events, above its mean. */
const FARTHEST = 8;
const SOME = 50;

function placesFor(mean: number): number {
  return Math.ceil(mean + FARTHEST * Math.sqrt(mean) + SOME);
}

/** Places for the events of the spec, and for toys at its values; undefined for an analysis of counts alone. */
export function placesOfSpec(spec: Spec, options: CompileOptions): Places | undefined {
  const [unit] = compiled(spec, { ...options, derivatives: "none" }).units;
  const single = unit?.expectation.experiments.filter(({ likelihood }) => likelihood === "unbinned") ?? [];
  if (unit === undefined || single.length === 0) return undefined;
  const { counts } = unit.expectation;
  return Object.fromEntries(
    single.map(({ name, data }) => [
      name,
      placesFor(Math.max(sumOf(data ?? []), sumOf(counts[name]!.total))),
    ]),
  );
}

/** The plan with places for toys of all the truths; stops where events cannot be drawn. */
export function withRoomForToys(
  context: Context,
  spec: Spec,
  options: Choices,
  planned: Planned,
  { truths }: Truths,
): Planned {
  const { compiled: analysis } = planned;
  const unbinned = unbinnedOf(analysis);
  if (unbinned.length === 0) return planned;
  const means = truths.map((truth) => {
    const totals = analysis.totals(Float64Array.from(truth));
    return unbinned.map((name) => sumOf(totals[name]!));
  });
  for (const truth of truths.slice(0, 1)) densitiesAt(spec, analysis, Float64Array.from(truth));
  const needed = unbinned.map((name, i) => [name, placesFor(Math.max(...means.map((own) => own[i]!)))]);
  const running = withRoom(context, spec, options, planned, Object.fromEntries(needed));
  return { ...planned, ...running, plan: { ...planned.plan, code: running.unit.code } };
}

/** The analysis with places for the Asimov data of a truth; stops where there are none. */
export function withRoomForAsimov(
  context: Context,
  spec: Spec,
  options: Choices,
  running: Running,
  truth: Float64Array,
): Running {
  const densities = densitiesAt(spec, running.compiled, truth);
  const needed = Object.entries(densities).map(([name, { asimov }]) => [name, asimov().weights.length]);
  return withRoom(context, spec, options, running, Object.fromEntries(needed));
}

function unbinnedOf({ experiments }: CompiledAnalysis): readonly string[] {
  return experiments.filter(({ likelihood }) => likelihood === "unbinned").map(({ name }) => name);
}

function densitiesAt(
  spec: Spec,
  analysis: CompiledAnalysis,
  truth: Float64Array,
): Readonly<Record<string, ReturnType<typeof eventDensity>>> {
  try {
    return Object.fromEntries(
      unbinnedOf(analysis).map((name) => [name, eventDensity(analysis, name, truth)]),
    );
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error;
    throw stopAt(spec, analysis.name, "SV1810", { analysis: analysis.name, reason: error.message });
  }
}

/** Compiled anew where there is not enough room. */
function withRoom(context: Context, spec: Spec, options: Choices, running: Running, needed: Places): Running {
  const { experiments, name } = running.compiled;
  const places = Object.fromEntries(
    experiments.flatMap((one) =>
      one.places === undefined ? [] : [[one.name, Math.max(one.places, needed[one.name] ?? 0)]],
    ),
  );
  if (experiments.every((one) => one.places === undefined || one.places === places[one.name])) return running;
  const chosen = { ...compileOptions(context, spec, options), analyses: [name], places };
  const [roomy] = start(compileSpec(context, spec, { ...chosen, derivatives: "likelihood" }));
  return roomy ?? running;
}
