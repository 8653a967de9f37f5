/** From compiled analyses to tables and pictures. */

import {
  type CurveInput,
  curveFigure,
  figureWidth,
  project,
  type SpectrumInput,
  spectrumFigure,
  type VegaLiteSpec,
} from "sevens/plot";
import {
  type CompiledAnalysis,
  chiSquare,
  chiSquareQuantile,
  contours,
  profiler,
  scanStart,
  spacedValues,
} from "sevens/runtime";
import * as vega from "vega";
import { compile } from "vega-lite";
import type { ExperimentTable, Picture, Results } from "./protocol.ts";

type Experiment = CompiledAnalysis["experiments"][number];

export async function resultsOf(analyses: readonly CompiledAnalysis[]): Promise<Omit<Results, "declared">> {
  const tables: ExperimentTable[] = [];
  const pictures: Picture[] = [];
  for (const analysis of analyses) {
    const counts = analysis.counts(valuesOf(analysis));
    for (const experiment of analysis.experiments) {
      const parts = experiment.components.map(({ name, kind }) => ({
        name,
        kind,
        counts: Array.from(counts[experiment.name]?.components[name] ?? []),
      }));
      const title = analyses.length > 1 ? `${analysis.name}: ${experiment.name}` : experiment.name;
      tables.push(tableOf(title, experiment, parts));
      if (experiment.axes.length === 0) continue;
      // One panel in a row is legible on a phone, and as large as the profile below.
      const layout = { width: figureWidth.column, columns: 1 };
      const figure = spectrumFigure({ ...inputOf(experiment, parts), title }, layout);
      pictures.push({ name: `${analysis.name}-${experiment.name}`, svg: await drawn(figure) });
    }
  }
  return { tables, pictures, chi2: analyses.flatMap(chi2Of) };
}

function valuesOf({ parameters }: CompiledAnalysis): Float64Array {
  return Float64Array.from(parameters, ({ value }) => value);
}

function chi2Of(analysis: CompiledAnalysis): Results["chi2"] {
  if (analysis.experiments.some(({ data }) => data === undefined)) return [];
  return [{ analysis: analysis.name, value: chiSquare(analysis).value(valuesOf(analysis)) }];
}

type Part = SpectrumInput["components"][number] & { readonly counts: readonly number[] };

function inputOf(
  { name, axes, data, likelihood, errors }: Experiment,
  components: readonly Part[],
): SpectrumInput {
  return {
    experiment: name,
    axes,
    components,
    data,
    likelihood: likelihood === "gaussian" ? likelihood : "poisson",
    errors,
  };
}

/** The counts along the first axis, the others summed over. */
function tableOf(title: string, { axes, data }: Experiment, parts: readonly Part[]): ExperimentTable {
  const [first] = axes;
  const shape = axes.map(({ edges }) => edges.length - 1);
  const along = (counts: ArrayLike<number>): number[] =>
    first === undefined ? Array.from(counts) : project(counts, shape, 0);
  const edges = first?.edges ?? [];
  return {
    title,
    axes: first === undefined ? "all" : `${first.name}${first.unit === "" ? "" : ` (${first.unit})`}`,
    rows: first === undefined ? ["all"] : edges.slice(1).map((high, i) => `${edges[i]} to ${high}`),
    components: parts.map(({ name, counts }) => ({
      name,
      counts: along(counts),
      total: counts.reduce((a, b) => a + b, 0),
    })),
    data: data === undefined ? undefined : along(data),
  };
}

async function drawn(figure: VegaLiteSpec): Promise<string> {
  const view = new vega.View(vega.parse(compile(figure).spec), { renderer: "none" });
  const svg = await view.toSVG();
  view.finalize();
  return svg;
}

/** Nodes of the coarse grid along each axis of a plane, and points of a profile. */
const nodes = 13;
const points = 41;

/** Δχ² of the first analysis that has something to fit: over one free parameter, or the contours of two. */
export async function planeOf(analyses: readonly CompiledAnalysis[]): Promise<Picture | undefined> {
  for (const analysis of analyses) {
    const free = analysis.parameters.filter(
      ({ role, range }) => role === "free" && range.every((end) => Number.isFinite(end)),
    );
    const [x, y] = free;
    if (x === undefined) continue;
    const input = y === undefined ? profileOf(analysis, x) : contoursOf(analysis, x, y);
    if (input !== undefined) return { name: `${analysis.name}-plane`, svg: await drawn(curveFigure(input)) };
  }
  return undefined;
}

type Parameter = CompiledAnalysis["parameters"][number];

function gridOf({ name, range: [low, high], log }: Parameter, count: number) {
  const isLog = log && low > 0;
  return { parameter: name, values: spacedValues(low, high, count, isLog), log: isLog };
}

function axisOf({ name, unit, log, range: [low] }: Parameter): CurveInput["x"] {
  return { name, unit, scale: log && low > 0 ? "log" : "linear" };
}

function profileOf(analysis: CompiledAnalysis, parameter: Parameter): CurveInput | undefined {
  const axis = gridOf(parameter, points);
  const start = scanStart(analysis, [axis]);
  const profile = profiler(analysis, [axis], start);
  const found = axis.values.flatMap((value) => {
    const minimum = profile([value]);
    return minimum?.converged === true ? [[value, minimum.value] as const] : [];
  });
  const lowest = Math.min(start.chi2 ?? Number.POSITIVE_INFINITY, ...found.map(([, chi2]) => chi2));
  if (found.length < 2) return undefined;
  return {
    title: `${analysis.name}: profile`,
    x: axisOf(parameter),
    y: { name: "Δχ²", unit: "", title: "Δχ²", scale: "linear", range: [0, 10] },
    curves: [{ label: "", lines: [found.map(([value, chi2]) => [value, chi2 - lowest] as const)] }],
    bands: [],
    points: [],
    rules: [0.6827, 0.9].map((level) => ({
      label: level === 0.9 ? "90%" : "1σ",
      y: chiSquareQuantile(level),
    })),
  };
}

function contoursOf(analysis: CompiledAnalysis, x: Parameter, y: Parameter): CurveInput | undefined {
  const levels = [0.6827, 0.9].map((level) => ({
    name: level === 0.9 ? "90%" : "1σ",
    rise: chiSquareQuantile(level, 2),
  }));
  const found = contours(analysis, [gridOf(x, nodes), gridOf(y, nodes)], {
    rises: levels.map(({ rise }) => rise),
    halvings: 2,
  });
  if (found === undefined) return undefined;
  const [bx, by] = found.best;
  return {
    title: `${analysis.name}: contours of 2 degrees of freedom`,
    x: { ...axisOf(x), range: x.range },
    y: { ...axisOf(y), range: y.range },
    curves: levels.map(({ name, rise }) => ({
      label: analysis.name,
      level: name,
      lines: found.lines.filter(({ level }) => level === rise).map((line) => line.points),
    })),
    bands: [],
    points: [{ label: "lowest χ²", points: [{ x: bx, y: by, low: by, high: by }] }],
    rules: [],
  };
}
