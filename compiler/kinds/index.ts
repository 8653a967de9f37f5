/** The declaration kinds of the language, one file each, and how a kind is described. */
import { type KindName, kindNames } from "../model/model.ts";
import { analysis } from "./analysis.ts";
import { constant } from "./constant.ts";
import type { KindDescription } from "./description.ts";
import { detector } from "./detector.ts";
import { experiment } from "./experiment.ts";
import { formfactor } from "./formfactor.ts";
import { functionKind } from "./function.ts";
import { interaction } from "./interaction.ts";
import { material } from "./material.ts";
import { nucleus } from "./nucleus.ts";
import { source } from "./source.ts";
import { table } from "./table.ts";

export { flavors, species } from "./common.ts";
export { contextNamesIn } from "./context-names.ts";
export type * from "./description.ts";
export { exampleOf, formOf, valueForm } from "./form.ts";
export { referencePage } from "./reference.ts";

/** Every kind by its keyword. */
export const kinds: Readonly<Record<KindName, KindDescription>> = {
  constant,
  function: functionKind,
  table,
  formfactor,
  nucleus,
  material,
  interaction,
  source,
  detector,
  experiment,
  analysis,
};

/** The kind of a keyword; undefined when no declaration starts with it. */
export function findKind(keyword: string): KindDescription | undefined {
  const name = kindNames.find((one) => one === keyword);
  return name === undefined ? undefined : kinds[name];
}
