import type { Statement } from "../../grammar/syntax.ts";
import { changes, diagnostic } from "../diagnostics/index.ts";
import type { Site } from "../elaborate/expression.ts";
import { axesOf } from "../lower/experiment.ts";
import { listNumbers } from "../lower/lists.ts";
import { signalName, targetsOf } from "../lower/nuisances.ts";
import { type BinnedAxis, isModelled } from "../lower/response.ts";
import { densityOver } from "../lower/shape.ts";
import { type Declaration, field, fieldsOf, labelOf } from "../model/model.ts";
import type { Node } from "../rate/node.ts";
import { findKinks } from "../stage/kinks.ts";
import { resting } from "../stage/peaks.ts";
import { type Checking, declarationsOf, shown, valueAt } from "./checking.ts";

const shapes: ReadonlySet<string> = new Set(["shape", "plus", "minus"]);

/**
 * Numbers per bin are not negative, and what is normalised over some bins holds something in them: else counts would
 * turn negative, or a share of nothing would be taken.
 */
export function shapeValues(checking: Checking): void {
  const { library, value } = checking;
  for (const experiment of declarationsOf(checking, "experiment")) {
    const detector = library.declaration(labelOf(field(experiment, "detector")));
    if (detector === undefined) continue;
    const site = library.inside(experiment, "strict", value);
    const axes = axesOf(library, experiment, detector, site);
    if (axes.length < fieldsOf(experiment, "bins").length) continue;
    const kept = axes.filter(({ name }) => isModelled(detector, name));
    for (const [owner, component] of ownersOf(experiment)) {
      const over = { axes, kept: component === signalName ? kept : [] };
      for (const shape of owner.block?.statements ?? []) {
        if (!shapes.has(shape.keyword.text)) continue;
        if (shape.params === undefined) checkNumbers(checking, shape, component, over);
        else checkFormula(checking, shape, component, over, site);
      }
    }
  }
}

/** Blocks with shapes, and the component that each is about. */
function ownersOf(experiment: Declaration): readonly (readonly [Statement, string])[] {
  return [
    ...fieldsOf(experiment, "background").map((one) => [one, labelOf(one)] as const),
    ...fieldsOf(experiment, "signal").map((one) => [one, signalName] as const),
    ...fieldsOf(experiment, "systematic").map((one) => [one, targetsOf(one)[0] ?? ""] as const),
  ];
}

/** A shape is normalised in every bin of the `kept` axes. */
interface Over {
  readonly axes: readonly BinnedAxis[];
  readonly kept: readonly BinnedAxis[];
}

function checkNumbers(
  { report }: Checking,
  { keyword, assign }: Statement,
  component: string,
  { axes, kept }: Over,
): void {
  if (assign?.value.kind !== "list") return;
  const values = listNumbers(assign.value);
  const negative = values.find((one) => one < 0);
  if (negative !== undefined) {
    const help = "numbers per bin are zero or more";
    const parameters = { field: keyword.text, found: shown(negative) };
    const bad = assign.value.items.filter(
      (item) => item.kind === "unary" && item.span.file === keyword.span.file,
    );
    const edits = bad.map(({ span }) => ({ span, text: "0" }));
    const extra =
      edits.length === 0 ? {} : { help, fixes: [changes("write 0 for what is negative", ...edits)] };
    report(diagnostic("SV1402", assign.value.span, parameters, { notes: [], ...extra }));
    return;
  }
  const empty = emptyBin(values, axes, kept);
  if (empty === undefined) return;
  report(diagnostic("SV1418", assign.value.span, { field: keyword.text, component, place: placeOf(empty) }));
}

function placeOf(bin: string): string {
  return bin === "" ? "any bin" : `the bin ${bin}`;
}

/**
 * A formula that is zero, at the defaults, all over what it is normalised in. Where it is positive at one point it is not; the integral
 * is asked where no point says so.
 */
function checkFormula(
  checking: Checking,
  shape: Statement,
  component: string,
  { axes, kept }: Over,
  site: Site,
): void {
  const { report } = checking;
  // What is wrong with the formula itself is told of where experiments are lowered.
  const quiet = { ...site, context: { ...site.context, report: () => {} } };
  const density = densityOver({ axes, site: quiet }, shape);
  if (density === undefined) return;
  const bins = Array.from({ length: axes.reduce((size, { axis }) => size * axis.size, 1) }, (_, at) => at);
  const open = new Map<string, number[]>();
  for (const at of bins) {
    const name = binName(at, axes, kept);
    const own = open.get(name);
    if (own === undefined) open.set(name, [at]);
    else own.push(at);
  }
  for (const share of [0.5, 0.07, 0.31, 0.69, 0.93]) {
    for (const [name, own] of open) {
      if (own.some((at) => densityIn(checking, density, axes, at, share) > 0)) open.delete(name);
    }
  }
  const empty = [...open].find(
    ([, own]) => own.reduce((sum, at) => sum + integralIn(checking, density, axes, at), 0) === 0,
  );
  if (empty === undefined) return;
  const help = "its formula is zero there: look at where it holds (`for`), or leave the bins out";
  const range = shape.clauses.find(({ kind }) => kind === "for");
  const extra =
    range === undefined
      ? { notes: [help] }
      : { help, fixes: [changes("let it hold everywhere", { span: range.span, text: "", place: "line" })] };
  const found = { field: shape.keyword.text, component, place: placeOf(empty[0]) };
  report(diagnostic("SV1418", shape.assign?.value.span ?? shape.span, found, { notes: [], ...extra }));
}

/** The density at a point of a bin, as far from its lower edges. */
function densityIn(
  checking: Checking,
  density: Node,
  axes: readonly BinnedAxis[],
  at: number,
  share: number,
): number {
  const ends = endsOf(at, axes);
  const places = axes.map(({ variable }, i) => {
    const [low, high] = ends[i]!;
    return [variable, low + share * (high - low)] as const;
  });
  return valueAt(checking, density, places);
}

function integralIn(checking: Checking, density: Node, axes: readonly BinnedAxis[], at: number): number {
  const { graph } = checking;
  const ends = endsOf(at, axes);
  const integral = axes.reduce<Node>((body, { variable }, i) => {
    const [low, high] = ends[i]!.map((end) => graph.number(end));
    return graph.integral("background", variable, low!, high!, body);
  }, density);
  return valueAt(checking, findKinks(graph, resting(checking.defaults))(integral), [], 1e-3);
}

/** Ends of a bin in each observable, internal units. */
function endsOf(at: number, axes: readonly BinnedAxis[]): readonly (readonly [low: number, high: number])[] {
  let rest = at;
  const ends = [...axes].reverse().map(({ axis: { size }, internalEdges }) => {
    const bin = rest % size;
    rest = Math.floor(rest / size);
    return [internalEdges[bin]!, internalEdges[bin + 1]!] as const;
  });
  return ends.reverse();
}

/** The first bin of the kept axes in which all values are zero, for people; undefined when there is none. */
function emptyBin(
  values: readonly number[],
  axes: readonly BinnedAxis[],
  kept: readonly BinnedAxis[],
): string | undefined {
  const sums = new Map<string, number>();
  values.forEach((value, at) => {
    const key = binName(at, axes, kept);
    sums.set(key, (sums.get(key) ?? 0) + value);
  });
  return [...sums].find(([, sum]) => sum === 0)?.[0];
}

/** `energy 50 .. 60 keVee` of the bin at a place of the list. */
function binName(at: number, axes: readonly BinnedAxis[], kept: readonly BinnedAxis[]): string {
  let rest = at;
  const names: string[] = [];
  for (const axis of [...axes].reverse()) {
    const { size } = axis.axis;
    const bin = rest % size;
    rest = Math.floor(rest / size);
    const range = `${axis.name} ${shown(axis.edges[bin] ?? 0)} .. ${shown(axis.edges[bin + 1] ?? 0)} ${axis.unit}`;
    if (kept.includes(axis)) names.unshift(range.trim());
  }
  return names.join(", ");
}
