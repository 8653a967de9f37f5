/** Workspaces and patch sets of pyhf, as `sevens export` writes them. */
import { pointCount, pointValues, type ScanAxis } from "../../runtime/scan-grid.ts";
import { diagnostic, hasErrors } from "../diagnostics/index.ts";
import { usedParameters } from "../emit/view.ts";
import { binnedModel } from "../exchange/binned-model.ts";
import { pythonJson } from "../exchange/digest.ts";
import { labelOf, patchSet } from "../exchange/patchset.ts";
import { type PyhfExport, pyhfExport, pyhfObstacles, pyhfWorkspace } from "../exchange/pyhf.ts";
import { nodeSha256 } from "../interchange/hash-node.ts";
import { type GridText, mostAxes, readGrids } from "../scan/grid-text.ts";
import { Stop, wrongUsage } from "./exit.ts";
import type { Files, Request } from "./export-binned.ts";
import { printJson } from "./output.ts";
import { freshIn, placeOf } from "./spec.ts";

/** A workspace, and the patch set of a grid beside it. */
export function pyhfFiles(request: Request): Files {
  const { spec, units } = request;
  const { model } = units[0]!;
  const obstacles = pyhfObstacles(model).map(({ channel, reason }) =>
    diagnostic("SV2003", placeOf(spec, channel), { what: channel, format: "pyhf", reason }),
  );
  if (obstacles.length > 0) throw new Stop(freshIn(spec, obstacles), spec.sources);
  const made = pyhfExport(model);
  const digests = {
    "sha256 as pyhf digest": nodeSha256(pythonJson(made.workspace)),
    "sha256 of the file": nodeSha256(printJson(made.workspace)),
  };
  const exported = {
    analysis: model.name,
    format: "pyhf",
    values: model.values,
    parameters: made.parameters,
    fidelity: made.fidelity,
    digests,
  };
  const patches = patchesOf(request, made, digests["sha256 as pyhf digest"]);
  return { result: printJson(made.workspace), beside: patches, exported: [exported] };
}

function patchesOf(request: Request, made: PyhfExport, digest: string): Files["beside"] {
  const { context, options, units, origin } = request;
  const { line } = context;
  if (options.grid === undefined) {
    if (options.inspire === undefined) return [];
    throw wrongUsage(line, "--inspire", "`--inspire` is for the patch set of a `--grid`");
  }
  if (options.output === undefined || options.output === "-") {
    throw wrongUsage(line, "--grid", "a patch set goes beside the workspace: give `-o` with a file");
  }
  const reference = options.inspire ?? "";
  if (!/^ins[0-9]{7}$/.test(reference)) {
    const problem = "a patch set refers to a record of HEPData, by the number of INSPIRE with seven digits";
    throw wrongUsage(line, reference === "" ? "--grid" : reference, problem, "write `--inspire ins1234567`");
  }
  const axes = axesOf(request, made);
  const { unit, values, model } = units[0]!;
  const points = Array.from({ length: pointCount(axes) }, (_, point) => {
    const at = pointValues(axes, point);
    const there = Object.fromEntries(axes.map(({ parameter }, i) => [parameter, at[i]!]));
    return { values: at, workspace: pyhfWorkspace(binnedModel(unit, { ...values, ...there })) };
  });
  const unitsOf = axes.map(({ parameter }) => model.values[parameter]?.unit ?? "");
  const set = patchSet(made.workspace, points, {
    references: { hepdata: reference },
    digests: { sha256: digest },
    labels: axes.map(({ parameter }) => labelOf(parameter)),
    description: `${model.name} at values of ${axes.map(({ parameter }) => parameter).join(", ")}`,
    units: unitsOf,
    sevens: { version: origin.version, spec: origin.hash },
  });
  return [{ ending: ".patchset.json", data: printJson(set) }];
}

/** The grid; its parameters are held in the workspace. */
function axesOf({ context, spec, options, units }: Request, made: PyhfExport): readonly ScanAxis[] {
  const { line } = context;
  const { unit } = units[0]!;
  const given = options.grid ?? [];
  if (given.length > mostAxes) {
    throw wrongUsage(line, given[mostAxes]!, `a grid has ${mostAxes} parameters at most`);
  }
  const texts = given.map((text): GridText => ({ text, span: line.spanOf(text) }));
  const { axes, diagnostics } = readGrids(texts, spec.model, usedParameters(unit.emitted));
  if (hasErrors(diagnostics)) throw new Stop(diagnostics, spec.sources);
  axes.forEach(({ parameter }, i) => {
    const said = made.parameters.find((one) => one.parameter === parameter);
    if (said === undefined) return;
    const problem = `\`${parameter}\` is a parameter of the workspace itself, which needs no grid of it`;
    throw wrongUsage(line, given[i]!, problem, "a grid is for parameters that it holds");
  });
  return axes;
}
