/** How the cost of an evaluation and of a gradient grows with the work, against what the stages predict. */

import { readFileSync } from "node:fs";
import type { Group } from "../../compiler/kernel/form.ts";
import { chiSquare } from "../../runtime/index.ts";
import { type Compiled, compiled, modelOfText, root } from "../physics/compile.ts";
import { type Contestant, calling, interleaved, quiet } from "./measure.ts";
import { microseconds, type Row } from "./report.ts";

interface Size {
  readonly lightBins: number;
  readonly nuclei: number;
  /** Parameters of the interactions and nuclei beyond the radii. */
  readonly parameters: number;
  readonly experiments: number;
}

const base: Size = { lightBins: 9, nuclei: 2, parameters: 3, experiments: 1 };

const nuclei = [
  ...["Cs133", "I127", "Xe128", "Xe129", "Xe130"],
  ...["Xe131", "Xe132", "Xe134", "Xe136", "Ge74"],
];

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}

/** The detector of the library with another target. */
function detectorText(): string {
  const text = readFileSync(`${root}/models/detectors/CsINa.sevens`, "utf8");
  return text
    .replace(/^[\s\S]*?use materials \{ CsI \}/, "")
    .replace(/\/\/\/ The same crystal with its answer to electrons[\s\S]*$/, "")
    .replace("detector CsINa", "detector Crystal")
    .replace("target CsI", "target Mixture");
}

/** A polynomial of the momentum transfer in the weak charge, each coefficient a parameter. */
function interactionText(terms: readonly number[]): string {
  if (terms.length === 0) return "";
  return `
interaction Extra {
  ${terms.map((k) => `parameter c${k} = 0.01 in -1 .. 1`).join("\n  ")}
  charge[l] += N * Fn(q) * (${terms.map((k) => `c${k} * (q/(100 MeV))^${k}`).join(" + ")})
}`;
}

function specText(size: Size): string {
  const targets = nuclei.slice(0, size.nuclei);
  const extra = range(size.parameters - base.parameters);
  const names = range(size.experiments).map((i) => `Run${i}`);
  const edges = `0, ${60 / size.lightBins} .. 60 step ${60 / size.lightBins}`;
  return `
use nuclei { ${targets.join(", ")} }
use interactions { StandardModel, UniversalVector }
use sources { SNS }
material Mixture = { ${targets.map((name) => `${name}: 1`).join(", ")} }
${detectorText()}
${interactionText(extra)}
${names
  .map(
    (name, i) => `
experiment ${name} {
  source SNS {
    protons = 3.198e23 POT
    distance = ${19.3 + i} m
  }
  detector Crystal
  bins pe   = [${size.lightBins === 9 ? "0, 8, 12, 16, 20, 24, 32, 40, 50, 60" : edges}] PE
  bins time = [0, 0.125 .. 1 step 0.125, 2, 4, 6] us
  background Flat {
    shape(n, t) = 1/(60 PE)/(6 us)
    total = 1286 +- 2.1%
  }
  systematic norm = 12% on signal
}`,
  )
  .join("\n")}
analysis Growth {
  model = StandardModel + UniversalVector${extra.length > 0 ? " + Extra" : ""}
  experiments = ${names.join(", ")}
  ${targets.map((name) => `free ${name}.Rn`).join("\n  ")}
  free s2w
  free g_Zp
  free M_Zp
  ${extra.map((k) => `free c${k}`).join("\n  ")}
}
`;
}

interface Case {
  readonly name: string;
  readonly compiled: Compiled;
  readonly fitted: number;
  readonly predicted: { readonly value: number; readonly gradient: number };
}

function makeCase(name: string, change: Partial<Size>): Case {
  const made = compiled(modelOfText(specText({ ...base, ...change })));
  const { kernel, emitted } = made.unit;
  const roles = new Map(emitted.form.parameters.map(({ parameter, role }) => [parameter.name, role]));
  const moves = (reads: readonly string[]): boolean => reads.some((read) => roles.get(read) !== "fixed");
  const cost = (groups: readonly Group[]): number =>
    kernel.stages
      .filter(({ group, reads }) => groups.includes(group) && moves(reads))
      .reduce((sum, stage) => sum + stage.cost, 0);
  const value: readonly Group[] = ["shared", "direct", "counts", "likelihood"];
  const predicted = { value: cost(value), gradient: cost([...value, "slopes"]) };
  const fitted = made.analysis.parameters.filter(({ role }) => role !== "fixed").length;
  return { name, compiled: made, fitted, predicted };
}

function contestants({ name, compiled: { analysis } }: Case): readonly Contestant[] {
  const objective = chiSquare(analysis);
  const x = Float64Array.from(objective.start);
  const out = new Float64Array(x.length);
  const move = (step: number): void => {
    for (const i of objective.fitted)
      x[i] = objective.start[i]! * (1 + 1e-4 * (step % 7)) + 1e-6 * (step % 7);
  };
  const { gradient } = objective;
  if (gradient === undefined) throw new Error(`${name} has no gradient`);
  return [
    calling(`${name} value`, 30, (step) => {
      move(step);
      return objective.value(x);
    }),
    calling(`${name} gradient`, 10, (step) => {
      move(step);
      gradient(x, out);
      return out[0]!;
    }),
  ];
}

export async function growthRows(rounds: number): Promise<readonly Row[]> {
  const first = makeCase("base", {});
  const cases = [
    makeCase("bins x 10", { lightBins: 90 }),
    makeCase("isotopes x 5", { nuclei: 10 }),
    makeCase("parameters x 5", { parameters: base.parameters + 4 * first.fitted }),
    makeCase("experiments x 3", { experiments: 3 }),
  ];
  const samples = await interleaved([first, ...cases].flatMap(contestants), Math.ceil(rounds / 4));
  const rows = cases.flatMap((one) =>
    (["value", "gradient"] as const).map((what): Row => {
      const time = quiet(samples, `${one.name} ${what}`);
      const before = quiet(samples, `base ${what}`);
      const predicted = one.predicted[what] / first.predicted[what];
      const note = `stages predict ${predicted.toPrecision(3)}; ${microseconds(before)} -> ${microseconds(time)}`;
      return { group: "Growth", name: `${one.name}: ${what}`, value: time / before, unit: "ratio", note };
    }),
  );
  return rows.map((row) => ({ ...row, group: `Cost as work grows (from ${first.fitted} parameters)` }));
}
