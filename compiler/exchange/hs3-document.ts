/** The parts of HS3 documents that the export writes (HEP Statistics Serialization Standard 0.2). */

export interface Hs3Axis {
  readonly name: string;
  readonly edges: readonly number[];
}

export interface Hs3Modifier {
  readonly name: string;
  readonly type: "normfactor";
  /** A parameter, or a function: they share one name space. */
  readonly parameter: string;
}

export interface Hs3BinModifier {
  readonly name: string;
  readonly type: "shapefactor";
  /** One per bin. */
  readonly parameters: readonly string[];
}

export interface Hs3Sample {
  readonly name: string;
  readonly data: { readonly contents: readonly number[]; readonly errors: readonly number[] };
  readonly modifiers: readonly (Hs3Modifier | Hs3BinModifier)[];
}

export type Hs3Distribution =
  | {
      readonly name: string;
      readonly type: "histfactory_dist";
      readonly axes: readonly Hs3Axis[];
      readonly samples: readonly Hs3Sample[];
    }
  | {
      readonly name: string;
      readonly type: "gaussian_dist";
      readonly x: string;
      readonly mean: string | number;
      /** A number: with one that moves, the normalisation of the density would move as well. */
      readonly sigma: number;
    };

export interface Hs3Function {
  readonly name: string;
  readonly type: "generic_function";
  readonly expression: string;
}

export type Hs3Data =
  | {
      readonly name: string;
      readonly type: "binned";
      readonly axes: readonly Hs3Axis[];
      readonly contents: readonly number[];
    }
  | {
      readonly name: string;
      readonly type: "point";
      readonly value: number;
      readonly axes: readonly { readonly name: string; readonly min: number; readonly max: number }[];
    };

export interface Hs3Document {
  readonly metadata: {
    readonly hs3_version: string;
    readonly packages: readonly { readonly name: string; readonly version: string }[];
    readonly publications: readonly string[];
    readonly description: string;
  };
  readonly distributions: readonly Hs3Distribution[];
  readonly functions: readonly Hs3Function[];
  readonly data: readonly Hs3Data[];
  readonly likelihoods: readonly {
    readonly name: string;
    readonly distributions: readonly string[];
    readonly data: readonly string[];
  }[];
  readonly domains: readonly {
    readonly name: string;
    readonly type: "product_domain";
    readonly axes: readonly { readonly name: string; readonly min: number; readonly max: number }[];
  }[];
  readonly parameter_points: readonly {
    readonly name: string;
    readonly parameters: readonly { readonly name: string; readonly value: number }[];
  }[];
  readonly analyses: readonly {
    readonly name: string;
    readonly likelihood: string;
    readonly parameters_of_interest: readonly string[];
    readonly domains: readonly string[];
    readonly init: string;
  }[];
  readonly misc: Readonly<Record<string, unknown>>;
}

/** The choices among the readings of the standard that a document follows. */
export const dialect = {
  name: "HS3 0.2 as pyhs3 and ROOT read it",
  analyses: "`domains` is a list",
  normfactor: "`parameter` names a parameter or a function",
  interpolation: "none in modifiers: variations are samples of their own, times functions of the nuisance",
  constraints: "distributions of their own, with `point` data; none is implied by a modifier",
  bins: "flattened, the last axis fastest",
} as const;
