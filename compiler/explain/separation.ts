/** What separation made of the integrals, and what kept it from more. */
import type { Graph } from "../rate/graph.ts";
import type { IntegralPurpose, Node } from "../rate/node.ts";
import { printExpression } from "../rate/print.ts";
import type { Separated } from "../stage/separate.ts";
import { type IntegralReport, labelOf, type MixedFactor } from "../stage/separation.ts";
import { type Place, placeOf, purposes } from "./place.ts";

/** The integrals of one purpose. */
export interface ExplainedIntegrals {
  readonly purpose: IntegralPurpose;
  readonly integrals: number;
  /** How many of them read no parameter of the fit. */
  readonly once: number;
  readonly again: readonly RepeatedIntegrals[];
}

/** Integrals that are done again for the same reasons. */
export interface RepeatedIntegrals {
  readonly labels: readonly string[];
  /** When one of these changes. */
  readonly parameters: readonly string[];
  readonly prevented: readonly ExplainedFactor[];
}

/** A factor that cannot be taken out of an integral. */
export interface ExplainedFactor extends Place {
  /** `sphere(…)`. */
  readonly what: string;
  /** Those of the fit that are in it together with the variable. */
  readonly parameters: readonly string[];
}

/** Recoil integrals that became sums of the same products of couplings, each times an integral done once. */
export interface ExplainedTemplates {
  readonly labels: readonly string[];
  /** What the templates are multiplied by: `1`, `g^2`, `g^4`. Null: the integrals stay whole. */
  readonly coefficients: readonly string[] | null;
}

type NameOf = (parameter: string) => string;

export function explainIntegrals(
  reports: readonly IntegralReport[],
  nameOf: NameOf,
): readonly ExplainedIntegrals[] {
  return purposes.flatMap((purpose) => {
    const own = reports.filter((one) => one.purpose === purpose);
    const again = own.filter(({ parameters }) => parameters.length > 0);
    if (own.length === 0) return [];
    return [
      { purpose, integrals: own.length, once: own.length - again.length, again: grouped(again, nameOf) },
    ];
  });
}

/** Integrals with equal reasons together. */
function grouped(reports: readonly IntegralReport[], nameOf: NameOf): readonly RepeatedIntegrals[] {
  const groups = new Map<string, { labels: string[]; one: Omit<RepeatedIntegrals, "labels"> }>();
  for (const { label, parameters, prevented } of reports) {
    const factors = prevented.map((factor) => factorOf(factor, nameOf)).sort(byPlace);
    const one = { parameters: parameters.map(nameOf), prevented: factors };
    const key = JSON.stringify(one);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { labels: [label], one });
    else known.labels.push(label);
  }
  return [...groups.values()].map(({ labels, one }) => ({ labels, ...one }));
}

function factorOf({ what, place, parameters }: MixedFactor, nameOf: NameOf): ExplainedFactor {
  return { what, parameters: parameters.map(nameOf), ...placeOf(place) };
}

function byPlace(a: ExplainedFactor, b: ExplainedFactor): number {
  const [x, y] = [`${a.place} ${a.what}`, `${b.place} ${b.what}`];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** What became of the recoil integrals, those with equal coefficients together. */
export function explainTemplates(
  graph: Graph,
  separated: readonly Separated[],
  nameOf: NameOf,
): readonly ExplainedTemplates[] {
  const groups = new Map<string, { labels: string[]; coefficients: readonly string[] | null }>();
  for (const { integral, coefficients } of separated) {
    if (integral.purpose !== "recoil") continue;
    const texts = coefficients?.map((one) => shortText(one, nameOf)) ?? null;
    const key = JSON.stringify(texts);
    const known = groups.get(key);
    const label = labelOf(graph, integral);
    if (known === undefined) groups.set(key, { labels: [label], coefficients: texts });
    else known.labels.push(label);
  }
  return [...groups.values()];
}

function shortText(node: Node, nameOf: NameOf): string {
  const text = printExpression(node, nameOf);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
