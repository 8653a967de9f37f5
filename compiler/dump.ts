/** Every form of the pipeline as text, for `--dump` and golden files. */
import { format } from "../grammar/format.ts";
import { parse } from "../grammar/index.ts";
import { toDocument } from "./interchange/write.ts";
import type { KernelStatement } from "./kernel/form.ts";
import type { Model } from "./model/model.ts";
import { dumpExpressions } from "./rate/print.ts";
import type { Unit } from "./unit.ts";

export const dumpStages = ["syntax", "model", "rate", "kernel", "code"] as const;
export type DumpStage = (typeof dumpStages)[number];

export function dump(stage: DumpStage, model: Model, units: readonly Unit[]): string {
  switch (stage) {
    case "syntax": {
      const text = model.sources.get(model.file) ?? "";
      return format(parse(text, model.file).tree, text);
    }
    case "model":
      return `${JSON.stringify(toDocument(model), null, 2)}\n`;
    case "rate":
      return units.map((unit) => `# ${unit.name}\n${dumpExpressions(unit.graph, unit.outputs)}`).join("\n");
    case "kernel":
      return units.map((unit) => `# ${unit.name}\n${JSON.stringify(kernelView(unit), null, 2)}\n`).join("\n");
    case "code":
      return units.map((unit) => unit.code).join("\n");
  }
}

/** The kernel form as data; maps become objects. */
function kernelView({ kernel }: Unit): object {
  const { data, tables, scalars, arrays, stages, outputs } = kernel;
  return {
    data: data.map(({ name, source }) => ({
      name,
      source:
        "boundaries" in source
          ? { ...source, boundaries: source.boundaries.map((row) => row.map(finite)) }
          : source,
    })),
    tables: tables.map(({ name }) => name),
    scalars,
    arrays,
    stages: stages.map((stage) => ({ ...stage, statements: stage.statements.map(withoutPlaces) })),
    outputs: Object.fromEntries(outputs),
  };
}

/** Places in the spec change with every line of a file; the text of the code names the lines. */
function withoutPlaces(statement: KernelStatement): KernelStatement {
  const { written, ...rest } = { written: undefined, ...statement };
  if (rest.kind === "loop") return { ...rest, body: rest.body.map(withoutPlaces) };
  if (rest.kind !== "sum") return rest;
  const terms = rest.terms.map(({ name, term }) => ({ term, name }));
  return { ...rest, body: rest.body.map(withoutPlaces), terms };
}

/** Infinities have no JSON. */
function finite(x: number): number | string {
  return Number.isFinite(x) ? x : String(x);
}
