/** What is stored, in which stage, and that a stage runs only when a parameter that it reads has moved. */
import { describe, expect, test } from "vitest";
import { renderModule } from "../../compiler/emit/emit.ts";
import type { Group, KernelExpr, KernelProgram, KernelStatement } from "../../compiler/kernel/form.ts";
import { reservedNames } from "../../compiler/kernel/names.ts";
import { Graph } from "../../compiler/rate/graph.ts";
import { buildKernel } from "../../compiler/stage/build-kernel.ts";
import { parts, walk } from "../../compiler/stage/dead-stores.ts";
import { plan } from "../../compiler/stage/plan.ts";
import * as runtime from "../../runtime/index.ts";
import { type Compiled, compiled, modelOfExample, vector } from "../physics/compile.ts";

const noMoves = { fitted: [], couplings: [], templates: 0, gradient: [] };

/** Two parameters and an array: out[i] = exp(a) exp(sin(x[i])) + cosh(b) sinh(b). */
function small(): KernelProgram {
  const graph = new Graph();
  const [a, b] = [graph.parameter("a"), graph.parameter("b")];
  const axis = graph.axis("bins", 4, true);
  const x = graph.data("x", [axis], { kind: "values", values: [1, 2, 3, 4] });
  const wave = graph.call("exp", graph.call("sin", x));
  const slow = graph.multiply(graph.call("cosh", b), graph.call("sinh", b));
  const node = graph.add(graph.multiply(graph.call("exp", a), wave), slow);
  const isFitted = (): boolean => true;
  return buildKernel(plan(graph, { outputs: { counts: new Map([["out", node]]) }, isFitted }), noMoves);
}

describe("a small plan", () => {
  const program = small();

  test("has one stage for each set of parameters, those with fewer first", () => {
    const reads = program.stages.map((stage) => stage.reads.join(" "));
    expect(new Set(reads).size).toBe(reads.length);
    expect(reads[0]).toBe("");
    expect(reads.at(-1)).toBe("a b");
  });

  test("stores arrays over the bins, and as scalars what has no bins", () => {
    for (const { sizes } of program.arrays) expect(sizes).toEqual([4]);
    expect(program.scalars.length).toBeGreaterThan(0);
    expect(program.outputs.get("out")?.size).toBe(4);
  });

  test("computes the expensive part that is free of parameters once, at load", () => {
    const called = (statements: readonly KernelStatement[]): ReadonlySet<string> => {
      const names = new Set<string>();
      const visit = (value: KernelExpr): void => {
        if (value.kind === "call") names.add(value.function);
        parts(value).forEach(visit);
      };
      walk(statements, visit);
      return names;
    };
    expect(called(program.stages[0]?.statements ?? [])).toContain("sin");
    for (const stage of program.stages.slice(1)) expect(called(stage.statements)).not.toContain("sin");
  });
});

/** Array and scalar names that an expression reads. */
function readsOf(value: KernelExpr, found: Set<string>): void {
  if (value.kind === "element") found.add(value.array);
  if (value.kind === "name") found.add(value.name);
  for (const part of parts(value)) readsOf(part, found);
}

function writesOf(statements: readonly KernelStatement[], found: Set<string>): void {
  for (const statement of statements) {
    if (statement.kind === "assign") found.add(statement.name);
    if (statement.kind === "store") found.add(statement.array);
    if ("body" in statement) writesOf(statement.body, found);
  }
}

/** A copy of the generated code that tells which stages run. */
function watched({ unit }: Compiled): { analysis: runtime.CompiledAnalysis; ran: () => readonly string[] } {
  let seen: string[] = [];
  const text = renderModule([unit.emitted], [], "memory");
  const code = text.replace(/function (stage\d+)\(\) \{/g, "$& runtime.ran('$1');");
  const create: unknown = new Function("runtime", code)({
    ...runtime,
    ran: (name: string) => void seen.push(name),
  });
  const make: unknown =
    typeof create === "object" && create !== null ? Reflect.get(create, `create${unit.name}`) : undefined;
  const analysis: unknown = typeof make === "function" ? Reflect.apply(make, undefined, []) : undefined;
  if (!isAnalysis(analysis)) throw new Error("the code makes no analysis");
  return {
    analysis,
    ran: () => {
      const names = seen;
      seen = [];
      return names;
    },
  };
}

function isAnalysis(value: unknown): value is runtime.CompiledAnalysis {
  return typeof value === "object" && value !== null && "counts" in value && "parameters" in value;
}

describe("the kernel of the response systematics", () => {
  const spec = compiled(modelOfExample("coherent-csi/response-systematics.sevens"));
  const { kernel } = spec.unit;

  test("every value is stored before it is read", () => {
    const known = new Set(kernel.data.map(({ name }) => name));
    const stored = new Set([...kernel.scalars, ...kernel.arrays.map(({ name }) => name)]);
    for (const stage of kernel.stages) {
      for (const statement of stage.statements) {
        const reads = new Set<string>();
        walk([statement], (value) => readsOf(value, reads));
        for (const name of reads) if (stored.has(name)) expect(known, stage.name).toContain(name);
        writesOf([statement], known);
      }
    }
  });

  test("nothing is stored that nobody reads, and no name is a word of the language", () => {
    const read = new Set([...kernel.outputs.values()].map(({ name }) => name));
    for (const { statements } of kernel.stages) walk(statements, (value) => readsOf(value, read));
    for (const { name } of kernel.arrays) expect(read).toContain(name);
    for (const name of kernel.scalars) expect(read).toContain(name);
    for (const { name } of kernel.arrays) expect(reservedNames.has(name)).toBe(false);
  });

  const asked: ReadonlySet<Group> = new Set(["shared", "direct", "counts", "likelihood", "slopes", "detail"]);

  test("a stage runs when a parameter that it reads has moved, and only then", () => {
    const { analysis, ran } = watched(spec);
    const internal = new Map(spec.unit.emitted.form.parameters.map((one) => [one.name, one.parameter.name]));
    const x = vector(analysis);
    analysis.counts(x);
    const first = ran();
    const counted = kernel.stages.filter(({ group }) => asked.has(group));
    expect([...first].sort()).toEqual(counted.map(({ name }) => name).sort());
    analysis.parameters.forEach(({ name }, i) => {
      x[i] = (x[i] ?? 0) * 1.001 + 1e-4;
      analysis.counts(x);
      const parameter = internal.get(name) ?? "";
      const expected = counted.filter(({ reads }) => reads.includes(parameter)).map((stage) => stage.name);
      expect([...ran()].sort(), name).toEqual(expected.sort());
    });
    analysis.counts(x);
    expect(ran()).toEqual([]);
  });

  const counting: ReadonlySet<Group> = new Set(["shared", "direct", "counts"]);

  test("moving a background repeats little work, moving the radius none of the response", () => {
    const cost = (parameter: string): number =>
      kernel.stages
        .filter(({ reads, group }) => counting.has(group) && reads.includes(parameter))
        .reduce((sum, stage) => sum + stage.cost, 0);
    expect(cost("CsI2021.BRN")).toBeLessThan(cost("ResponseSystematics.Rn") / 4);
    expect(cost("ResponseSystematics.Rn")).toBeLessThan(cost("CsINa.qf0") / 4);
    const response = kernel.stages.filter(({ makes }) => makes.includes("response_pe_CsINa"));
    expect(response.length).toBeGreaterThan(0);
    for (const { reads } of response) expect(reads).not.toContain("ResponseSystematics.Rn");
  });
});

describe("what details and gradients share", () => {
  const graph = new Graph();
  const [a, b] = [graph.parameter("a"), graph.parameter("b")];
  const axis = graph.axis("bins", 4, true);
  const x = graph.data("x", [axis], { kind: "values", values: [1, 2, 3, 4] });
  const y = graph.data("y", [axis], { kind: "values", values: [4, 3, 2, 1] });
  const wave = graph.call("exp", graph.multiply(b, y));
  const slope = graph.add(x, wave);
  const detail = graph.multiply(a, slope);
  const total = graph.add(graph.multiply(a, x), graph.multiply(a, wave));
  const { stages, outputs } = buildKernel(
    plan(graph, {
      outputs: {
        counts: new Map([["total", total]]),
        detail: new Map([["detail", detail]]),
        jacobian: new Map([["slope", slope]]),
      },
      isFitted: () => true,
    }),
    { ...noMoves, fitted: ["a", "b"], gradient: ["a"] },
  );

  test("is computed by a stage of its own among the details, which run before the derivatives", () => {
    const name = outputs.get("slope")?.name ?? "";
    const makers = stages.filter(({ statements }) =>
      JSON.stringify(statements).includes(`"array":"${name}"`),
    );
    expect(makers[0]).toMatchObject({ group: "detail", reads: ["b"] });
  });
});
