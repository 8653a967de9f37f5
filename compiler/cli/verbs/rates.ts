/** `sevens rates`: how many events each experiment expects, by component and bin. */
import { type Command, Option } from "commander";
import picocolors from "picocolors";
import type { Context } from "../context.ts";
import { impossibleCounts, ratesOfSpec } from "../counts.ts";
import {
  addChoices,
  addDump,
  addOutput,
  type Choices,
  compileOptions,
  type DumpOptions,
  type OutputOptions,
} from "../options.ts";
import { printCsv, printJson, writeResult } from "../output.ts";
import { csvRows, ratesTable } from "../rates-table.ts";
import type { ExperimentRates, RatesOutput } from "../schemas/rates.ts";
import { compileSpec, dumped, lacking, readSound, settle } from "../spec.ts";
import { addExamples } from "../verb.ts";

type Options = Choices & OutputOptions & DumpOptions & { readonly split?: "flavor" };

export function configureRates(command: Command, context: Context): void {
  addDump(addChoices(addOutput(command)))
    .argument("<file>", "a spec, `-` for standard input")
    .addOption(new Option("--split <by>", "columns for the parts of the signal").choices(["flavor"]))
    .action((file: string, options: Options) => rates(context, file, options));
  addExamples(command, [
    ["sevens rates csi.sevens", "one table per experiment: signal, backgrounds, total and data in each bin"],
    ['sevens rates csi.sevens --set "g=2e-5" --set M_Zp=10MeV', "at other values of two parameters"],
    ["sevens rates csi.sevens --observables pe --split flavor", "summed over the other axes, by flavour"],
    ["sevens rates csi.sevens --format csv -o csi.csv", "full precision, for other programs"],
  ]);
}

async function rates(context: Context, file: string, options: Options): Promise<void> {
  const spec = await readSound(context, file);
  const chosen = compileOptions(context, spec, options);
  if (options.dump !== undefined) {
    writeResult(context, options.output, dumped(context, spec, options.dump, chosen));
    return;
  }
  if (spec.model.declarations.every(({ kind }) => kind !== "interaction")) {
    context.note(`${spec.name} has no interaction, so there is no signal`);
  }
  const experiments = compileSpec(context, spec, chosen).flatMap((unit) => {
    const rates = ratesOfSpec(unit);
    settle(context, spec, impossibleCounts(spec, unit, rates));
    return rates;
  });
  if (experiments.length === 0) throw lacking(context, spec, "experiment");
  writeResult(context, options.output, printed(context, experiments, options));
}

function printed(context: Context, experiments: readonly ExperimentRates[], options: Options): string {
  const { format, split } = options;
  if (format === "json") return printJson({ experiments } satisfies RatesOutput);
  if (format === "csv") return printCsv(csvRows(experiments, split !== undefined));
  const color = options.output === undefined && context.colored(context.io.stdout);
  const { bold } = picocolors.createColors(color);
  return experiments
    .map((experiment) => {
      const analysis = experiment.analysis === null ? "" : ` (analysis ${experiment.analysis})`;
      return `${bold(experiment.name)}${analysis}\n\n${ratesTable(experiment, split !== undefined, color)}`;
    })
    .join("\n");
}
