/** `sevens report`: a page of HTML for each analysis, with all that a result rests on. */
import type { Command } from "commander";
import { chiSquareQuantile } from "../../../runtime/chi-square.ts";
import type { FitResult } from "../../../runtime/fit.ts";
import { impacts } from "../../../runtime/impacts.ts";
import { profiler, scanStart } from "../../../runtime/scan.ts";
import { spacedValues } from "../../../runtime/scan-grid.ts";
import { version } from "../../disk/version.ts";
import { curveFigure, impactFigure, type Place, spectrumFigure, toSvg } from "../../plot/index.ts";
import { type Report, type ReportPicture, reportPage } from "../../report/page.ts";
import type { Context } from "../context.ts";
import { ratesAt } from "../counts.ts";
import { wrongUsage } from "../exit.ts";
import { remarksOn } from "../fit-table.ts";
import { addChoices, type Choices, compileOptions } from "../options.ts";
import { type OutputFile, writeFiles } from "../output.ts";
import { pathWithKey } from "../plot-files.ts";
import { impactInput } from "../plot-impacts.ts";
import { progressOn } from "../progress.ts";
import {
  citationSection,
  countsTable,
  diagnosticSection,
  fitSection,
  originSection,
} from "../report-sections.ts";
import { compileSpec, lacking, type Running, readSound, type Spec, settle, start } from "../spec.ts";
import { spectrumInputs } from "../spectrum-inputs.ts";
import { addSeedOfStarts, addStarts, fitFrom, type StartsOptions } from "../starts.ts";
import { addExamples } from "../verb.ts";
import { findingsOf, fitOne } from "./fit.ts";

interface Options extends Choices, StartsOptions {
  readonly output?: string;
}

export function configureReport(command: Command, context: Context): void {
  addSeedOfStarts(addStarts(addChoices(command)))
    .argument("<file>", "a spec with an analysis, `-` for standard input")
    .requiredOption(
      "-o, --output <file>",
      "page to write, .html; with the analysis in its name where there are several",
    )
    .action((file: string, options: Options) => report(context, file, options));
  addExamples(command, [
    [
      "sevens report radius.sevens -o radius.html",
      "spec, fit, pictures, citations, diagnostics, hashes in one file",
    ],
    [
      "sevens report bl.sevens --analysis Coupling --starts 50 -o coupling.html",
      "with a search from random starts",
    ],
  ]);
}

async function report(context: Context, file: string, options: Options): Promise<void> {
  const { output = "" } = options;
  if (!/\.html?$/i.test(output))
    throw wrongUsage(context.line, output, `a report is .html, not \`${output}\``);
  const spec = await readSound(context, file);
  const units = compileSpec(context, spec, {
    ...compileOptions(context, spec, options),
    derivatives: "likelihood",
  });
  const analyses = units.filter(({ kind }) => kind === "analysis");
  if (analyses.length === 0) throw lacking(context, spec, "analysis");
  const pages: OutputFile[] = [];
  for (const running of start(analyses)) {
    const result = fitOne(context, running, fitFrom(options));
    settle(context, spec, findingsOf(spec, running, result));
    const page = reportPage(await reportOn(context, spec, running, result));
    const path = analyses.length === 1 ? output : pathWithKey(output, running.compiled.name);
    pages.push({ path, data: page });
  }
  writeFiles(context, pages);
  for (const { path } of pages) context.note(`wrote ${path}`);
}

async function reportOn(context: Context, spec: Spec, running: Running, result: FitResult): Promise<Report> {
  const { unit, compiled } = running;
  const projection = compiled.experiments.some(({ data }) => data === undefined);
  const progress = progressOn(context.io);
  progress.show(`drawing ${compiled.name}`);
  const pictures = await spectraOf(running, result);
  const profiles = await profilesOf(running, result);
  const moved = await impactsOn(running, result);
  progress.clear();
  return {
    title: compiled.name,
    doc: unit.emitted.doc.join("\n").split(/\n\s*\n/),
    sections: [
      fitSection(result, projection, remarksOn(result)),
      {
        title: "Experiments",
        pictures,
        tables: [countsTable(ratesAt(running, result.values))],
      },
      ...(profiles.length > 0 ? [{ title: "Profiles", pictures: profiles }] : []),
      ...(moved.length > 0 ? [{ title: "Pulls and impacts", pictures: moved }] : []),
      diagnosticSection(spec, spec.diagnostics),
      citationSection(spec),
      originSection(spec, running),
    ],
    generator: `Sevens ${version()}`,
  };
}

async function spectraOf(running: Running, result: FitResult): Promise<readonly ReportPicture[]> {
  const inputs = spectrumInputs(running, result.values, result).filter(({ axes }) => axes.length > 0);
  return Promise.all(
    inputs.map(async (input) => ({
      caption: `${input.experiment}: expectation at the best fit with its band of one standard deviation, and data`,
      svg: await toSvg(spectrumFigure(input, { subtract: "below" })),
    })),
  );
}

/** Points of a profile, and how many of its errors it shows on either side. */
const profilePoints = 41;
const profileReach = 3.2;

/** Levels that are drawn into profiles. */
const profileLevels = [
  ["1σ", 0.6827],
  ["90%", 0.9],
  ["2σ", 0.9545],
] as const;

async function profilesOf({ compiled }: Running, result: FitResult): Promise<readonly ReportPicture[]> {
  const rules = profileLevels.map(([label, level]) => ({ label, y: chiSquareQuantile(level) }));
  return Promise.all(
    result.parameters.map(async ({ name, value, unit, errors = [0, 0] }) => {
      const { range } = compiled.parameters.find((one) => one.name === name)!;
      const wide = Math.max(...errors.filter(Number.isFinite), 0) || Math.abs(value) || 1;
      const [minus, plus] = errors.map(
        (error) => profileReach * (error > 0 && Number.isFinite(error) ? error : wide),
      );
      const low = Math.max(range[0], value - minus!);
      const high = Math.min(range[1], value + plus!);
      const axes = [{ parameter: name }];
      const profile = profiler(compiled, axes, scanStart(compiled, axes));
      const line = spacedValues(low, high, profilePoints, false).flatMap((at): Place[] => {
        const found = profile([at]);
        return found?.converged ? [[at, found.value - result.minimum]] : [];
      });
      const figure = curveFigure({
        x: { name, unit, scale: "linear", range: [low, high] },
        y: { name: "Δχ²", unit: "", scale: "linear", range: [0, 7] },
        curves: [{ label: "", lines: [line] }],
        bands: [],
        points: [],
        rules,
      });
      return { caption: `Rise of χ² with ${name}, all else at its best values`, svg: await toSvg(figure) };
    }),
  );
}

async function impactsOn(running: Running, result: FitResult): Promise<readonly ReportPicture[]> {
  if (result.nuisances.length === 0) return [];
  const all = impacts(running.compiled, result);
  return Promise.all(
    result.parameters.map(async (parameter) => ({
      caption: `What moves ${parameter.name}, and pulls`,
      svg: await toSvg(impactFigure(impactInput(running, result, parameter, all))),
    })),
  );
}
