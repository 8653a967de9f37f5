/** From a spec and the options of a scan to its plan. */
import type { CompiledAnalysis } from "../../runtime/compiled.ts";
import { profiledParameters, type ScanAxis, scanStart } from "../../runtime/scan.ts";
import { hasErrors } from "../diagnostics/index.ts";
import { usedParameters } from "../emit/view.ts";
import { nodeSha256 } from "../interchange/hash-node.ts";
import { type GridText, mostAxes, readGrids } from "../scan/grid-text.ts";
import type { NamedUnit, ScanIdentity, ScanPlan } from "../scan/plan.ts";
import type { Context } from "./context.ts";
import { documentOf } from "./document.ts";
import { Stop, wrongUsage } from "./exit.ts";
import { type Choices, compileOptions } from "./options.ts";
import { progressOn } from "./progress.ts";
import { compileSpec, lacking, type Running, type Spec, start } from "./spec.ts";
import { version } from "./version.ts";

export interface PlanOptions extends Choices {
  readonly grid?: readonly string[];
}

/** A plan, and the analysis that it was made with. */
export interface Planned {
  readonly plan: ScanPlan;
  readonly compiled: CompiledAnalysis;
}

/** Everything about the scan but its results: the analysis compiled, the grid read, the best fit found. */
export function planOf(context: Context, spec: Spec, options: PlanOptions): Planned {
  const running = theAnalysis(context, spec, options);
  const { compiled, unit } = running;
  const grid = gridOf(context, spec, running, options.grid ?? []);
  const progress = progressOn(context.io);
  progress.show(`scanning ${compiled.name}: looking for the minimum`);
  const best = scanStart(compiled, grid);
  progress.clear();
  const { set = [], experiment = [], observables = [], precision = "" } = options;
  const identity: ScanIdentity = {
    sevens: version(),
    spec: documentOf(spec.model).hash ?? "",
    analysis: compiled.name,
    settings: { set, experiment, observables, precision },
    grid,
    fit: nodeSha256(JSON.stringify(best)),
  };
  const named = ({ name, unit }: NamedUnit): NamedUnit => ({ name, unit });
  const plan: ScanPlan = {
    identity,
    start: best,
    code: unit.code,
    profiled: profiledParameters(compiled, grid).map((index) => named(compiled.parameters[index]!)),
    units: grid.map(
      ({ parameter }) => compiled.parameters.find(({ name }) => name === parameter)?.unit ?? "",
    ),
  };
  return { plan, compiled };
}

function theAnalysis(context: Context, spec: Spec, options: PlanOptions): Running {
  const chosen = compileOptions(context, spec, options);
  const names = spec.model.declarations.filter(({ kind }) => kind === "analysis").map(({ name }) => name);
  const wanted = names.filter((name) => chosen.analyses?.includes(name) ?? true);
  if (names.length === 0) throw lacking(context, spec, "analysis");
  if (wanted.length > 1) {
    const list = wanted.join(", ");
    const problem = `a scan is of one analysis, there are ${list}`;
    throw wrongUsage(context.line, "scan", problem, `say which one: \`--analysis ${wanted[0]}\``);
  }
  const [running] = start(compileSpec(context, spec, { ...chosen, derivatives: "likelihood" }));
  if (running === undefined) throw lacking(context, spec, "analysis");
  return running;
}

function gridOf(
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
