import type { Span } from "../../grammar/syntax.ts";
import type { Node } from "../rate/node.ts";
import type { Dimension } from "../units/index.ts";

export const flavors = ["e", "mu", "tau"] as const;
export type Flavor = (typeof flavors)[number];

export function asFlavor(text: string): Flavor | undefined {
  return flavors.find((flavor) => flavor === text);
}

/** What an expression means: checked, and symbolic. */
export type Value =
  | QuantityValue
  /** A comparison; `choose` makes the expression that takes one branch or the other. */
  | { readonly kind: "condition"; readonly choose: (then: Node, otherwise: Node) => Node }
  /** Something was wrong and has been reported; whatever is made of it is silent. */
  | { readonly kind: "poison" };

export interface QuantityValue {
  readonly kind: "quantity";
  readonly node: Node;
  readonly dimension: Dimension;
  /** The bare number zero, which fits every dimension. */
  readonly zero?: true;
}

export const poison: Value = { kind: "poison" };

export function quantity(node: Node, dimension: Dimension): QuantityValue {
  return { kind: "quantity", node, dimension };
}

/** What a name means in an expression. */
export type Binding =
  | { readonly kind: "value"; readonly value: Value }
  /** Elaborated at first use, so that the order of declarations does not matter. */
  | { readonly kind: "lazy"; readonly get: (use: Span) => Value }
  | FunctionBinding
  /** One value per flavour or pair of flavours, keyed `e` or `e,mu`. */
  | { readonly kind: "family"; readonly arity: number; readonly at: (key: string, use: Span) => Value }
  | { readonly kind: "flavor"; readonly flavor: Flavor };

export interface FormalParameter {
  readonly name: string;
  /** Undefined: anything goes. */
  readonly type:
    | { readonly kind: "flavor" }
    | { readonly kind: "dimension"; readonly dimension: Dimension }
    | undefined;
  readonly optional: boolean;
}

export type ActualArgument =
  | { readonly kind: "value"; readonly value: QuantityValue }
  | { readonly kind: "flavor"; readonly flavor: Flavor };

export interface FunctionBinding {
  readonly kind: "function";
  readonly parameters: readonly FormalParameter[];
  /** Arguments in the order of the parameters; undefined where a default holds. */
  readonly apply: (args: readonly (ActualArgument | undefined)[], use: Span) => Value;
  /** Set when the bare name means the call at its usual argument (`Fp` for `Fp(q)`). */
  readonly bare?: () => Value;
}

/** Names and what they mean, innermost first. */
export class Scope {
  readonly #parent: Scope | undefined;
  readonly #bindings: ReadonlyMap<string, Binding>;

  constructor(bindings: ReadonlyMap<string, Binding>, parent?: Scope) {
    this.#bindings = bindings;
    this.#parent = parent;
  }

  find(name: string): Binding | undefined {
    return this.#bindings.get(name) ?? this.#parent?.find(name);
  }

  *names(): Generator<string> {
    yield* this.#bindings.keys();
    if (this.#parent !== undefined) yield* this.#parent.names();
  }

  with(bindings: ReadonlyMap<string, Binding>): Scope {
    return new Scope(bindings, this);
  }
}
