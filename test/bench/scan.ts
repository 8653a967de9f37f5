/** Profiles: the smallest χ² over the nuisances at the points of a grid. */
import { existsSync } from "node:fs";
import { load } from "../../compiler/index.ts";
import { type CompiledAnalysis, chiSquare, type Minimum, minimise } from "../../runtime/index.ts";
import { compiled, host, modelOf, modelOfExample, root } from "../physics/compile.ts";
import { bestOf, sink } from "./measure.ts";
import { atLeast, atMost, type Row } from "./report.ts";

const group = "Profiles of the CsI likelihood";

function between(low: number, high: number, points: number): readonly number[] {
  return Array.from({ length: points }, (_, i) => low + ((high - low) * i) / (points - 1));
}

/** Profiles along lines of the grid's last axis; each point starts from its neighbour, each line from the first. */
function profile(analysis: CompiledAnalysis, axes: Readonly<Record<string, readonly number[]>>): void {
  const names = Object.keys(axes);
  const objective = chiSquare(analysis, { fix: names });
  const indices = names.map((name) => objective.names.indexOf(name));
  const [outer = [Number.NaN], inner] =
    names.length === 1 ? [undefined, axes[names[0]!]!] : Object.values(axes);
  for (const first of outer) {
    let before: Minimum | undefined;
    for (const last of inner!) {
      const from = Float64Array.from(before?.x ?? objective.start);
      if (names.length > 1) from[indices[0]!] = first;
      from[indices[indices.length - 1]!] = last;
      const options = { verify: false, ...(before ? { metric: before.metric } : {}) };
      before = minimise({ ...objective, start: from }, options);
      if (!before.converged) throw new Error(`no minimum at ${[first, last].join(", ")}`);
      sink.value += before.value;
    }
  }
}

export async function scanRows(): Promise<readonly Row[]> {
  const grid = compiled(modelOf(load(`${root}/test/bench/grid.sevens`, host))).analysis;
  const all = compiled(modelOfExample("coherent-csi/response-systematics.sevens")).analysis;
  const masses = between(0, 3, 100).map((power) => 10 ** power);
  const couplings = between(-5.5, -3.5, 100).map((power) => 10 ** power);
  const oneCore = await bestOf(2, () => profile(grid, { M_Zp: masses, g_Zp: couplings }));
  const line = await bestOf(3, () => profile(all, { Rn: between(4, 7, 41) }));
  return [
    {
      group,
      name: "100 x 100 points (mass, coupling), 4 nuisances",
      value: oneCore / 1000,
      unit: "s",
      target: atMost(10),
      note: `one core, ${(oneCore / 10).toPrecision(3)} us a point`,
    },
    twoCores(),
    {
      group,
      name: "41 points of Rn, all nuisances",
      value: line / 1000,
      unit: "s",
      target: atMost(1),
      note: `one core, ${(line / 41).toPrecision(3)} ms a point`,
    },
  ];
}

/** The slot of the scan verb: the same grid by the command line with one worker and with two. */
function twoCores(): Row {
  const name = "the same on one core / on two";
  const verb = existsSync(`${root}/compiler/cli/verbs/scan.ts`);
  const note = verb ? "not yet measured by this benchmark" : "waits for `sevens scan`";
  return { group, name, target: atLeast(1.8), note };
}
