/** `sevens export`: the spec in another form, or what it says as a binned model in the formats of others. */
import { type Command, Option } from "commander";
import { toText } from "../../interchange/index.ts";
import { latexDocument } from "../../latex/index.ts";
import type { Model } from "../../model/model.ts";
import type { Context } from "../context.ts";
import { documentOf } from "../document.ts";
import { wrongUsage } from "../exit.ts";
import { type BinnedForm, type BinnedOptions, binnedForms, isBinnedForm } from "../export-forms.ts";
import { addChoices, collect } from "../options.ts";
import { printJson, writeResult } from "../output.ts";
import { readSound } from "../spec.ts";
import { addExamples } from "../verb.ts";

type SpecForm = "json" | "text" | "latex";

interface Options extends BinnedOptions {
  readonly to: SpecForm | BinnedForm;
}

export function configureExport(command: Command, context: Context): void {
  const forms = [...Object.keys(specForms), ...binnedForms];
  addChoices(command)
    .argument("<file>", "a spec, `-` for standard input")
    .addOption(new Option("--to <form>", "the form").choices(forms).makeOptionMandatory())
    .option("-o, --output <file>", "write it to a file, `-` for standard output; hepdata: a folder")
    .addOption(
      new Option("--at <values>", "numbers at the values of the spec, or at the best fit").choices([
        "spec",
        "fit",
      ]),
    )
    .option(
      "--grid <grid>",
      "pyhf: a patch set as well, with the workspace at these values of a parameter that it cannot say",
      collect,
    )
    .option("--inspire <id>", "pyhf, with a grid: the record that the patch set refers to, `ins1234567`")
    .action((file: string, options: Options) => exportSpec(context, file, options));
  addExamples(command, [
    ["sevens export csi.sevens --to json -o csi.json", "the canonical document: self-contained, with a hash"],
    ["sevens export csi.sevens --to latex", "its formulas and parameters, for a paper"],
    ["sevens export csi.json --to text", "one text with everything in it that the spec uses"],
    [
      "sevens export csi.sevens --to pyhf -o csi-pyhf.json",
      "a workspace for pyhf, and csi-pyhf.provenance.json: sources, citations, what is exact and what is not",
    ],
    [
      'sevens export csi.sevens --to pyhf --at fit --grid "Rn in 4 fm .. 7 fm 31 points" --inspire ins1234567 -o csi-pyhf.json',
      "templates at the best fit, and csi-pyhf.patchset.json with those at 31 radii",
    ],
    [
      "sevens export csi.sevens --to hs3 -o csi.hs3.json",
      "couplings as functions, everything in one document",
    ],
    ["sevens export csi.sevens --to hepdata -o submission", "submission.yaml and its tables"],
    [
      "sevens export csi.sevens --to parquet -o csi.parquet",
      "counts by bin and sample; also csv, json-tables",
    ],
  ]);
}

async function exportSpec(context: Context, file: string, options: Options): Promise<void> {
  const { to, output } = options;
  if (isBinnedForm(to)) {
    const { exportBinned } = await import("../export-binned.ts");
    return exportBinned(context, file, to, options);
  }
  refuseBinnedOptions(context, to, options);
  const { model } = await readSound(context, file);
  writeResult(context, output, specForms[to](model));
}

/** A spec is written as it is: what chooses numbers has no place there. */
function refuseBinnedOptions({ line }: Context, to: SpecForm, options: Options): void {
  const names = [
    "set",
    "experiment",
    "analysis",
    "observables",
    "precision",
    "at",
    "grid",
    "inspire",
  ] as const;
  const given = names.find((name) => options[name] !== undefined);
  if (given === undefined) return;
  const problem = `\`--${given}\` says nothing to \`--to ${to}\`, which is the spec as it is`;
  throw wrongUsage(line, `--${given}`, problem, `it is for ${binnedForms.join(", ")}`);
}

const specForms: Readonly<Record<SpecForm, (model: Model) => string>> = {
  json: (model) => printJson(documentOf(model)),
  text: toText,
  latex: latexDocument,
};
