/**
 * The plugin for bundlers: `import { analyses } from "./zprime.sevens"`.
 *
 * The types of such an import are written beside the spec, as `zprime.d.sevens.ts`, which is where the TypeScript checker
 * and editors look for them under `allowArbitraryExtensions`. When the spec goes, so do the types that were written for it.
 */
import { existsSync, readFileSync } from "node:fs";
import { createUnplugin } from "unplugin";
import { type Diagnostic, lineMap, printDiagnostic, printDiagnostics } from "../diagnostics/index.ts";
import { OwnTypes } from "../disk/own-types.ts";
import { typesPath } from "../disk/paths.ts";
import { replaceFile } from "../disk/replace.ts";
import { type SpecModule, type SpecOptions, specModule } from "./spec-module.ts";

export interface SevensPluginOptions extends SpecOptions {
  /** Write the types of each spec beside it. True unless given. */
  readonly types?: boolean;
}

const spec = /\.sevens$/;

export const sevens = createUnplugin((options: SevensPluginOptions | undefined = {}, { framework }) => {
  const types = new OwnTypes();
  // A server of Vite starts once and tells of changes, esbuild starts with each build and tells of none.
  const removeOrphans = (): void => {
    types.removeOrphans();
  };
  return {
    name: "sevens",
    enforce: "pre",
    buildStart: removeOrphans,
    watchChange: removeOrphans,
    load: {
      filter: { id: spec },
      async handler(id) {
        const module = await specModule(id, options);
        for (const file of module.files) {
          // Files that are not there yet are worth watching, but to Vite each is an import.
          if (framework !== "vite" || existsSync(file)) this.addWatchFile(file);
        }
        const [first] = module.diagnostics.filter(({ severity }) => severity === "error");
        if (first !== undefined) {
          this.error(failure(first, module));
          // Some bundlers go on, and tell the error with the module.
          return { code: "export {};", map: null };
        }
        for (const warning of module.diagnostics) this.warn(printDiagnostic(warning, module.sources));
        if (options.types !== false && !isInPackage(id)) {
          const problem = writeTypes(types, id, module.parts["d.ts"] ?? "");
          if (problem !== undefined) this.warn(problem);
        }
        const { js, map } = module.parts;
        return js === undefined ? undefined : { code: js, map: map === undefined ? null : JSON.parse(map) };
      },
    },
    esbuild: { loader: () => "js" },
    webpack: asJavaScript,
    rspack: asJavaScript,
  };
});

/** Webpack takes a file for what its ending says, and does not know this one. */
function asJavaScript(compiler: {
  readonly options: { readonly module: { readonly rules: unknown[] } };
}): void {
  compiler.options.module.rules.push({ test: spec, type: "javascript/auto" });
}

/** All errors as the command line prints them, and the place of the first one in a bundler's terms. */
function failure(first: Diagnostic, { diagnostics, sources }: SpecModule) {
  const { file, start } = first.span;
  const { line, column } = lineMap(sources.get(file) ?? "").position(start);
  return {
    name: "SpecError",
    message: printDiagnostics(diagnostics, sources).trimEnd(),
    id: file,
    loc: { file, line, column: column - 1 },
  };
}

/** Packages of others are not written to. */
function isInPackage(path: string): boolean {
  return /[\\/]node_modules[\\/]/.test(path);
}

/** Leaves a file alone that says the same, so that nothing is built again because of it. What went wrong, in words. */
function writeTypes(types: OwnTypes, path: string, text: string): string | undefined {
  const target = typesPath(path);
  if (readIfThere(target) === text) return undefined;
  try {
    replaceFile(target, text);
    types.wrote(path, target, text);
    return undefined;
  } catch (error) {
    return `the types of the spec could not be written: ${error instanceof Error ? error.message : error}`;
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
