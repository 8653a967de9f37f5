/** From a spec and the options of a scan to its plan. */
import type { CompiledAnalysis } from "../../runtime/compiled.ts";
import { profiledParameters, type ScanAxis, scanStart } from "../../runtime/scan.ts";
import { hasErrors } from "../diagnostics/index.ts";
import { version } from "../disk/version.ts";
import { wordOf } from "../elaborate/library.ts";
import { usedParameters } from "../emit/view.ts";
import { nodeSha256 } from "../interchange/hash-node.ts";
import { type Declaration, fieldsOf } from "../model/model.ts";
import { type GridText, mostAxes, readGrids } from "../scan/grid-text.ts";
import type { NamedUnit, ScanIdentity, ScanPlan } from "../scan/plan.ts";
import type { Context } from "./context.ts";
import { documentOf } from "./document.ts";
import { placesOfSpec } from "./event-places.ts";
import { Stop, wrongUsage } from "./exit.ts";
import { type Choices, compileOptions } from "./options.ts";
import { progressOn } from "./progress.ts";
import { compileSpec, lacking, type Running, type Spec, start } from "./spec.ts";
import { randomStartsOf, type StartsOptions } from "./starts.ts";

export interface PlanOptions extends Choices, StartsOptions {
  readonly grid?: readonly string[];
}

/** A plan, and the analysis that it was made with. */
export interface Planned extends Running {
  readonly plan: ScanPlan;
}

/** Everything about a scan but its results: the analysis compiled, the grid read, the best fit found. */
export function planOf(context: Context, spec: Spec, options: PlanOptions, toys = false): Planned {
  const running = theAnalysis(context, spec, options, toys);
  return planOn(context, spec, options, running, gridOf(context, spec, running, options.grid ?? []));
}

/** The same for an analysis and a grid that are there already. */
export function planOn(
  { io }: Context,
  spec: Spec,
  options: PlanOptions,
  running: Running,
  grid: readonly ScanAxis[],
): Planned {
  const { compiled, unit } = running;
  const { set = [], experiment = [], observables = [], precision } = options;
  const progress = progressOn(io);
  progress.show(`scanning ${compiled.name}: looking for the minimum`);
  const random = randomStartsOf(options);
  const best = scanStart(compiled, grid, random);
  progress.clear();
  const identity: ScanIdentity = {
    sevens: version(),
    spec: documentOf(spec.model).hash ?? "",
    analysis: compiled.name,
    settings: {
      set,
      experiment,
      observables,
      precision: precision ?? "",
      ...(random && { starts: random.count, seed: random.seed }),
    },
    grid,
    fit: nodeSha256(JSON.stringify(best)),
  };
  const units = grid.map(
    ({ parameter }) => compiled.parameters.find(({ name }) => name === parameter)?.unit ?? "",
  );
  const profiled = namedUnits(compiled, profiledParameters(compiled, grid));
  const plan: ScanPlan = { kind: "scan", identity, start: best, code: unit.code, profiled, units };
  return { ...running, plan };
}

/** Names and units of parameters, by index. */
export function namedUnits(
  { parameters }: CompiledAnalysis,
  indices: readonly number[],
): readonly NamedUnit[] {
  return indices.map((index) => {
    const { name, unit } = parameters[index]!;
    return { name, unit };
  });
}

/**
 * The one analysis that is meant, compiled for fits; `toys` for those of other data as well: what is measured of constrained expressions
 * is built into a compiled likelihood, so that they need derivatives of the counts, and events one by one need places.
 */
export function theAnalysis(context: Context, spec: Spec, options: Choices, toys = false): Running {
  const { line } = context;
  const chosen = compileOptions(context, spec, options);
  const names = spec.model.declarations.filter(({ kind }) => kind === "analysis").map(({ name }) => name);
  const wanted = names.filter((name) => chosen.analyses?.includes(name) ?? true);
  if (names.length === 0) throw lacking(context, spec, "analysis");
  if (wanted.length > 1) {
    const list = wanted.join(", ");
    const verb = line.args[0] ?? "scan";
    const problem = `a ${verb === "toys" ? "run of toys" : verb} is of one analysis, there are ${list}`;
    throw wrongUsage(line, verb, problem, `say which one: \`--analysis ${wanted[0]}\``);
  }
  const declared = spec.model.byName.get(wanted[0] ?? "");
  const constrained = declared !== undefined && fieldsOf(declared, "constraint").length > 0;
  const derivatives = toys && constrained ? "counts" : "likelihood";
  const places = toys && isUnbinned(declared) ? placesOfSpec(spec, chosen) : undefined;
  const room = places === undefined ? {} : { places };
  const [running] = start(compileSpec(context, spec, { ...chosen, ...room, derivatives }));
  if (running === undefined) throw lacking(context, spec, "analysis");
  return running;
}

function isUnbinned(analysis: Declaration | undefined): boolean {
  return analysis !== undefined && wordOf(analysis, "likelihood") === "unbinned";
}

/** The grid that the command line asks for. */
export function gridOf(
  context: Context,
  spec: Spec,
  { unit }: Running,
  given: readonly string[],
): readonly ScanAxis[] {
  const { line } = context;
  const form = 'write `--grid "Rn in 4 fm .. 7 fm 41 points"`';
  if (given.length === 0) throw wrongUsage(line, line.end, "a scan needs a grid", form);
  if (given.length > mostAxes) {
    throw wrongUsage(line, given[mostAxes]!, `a grid has ${mostAxes} parameters at most`);
  }
  const texts = given.map((text): GridText => ({ text, span: line.spanOf(text) }));
  const { axes, diagnostics } = readGrids(texts, spec.model, usedParameters(unit.emitted));
  if (hasErrors(diagnostics)) throw new Stop(diagnostics, spec.sources);
  return axes;
}
