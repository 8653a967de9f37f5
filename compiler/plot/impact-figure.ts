/**
 * Pulls of nuisances and their impacts on a parameter, side by side: the largest impact on top.
 */
import { csvText } from "./data.ts";
import { type FigureOptions, figureWidth, type VegaLiteSpec } from "./input.ts";
import { margin } from "./layout.ts";
import {
  barWidth,
  centimetre,
  characterWidth,
  figureConfig,
  fontSize,
  frameWidth,
  ink,
  lineColours,
} from "./style.ts";

/** A nuisance after the fit. */
export interface ImpactRow {
  readonly nuisance: string;
  /** Shifts of the parameter with the nuisance one error below and above its best value. */
  readonly below: number;
  readonly above: number;
  /** Best value in units of the prior error, counted from its mean, and the distances down and up to the ends of its error. */
  readonly pull: number;
  readonly errors: readonly [minus: number, plus: number];
}

export interface ImpactInput {
  readonly parameter: string;
  readonly unit: string;
  readonly title?: string | undefined;
  readonly rows: readonly ImpactRow[];
}

/** Height of a row, and gap between the panels, in pixels. */
const rowHeight = 18;
const gap = 10;

const labels = ["nuisance at −1σ", "nuisance at +1σ"];

/** The figure, as data. */
export function impactFigure(
  input: ImpactInput,
  { width, scale = 1 }: Pick<FigureOptions, "width" | "scale"> = {},
): VegaLiteSpec {
  const { parameter, unit, title, rows } = input;
  const longest = Math.max(...rows.map(({ nuisance }) => nuisance.length));
  const nameRoom = Math.ceil(longest * characterWidth * 1.1 * fontSize) + 8;
  const total = ((width ?? figureWidth.page) * centimetre) / scale - nameRoom - gap - 2 * margin - 12;
  const height = rowHeight * rows.length;
  const shifts = rows.flatMap(({ below, above }) => [below, above]).filter(Number.isFinite);
  const values = rows.map(({ errors: [minus, plus], ...row }) => {
    return { ...row, low: row.pull - minus, high: row.pull + plus };
  });
  const pulls = values.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]).filter(Number.isFinite);
  const size = { width: Math.floor(total / 2), height };
  const names = { title: null, ticks: false, labelPadding: 6, labelLimit: 0 };
  const shiftTitle = `Shift of ${parameter}${unit === "" ? "" : ` (${unit})`}`;
  const largest = Math.max(0, ...shifts.map(Math.abs)) * 1.08 || 1;
  const furthest = Math.max(1.5, ...pulls) * 1.05;
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    description: `Impacts on ${parameter}, and pulls`,
    ...(title === undefined ? {} : { title }),
    config: figureConfig,
    padding: margin,
    spacing: gap,
    data: { values },
    hconcat: [
      panel(size, names, { field: "below", title: shiftTitle, end: largest }, [
        ...(["below", "above"] as const).map(bar),
        ruleAt(0, [], height),
      ]),
      panel(size, null, { field: "pull", title: "Pull", end: furthest }, pullMarks(height)),
    ],
  } as VegaLiteSpec;
}

/** One of the two panels; the rows of both are the nuisances in their order. */
function panel(
  size: { readonly width: number; readonly height: number },
  names: object | null,
  { field, title, end }: { readonly field: string; readonly title: string; readonly end: number },
  layer: readonly object[],
): object {
  return {
    ...size,
    view: { stroke: ink, strokeWidth: frameWidth },
    encoding: {
      y: { field: "nuisance", type: "nominal", sort: null, axis: names },
      x: {
        field,
        type: "quantitative",
        scale: { domain: [-end, end], nice: false },
        axis: { title, tickCount: 5 },
      },
    },
    layer,
  };
}

/** Shifts with the nuisance on one side of its best value. */
function bar(field: "below" | "above", side: number): object {
  return {
    mark: { type: "bar", height: 9, opacity: 0.85 },
    encoding: {
      x: { field, type: "quantitative" },
      x2: { datum: 0 },
      fill: {
        datum: labels[side],
        type: "nominal",
        scale: { domain: labels, range: lineColours.slice(0, 2) },
        legend: { orient: "top", symbolStrokeWidth: 0 },
      },
    },
  };
}

function pullMarks(height: number): readonly object[] {
  return [
    ruleAt(-1, [3, 2], height),
    ruleAt(1, [3, 2], height),
    ruleAt(0, [], height),
    {
      mark: { type: "rule", stroke: ink, strokeWidth: barWidth },
      encoding: { x: { field: "low", type: "quantitative" }, x2: { field: "high" } },
    },
    { mark: { type: "point", filled: true, fill: ink, size: 18, opacity: 1 } },
  ];
}

function ruleAt(at: number, dash: readonly number[], height: number): object {
  return {
    data: { values: [{ at }] },
    mark: { type: "rule", stroke: ink, strokeWidth: 0.6, strokeDash: dash },
    encoding: { x: { field: "at", type: "quantitative" }, y: { value: 0 }, y2: { value: height } },
  };
}

/** The numbers behind the figure: a row for each nuisance. */
export function impactCsv({ parameter, unit, rows }: ImpactInput): string {
  const head = ["parameter", "unit", "nuisance", "below", "above", "pull", "pull_minus", "pull_plus"];
  return csvText([
    head,
    ...rows.map(({ nuisance, below, above, pull, errors }) => [
      parameter,
      unit,
      nuisance,
      below,
      above,
      pull,
      ...errors,
    ]),
  ]);
}
