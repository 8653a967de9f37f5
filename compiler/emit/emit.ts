import Handlebars from "handlebars";
import type { Span } from "../../grammar/syntax.ts";
import type { Marks } from "./source-map.ts";
import { moduleTemplate } from "./template.ts";
import { analysisView, type EmittedAnalysis, importsOf } from "./view.ts";

export type ModuleFormat =
  | "typescript"
  | "javascript"
  | "javascript with WebAssembly"
  | "memory"
  | "memory with WebAssembly";

const render = Handlebars.compile(moduleTemplate, { noEscape: true, strict: true });

/** The text of a module, in TypeScript with its imports and `types`; in `memory` it is the body of a function of the runtime, for use at once. */
export function renderModule(
  analyses: readonly EmittedAnalysis[],
  header: readonly string[],
  format: ModuleFormat,
  marks?: Marks,
  types = "",
): string {
  const mark = marks && ((written: Span): string => marks.mark(written));
  const typescript = format === "typescript";
  const inMemory = format.startsWith("memory");
  return render({
    header,
    typescript,
    types,
    inMemory,
    imports: importsOf(analyses).join(", "),
    analyses: analyses.map((analysis) =>
      analysisView(analysis, typescript, format.endsWith("WebAssembly"), mark),
    ),
    creators: analyses
      .map(({ form: { name } }) => (inMemory ? `create${name}` : `${name}: create${name}`))
      .join(", "),
  });
}
