/** Walls within the ranges of parameters: fits and scans go on behind them, and say where chi2 is not finite. */
import { expect, test } from "vitest";
import { sevens } from "../infrastructure/command-line.ts";
import { darkCounter } from "../physics/spec-parts.ts";

const spec = (bump: string): string => `sevens 1
${darkCounter}experiment Run {
  source Dark
  detector Plain
  bins pe = [0, 2, 4, 6, 8, 10] PE
  parameter k = 0.5 in -1 .. 4
  parameter b = 1 in 0.1 .. 5
  background Bump { events(n) = 30 * ${bump} * normal_pdf(n, 5.3 PE, 1 PE) }
  background Flat { events(n) = b * 10 / (10 PE) }
  data = [2, 6, 14, 6, 2]
}
analysis Fit {
  model = StandardModel
  experiments = Run
  free Run.k
  free Run.b
  interval = 3sigma
}
`;

/** The wall is at k = b/2: k has to move with b. */
const slanted = spec("(k - b/2)^0.5");
/** Without a wall, over the same events. */
const straight = spec("max(k, 0)");
const wall = spec("k^0.5");

async function intervalOf(stdin: string, name: string) {
  const { exitCode, stdout, stderr } = await sevens(["fit", "-", "--format", "json"], { stdin });
  expect(exitCode, stderr).toBe(0);
  const [{ intervals }] = JSON.parse(stdout).analyses;
  return intervals.find(({ parameter }: { parameter: string }) => parameter === name).regions;
}

test("an interval goes on where the other parameters have to move away from a wall", async () => {
  const [[found], [free]] = [await intervalOf(slanted, "Run.b"), await intervalOf(straight, "Run.b")];
  expect(found.status).toEqual(["found", "found"]);
  expect(found.low).toBeCloseTo(free.low, 3);
  expect(found.high).toBeCloseTo(free.high, 3);
});

test("a scan tells of points behind a wall as a fit does, with the values that make them", async () => {
  const { exitCode, stdout, stderr } = await sevens(["scan", "-", "--grid", "k in -1 .. 1 5 points"], {
    stdin: wall,
  });
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/chi2 is not finite at 2 of 5 points, the first with Run\.k = -1, Run\.b = 1\.\d+/);
  const rows = stdout.trim().split("\n").slice(1);
  expect(rows[0]).toMatch(/^-1,nan,nan,1\.\d+,false$/);
  expect(rows[3]).toMatch(/,true$/);
});

test("a scan that is behind a wall everywhere has failed", async () => {
  const { exitCode, stderr } = await sevens(["scan", "-", "--grid", "k in -1 .. -0.5 3 points"], {
    stdin: wall,
  });
  expect(exitCode).not.toBe(0);
  expect(stderr).toContain("SV1803");
});
