/** Profiles: the smallest χ² over the nuisances at the points of a grid, by `sevens scan` and by running threads. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { load } from "../../compiler/index.ts";
import { computerOf } from "../../compiler/scan/compute.ts";
import { scanLocally } from "../../compiler/scan/local.ts";
import type { ScanPlan } from "../../compiler/scan/plan.ts";
import { startThreads } from "../../compiler/scan/threads.ts";
import type { CompiledAnalysis } from "../../runtime/compiled.ts";
import { chunkCount, pointCount, profiledParameters, scanStart } from "../../runtime/scan.ts";
import { compiled, host, modelOf, root } from "../physics/compile.ts";
import { atLeast, atMost, type Row } from "./report.ts";
import { twoPortions } from "./two-cores.ts";

const group = "Profiles of the CsI likelihood";
const cli = join(root, "dist/cli.js");

const plane = ["M_Zp in 1 MeV .. 1 GeV log 100 points", "g_Zp in 3e-6 .. 3e-4 log 100 points"];
const finePlane = plane.map((grid) => grid.replace("100 points", "300 points"));
const line = ["Rn in 4 fm .. 7 fm 41 points"];

/** Wall-clock seconds of one scan. */
function seconds(spec: string, grids: readonly string[], workers: number, folder: string): number {
  const options = grids.flatMap((grid) => ["--grid", grid]);
  const output = ["--workers", String(workers), "--restart", "-o", join(folder, `scan-${workers}.csv`)];
  const start = performance.now();
  execFileSync(process.execPath, [cli, "scan", join(root, spec), ...options, ...output], { stdio: "ignore" });
  return (performance.now() - start) / 1000;
}

const logarithmic = (low: number, high: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => low * (high / low) ** (i / (count - 1)));

/** The plan of the plane, and the analysis that computes it. */
function planned(): { readonly plan: ScanPlan; readonly analysis: CompiledAnalysis } {
  const model = modelOf(load(join(root, "test/bench/grid.sevens"), host));
  const { unit, analysis } = compiled(model, { derivatives: "likelihood" });
  const grid = [
    { parameter: "M_Zp", values: logarithmic(1, 1e3, 100) },
    { parameter: "g_Zp", values: logarithmic(3e-6, 3e-4, 100) },
  ];
  const profiled = profiledParameters(analysis, grid).map((index) => {
    const { name, unit } = analysis.parameters[index]!;
    return { name, unit };
  });
  const identity = { sevens: "", spec: "", analysis: analysis.name, settings: {}, grid, fit: "" };
  const start = scanStart(analysis, grid);
  return { plan: { kind: "scan", identity, start, code: unit.code, profiled, units: ["MeV", ""] }, analysis };
}

/** Seconds that the points of the plane take, by one thread and by two that run already, each the least of some rounds. */
async function pointSeconds(rounds: number): Promise<readonly [one: number, two: number]> {
  const { plan, analysis } = planned();
  const { grid } = plan.identity;
  const chunks = Array.from({ length: chunkCount(pointCount(grid)) }, (_, chunk) => chunk);
  const compute = computerOf(plan, analysis);
  const threads = startThreads(1);
  const once = async (workers: number): Promise<number> => {
    const { signal } = new AbortController();
    const began = performance.now();
    await scanLocally(plan, () => compute, chunks, { workers, threads, signal, take: () => {} });
    return (performance.now() - began) / 1000;
  };
  const least: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  try {
    for (let round = 0; round < rounds; round++) {
      for (const workers of [1, 2] as const)
        least[workers - 1] = Math.min(least[workers - 1]!, await once(workers));
    }
  } finally {
    await (await threads).destroy();
  }
  return least;
}

export async function scanRows(folder: string): Promise<readonly Row[]> {
  const names = [
    "100 x 100 points (mass, coupling), 4 nuisances",
    "its points on one core / on two, threads running",
    "the whole command on one core / on two",
    "300 x 300 points on one core / on two",
    "arithmetic that shares nothing on one core / on two",
  ] as const;
  const lineName = "41 points of Rn, all nuisances";
  if (!existsSync(cli)) {
    const note = "no dist/cli.js: npm run build";
    return [...names, lineName].map((name) => ({ group, name, note }));
  }
  const one: number[] = [];
  const two: number[] = [];
  const short: number[] = [];
  for (let round = 0; round < 3; round++) {
    one.push(seconds("test/bench/grid.sevens", plane, 1, folder));
    two.push(seconds("test/bench/grid.sevens", plane, 2, folder));
    short.push(seconds("examples/coherent-csi/response-systematics.sevens", line, 1, folder));
  }
  const points = await pointSeconds(5);
  const bare = await twoPortions(5);
  const [single, double] = [Math.min(...one), Math.min(...two)];
  const fine = [1, 2].map((workers) => seconds("test/bench/grid.sevens", finePlane, workers, folder));
  const busy = loadavg()[0]!.toFixed(1);
  const times = (a = Number.NaN, b = Number.NaN): string =>
    `${a.toFixed(2)} s, ${b.toFixed(2)} s; load average ${busy}`;
  const speedUp = (name: string, a = Number.NaN, b = Number.NaN): Row => ({
    group,
    name,
    value: a / b,
    unit: "ratio",
    note: times(a, b),
  });
  return [
    { group, name: names[0], value: single, unit: "s", target: atMost(10), note: "sevens scan --workers 1" },
    { ...speedUp(names[1], ...points), target: atLeast(1.8) },
    speedUp(names[2], single, double),
    speedUp(names[3], fine[0], fine[1]),
    speedUp(names[4], ...bare),
    {
      group,
      name: lineName,
      value: Math.min(...short),
      unit: "s",
      target: atMost(1),
      note: "response-systematics.sevens, start-up and compilation included",
    },
  ];
}
