/**
 * The kernel form: the least language that a rate needs, for printers to write in TypeScript, JavaScript or
 * whatever comes. Scalars and arrays of one module, filled by stages; inside a stage loops over axes, locals,
 * reads, writes and calls. No control flow depends on data.
 */
import type { Span } from "../../grammar/syntax.ts";
import type { DataSource, Relation, TableData } from "../rate/node.ts";

/** A sum of loop indices times strides, the offset of an element in a flat array. */
export type Offset = readonly { readonly index: string; readonly stride: number }[];

export type KernelExpr =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "name"; readonly name: string }
  /** A parameter by its global name, in internal units. */
  | { readonly kind: "parameter"; readonly name: string }
  | { readonly kind: "element"; readonly array: string; readonly offset: Offset }
  | { readonly kind: "negate"; readonly operand: KernelExpr }
  | {
      readonly kind: "binary";
      readonly operator: "+" | "-" | "*" | "/";
      readonly left: KernelExpr;
      readonly right: KernelExpr;
    }
  | { readonly kind: "call"; readonly function: string; readonly args: readonly KernelExpr[] }
  | { readonly kind: "table"; readonly table: string; readonly order: 0 | 1; readonly arg: KernelExpr }
  | {
      readonly kind: "select";
      readonly relation: Relation;
      readonly left: KernelExpr;
      readonly right: KernelExpr;
      readonly chosen: KernelExpr;
      readonly otherwise: KernelExpr;
    }
  | {
      readonly kind: "root";
      readonly variable: string;
      readonly body: KernelExpr;
      readonly low: KernelExpr;
      readonly high: KernelExpr;
      readonly fallback: KernelExpr;
    };

/** Where a value comes from, for source maps. */
interface Written {
  readonly written?: Span | undefined;
}

export type KernelStatement =
  | { readonly kind: "comment"; readonly text: string }
  /** A local that is never changed. */
  | ({ readonly kind: "let"; readonly name: string; readonly value: KernelExpr } & Written)
  /** Sets a scalar of the module. */
  | ({ readonly kind: "assign"; readonly name: string; readonly value: KernelExpr } & Written)
  | ({
      readonly kind: "store";
      readonly array: string;
      readonly offset: Offset;
      readonly value: KernelExpr;
    } & Written)
  | {
      readonly kind: "loop";
      readonly index: string;
      readonly size: number;
      readonly body: readonly KernelStatement[];
    }
  /** Locals that are the sums of their terms over the loop. */
  | {
      readonly kind: "sum";
      readonly index: string;
      readonly size: number;
      readonly body: readonly KernelStatement[];
      readonly terms: readonly ({ readonly name: string; readonly term: KernelExpr } & Written)[];
    };

export interface KernelArray {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly doc: string;
}

export interface KernelData {
  readonly name: string;
  readonly size: number;
  readonly source: DataSource;
}

/**
 * What a stage is for, in the order in which stages run. The counts come from sums over nodes, "direct", or from
 * "polynomials" of couplings with "templates" when nothing but couplings moves; "shared" is what both need. Beyond the
 * total "counts" and the constraints everything is made when it is asked for: the "likelihood" of the data, its "slopes"
 * by the fitted parameters, components and channels in "detail", the "jacobian" of all counts.
 */
export const groups = [
  "shared",
  "direct",
  "templates",
  "polynomials",
  "counts",
  "likelihood",
  "slopes",
  "detail",
  "jacobian",
] as const;
export type Group = (typeof groups)[number];

/** What is recomputed when one of the parameters it reads has changed; a stage that reads none runs once. */
export interface KernelStage {
  readonly name: string;
  readonly reads: readonly string[];
  readonly group: Group;
  readonly statements: readonly KernelStatement[];
  /** Elementary operations of one run, loops multiplied out. */
  readonly cost: number;
  /** What it makes: labels of its scalars and arrays. */
  readonly makes: readonly string[];
}

export interface KernelProgram {
  readonly data: readonly KernelData[];
  readonly tables: readonly { readonly name: string; readonly table: TableData }[];
  readonly scalars: readonly string[];
  readonly arrays: readonly KernelArray[];
  /** In an order in which each reads only what is there. */
  readonly stages: readonly KernelStage[];
  /** Fitted parameters. */
  readonly fitted: readonly string[];
  /** Fitted parameters of which sums over nodes are polynomials, and how many templates these have. */
  readonly couplings: readonly string[];
  readonly templates: number;
  /** Groups that read templates also when the counts do not. */
  readonly usesTemplates: readonly Group[];
  /** Parameters that slopes and the Jacobian are by; empty when a function of the spec has no derivative. */
  readonly gradient: readonly string[];
  /** Array or scalar name of each asked output, by its key. */
  readonly outputs: ReadonlyMap<string, { readonly name: string; readonly size: number }>;
}
