/** `sevens plot`: the spectrum of each experiment with its data, at the best fit; or the curves of tables. */
import type { Command } from "commander";
import type { FitResult } from "../../../runtime/fit.ts";
import { type FigureOptions, spectrumCsv, spectrumFigure } from "../../plot/index.ts";
import type { Context } from "../context.ts";
import { impossibleCounts, ratesAt, specValues } from "../counts.ts";
import { addChoices, type Choices, collect, compileOptions } from "../options.ts";
import { addPicture, checkPicture, type Drawable, drawAndWrite } from "../plot-files.ts";
import { impactPicture } from "../plot-impacts.ts";
import { addTableOptions, areTables } from "../plot-options.ts";
import { plotTables, type TableOptions } from "../plot-tables.ts";
import { compileSpec, lacking, type Running, readSound, type Spec, settle, start } from "../spec.ts";
import { type NamedSpectrum, spectrumInputs } from "../spectrum-inputs.ts";
import { addExamples } from "../verb.ts";
import { whole } from "../work.ts";
import { findingsOf, fitOne } from "./fit.ts";

interface Options extends Choices, TableOptions {
  readonly prefit?: boolean;
  readonly subtract?: boolean;
  readonly residuals?: boolean;
  readonly density?: boolean;
  readonly impacts?: boolean;
  readonly most?: number;
  readonly band?: boolean;
}

export function configurePlot(command: Command, context: Context): void {
  addPicture(addChoices(command))
    .argument("<files...>", "a spec, `-` for standard input; or tables, which end in .csv")
    .option("--impacts", "pulls of nuisances and what they move, in place of spectra")
    .option(
      "--parameter <name>",
      "of which impacts are drawn, the first free one unless given; of a corner picture, repeated",
      collect,
    )
    .option("--most <number>", "so many nuisances, those with the largest impacts", whole)
    .option("--no-band", "without the band of one standard deviation around the expectation")
    .option("--prefit", "at the values of the spec instead of the best fit")
    .option("--subtract", "data minus backgrounds, over the signal")
    .option("--residuals", "data minus backgrounds in a second row")
    .option("--density", "counts per unit of the axis, also of a table with bins")
    .option("--no-density", "counts per bin");
  addTableOptions(command).action((files: readonly string[], options: Options) =>
    plot(context, files, options),
  );
  addExamples(command, [
    ["sevens plot csi.sevens -o csi.svg", "stacked components and data; one file for each experiment"],
    ["sevens plot csi.sevens --observables pe --subtract -o csi.png --data csi.csv", "one axis, signal only"],
    ["sevens plot csi.sevens --prefit > csi.svg", "at the values of the spec"],
    ["sevens plot csi.sevens --impacts -o impacts.pdf", "pulls, and what moves the first free parameter"],
    ["sevens plot rn.csv --level 1sigma,90% -o rn.svg", "profile of Δχ², from a scan with one grid"],
    [
      "sevens plot csi.csv lar.csv --label CsI --label LAr --level 2sigma --dof 1 -o plane.svg",
      "contours, from scans with two grids; Δχ² is counted from the lowest χ² known to each scan",
    ],
    [
      'sevens plot rates.csv --x recoil --y total --density --log-x --log-y --points "data.csv: E, n, error as Data"',
      "columns of any table, with measured points; those of bins as steps",
    ],
  ]);
}

async function plot(context: Context, files: readonly string[], options: Options): Promise<void> {
  checkPicture(context, options);
  if (areTables(context, files)) return plotTables(context, files, options);
  return plotSpec(context, files[0]!, options);
}

async function plotSpec(context: Context, file: string, options: Options): Promise<void> {
  const spec = await readSound(context, file);
  const chosen = compileOptions(context, spec, options);
  const runnings = start(compileSpec(context, spec, { ...chosen, derivatives: "likelihood" }));
  if (options.impacts === true) return plotImpacts(context, spec, runnings, options);
  const inputs = runnings.flatMap((running) => inputsOf(context, spec, running, options));
  if (inputs.length === 0) throw lacking(context, spec, "experiment");
  const flat = inputs.find(({ axes }) => axes.length === 0);
  if (flat !== undefined) throw lacking(context, spec, `bins in the experiment ${flat.experiment}`);
  return drawAndWrite(context, spectraOf(inputs, options), options);
}

async function plotImpacts(
  context: Context,
  spec: Spec,
  runnings: readonly Running[],
  options: Options,
): Promise<void> {
  const analyses = runnings.filter(({ unit }) => unit.kind === "analysis");
  if (analyses.length === 0) throw lacking(context, spec, "analysis");
  const pictures = analyses.map((running) => {
    const result = bestFitOf(context, spec, running);
    const [parameter] = options.parameter ?? [];
    return impactPicture(context, running, result, { ...options, parameter });
  });
  await drawAndWrite(context, pictures, options);
}

/** The spectra of an analysis at its best fit, or at the values of the spec. */
function inputsOf(
  context: Context,
  spec: Spec,
  running: Running,
  { prefit, band }: Options,
): readonly NamedSpectrum[] {
  const { unit, compiled } = running;
  const isFitted = unit.kind === "analysis" && prefit !== true;
  const result = isFitted ? bestFitOf(context, spec, running) : undefined;
  const values = result?.values ?? specValues(compiled);
  settle(context, spec, impossibleCounts(spec, unit, ratesAt(running, values)));
  return spectrumInputs(running, values, result, band !== false);
}

function bestFitOf(context: Context, spec: Spec, running: Running): FitResult {
  const result = fitOne(context, running, { errors: false });
  settle(context, spec, findingsOf(spec, running, result));
  return result;
}

/** The spectra as pictures; named after their experiments, or after the analyses too where these alone tell them apart. */
function spectraOf(
  inputs: readonly NamedSpectrum[],
  { subtract, residuals, density }: Options,
): readonly Drawable[] {
  const names = inputs.map(({ experiment }) => experiment);
  const areDistinct = new Set(names).size === names.length;
  const figure: FigureOptions = { subtract: residuals === true ? "below" : subtract, density };
  return inputs.map((input) => ({
    key: areDistinct ? input.experiment : input.key,
    figure: (size) => spectrumFigure(input, { ...figure, ...size }),
    csv: () => spectrumCsv(input, figure),
  }));
}
