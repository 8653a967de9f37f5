/** From generated code to the analysis that it makes; apart from what generates it, which worker threads do without. */
import type { CompiledAnalysis } from "../../runtime/compiled.ts";
import * as runtime from "../../runtime/index.ts";

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
