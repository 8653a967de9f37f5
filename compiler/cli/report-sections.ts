/** The parts of a report, from a fit and what it rests on. */
import { createHash } from "node:crypto";
import type { FitResult } from "../../runtime/fit.ts";
import type { Diagnostic } from "../diagnostics/index.ts";
import { printDiagnostics } from "../diagnostics/index.ts";
import { version } from "../disk/version.ts";
import { citationLink } from "../doc/index.ts";
import { toText } from "../interchange/index.ts";
import type { ReportSection, ReportTable } from "../report/page.ts";
import { citationsOf } from "./citations.ts";
import { documentOf } from "./document.ts";
import { freedomText } from "./fit-table.ts";
import { nuisanceErrorText } from "./nuisance-table.ts";
import type { ExperimentRates } from "./schemas/rates.ts";
import type { Running, Spec } from "./spec.ts";
import { brief, figure, figureWithError, percent } from "./tables.ts";

/** Best values, errors and intervals; nuisances; correlations. */
export function fitSection(
  result: FitResult,
  projection: boolean,
  remarks: readonly string[],
): ReportSection {
  const { parameters, nuisances, intervals, fitted, correlation } = result;
  const best: ReportTable = {
    caption: "Free parameters",
    head: ["parameter", "best value", "−", "+", "unit"],
    rows: parameters.map(({ name, value, unit, errors = [Number.NaN, Number.NaN] }) => [
      name,
      figureWithError(value, errors),
      ...errors.map((error) => figure(error, 3)),
      unit,
    ]),
  };
  const regions: ReportTable = {
    caption: "Intervals",
    head: ["parameter", "level", "from", "to", "unit", "ends"],
    rows: intervals.flatMap(({ parameter, level, regions: own }) => {
      const { unit = "" } = parameters.find(({ name }) => name === parameter) ?? {};
      return own.map(({ low, high, status }) => [
        parameter,
        percent(level),
        figureWithError(low, [high - low]),
        figureWithError(high, [high - low]),
        unit,
        status.join(", "),
      ]);
    }),
  };
  const pulls: ReportTable = {
    caption: "Nuisances",
    head: ["nuisance", "value", "error", "pull", "unit"],
    rows: nuisances.map((one) => [
      one.name,
      figure(one.value, 4),
      nuisanceErrorText(one),
      Number.isFinite(one.pull) ? one.pull.toFixed(2) : "",
      one.unit,
    ]),
  };
  const correlations: ReportTable = {
    caption: "Correlations",
    head: ["", ...fitted],
    rows: fitted.map((name, i) => [name, ...correlation[i]!.map((one) => one.toFixed(2))]),
  };
  const tables = [best, regions, pulls, correlations].filter(({ rows }) => rows.length > 0);
  return { title: "Fit", paragraphs: [quality(result, projection), ...remarks], tables };
}

function quality({ minimum, degreesOfFreedom, pValue, unbinned }: FitResult, projection: boolean): string {
  if (projection) return "A projection: fitted to the expectation itself.";
  if (unbinned)
    return `−2 ln L = ${figure(minimum, 6)} against events spread evenly, which is no test of the fit.`;
  const test = pValue === undefined ? "" : `, p = ${figure(pValue, 3)}`;
  return `Against the saturated model, χ² = ${figure(minimum, 6)} with ${freedomText(degreesOfFreedom)}${test}.`;
}

/** Expected and observed numbers of events at the best fit. */
export function countsTable(rates: readonly ExperimentRates[]): ReportTable {
  const components = [...new Set(rates.flatMap(({ components }) => Object.keys(components)))];
  return {
    caption: "Events at the best fit",
    head: ["experiment", ...components, "total", "observed"],
    rows: rates.map(({ name, components: own, total, data }) => [
      name,
      ...components.map((one) => (own[one] === undefined ? "" : figure(own[one].total, 5))),
      figure(total.total, 6),
      data === null ? "" : brief(data.reduce((sum, count) => sum + count, 0)),
    ]),
  };
}

/** What to cite, and the declarations that rest on it. */
export function citationSection({ model }: Spec): ReportSection {
  const links = [...citationsOf(model)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, by]) => ({ text: key, href: citationLink(key), of: by.join(", ") }));
  return { title: "Citations", links };
}

/** What the compiler had to say. */
export function diagnosticSection(spec: Spec, found: readonly Diagnostic[]): ReportSection {
  const text = printDiagnostics(found, spec.sources);
  if (text === "") return { title: "Diagnostics", paragraphs: ["No problems were found."] };
  return { title: "Diagnostics", texts: [{ summary: `${found.length} found`, text }] };
}

/** Versions, hashes, and the spec with all that it uses. */
export function originSection(spec: Spec, { unit }: Running): ReportSection {
  const { model } = spec;
  const rows = [
    ["Sevens", version()],
    ["Node", process.version],
    ["language", "1"],
    ["hash of the document", documentOf(model).hash ?? ""],
    ["quadrature error asked for", unit.emitted.precision.toExponential(0)],
    ["quadrature error reached", Number.isFinite(unit.reached) ? unit.reached.toExponential(1) : "unknown"],
  ];
  const files = [...model.sources]
    .map(([file, text]) => [spec.naming(file), sha256(text)])
    .sort(([a = ""], [b = ""]) => (a < b ? -1 : 1));
  const main = model.sources.get(model.file);
  return {
    title: "Spec, versions and hashes",
    tables: [
      { head: ["what", "which"], rows },
      { caption: "Files that were read", head: ["file", "SHA-256"], rows: files },
    ],
    texts: [
      ...(main === undefined ? [] : [{ summary: `The spec, ${spec.name}`, text: main }]),
      { summary: "The spec with everything that it uses, in one text", text: toText(model) },
    ],
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
