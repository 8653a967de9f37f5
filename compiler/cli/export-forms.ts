/** The forms of `sevens export` that are made from the binned model. */
import type { Choices } from "./options.ts";

export const binnedForms = ["pyhf", "hs3", "hepdata", "csv", "json-tables", "parquet"] as const;
export type BinnedForm = (typeof binnedForms)[number];

export interface BinnedOptions extends Choices {
  readonly output?: string;
  readonly at?: "spec" | "fit";
  readonly grid?: readonly string[];
  readonly inspire?: string;
}

export function isBinnedForm(form: string): form is BinnedForm {
  return binnedForms.some((one) => one === form);
}
