/** Where an export comes from, what it rests on, and what it kept of the meaning. */
import { type Degree, type Fidelity, worst } from "./fidelity.ts";

/** What a parameter of the export is in the spec. */
export interface ParameterMeaning {
  readonly name: string;
  /** The parameter of the spec. */
  readonly parameter: string;
  readonly unit: string;
  /** Its value as a function of the parameter of the export, or the other way round. */
  readonly relation: string;
}

/** What the one who asks for an export knows. */
export interface Origin {
  /** Name of the file of the spec, without its folder. */
  readonly spec: string;
  /** Content hash of the spec. */
  readonly hash: string;
  /** Version of Sevens. */
  readonly version: string;
  /** Options that changed the numbers, as they were given. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Names of declarations by citation. */
  readonly citations: ReadonlyMap<string, readonly string[]>;
}

/** What was exported. */
export interface Exported {
  readonly analysis: string;
  readonly format: string;
  /** Values that the numbers were computed with. */
  readonly values: Readonly<Record<string, { readonly value: number; readonly unit: string }>>;
  readonly parameters?: readonly ParameterMeaning[];
  readonly fidelity: readonly Fidelity[];
  /** Digests of the file, by their name. */
  readonly digests?: Readonly<Record<string, string>>;
}

export interface Provenance {
  readonly provenance: 1;
  readonly exporter: { readonly name: "sevens"; readonly version: string };
  readonly spec: { readonly file: string; readonly hash: string };
  readonly settings: Readonly<Record<string, unknown>>;
  readonly exports: readonly (Exported & { readonly degree: Degree })[];
  readonly citations: readonly { readonly key: string; readonly declarations: readonly string[] }[];
}

/** The record that goes with exports, which `sevens schema provenance` describes. */
export function provenanceOf(origin: Origin, exports: readonly Exported[]): Provenance {
  return {
    provenance: 1,
    exporter: { name: "sevens", version: origin.version },
    spec: { file: origin.spec, hash: origin.hash },
    settings: origin.settings,
    exports: exports.map((one) => ({ ...one, degree: worst(one.fidelity) })),
    citations: [...origin.citations].map(([key, declarations]) => ({ key, declarations })),
  };
}
