import Handlebars from "handlebars";
import type { CompiledAnalysis } from "../../runtime/compiled.ts";
import * as runtime from "../../runtime/index.ts";
import { moduleTemplate } from "./template.ts";
import { analysisView, type EmittedAnalysis, importsOf } from "./view.ts";

export type ModuleFormat = "typescript" | "javascript" | "memory";

const render = Handlebars.compile(moduleTemplate, { noEscape: true, strict: true });

/** The text of a module; `memory` is the body of a function of the runtime, the same code for use at once. */
export function renderModule(
  analyses: readonly EmittedAnalysis[],
  header: readonly string[],
  format: ModuleFormat,
): string {
  const typescript = format === "typescript";
  return render({
    header,
    typescript,
    inMemory: format === "memory",
    imports: importsOf(analyses).join(", "),
    analyses: analyses.map((analysis) => analysisView(analysis, typescript)),
    creators: analyses
      .map(({ form: { name } }) => (format === "memory" ? `create${name}` : `${name}: create${name}`))
      .join(", "),
  });
}

/** Runs the generated code of one analysis. */
export function instantiateCode(code: string, name: string): CompiledAnalysis {
  const make: unknown = new Function("runtime", code)(runtime);
  if (typeof make !== "object" || make === null) throw new Error("generated code returned nothing");
  const create: unknown = Reflect.get(make, `create${name}`);
  if (typeof create !== "function") throw new Error(`generated code has no ${name}`);
  const analysis: unknown = Reflect.apply(create, undefined, []);
  if (!isCompiledAnalysis(analysis)) throw new Error(`generated code of ${name} is not an analysis`);
  return analysis;
}

function isCompiledAnalysis(value: unknown): value is CompiledAnalysis {
  return typeof value === "object" && value !== null && "counts" in value && "parameters" in value;
}
