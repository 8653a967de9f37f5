import { existsSync, readFileSync } from "node:fs";

/** Values of the independent brute-force code, kept beside the repository of those who develop Sevens. */
export interface Reference {
  readonly constants: Readonly<Record<string, number>>;
  readonly form_factors: { readonly points: readonly FormFactorPoint[] };
}

export interface FormFactorPoint {
  readonly kind: string;
  readonly R_fm: number;
  readonly q_MeV: number;
  readonly F: number;
}

const file = new URL("../../../shared/reference/cross-sections.json", import.meta.url);

/** Undefined in a checkout without `../shared`: the tests that need it are skipped. */
export const reference: Reference | undefined = existsSync(file)
  ? (JSON.parse(readFileSync(file, "utf8")) as Reference)
  : undefined;

/** Added to the names of tests that need the file, so that a skip explains itself. */
export const needsReference = "(needs ../shared/reference/cross-sections.json)";
