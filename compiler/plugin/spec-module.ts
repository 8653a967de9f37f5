/** A spec on disk as a module for a bundler. */
import { readFileSync } from "node:fs";
import { basename, dirname, relative } from "node:path";
import { type BuiltModule, buildModule } from "../build/build.ts";
import { check } from "../check/index.ts";
import { type Diagnostic, hasErrors, inFiles } from "../diagnostics/index.ts";
import { diskCache } from "../disk/cache.ts";
import { diskHost } from "../disk/host.ts";
import { lockFindings, lockPath } from "../disk/lock-file.ts";
import { projectFolder, withSlashes } from "../disk/paths.ts";
import { contentHash } from "../interchange/hash.ts";
import { nodeSha256 } from "../interchange/hash-node.ts";
import { toDocument } from "../interchange/write.ts";
import { loadText } from "../load/index.ts";
import type { CompileOptions } from "../pipeline.ts";

export interface SpecOptions extends Pick<CompileOptions, "precision"> {
  /** Stages of fits as WebAssembly, several times as fast. */
  readonly wasm?: boolean;
  /** Keep what was compiled in `node_modules/.cache/sevens`. True unless given. */
  readonly cache?: boolean;
}

export interface SpecModule {
  readonly parts: BuiltModule["parts"];
  /** Errors first. With an error there are no parts. */
  readonly diagnostics: readonly Diagnostic[];
  /** Text of each file that a diagnostic can be in, by path on disk. */
  readonly sources: ReadonlyMap<string, string>;
  /** Files of the project that it depends on. */
  readonly files: readonly string[];
}

/** Reads, checks and builds a spec. Paths in what it gives back are those on disk. */
export async function specModule(path: string, options: SpecOptions): Promise<SpecModule> {
  const host = diskHost(projectFolder(dirname(path)));
  const file = host.nameOf(path);
  const text = readFileSync(path, "utf8");
  const { model, diagnostics } = loadText(text, file, host, { project: "" });
  const locked = model === undefined ? { diagnostics: [] } : lockFindings(model, host, nodeSha256);
  const found = [...diagnostics, ...(model === undefined ? [] : check(model)), ...locked.diagnostics];
  const sources = new Map([[path, text]]);
  if (locked.text !== undefined) sources.set(lockPath(host), locked.text);
  for (const [name, source] of model?.sources ?? []) sources.set(host.pathOf(name), source);
  const said = (all: readonly Diagnostic[]): SpecModule => ({
    parts: {},
    diagnostics: all.map((one) => inFiles(one, host.pathOf)),
    sources,
    files: [...new Set([path, ...host.asked])],
  });
  if (model === undefined || hasErrors(found)) return said(found);
  const built = await buildModule(
    model,
    {
      formats: [options.wasm === true ? "wasm" : "js", "dts"],
      options: options.precision === undefined ? {} : { precision: options.precision },
      hash: contentHash(toDocument(model), nodeSha256),
      map: {
        file: `${basename(path)}.js`,
        nameOf: (name) => withSlashes(relative(dirname(path), host.pathOf(name))),
      },
    },
    options.cache === false ? undefined : diskCache(host.project),
  );
  return { ...said([...found, ...built.diagnostics]), parts: built.parts };
}
