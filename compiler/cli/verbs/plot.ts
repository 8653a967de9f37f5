/** `sevens plot`: the spectrum of each experiment with its data, at the best fit; or the curves of tables. */

import { parse } from "node:path";
import type { Command } from "commander";
import {
  type FigureOptions,
  type SpectrumInput,
  spectrumCsv,
  spectrumFigure,
  toPng,
  toSvg,
} from "../../plot/index.ts";
import type { Context } from "../context.ts";
import { impossibleCounts, ratesAt, specValues } from "../counts.ts";
import { wrongUsage } from "../exit.ts";
import { addChoices, type Choices, compileOptions, positive } from "../options.ts";
import { type OutputFile, writeFiles } from "../output.ts";
import { addTableOptions, areTables } from "../plot-options.ts";
import { plotTables, type TableOptions } from "../plot-tables.ts";
import { compileSpec, lacking, type Running, readSound, type Spec, settle, start } from "../spec.ts";
import { addExamples } from "../verb.ts";
import { failuresOf, fitOne } from "./fit.ts";

interface Options extends Choices, TableOptions {
  readonly prefit?: boolean;
  readonly subtract?: boolean;
  readonly residuals?: boolean;
  readonly density?: boolean;
}

export function configurePlot(command: Command, context: Context): void {
  addChoices(command)
    .argument("<files...>", "a spec, `-` for standard input; or tables, which end in .csv")
    .option("-o, --output <file>", "picture to write, .svg or .png; without it, SVG to standard output")
    .option("--data <file>", "write the numbers of the picture as CSV as well")
    .option("--width <cm>", "width in centimetres", positive)
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
  const { output } = options;
  if (output !== undefined && !/\.(svg|png)$/i.test(output)) {
    throw wrongUsage(context.line, output, `a picture is .svg or .png, not \`${output}\``);
  }
  if (areTables(context, files)) return plotTables(context, files, options);
  return plotSpec(context, files[0]!, options);
}

async function plotSpec(context: Context, file: string, options: Options): Promise<void> {
  const { output } = options;
  const spec = await readSound(context, file);
  const chosen = compileOptions(context, spec, options);
  const runnings = start(compileSpec(context, spec, { ...chosen, derivatives: "likelihood" }));
  const inputs = runnings.flatMap((running) => inputsOf(context, spec, running, options));
  if (inputs.length === 0) throw lacking(context, spec, "experiment");
  const flat = inputs.find(({ axes }) => axes.length === 0);
  if (flat !== undefined) throw lacking(context, spec, `bins in the experiment ${flat.experiment}`);
  if (output === undefined && inputs.length > 1) {
    const problem = `there are ${inputs.length} spectra: choose one with \`--experiment\`, or give \`-o\``;
    throw wrongUsage(context.line, "plot", problem);
  }
  const files = await drawn(inputs, options);
  const [first] = files;
  if (output === undefined && first !== undefined) context.io.stdout.write(first.data);
  const toWrite = output === undefined ? files.slice(1) : files;
  writeFiles(context, toWrite);
  for (const { path } of toWrite) context.note(`wrote ${path}`);
}

/** The spectra of an analysis at its best fit, or at the values of the spec. */
function inputsOf(
  context: Context,
  spec: Spec,
  running: Running,
  { prefit }: Options,
): readonly (SpectrumInput & { readonly key: string })[] {
  const { unit, compiled } = running;
  const values =
    unit.kind === "analysis" && prefit !== true ? bestValues(context, spec, running) : specValues(compiled);
  const rates = ratesAt(running, values);
  settle(context, spec, impossibleCounts(spec, unit, rates));
  return rates.map(({ name, axes, components, data }, i) => {
    const { likelihood, errors } = compiled.experiments[i]!;
    return {
      key: unit.kind === "analysis" ? `${unit.name}-${name}` : name,
      experiment: name,
      axes,
      components: Object.entries(components).map(([name, { kind, counts }]) => ({ name, kind, counts })),
      data: data ?? undefined,
      // Events are drawn as the counts of their bins.
      likelihood: likelihood === "gaussian" ? likelihood : "poisson",
      errors,
    };
  });
}

function bestValues(context: Context, spec: Spec, running: Running): Float64Array {
  const result = fitOne(context, running, { errors: false });
  settle(context, spec, failuresOf(spec, result));
  return result.values;
}

/** Pictures, then tables; each with the name of its experiment in the path when there are several. */
async function drawn(
  inputs: readonly (SpectrumInput & { readonly key: string })[],
  options: Options,
): Promise<readonly OutputFile[]> {
  const { output, data, subtract, residuals, density, width } = options;
  const figure: FigureOptions = { subtract: residuals === true ? "below" : subtract, density, width };
  const names = inputs.map(({ experiment }) => experiment);
  const keys = new Set(names).size === names.length ? names : inputs.map(({ key }) => key);
  const pathFor = (path: string, i: number): string => {
    const { dir, name, ext } = parse(path);
    if (inputs.length === 1) return path;
    return `${dir === "" ? "" : dir.endsWith("/") ? dir : `${dir}/`}${name}-${keys[i]}${ext}`;
  };
  const files: OutputFile[] = [];
  for (const [i, input] of inputs.entries()) {
    const svg = await toSvg(spectrumFigure(input, figure));
    const png = output?.toLowerCase().endsWith(".png") === true;
    files.push({ path: pathFor(output ?? "-", i), data: png ? await toPng(svg) : svg });
  }
  const tables =
    data === undefined
      ? []
      : inputs.map((input, i) => ({ path: pathFor(data, i), data: spectrumCsv(input, figure) }));
  return [...files, ...tables];
}
