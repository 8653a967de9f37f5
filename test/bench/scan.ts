/** Profiles by `sevens scan`: the smallest χ² over the nuisances at the points of a grid, start-up included. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { root } from "../physics/compile.ts";
import { atLeast, atMost, type Row } from "./report.ts";

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

export async function scanRows(folder: string): Promise<readonly Row[]> {
  const names = [
    "100 x 100 points (mass, coupling), 4 nuisances",
    "the same on one core / on two",
    "300 x 300 points on one core / on two",
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
    target: atLeast(1.8),
    note: times(a, b),
  });
  return [
    { group, name: names[0], value: single, unit: "s", target: atMost(10), note: "sevens scan --workers 1" },
    speedUp(names[1], single, double),
    speedUp(names[2], fine[0], fine[1]),
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
