import type { Cite, Statement } from "../../grammar/syntax.ts";

/** The declaration kinds of the language, in the order in which documents list them. */
export const kindNames = [
  "constant",
  "function",
  "table",
  "formfactor",
  "nucleus",
  "material",
  "interaction",
  "source",
  "detector",
  "experiment",
  "analysis",
] as const;
export type KindName = (typeof kindNames)[number];

/**
 * One top-level declaration after loading and shaping: its statement conforms to the description of its kind,
 * `from` is expanded, tables and data are inlined, and every free name in it that means a declaration is the
 * `name` of a declaration of the same model.
 */
export interface Declaration {
  readonly kind: KindName;
  /** Unique in the model; the name of the file's text unless two modules clash. */
  readonly name: string;
  readonly statement: Statement;
  /** Statements of its block by keyword, in the order of the text; `dsigma/dT` is keyed "dsigma". */
  readonly fields: ReadonlyMap<string, readonly Statement[]>;
  readonly cites: readonly Cite[];
  /** A field was wrong, reported and left out: what misses it stays silent. */
  readonly incomplete?: true;
}

/** The model form: self-contained, immutable, everything a later pass needs. */
export interface Model {
  /** The file that was asked for. */
  readonly file: string;
  readonly declarations: readonly Declaration[];
  readonly byName: ReadonlyMap<string, Declaration>;
  /** Names of the declarations that the file itself makes or imports, in the order of the text. */
  readonly roots: readonly string[];
  /** Text of every file read, for diagnostics. */
  readonly sources: ReadonlyMap<string, string>;
  /** Packages that it uses, by name; absent when there are none. */
  readonly packages?: readonly SpecPackage[];
  /** Names that should mean a declaration that could not be read: reported already, whatever uses them stays silent. */
  readonly poisoned?: ReadonlySet<string>;
}

/** An npm package with specs, as it is installed. */
export interface SpecPackage {
  readonly name: string;
  readonly version: string;
  /** Where its `package.json` is. */
  readonly folder: string;
  /** The folder of its modules. */
  readonly specs: string;
  /** The version of the language that it is written in. */
  readonly language: number;
  /** As its `package.json` says it. */
  readonly license?: string;
}

/** How the compiler reads files: on disk, in memory, in a browser. Paths are `/`-separated. */
export interface Host {
  /** Undefined when there is no such file, or it is outside what the host may read. */
  readFile(path: string): string | undefined;
  /** Names of the files in a folder, for suggestions only. */
  listFiles?(folder: string): readonly string[];
  /** Folder of the standard library (`models/`). */
  readonly library: string;
}

/** First field of a declaration with that keyword. */
export function field(declaration: Declaration, keyword: string): Statement | undefined {
  return declaration.fields.get(keyword)?.[0];
}

/** All fields of a declaration with that keyword. */
export function fieldsOf(declaration: Declaration, keyword: string): readonly Statement[] {
  return declaration.fields.get(keyword) ?? [];
}

/** The name that a statement declares or refers to: `Rn`, `Cs133.Rn`; empty without one. */
export function labelOf(statement: Statement | undefined): string {
  return statement?.label?.parts.map((part) => part.text).join(".") ?? "";
}
