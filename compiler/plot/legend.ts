/**
 * The legend of a figure: the data first, then the stack from its top down, in rows above the panels.
 */
import type { StackEntry } from "./stack.ts";
import { barWidth, characterWidth, fontSize, ink } from "./style.ts";

/** The name of the data in the legend; no component is called so. */
export const dataLabel = "Data";

/** The name of the band around the expectation, and its colour. */
export const bandLabel = "±1σ";
const bandColour = "#595959";

/** The symbol of the data, a dot with its two bars, on the square from −1 to 1 that other symbols fill. */
const dataSymbol = "M-1,0L1,0M0,-1L0,1M-0.35,0A0.35,0.35,0,1,1,0.35,0A0.35,0.35,0,1,1,-0.35,0Z";

/** Area of a symbol in square pixels, and the room that it and the gaps around it take in a row. */
const symbolArea = 130;
const symbolRoom = 30;

/** The names in a legend with their colours, in the order of the legend. */
export interface Legend {
  readonly labels: readonly string[];
  readonly colours: readonly string[];
  /** Entries in a row. */
  readonly columns: number;
}

/** The legend of `stack` (listed from its bottom) and, where there are some, of data and a band, in rows of `width` pixels. */
export function legendOf(
  stack: readonly StackEntry[],
  has: { readonly data: boolean; readonly band: boolean },
  width: number,
): Legend {
  const entries = [
    ...(has.data ? [{ label: dataLabel, fill: ink }] : []),
    ...stack.toReversed().map(({ label, colour: { fill } }) => ({ label, fill })),
    ...(has.band ? [{ label: bandLabel, fill: bandColour }] : []),
  ];
  const labels = entries.map(({ label }) => label);
  const colours = entries.map(({ fill }) => fill);
  return { labels, colours, columns: columnsWithin(labels, width) };
}

/** The colour of `label` as a Vega-Lite channel that shows the legend. */
export function fillChannel({ labels, colours, columns }: Legend, label: string) {
  const isData = `datum.value === ${JSON.stringify(dataLabel)}`;
  return {
    datum: label,
    type: "nominal",
    scale: { domain: [...labels], range: [...colours] },
    legend: {
      orient: "top",
      direction: "horizontal",
      columns,
      symbolSize: symbolArea,
      symbolStrokeColor: ink,
      encoding: {
        symbols: {
          shape: { value: { expr: `${isData} ? "${dataSymbol}" : "square"` } },
          strokeWidth: { value: { expr: `${isData} ? ${barWidth} : 0` } },
          opacity: { value: 1 },
        },
      },
    },
  } as const;
}

/** The largest number of columns, each as wide as its longest entry, that fits into `width`. */
export function columnsWithin(labels: readonly string[], width: number): number {
  const widths = labels.map((label) => symbolRoom + label.length * characterWidth * fontSize);
  for (let columns = labels.length; columns > 1; columns--) {
    const ofColumn = Array.from({ length: columns }, (_, column) =>
      Math.max(...widths.filter((_, entry) => entry % columns === column)),
    );
    if (ofColumn.reduce((sum, each) => sum + each, 0) <= width) return columns;
  }
  return 1;
}
