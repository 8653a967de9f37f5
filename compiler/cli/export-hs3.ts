/** Documents of HS3, as `sevens export` writes them. */
import { hs3Export } from "../exchange/hs3.ts";
import { dialect, type Hs3Document } from "../exchange/hs3-document.ts";
import { type Exported, provenanceOf } from "../exchange/provenance.ts";
import type { Files, Request } from "./export-binned.ts";
import { printJson } from "./output.ts";

/** A document with its provenance in it. */
export function hs3Files({ units, origin }: Request): Files {
  const { model } = units[0]!;
  const { document, description, fidelity, parameters } = hs3Export(model);
  const exported: Exported = {
    analysis: model.name,
    format: "HS3",
    values: model.values,
    parameters,
    fidelity,
  };
  const whole: Hs3Document = {
    metadata: {
      hs3_version: "0.2",
      packages: [{ name: "sevens", version: origin.version }],
      publications: [...origin.citations.keys()],
      description,
    },
    ...document,
    misc: { dialect, sevens: provenanceOf(origin, [exported]) },
  };
  return { result: printJson(whole), beside: [], exported: [exported], isComplete: true };
}
