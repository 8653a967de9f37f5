/**
 * What a declaration kind is, as data. One description per kind is the only source for shape checking, completion,
 * hover, the JSON Schema and the reference pages. Combinators to write descriptions are in `build.ts`.
 */
import type { AssignOperator, Clause } from "../../grammar/syntax.ts";
import type { KindName } from "../model/model.ts";

/**
 * Dimension of a value, as text in dimension words (`1/energy^3`, `number`), or what it depends on:
 * `any`, `declared` (that of the statement's own type), `observable` and `1/observable` (the observable the field
 * belongs to), `1/observables` (all binned observables of the experiment), `target` (that of the parameter or
 * component the statement names).
 */
export type DimensionText =
  | "number"
  | "energy"
  | "mass"
  | "length"
  | "length^2"
  | "time"
  | "1/energy"
  | "1/energy^3"
  | "1/length^2"
  | "1/length^2/time"
  | "1/time"
  | "energy_nr"
  | "energy_ee"
  | "any"
  | "declared"
  | "observable"
  | "1/observable"
  | "1/observables"
  | "target";

/** `natural`: hbar = c = 1, dimensions are compared after collapse. */
export type UnitRule = "natural" | "strict";

/** A name that the compiler defines inside a block: `E`, `Fp(q)`. */
export interface ContextName {
  readonly name: string;
  readonly dimension: DimensionText;
  readonly doc: string;
  /** Arguments when it is a function; `optional` when the bare name means the usual argument. */
  readonly call?: {
    readonly argument: string;
    readonly dimension: DimensionText;
    readonly optional: boolean;
  };
}

export interface Word {
  readonly word: string;
  readonly doc: string;
}

/** What stands behind the operator of a statement. */
export type ValueType =
  /** A number of a dimension, written with constants only; context names are not in it. */
  | {
      readonly kind: "quantity";
      readonly dimension: DimensionText;
      readonly low?: number;
      readonly high?: number;
      readonly integer?: true;
      /** `value +- error` is allowed. */
      readonly error?: true;
      /** Values that are asked for most. */
      readonly usual?: readonly Word[];
    }
  | {
      readonly kind: "formula";
      readonly dimension: DimensionText;
      readonly units: UnitRule;
      readonly context: readonly ContextName[];
    }
  | { readonly kind: "words"; readonly words: readonly Word[] }
  /** Names of one or several declarations: `A, B`. */
  | { readonly kind: "reference"; readonly to: readonly KindName[]; readonly several?: true }
  /** `Helm(R = Rp)`. */
  | { readonly kind: "call"; readonly to: KindName }
  /** `StandardModel + NSI`. */
  | { readonly kind: "sum"; readonly of: KindName }
  /** `68.27%, 90%`. */
  | { readonly kind: "sequence"; readonly item: ValueType }
  /** `[1, 2, 3] unit`; `file` when the name of a data file may stand for it. */
  | { readonly kind: "numbers"; readonly dimension: DimensionText; readonly file: boolean }
  /** `[[x, y], …]`. */
  | { readonly kind: "rows" }
  /** Free words separated by commas: names of columns. */
  | { readonly kind: "names" }
  | { readonly kind: "map"; readonly keys: MapKeys; readonly value: ValueType }
  /** Text in quotes; `meaning` says of what. */
  | { readonly kind: "string"; readonly meaning: string }
  | { readonly kind: "either"; readonly options: readonly ValueType[] };

/** `closed`: every key has to be there. */
export type MapKeys =
  | { readonly kind: "words"; readonly words: readonly Word[]; readonly closed: boolean }
  | { readonly kind: "reference"; readonly to: readonly KindName[] };

export type LabelType =
  | { readonly kind: "none" }
  /** A new name; `optional` where the language does without. */
  | { readonly kind: "name"; readonly meaning: string }
  | { readonly kind: "reference"; readonly to: readonly KindName[] }
  /** A parameter: `Rn`, `Cs133.Rn`. */
  | { readonly kind: "parameter" }
  /** An observable of the detector at hand. */
  | { readonly kind: "observable" };

export type IndexType =
  | { readonly kind: "none" }
  /** Flavours or variables over them. `arrow`: `[l -> k]` is one of the forms. */
  | {
      readonly kind: "flavor";
      readonly least: number;
      readonly most: number;
      readonly arrow: boolean;
    }
  /** One neutrino species: `nu_e`, `nubar_mu`. */
  | { readonly kind: "species" };

export type ParamsType =
  | { readonly kind: "none" }
  /** `(R: length, s: length = 0.9 fm)`. */
  | {
      readonly kind: "formal";
      readonly required: boolean;
      readonly typed: boolean;
      readonly defaults: boolean;
      readonly most?: number;
    }
  /** Names for fixed arguments: `F(q)`. `given` are the ones behind a bar, under their fixed names. */
  | {
      readonly kind: "arguments";
      readonly names: readonly ContextName[];
      readonly given: readonly ContextName[];
      /** One name for each binned observable instead of the fixed ones. */
      readonly each?: "observable";
    };

/** `: type` of a statement. */
export type AnnotationType =
  | { readonly kind: "none" }
  /** A unit or a dimension word. */
  | { readonly kind: "unit"; readonly required: boolean }
  | { readonly kind: "words"; readonly words: readonly Word[] };

export type ClauseKind = Clause["kind"];

/** One statement: a declaration or a field. Parts that are not mentioned are not allowed. */
export interface StatementDescription {
  readonly keyword: string;
  /** `dT` of `dsigma/dT`. */
  readonly over?: string;
  readonly doc: string;
  readonly label: LabelType;
  readonly index: IndexType;
  readonly params: ParamsType;
  readonly annotation: AnnotationType;
  readonly operators: readonly AssignOperator[];
  readonly value?: ValueType;
  readonly valueRequired: boolean;
  readonly clauses: readonly ClauseKind[];
  readonly requiredClauses: readonly ClauseKind[];
  readonly block?: BlockDescription;
  readonly blockRequired: boolean;
}

/**
 * A field as one may write it until one knows better, and the name of the library that it reads. Where the field names a
 * declaration, one that the file has may stand in the place of that name.
 */
export interface Sample {
  readonly text: string;
  readonly uses?: { readonly module: string; readonly name: string };
}

export interface FieldDescription extends StatementDescription {
  readonly required: boolean;
  readonly sample?: Sample;
  readonly repeatable: boolean;
  /** The order of its repetitions means something (the axes of `bins`). */
  readonly ordered: boolean;
  /** Names a file: not in the model form, where the content of the file stands in another field. */
  readonly inlined: boolean;
  /** It says what of a result is told, and changes neither rates nor the likelihood. */
  readonly reports?: true;
  /** What holds when it is absent, as text of the language. */
  readonly default?: string;
}

/** Exactly one (or at most one) of several ways to say a thing; each way is a set of fields. */
export interface Choice {
  readonly ways: readonly (readonly string[])[];
  readonly required: boolean;
}

export interface BlockDescription {
  readonly fields: readonly FieldDescription[];
  readonly choices: readonly Choice[];
  /** Fields under names that the block does not know itself: inputs of a source or a detector. */
  readonly open?: FieldDescription;
  /** Names the compiler defines in it; no parameter, let or formal parameter may take them. */
  readonly context: readonly ContextName[];
}

export interface KindDescription extends StatementDescription {
  readonly keyword: KindName;
  /** Either a value or a block has to be there. */
  readonly valueOrBlock: boolean;
  /** A short file that declares one. */
  readonly example: string;
}
