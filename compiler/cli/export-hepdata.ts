/** Submissions to HEPData, as `sevens export` writes them. */
import type { FitResult } from "../../runtime/fit.ts";
import { type FittedValue, hepdataSubmission } from "../exchange/hepdata.ts";
import { type Exported, provenanceOf } from "../exchange/provenance.ts";
import { tableFidelity } from "../exchange/tables.ts";
import type { Folder, Request } from "./export-binned.ts";
import { printJson } from "./output.ts";

/** A folder with the submission and its provenance. */
export function hepdataFiles({ units, origin }: Request): Folder {
  const exported = units.map(
    ({ model }): Exported => ({
      analysis: model.name,
      format: "HEPData",
      values: model.values,
      fidelity: tableFidelity(model),
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
  return {
    files: [
      ...files.map(({ name, text }) => ({ name, data: text })),
      { name: "provenance.json", data: printJson(provenanceOf(origin, exported)) },
    ],
    exported,
  };
}

function fittedValues({ parameters, nuisances }: FitResult): readonly FittedValue[] {
  return [
    ...parameters.map(({ name, unit, value, errors = [Number.NaN, Number.NaN] }) => ({
      name,
      unit,
      value,
      minus: errors[0],
      plus: errors[1],
    })),
    ...nuisances.map(({ name, unit, value, error }) => ({ name, unit, value, minus: error, plus: error })),
  ];
}
