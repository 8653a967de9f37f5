/** How many points each panel of a recoil integral gets, chosen panel by panel. */
import { largestOf, smallestOf } from "../../runtime/extremes.ts";
import { panels as panelsOf } from "../../runtime/panels.ts";
import { isConstant } from "../rate/analyse.ts";
import type { Values } from "../rate/arrays.ts";
import { evaluateConstant } from "../rate/evaluate.ts";
import type { ArrayEvaluator } from "../rate/evaluate-arrays.ts";
import type { Axis, IntegralNode, Node, VariableNode } from "../rate/node.ts";
import { panelsBetween, rising } from "./panel-ends.ts";

/** Gauss-Legendre points that a panel is begun with; then they are doubled. */
const fewestPoints = 6;
const mostPoints = 96;
/**
 * A panel with so many points or more, in which twice as many make the change smaller by less than this factor, holds something
 * that is not smooth: it is cut in halves instead, so often at most.
 */
const leastToCut = 24;
const worthMorePoints = 1 / 8;
const mostCuts = 8;
/** So many panels are looked at one by one, more together. */
const few = 4;
/** More panels than this are not made: what is left then is reported. */
export const mostPanels = 160;
/** Bins with less than this share of an integral are measured against so much of it: below is the noise of rounding. */
const leastShare = 1e-7;

/** Panels in rising order, and the points of each. */
export interface PanelOrders {
  /** One more than there are panels. */
  readonly ends: readonly number[];
  readonly orders: readonly number[];
  /** Largest relative error of a bin that is left, by estimate. */
  readonly reached: number;
}

/**
 * The panels for another integral over the same variable: cut at its own boundaries as well, each with as many points as
 * the densest panel has that it meets.
 */
export function panelsWithin(
  { ends, orders: chosen }: Omit<PanelOrders, "reached">,
  boundaries: readonly number[],
): { readonly ends: readonly number[]; readonly orders: readonly number[] } {
  const [low, high] = [boundaries[0]!, boundaries.at(-1)!];
  const cut = rising([...boundaries, ...ends.filter((end) => end > low && end < high)]);
  const least = smallestOf(chosen);
  const each = cut.slice(1).map((to, i) => {
    const from = cut[i]!;
    return largestOf(
      chosen.filter((_, k) => ends[k]! < to && ends[k + 1]! > from),
      least,
    );
  });
  return { ends: cut, orders: each };
}

/** Panels of several integrals over one variable, cut at the ends of all. */
export function joinedOrders(all: readonly PanelOrders[]): PanelOrders {
  const ends = rising(all.flatMap((one) => one.ends));
  const each = all.map((one) => panelsWithin(one, ends).orders);
  return {
    ends,
    orders: ends.slice(1).map((_, i) => Math.max(...each.map((own) => own[i]!))),
    reached: Math.max(...all.map(({ reached }) => reached)),
  };
}

/** The boundaries of an integral whose panels stay where they are, alone in one row. */
export function fixedPanels({ args: [low, high, , ...splits] }: IntegralNode): readonly number[] | undefined {
  if (![low, high, ...splits].every(isConstant)) return undefined;
  const [from, to] = [evaluateConstant(low), evaluateConstant(high)];
  return to > from
    ? panelsBetween(
        from,
        to,
        splits.map((split) => evaluateConstant(split)),
      )
    : undefined;
}

/** A panel on its way: for each integral, its sums in all bins with so many points and with twice as many. */
interface Panel extends Ends {
  readonly points: number;
  readonly cuts: number;
  readonly coarse: Sums;
  readonly fine: Sums;
  /** What the step to the present number of points changed; infinite at the beginning. */
  readonly before: number;
}

interface Ends {
  readonly low: number;
  readonly high: number;
}

/** For each integral, in all bins. */
type Sums = readonly Float64Array[];

/** An integrand with sums in the place of the integrals in it, as a sum of products. */
export interface Integrand {
  readonly products: readonly Product[];
  /** How much more than the tolerance may be left of it. */
  readonly slack: number;
}

/** An array over bins times what is the same in all of them. */
export interface Product {
  readonly wide: Node;
  readonly narrow: Node;
}

/** What is to be integrated over a variable, between ends of panels. */
export interface Candidate extends Integrand {
  readonly variable: VariableNode;
  readonly boundaries: readonly number[];
}

/**
 * The fewest points in each panel with which the changes that more points make add up to less than the tolerance, relative
 * to each of the integrals in each bin. The integrals are over the same variable and panels. Undefined when one of them is
 * no number in some bin.
 */
export function choosePanelOrders(
  integrals: readonly Candidate[],
  evaluator: ArrayEvaluator,
  tolerance: number,
): PanelOrders | undefined {
  const [first] = integrals;
  if (first === undefined) return undefined;
  const { variable, boundaries } = first;
  const sums = (rules: readonly PanelRule[]): readonly Sums[] =>
    panelSums(variable, integrals, rules, evaluator);
  const slacks = integrals.map(({ slack }) => slack);
  let panels = begun(
    boundaries.slice(1).map((high, i) => ({ low: boundaries[i]!, high, points: fewestPoints, cuts: 0 })),
    sums,
  );
  for (;;) {
    const worst = worstChanges(panels, slacks);
    if (worst.some(Number.isNaN)) return undefined;
    const settled = panels.map((panel, i) => settledAt(panel, worst[i]!, tolerance / 4));
    const shares = settled.map(({ left }, i) => (worst[i] === 0 ? 0 : left / worst[i]!));
    const reached = togetherAt(panels, slacks, shares);
    if (reached > tolerance && panels.length < mostPanels) {
      const raised = toRaise(
        panels,
        settled.map(({ left }) => left),
        tolerance / 4,
      );
      if (raised.size > 0) {
        panels = improved(panels, worst, raised, sums);
        continue;
      }
    }
    const ends = [...panels.map(({ low }) => low), boundaries.at(-1)!];
    return { ends, orders: settled.map(({ points }) => points), reached };
  }
}

/**
 * The points to give a panel now, between those whose change is known and twice as many, and what they leave to change. What
 * lies beyond a step is judged by how much less it changed than the one before it, at best by a factor of 16.
 */
function settledAt(
  { points, before }: Panel,
  change: number,
  tolerance: number,
): { readonly points: number; readonly left: number } {
  const ratio = Math.max(1 / 16, change / before);
  const rest = before === Number.POSITIVE_INFINITY ? change : change * ratio;
  const between = Math.sqrt(change * rest);
  if (change <= tolerance || rest >= change) return { points, left: change };
  if (between <= tolerance) return { points: (3 * points) / 2, left: between };
  return { points: 2 * points, left: rest };
}

function begun(
  ends: readonly (Ends & Pick<Panel, "points" | "cuts">)[],
  sums: (rules: readonly PanelRule[]) => readonly Sums[],
): readonly Panel[] {
  const doubled = ends.map((one) => ({ ...one, points: 2 * one.points }));
  const [coarse, fine] = [sums(ends), sums(doubled)];
  return ends.map((own, i): Panel => {
    return { ...own, coarse: coarse[i]!, fine: fine[i]!, before: Number.POSITIVE_INFINITY };
  });
}

/** The panels that leave more than their part of the tolerance: those with much of it first. */
function toRaise(panels: readonly Panel[], left: readonly number[], tolerance: number): ReadonlySet<Panel> {
  const able = panels
    .map((panel, i) => ({ panel, left: left[i]! }))
    .filter(({ panel: { points, cuts } }) => 4 * points <= mostPoints || cuts < mostCuts);
  const above = (least: number): readonly Panel[] =>
    able.filter((one) => one.left > least).map(({ panel }) => panel);
  const large = above(tolerance);
  return new Set(large.length > 0 ? large : above(tolerance / panels.length));
}

/** Panels with more points, or cut in halves where more points do not help. */
function improved(
  panels: readonly Panel[],
  worst: readonly number[],
  raised: ReadonlySet<Panel>,
  sums: (rules: readonly PanelRule[]) => readonly Sums[],
): readonly Panel[] {
  const isCut = ({ points, cuts, before }: Panel, i: number): boolean =>
    4 * points > mostPoints ||
    (cuts < mostCuts && points >= leastToCut && worst[i]! > before * worthMorePoints);
  const cut = panels.filter((panel, i) => raised.has(panel) && isCut(panel, i));
  const halves = cut.flatMap(({ low, high, cuts }) => {
    const [middle, rest] = [(low + high) / 2, { points: 2 * fewestPoints, cuts: cuts + 1 }];
    return begun(
      [
        { low, high: middle, ...rest },
        { low: middle, high, ...rest },
      ],
      sums,
    );
  });
  const denser = panels.filter((panel) => raised.has(panel) && !cut.includes(panel));
  const more = denser.map(({ low, high, points }) => ({ low, high, points: 4 * points }));
  // A few are done one by one, since other analyses will ask for some of the same.
  const next = more.length > few ? sums(more) : more.flatMap((one) => sums([one]));
  const doubled = denser.map((panel, i): Panel => {
    const before = worst[panels.indexOf(panel)]!;
    return { ...panel, points: 2 * panel.points, coarse: panel.fine, fine: next[i]!, before };
  });
  const kept = panels.filter((panel) => !raised.has(panel));
  return [...kept, ...halves, ...doubled].sort((a, b) => a.low - b.low);
}

/** What twice as many points change in each panel, relative to an integral, in the integral and bin where that is most. */
function worstChanges(panels: readonly Panel[], slacks: readonly number[]): readonly number[] {
  const worst = new Array<number>(panels.length).fill(0);
  forEachBin(panels, slacks, (changes) => {
    for (const [panel, change] of changes.entries()) if (!(change <= worst[panel]!)) worst[panel] = change;
  });
  return worst;
}

/** What is left of the changes of all panels together, in the integral and bin where that is most. */
function togetherAt(panels: readonly Panel[], slacks: readonly number[], shares: readonly number[]): number {
  let most = 0;
  forEachBin(panels, slacks, (changes) => {
    most = Math.max(
      most,
      changes.reduce((sum, change, panel) => sum + change * shares[panel]!, 0),
    );
  });
  return most;
}

/** Gives the changes by panel, relative to the integral with its slack, of every integral and bin that has something in it. */
function forEachBin(
  panels: readonly Panel[],
  slacks: readonly number[],
  visit: (changes: Float64Array) => void,
): void {
  const changes = new Float64Array(panels.length);
  for (const [integral, slack] of slacks.entries()) {
    const total = new Float64Array(panels[0]!.fine[integral]!.length);
    for (const { fine } of panels)
      fine[integral]!.forEach((value, bin) => {
        total[bin]! += value;
      });
    const floor = total.reduce((sum, value) => sum + Math.abs(value), 0) * leastShare;
    total.forEach((value, bin) => {
      const scale = slack * Math.max(Math.abs(value), floor);
      if (scale === 0) return;
      panels.forEach(({ coarse, fine }, panel) => {
        changes[panel] = Math.abs(fine[integral]![bin]! - coarse[integral]![bin]!) / scale;
      });
      visit(changes);
    });
  }
}

/** A panel with so many points. */
interface PanelRule extends Ends {
  readonly points: number;
}

/** By panel, for each integrand the sums over the points in it, in all bins. */
function panelSums(
  variable: VariableNode,
  integrands: readonly Integrand[],
  rules: readonly PanelRule[],
  evaluator: ArrayEvaluator,
): readonly Sums[] {
  if (rules.length === 0) return [];
  const each = rules.map(({ low, high, points }) => panelsOf([[low, high]], points));
  const points = Float64Array.from(each.flatMap(({ nodes }) => [...nodes]));
  const { evaluator: bound, axis } = evaluator.binding(variable, points);
  const all = integrands.map(({ products }) =>
    products.map(({ wide, narrow }) => ({ wide: bound.values(wide), narrow: bound.values(narrow) })),
  );
  let first = 0;
  return each.map(({ weights }) => {
    const from = first;
    first += weights.length;
    return all.map((parts) => parts.map((part) => sumOver(axis, part, weights, from)).reduce(added));
  });
}

function added(left: Float64Array, right: Float64Array): Float64Array {
  const [long, short] = left.length >= right.length ? [left, right] : [right, left];
  return long.map((value, i) => value + short[short.length === 1 ? 0 : i]!);
}

/** The weighted sum of the points from the given one on, which are the last axis of the factors that have it. */
function sumOver(
  points: Axis,
  { wide, narrow }: { readonly wide: Values; readonly narrow: Values },
  weights: Float64Array,
  first: number,
): Float64Array {
  const each = weights.map(
    (weight, k) => weight * narrow.data[narrow.axes.includes(points) ? first + k : 0]!,
  );
  const { data } = wide;
  if (!wide.axes.includes(points)) {
    const all = each.reduce((sum, one) => sum + one, 0);
    return data.map((value) => value * all);
  }
  const sums = new Float64Array(data.length / points.size);
  for (let bin = 0; bin < sums.length; bin++) {
    let sum = 0;
    for (let k = 0, at = bin * points.size + first; k < each.length; k++, at++) sum += each[k]! * data[at]!;
    sums[bin] = sum;
  }
  return sums;
}
