import Handlebars from "handlebars";
import type { CompiledAnalysis } from "../../runtime/compiled.ts";
import * as runtime from "../../runtime/index.ts";
import { moduleTemplate } from "./template.ts";
import { analysisView, type EmittedAnalysis, importsOf } from "./view.ts";

export type ModuleFormat =
  | "typescript"
  | "javascript"
  | "javascript with WebAssembly"
  | "memory"
  | "memory with WebAssembly";

const render = Handlebars.compile(moduleTemplate, { noEscape: true, strict: true });

/** The text of a module; in `memory` it is the body of a function of the runtime, for use at once. */
export function renderModule(
  analyses: readonly EmittedAnalysis[],
  header: readonly string[],
  format: ModuleFormat,
): string {
  const typescript = format === "typescript";
  const inMemory = format.startsWith("memory");
  return render({
    header,
    typescript,
    inMemory,
    imports: importsOf(analyses).join(", "),
    analyses: analyses.map((analysis) => analysisView(analysis, typescript, format.endsWith("WebAssembly"))),
    creators: analyses
      .map(({ form: { name } }) => (inMemory ? `create${name}` : `${name}: create${name}`))
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
