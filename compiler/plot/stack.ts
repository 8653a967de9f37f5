/**
 * The order, names and colours of the components of a stacked spectrum.
 */
import type { PlotComponent, SpectrumInput } from "./input.ts";
import { dataLabel } from "./legend.ts";
import { type Colour, colourOf } from "./style.ts";

/** One component in its place. */
export interface StackEntry {
  /** Its index among the components of the input. */
  readonly index: number;
  readonly kind: PlotComponent["kind"];
  /** Its words in the legend, unlike those of any other component. */
  readonly label: string;
  readonly colour: Colour;
}

/**
 * The components from the bottom of the stack to its top: backgrounds, the largest first, so that small ones do
 * not ride on its fluctuations unseen; then signals, the first declared on top.
 */
export function stackOrder({ components }: SpectrumInput): readonly StackEntry[] {
  const labels = components.map(({ name, label }) => label ?? name);
  const entry =
    (kind: PlotComponent["kind"]) =>
    (index: number, place: number): StackEntry => ({
      index,
      kind,
      label: uniqueLabel(components, labels, index),
      colour: colourOf(kind, place),
    });
  const indices = components.map((_, index) => index);
  const totals = components.map(({ counts }) => Array.from(counts).reduce((sum, count) => sum + count, 0));
  const backgrounds = indices
    .filter((i) => components[i]!.kind === "background")
    .sort((i, j) => totals[j]! - totals[i]! || i - j);
  const signals = indices.filter((i) => components[i]!.kind === "signal");
  return [...backgrounds.map(entry("background")), ...signals.map(entry("signal")).reverse()];
}

/** The label of a component, with its name where another entry of the legend has the same label. */
function uniqueLabel(components: readonly PlotComponent[], labels: readonly string[], index: number): string {
  const label = labels[index]!;
  return label !== dataLabel && labels.indexOf(label) === labels.lastIndexOf(label)
    ? label
    : `${label} (${components[index]!.name})`;
}
