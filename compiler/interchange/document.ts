/**
 * The canonical JSON document of a model: self-contained plain data. Fields are keyed by their keyword; a field
 * that may be repeated is an array. Expressions are small objects told apart by their first key.
 */
import type { KindName } from "../model/model.ts";

export const documentVersion = 1;
export const schemaAddress = "https://sevens.dev/schema/1/model.json";

export interface Document {
  readonly $schema: string;
  /** Version of the document and of the language. */
  readonly sevens: number;
  /** SHA-256 of the meaning; see `hash.ts`. */
  readonly hash?: string;
  /** By kind, in the order of the reference, then by name. */
  readonly declarations: readonly DeclarationJson[];
  /** Names the file was about, sorted; the others are what those need. */
  readonly roots: readonly string[];
}

export interface DeclarationJson extends StatementJson {
  readonly kind: KindName;
  readonly name: string;
}

export interface StatementJson {
  readonly doc?: string;
  readonly note?: string;
  readonly cite?: readonly string[];
  /** `Rn`, `Cs133.Rn`. */
  readonly label?: string;
  /** `["l", "k"]`, or `{ "from": "l", "to": "k" }` for `[l -> k]`. */
  readonly index?: readonly string[] | { readonly from: string; readonly to: string };
  readonly params?: readonly ParamJson[];
  readonly type?: ExprJson;
  /** `=` when absent. */
  readonly op?: "+=" | "-=" | "*=";
  readonly value?: ExprJson;
  readonly in?: RangeJson;
  readonly log?: true;
  readonly on?: readonly string[];
  readonly for?: RangeJson & { readonly variable: string };
  readonly where?: readonly BindingJson[];
  readonly fields?: FieldsJson;
}

export type FieldsJson = Readonly<Record<string, StatementJson | readonly StatementJson[]>>;

export interface ParamJson {
  readonly name: string;
  readonly type?: ExprJson;
  readonly default?: ExprJson;
  /** Behind the bar: `density(n | T)`. */
  readonly given?: true;
}

export interface BindingJson {
  readonly name: string;
  readonly params?: readonly ParamJson[];
  readonly value: ExprJson;
}

export interface RangeJson {
  readonly from: ExprJson;
  readonly to: ExprJson;
  readonly step?: ExprJson;
}

/** A number keeps its digits, hence the text; `unit` is a name with an integer power, `eV^2`. */
export interface NumberJson {
  readonly num: string;
  readonly percent?: true;
  readonly unit?: string;
}

export interface ListJson {
  readonly list: readonly ExprJson[];
  /** That of every item. */
  readonly unit?: string;
}

export interface CallJson {
  readonly call: string;
  readonly index?: readonly string[];
  readonly args: readonly (ExprJson | { readonly arg: string; readonly is: ExprJson })[];
}

export type ExprJson =
  | NumberJson
  | ListJson
  | CallJson
  | RangeJson
  /** A name of one or several parts, with flavours: `{ "name": "mu", "index": ["l"] }`. */
  | { readonly name: string; readonly index?: readonly string[] }
  | { readonly string: string }
  /** `4.8 +- 0.1 fm`. */
  | { readonly center: ExprJson; readonly error: ExprJson }
  | { readonly op: string; readonly args: readonly ExprJson[] }
  | { readonly if: ExprJson; readonly then: ExprJson; readonly else: ExprJson }
  | { readonly map: Readonly<Record<string, ExprJson>> }
  | { readonly sequence: readonly ExprJson[] };
