/** Submissions to HEPData, as `sevens export` writes them. */
import { type FitResult, nuisanceErrors } from "../../runtime/fit.ts";
import { type FittedValue, hepdataSubmission, type SubmissionFile } from "../exchange/hepdata.ts";
import { type Exported, provenanceOf } from "../exchange/provenance.ts";
import { submissionFidelity } from "../exchange/table-fidelity.ts";
import type { Context } from "./context.ts";
import { wrongUsage } from "./exit.ts";
import type { Folder, Request } from "./export-binned.ts";
import { remarkOn } from "./fit-table.ts";
import { printJson } from "./output.ts";

/** A folder with the submission and its provenance. */
export function hepdataFiles({ context, options, units, origin }: Request): Folder {
  const exported = units.map(
    ({ model }): Exported => ({
      analysis: model.name,
      format: "HEPData",
      values: model.values,
      fidelity: submissionFidelity(model),
    }),
  );
  const cited = [...origin.citations.keys()];
  const files = hepdataSubmission(
    units.map(({ model, fit }) => ({ model, fitted: fit === undefined ? undefined : fittedValues(fit) })),
    {
      comment:
        `Made with Sevens ${origin.version} from ${origin.spec}, content hash ${origin.hash}.` +
        (cited.length === 0 ? "" : ` It rests on ${cited.join(", ")}.`),
      resources: [
        {
          location: "provenance.json",
          description: "Values of all parameters, citations, and what the tables keep of the spec",
        },
      ],
    },
  );
  refuseShared(context, files, options.output ?? "");
  return {
    files: [
      ...files.map(({ name, text }) => ({ name, data: text })),
      { name: "provenance.json", data: printJson(provenanceOf(origin, exported)) },
    ],
    exported,
  };
}

/** Names of files have no capital letters, so that they differ everywhere; those of tables may differ in nothing else. */
function refuseShared({ line }: Context, files: readonly SubmissionFile[], output: string): void {
  for (const { name } of files) {
    const [first, second] = files.filter((one) => one.name === name).map((one) => one.table ?? "");
    if (second === undefined) continue;
    const problem = `the tables \`${first}\` and \`${second}\` would both be \`${name}\``;
    throw wrongUsage(line, output, problem, "names of files do not tell capital letters: rename one of both");
  }
}

function fittedValues({ parameters, nuisances }: FitResult): readonly FittedValue[] {
  return [
    ...parameters.map((one) => {
      const { name, unit, value, errors = [Number.NaN, Number.NaN] } = one;
      return { name, unit, value, minus: errors[0], plus: errors[1], remark: remarkOn(one) };
    }),
    ...nuisances.map((one) => {
      const [minus, plus] = nuisanceErrors(one);
      return { name: one.name, unit: one.unit, value: one.value, minus, plus, remark: "" };
    }),
  ];
}
