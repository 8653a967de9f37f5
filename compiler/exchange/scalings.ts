/** What multiplies a template: one function for each parameter, as far as that can be. */
import { power } from "../../runtime/power.ts";
import { dependence } from "../rate/analyse.ts";
import type { Node } from "../rate/node.ts";
import type { BinnedModel, ModelParameter } from "./binned-model.ts";
import { factorsOf, type Term } from "./terms.ts";

/** A term with its factors told apart. */
export interface ScaledTerm {
  /** Factors that read one parameter, by its full name; nothing else of the term reads that parameter. */
  readonly scalings: ReadonlyMap<string, readonly Node[]>;
  /** The other factors. */
  readonly rest: readonly Node[];
  readonly template: Node;
  /** Fitted parameters that the rest and the template read. */
  readonly mixed: ReadonlySet<string>;
}

/** Tells the factors of a term apart by the fitted parameters that they read. */
export function scaledTerm({ coefficient, template }: Term, isFitted: (key: string) => boolean): ScaledTerm {
  const readBy = (node: Node): readonly string[] => [...dependence(node).parameters].filter(isFitted);
  const single = new Map<string, Node[]>();
  const rest: Node[] = [];
  for (const factor of factorsOf(coefficient)) {
    const [first, ...others] = readBy(factor);
    if (first === undefined || others.length > 0) rest.push(factor);
    else single.set(first, [...(single.get(first) ?? []), factor]);
  }
  const mixed = new Set([...rest, template].flatMap(readBy));
  const scalings = [...single].filter(([key]) => !mixed.has(key));
  rest.push(...[...single].flatMap(([key, factors]) => (mixed.has(key) ? factors : [])));
  return { scalings: new Map(scalings), rest, template, mixed };
}

/** The value of a product of factors at one value of its parameter, internal units. */
export function scalingAt(model: BinnedModel, factors: readonly Node[], key: string, value: number): number {
  const at = new Map([[key, value]]);
  return factors.reduce((product, factor) => product * model.evaluate(factor, [], at)[0]!, 1);
}

/** How counts answer to a pull of α standard deviations: 1 + sα, k^α, or neither. */
export type PullShape =
  | { readonly kind: "linear"; readonly slope: number }
  | { readonly kind: "log-normal"; readonly ratio: number }
  | { readonly kind: "other" };

const probes = [-3, -2, -1, -0.5, 0.5, 1, 2, 3];
const rounding = 1e-12;

/** The shape of a function of α by its values, to rounding. */
export function pullShape(scale: (pull: number) => number): PullShape {
  const center = scale(0);
  if (!(Math.abs(center) > 0 && Number.isFinite(center))) return { kind: "other" };
  const ratio = (pull: number): number => scale(pull) / center;
  const follows = (law: (pull: number) => number): boolean =>
    probes.every((pull) => Math.abs(ratio(pull) - law(pull)) <= rounding * Math.max(1, Math.abs(law(pull))));
  const slope = (ratio(1) - ratio(-1)) / 2;
  if (follows((pull) => 1 + slope * pull)) return { kind: "linear", slope };
  const one = ratio(1);
  if (one > 0 && follows((pull) => power(one, pull))) return { kind: "log-normal", ratio: one };
  return { kind: "other" };
}

/** Places in the range of a free parameter at which functions of it are compared, internal units. */
export function placesIn({ range: [low, high], value, factor }: ModelParameter): readonly number[] {
  const width = Math.abs(value) > 0 ? Math.abs(value) : factor;
  const from = Number.isFinite(low) ? low : Math.min(value, Number.isFinite(high) ? high : value) - 3 * width;
  const to = Number.isFinite(high) ? high : Math.max(value, from) + 3 * width;
  return Array.from({ length: 9 }, (_, i) => from + ((to - from) * (i + 0.5)) / 9);
}

/** True when two functions have the same ratio everywhere. */
export function areProportional(a: readonly number[], b: readonly number[]): boolean {
  const largest = (values: readonly number[]): number => Math.max(...values.map(Math.abs));
  const [top, other] = [largest(a), largest(b)];
  if (!(top > 0 && other > 0)) return top === other;
  const at = a.findIndex((value) => Math.abs(value) === top);
  const ratio = b[at]! / a[at]!;
  return a.every((value, i) => Math.abs(value * ratio - b[i]!) <= 1e-10 * other);
}
