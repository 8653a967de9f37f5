/** A well that the usual search does not fall into: `--starts` finds it for every verb that looks for minima. */
import { expect, test } from "vitest";
import { sevens } from "../infrastructure/command-line.ts";
import { csiAnalysis } from "../physics/spec-parts.ts";

/** χ² is 60 lower in a well of a thousandth of the volume, and has no slope towards it elsewhere. */
const well = csiAnalysis(
  "Well",
  `
  parameter a = 0 in -1 .. 1
  parameter b = 0 in -1 .. 1
  parameter c = 0 in -1 .. 1
  constraint well {
    value = 8 - 8*exp(-((a - 0.63)^2 + (b + 0.41)^2 + (c - 0.22)^2)/0.006)
    measured = 0 +- 1
  }
  constraint slope_a {
    value = a
    measured = 0 +- 0.5
  }
  constraint slope_b {
    value = b
    measured = 0 +- 0.5
  }
  constraint slope_c {
    value = c
    measured = 0 +- 0.5
  }
  interval = 90%`,
);

const starts = ["--starts", "1000", "--seed", "1"];

async function json(...args: readonly string[]) {
  const { exitCode, stdout, stderr } = await sevens([...args, "--format", "json"], { stdin: well });
  expect(exitCode, stderr).toBe(0);
  return JSON.parse(stdout);
}

test("scan: the lowest point of the grid is in the well", async () => {
  const scan = (...more: readonly string[]) => json("scan", "-", "--grid", "a = 0, 0.63", ...more);
  const [without, found] = [await scan(), await scan(...starts)];
  expect(without.minimum - found.minimum).toBeGreaterThan(50);
  expect(found.points[1].profiled.at(-1)).toBeCloseTo(0.22, 1);
});

test("limit: the best value and what is not excluded are in the well", async () => {
  const limit = (...more: readonly string[]) => json("limit", "-", "--parameter", "Well.a", ...more);
  const [without, { observed }] = [await limit(), await limit(...starts)];
  expect(without.observed.best).toBeCloseTo(0, 6);
  expect(observed.best).toBeCloseTo(0.63, 1);
});

test("sample: chains begin in the well, and agree", async () => {
  const draws = ["--chains", "2", "--draws", "500", "--warmup", "200"];
  const { parameters } = await json("sample", "-", ...draws, ...starts);
  const a = parameters.find(({ name }: { name: string }) => name === "a");
  expect(a.mean).toBeCloseTo(0.62, 1);
  expect(a.deviation).toBeLessThan(0.05);
});

test("contour: random points are of the search for the minimum as well", async () => {
  const plane = ["--grid", "a in 0 .. 0.9 4 points", "--grid", "b in -0.9 .. 0 4 points"];
  const { best } = await json("contour", "-", ...plane, ...starts);
  expect(best[0]).toBeCloseTo(0.63, 1);
});
