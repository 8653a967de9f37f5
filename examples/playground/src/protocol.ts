/** What the page and its workers say to each other. */
import type { Completion, WordKind } from "sevens/service";

export interface Finding {
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly message: string;
  readonly help: string | undefined;
  /** The place in the spec; absent for one in a file of the library. */
  readonly from: number | undefined;
  readonly to: number | undefined;
}

export interface ExperimentTable {
  readonly title: string;
  readonly axes: string;
  readonly components: readonly {
    readonly name: string;
    readonly counts: readonly number[];
    readonly total: number;
  }[];
  /** Names of the rows: bins of the first axis, the others summed over. */
  readonly rows: readonly string[];
  readonly data: readonly number[] | undefined;
}

export interface Picture {
  readonly name: string;
  readonly svg: string;
}

export interface Results {
  readonly tables: readonly ExperimentTable[];
  readonly pictures: readonly Picture[];
  /** The likelihood at the values of the spec, by analysis. */
  readonly chi2: readonly { readonly analysis: string; readonly value: number }[];
  /** What the spec is about, as it declares it: `interaction Mine`. */
  readonly declared: readonly string[];
}

export interface Word {
  readonly from: number;
  readonly to: number;
  readonly kind: WordKind;
}

export interface Answers {
  /** Findings of the text, and what it expects if it is sound. */
  evaluate: { readonly findings: readonly Finding[]; readonly results: Results | undefined };
  /** Δχ² over the first free parameter, or over the first two, of the first analysis that has some. */
  plane: Picture | undefined;
  words: readonly Word[];
  complete: readonly Completion[];
  hover: { readonly from: number; readonly to: number; readonly text: string } | undefined;
  format: string | undefined;
  module: string;
  document: string;
}

export type Question = keyof Answers;

export interface Request {
  readonly id: number;
  readonly question: Question;
  readonly text: string;
  readonly offset: number;
}

export interface Reply {
  readonly id: number;
  readonly answer?: unknown;
  readonly problem?: string;
}
