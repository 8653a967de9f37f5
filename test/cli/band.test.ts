/** The band around a fitted spectrum where templates have limited statistics, against the joint likelihood written out here. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { darkCounter } from "../physics/spec-parts.ts";
import { inFolder, sevens } from "./harness.ts";

const signal = [10, 30];
const background = [12, 11];
const error = 2;
const data = [18, 47];

const spec = `sevens 1
${darkCounter}
experiment Run {
  source Dark
  detector Plain
  bins pe = [0, 1, 2] PE
  parameter mu = 1 in 0 .. 10
  background S { shape = [${signal.join(", ")}]; total = 40*mu }
  background B { events = [${background.join(", ")}]; errors = [${error}, ${error}] }
  data = [${data.join(", ")}]
}
analysis Fit {
  model = StandardModel
  experiments = Run
  free Run.mu
}
`;

/** Half of chi^2 at a strength and two shifts. */
function half([mu, ...shifts]: readonly number[]): number {
  return data.reduce((sum, n, i) => {
    const nu = mu! * signal[i]! + background[i]! + shifts[i]!;
    return sum + nu - n * Math.log(nu) + (shifts[i]! / error) ** 2 / 2;
  }, 0);
}

/** Minimises by halving steps along each direction in turn. */
function lowest(): readonly number[] {
  let at: readonly number[] = [1, 0, 0];
  for (let step = 0.5; step > 1e-9; step /= 2) {
    for (let moved = true; moved; ) {
      moved = false;
      for (const [i] of at.entries()) {
        for (const sign of [1, -1]) {
          const next = at.map((one, k) => (k === i ? one + sign * step : one));
          if (half(next) >= half(at) - 1e-14) continue;
          at = next;
          moved = true;
        }
      }
    }
  }
  return at;
}

/** Second derivatives by differences. */
function curvature(at: readonly number[]): readonly (readonly number[])[] {
  const h = 1e-3;
  const moved = (i: number, a: number, k: number, b: number): number =>
    half(at.map((one, j) => one + (j === i ? a : 0) + (j === k ? b : 0)));
  return at.map((_, i) =>
    at.map(
      (_, k) =>
        (moved(i, h, k, h) - moved(i, h, k, -h) - moved(i, -h, k, h) + moved(i, -h, k, -h)) / (4 * h * h),
    ),
  );
}

/** gᵀ H⁻¹ g, by Gauss's elimination. */
function varianceAlong(hessian: readonly (readonly number[])[], g: readonly number[]): number {
  const rows = hessian.map((row, i) => [...row, g[i]!]);
  for (const [i, pivot] of rows.entries()) {
    for (const [k, row] of rows.entries()) {
      if (k === i) continue;
      const factor = row[i]! / pivot[i]!;
      for (const [j] of row.entries()) row[j]! -= factor * pivot[j]!;
    }
  }
  return rows.reduce((sum, row, i) => sum + (g[i]! * row.at(-1)!) / row[i]!, 0);
}

test("the shifts of bins are in the error of the total", async () => {
  const table = await inFolder({ "spec.sevens": spec }, async (cwd) => {
    const { code, stderr } = await sevens(["plot", "spec.sevens", "-o", "a.svg", "--data", "a.csv"], { cwd });
    expect({ code, stderr: stderr.replaceAll(/wrote .*\n/g, "") }).toEqual({ code: 0, stderr: "" });
    return readFileSync(join(cwd, "a.csv"), "utf8").trim().split("\n");
  });
  const [head, ...rows] = table.map((line) => line.split(","));
  const column = head!.indexOf("total_error");
  const hessian = curvature(lowest());
  for (const [i, row] of rows.entries()) {
    const along = [signal[i]!, i === 0 ? 1 : 0, i === 1 ? 1 : 0];
    const wanted = Math.sqrt(varianceAlong(hessian, along));
    expect(Math.abs(Number(row[column]) / wanted - 1)).toBeLessThan(0.01);
  }
});
