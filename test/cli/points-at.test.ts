/** Points of integrals are chosen at the values of a spec: where an analysis ends far from there, it is told. */
import { describe, expect, it } from "vitest";
import { darkCounter } from "../physics/spec-parts.ts";
import { sevens } from "./harness.ts";

const decay = (lifetime: number): string => `sevens 1
${darkCounter}
experiment Run {
  source Dark
  detector Plain
  bins pe = [0, 2, 4, 6, 8, 10] PE
  parameter size = 100 in 0 .. 5000
  parameter life = ${lifetime} in 0.05 .. 20
  background Decay { events(n) = size/(life * 1 PE) * exp(-n/(life * 1 PE)) }
  background Flat { events(n) = 100 / (10 PE) }
  data = [120, 21, 20, 20, 20]
}
analysis Lifetime {
  model = StandardModel
  experiments = Run
  free Run.size
  free Run.life
}
`;

const far = "the points of integrals were chosen at the values of the spec";
const axes = ["--grid", "Run.life in 0.05 .. 2 3 points", "--grid", "Run.size in 60 .. 160 3 points"];

describe("points chosen far from where an analysis ends", () => {
  it.each([
    ["fit", []],
    ["limit", ["--parameter", "Run.life"]],
    ["scan", axes.slice(0, 2)],
    ["contour", axes],
    ["sample", ["--draws", "20", "--warmup", "100"]],
  ])("%s says so", async (verb, options) => {
    const { stderr } = await sevens([verb, "-", ...options], { stdin: decay(12) });
    expect(stderr).toContain("warning[SV1815]: at ");
    expect(stderr).toContain(far);
    expect(stderr).toMatch(/have them chosen there: `--set "Run\.size=[\d.]+" --set "Run\.life=[\d.e-]+"`/);
  });

  it("the setting that it proposes gives the right numbers", async () => {
    const stdin = decay(12);
    const { stderr } = await sevens(["fit", "-"], { stdin });
    const settings = [.../`(--set .*)`/.exec(stderr)![1]!.matchAll(/"([^"]*)"/g)].flatMap(([, text]) => [
      "--set",
      text!,
    ]);
    const there = await sevens(["rates", "-", "--format", "json", ...settings], { stdin });
    expect(there.stderr).toBe("");
    const [size, life] = settings.filter((one) => one !== "--set").map((one) => Number(one.split("=")[1]));
    const [run] = JSON.parse(there.stdout).experiments;
    const counts: readonly number[] = run.components.Decay.counts;
    for (const [bin, count] of counts.entries()) {
      const exact = size! * (Math.exp((-2 * bin) / life!) - Math.exp((-2 * bin - 2) / life!));
      expect(count).toBeCloseTo(exact, 4);
    }
  });

  it("is silent where they serve", async () => {
    const { stderr } = await sevens(["scan", "-", "--grid", "Run.life in 0.2 .. 2 4 points"], {
      stdin: decay(0.3),
    });
    expect(stderr).toBe("");
  });
});
