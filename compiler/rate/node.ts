/**
 * The rate form: a symbolic, hash-consed expression graph. Every number in it is in powers of MeV
 * (hbar = c = 1); units were checked and are gone. Equal expressions are one object, so that identity is
 * equality and shared work is seen.
 */

import type { InterpolationKind, Outside } from "../../runtime/interpolate.ts";

export type Relation = "<" | "<=" | "==" | "!=";

export interface NumberNode {
  readonly op: "number";
  readonly id: number;
  readonly value: number;
}
/** A parameter by its global name, in internal units. */
export interface ParameterNode {
  readonly op: "parameter";
  readonly id: number;
  readonly name: string;
}
/** A bound variable: an integration variable, or the argument of a formula that is looked at by itself. */
export interface VariableNode {
  readonly op: "variable";
  readonly id: number;
  readonly name: string;
}
export interface AddNode {
  readonly op: "add";
  readonly id: number;
  readonly args: readonly Node[];
}
export interface MultiplyNode {
  readonly op: "multiply";
  readonly id: number;
  readonly args: readonly Node[];
}
export interface PowerNode {
  readonly op: "power";
  readonly id: number;
  readonly args: readonly [base: Node, exponent: Node];
}
/** A call of a function of the runtime's signature table. */
export interface CallNode {
  readonly op: "call";
  readonly id: number;
  readonly name: string;
  readonly args: readonly Node[];
}
/** `left relation right ? then : otherwise`. */
export interface SelectNode {
  readonly op: "select";
  readonly id: number;
  readonly relation: Relation;
  readonly args: readonly [left: Node, right: Node, then: Node, otherwise: Node];
}
/** A tabulated function of one argument; argument and value in internal units. */
export interface TableNode {
  readonly op: "table";
  readonly id: number;
  readonly table: TableData;
  /** 0 for the value, 1 for its slope. */
  readonly order: 0 | 1;
  readonly args: readonly [Node];
}
/** Dirac's delta of an argument that is linear in an integration variable. */
export interface DeltaNode {
  readonly op: "delta";
  readonly id: number;
  readonly args: readonly [Node];
}
/** The definite integral of `body` over `variable`; zero when high < low. */
export interface IntegralNode {
  readonly op: "integral";
  readonly id: number;
  readonly variable: VariableNode;
  readonly purpose: IntegralPurpose;
  /** low, high, body, then the points where the integrand is not smooth. */
  readonly args: readonly [low: Node, high: Node, body: Node, ...splits: Node[]];
}
/** One element for each index of its axes: bin edges, quadrature nodes, weights. */
export interface DataNode {
  readonly op: "data";
  readonly id: number;
  readonly name: string;
  readonly axes: readonly Axis[];
  readonly source: DataSource;
}
/** The sum of `body` over an axis. */
export interface SumNode {
  readonly op: "sum";
  readonly id: number;
  readonly axis: Axis;
  readonly args: readonly [Node];
}
/** The zero of `body` in `variable` between low and high; `fallback` when there is none. */
export interface RootNode {
  readonly op: "root";
  readonly id: number;
  readonly variable: VariableNode;
  readonly args: readonly [low: Node, high: Node, body: Node, fallback: Node];
}

export type Node =
  | NumberNode
  | ParameterNode
  | VariableNode
  | AddNode
  | MultiplyNode
  | PowerNode
  | CallNode
  | SelectNode
  | TableNode
  | DeltaNode
  | IntegralNode
  | DataNode
  | SumNode
  | RootNode;

/** What an integral is over: decides how many nodes it gets. */
export type IntegralPurpose = "energy" | "recoil" | "observable" | "background" | "general";

/** An index that loops run over. */
export interface Axis {
  readonly name: string;
  readonly size: number;
  /** Bins of an experiment come first in arrays, then nodes of outer integrals before those of inner ones. */
  readonly bins: boolean;
  readonly serial: number;
}

/** Where the elements of a data node come from. */
export type DataSource =
  | { readonly kind: "values"; readonly values: readonly number[] }
  /** Filled by the caller before an evaluation: observed counts and their errors. */
  | { readonly kind: "input" }
  /** One element for each event of an experiment, of those that the caller puts in; `values` are of events that stand for them. */
  | {
      readonly kind: "places";
      readonly values: readonly number[];
      readonly experiment: string;
      readonly of: PlaceOf;
    }
  /** Nodes or weights of a composite Gauss-Legendre rule, one row of panel boundaries per outer index. */
  | {
      readonly kind: "panels";
      readonly boundaries: readonly (readonly number[])[];
      /** Points in each panel, or in each of them by itself. */
      readonly order: number | readonly number[];
      readonly what: "nodes" | "weights";
    }
  /** The same on [0, 1] for each panel, with the panel's own ends beside it, for limits known at run time. */
  | {
      readonly kind: "unit-panels";
      readonly boundaries: readonly (readonly number[])[];
      readonly order: number;
      readonly what: "nodes" | "weights" | "low" | "high";
    };

/** What is known of an event. */
export type PlaceOf =
  /** An observable, by the number of its axis: internal units are so many times the unit of the axis. */
  | {
      readonly what: "observable";
      readonly axis: number;
      readonly factor: number;
      /** Ends of its bins, internal units. */
      readonly range: readonly [low: number, high: number];
    }
  /** The number that its bin has in a list. */
  | { readonly what: "bin"; readonly list: readonly number[] }
  /** For how many events it stands, and one over the number of all events. */
  | { readonly what: "weight" | "share" };

export interface TableData {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly interpolation: InterpolationKind;
  readonly outside: Outside;
}
/** Operands of a node, in order. */
export function operands(node: Node): readonly Node[] {
  return "args" in node ? node.args : [];
}
