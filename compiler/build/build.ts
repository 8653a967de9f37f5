/** From a sound model to the texts of its module, or to those that the same model gave before. */
import { type Diagnostic, hasErrors } from "../diagnostics/diagnostic.ts";
import { type BuildFormat, emitMappedModule, emitModule } from "../emit/module.ts";
import type { SourceMapNaming } from "../emit/source-map.ts";
import type { Model } from "../model/model.ts";
import { type CompileOptions, compile } from "../pipeline.ts";

/** What is written of a module, by the ending of its file. */
export type ModulePart = "ts" | "js" | "d.ts" | "map";

export interface BuildRequest {
  readonly formats: readonly BuildFormat[];
  readonly options: CompileOptions;
  /** Content hash of the model. */
  readonly hash: string;
  /** Asks for a map, from the names of the files to the specs. */
  readonly map?: SourceMapNaming;
}

export interface BuiltModule {
  readonly parts: Readonly<Partial<Record<ModulePart, string>>>;
  /** Names of the analyses (or experiments) in it. */
  readonly names: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Texts by keys; what it gives back is what was put in, or nothing. */
export interface TextCache {
  read(key: string): string | undefined;
  write(key: string, text: string): void;
  /** The key of a content. */
  keyOf(content: string): string;
}

const partOf: Readonly<Record<BuildFormat, ModulePart>> = { ts: "ts", js: "js", wasm: "js", dts: "d.ts" };

/** Builds a module, unless the cache has it. One with errors has no parts. */
export async function buildModule(
  model: Model,
  request: BuildRequest,
  cache?: TextCache,
): Promise<BuiltModule> {
  const key = cache?.keyOf(contentOf(model, request));
  const known = key === undefined ? undefined : read(cache?.read(key));
  if (known !== undefined) return known;
  const built = await build(model, request);
  if (key !== undefined) cache?.write(key, JSON.stringify(built));
  return built;
}

/** All that the texts depend on: comments in them quote the specs, so their text counts as well as their meaning. */
function contentOf({ file, sources }: Model, { formats, options, hash, map }: BuildRequest): string {
  const texts = [...sources].sort(([a], [b]) => (a < b ? -1 : 1));
  const names = map && { file: map.file, sources: texts.map(([one]) => map.nameOf(one)) };
  return JSON.stringify({ file, hash, formats, options, names, texts });
}

async function build(model: Model, { formats, options, hash, map }: BuildRequest): Promise<BuiltModule> {
  const compilation = compile(model, options);
  const { diagnostics, units } = compilation;
  const names = units.map(({ name }) => name);
  const parts: Partial<Record<ModulePart, string>> = {};
  if (hasErrors(diagnostics)) return { parts, names, diagnostics };
  for (const format of formats) {
    if (map === undefined || format === "dts") {
      parts[partOf[format]] = await emitModule(model, compilation, format, hash);
    } else {
      const mapped = await emitMappedModule(model, compilation, format, { hash, ...map });
      parts[partOf[format]] = mapped.code;
      parts.map = mapped.map;
    }
  }
  return { parts, names, diagnostics };
}

function read(text: string | undefined): BuiltModule | undefined {
  return text === undefined ? undefined : JSON.parse(text);
}
