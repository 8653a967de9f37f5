import type { Statement } from "../../grammar/syntax.ts";
import { diagnostic } from "../diagnostics/index.ts";
import { axesOf } from "../lower/experiment.ts";
import { listNumbers } from "../lower/lists.ts";
import { signalName, targetsOf } from "../lower/nuisances.ts";
import { type BinnedAxis, isModelled } from "../lower/response.ts";
import { type Declaration, field, fieldsOf, labelOf } from "../model/model.ts";
import { type Checking, declarationsOf, shown } from "./checking.ts";

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
    const axes = axesOf(library, experiment, detector, library.inside(experiment, "strict", value));
    if (axes.length < fieldsOf(experiment, "bins").length) continue;
    const kept = axes.filter(({ name }) => isModelled(detector, name));
    for (const [owner, component] of ownersOf(experiment)) {
      const isSignal = component === signalName;
      for (const shape of owner.block?.statements ?? []) {
        if (shapes.has(shape.keyword.text))
          checkShape(checking, shape, component, axes, isSignal ? kept : []);
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
function checkShape(
  { report }: Checking,
  { keyword, assign }: Statement,
  component: string,
  axes: readonly BinnedAxis[],
  kept: readonly BinnedAxis[],
): void {
  if (assign?.value.kind !== "list") return;
  const values = listNumbers(assign.value);
  const negative = values.find((one) => one < 0);
  if (negative !== undefined) {
    const help = "numbers per bin are zero or more";
    const parameters = { field: keyword.text, found: shown(negative) };
    report(diagnostic("SV1402", assign.value.span, parameters, { help }));
    return;
  }
  const empty = emptyBin(values, axes, kept);
  if (empty === undefined) return;
  const place = empty === "" ? "any bin" : `the bin ${empty}`;
  report(diagnostic("SV1418", assign.value.span, { field: keyword.text, component, place }));
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
