/** Pictures of pulls and impacts: what moves one parameter of each analysis. */
import { type FitResult, type FittedParameter, nuisanceErrors } from "../../runtime/fit.ts";
import { type Impact, impacts } from "../../runtime/impacts.ts";
import { type ImpactInput, impactCsv, impactFigure } from "../plot/index.ts";
import type { Context } from "./context.ts";
import { wrongUsage } from "./exit.ts";
import type { Drawable } from "./plot-files.ts";
import type { Running } from "./spec.ts";

export interface ImpactOptions {
  readonly parameter?: string | undefined;
  readonly most?: number;
}

/** Nuisances that are drawn unless asked for others. */
const usualMost = 30;

/** The picture of one analysis after its fit. */
export function impactPicture(
  context: Context,
  running: Running,
  result: FitResult,
  { parameter, most }: ImpactOptions,
): Drawable {
  const { compiled } = running;
  const { parameters, nuisances } = result;
  const chosen = parameter === undefined ? parameters[0] : parameters.find(({ name }) => name === parameter);
  if (chosen === undefined) {
    const names = parameters.map(({ name }) => name).join(", ") || "none";
    const problem =
      parameter === undefined ? "no parameter is free" : `no free parameter is called \`${parameter}\``;
    throw wrongUsage(
      context.line,
      parameter ?? "--impacts",
      problem,
      `free parameters of ${compiled.name}: ${names}`,
    );
  }
  if (nuisances.length === 0) {
    throw wrongUsage(context.line, "--impacts", `${compiled.name} has no nuisance`);
  }
  const input = impactInput(running, result, chosen, impacts(compiled, result), most);
  return {
    key: compiled.name,
    figure: (size) => impactFigure(input, size),
    csv: () => impactCsv(input),
  };
}

/** What the picture of one parameter shows. */
export function impactInput(
  { compiled }: Running,
  { nuisances }: FitResult,
  { name, unit }: Pick<FittedParameter, "name" | "unit">,
  all: readonly Impact[],
  most = usualMost,
): ImpactInput {
  const rows = all
    .filter((one) => one.parameter === name)
    .slice(0, most)
    .map(({ nuisance, shifts: [below, above] }) => {
      const one = nuisances.find(({ name }) => name === nuisance)!;
      const sigma = compiled.parameters.find((one) => one.name === nuisance)?.constraint?.sigma ?? Number.NaN;
      const [minus, plus] = nuisanceErrors(one);
      return { nuisance, below, above, pull: one.pull, errors: [minus / sigma, plus / sigma] as const };
    });
  return { parameter: name, unit, title: compiled.name, rows };
}
