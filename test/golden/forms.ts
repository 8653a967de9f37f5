/** Every form of a spec as text, and the files that hold what they should be. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  contentHash,
  dump,
  dumpStages,
  emitModule,
  load,
  type Model,
  toDocument,
} from "../../compiler/index.ts";
import { type Compiled, compiled, host, modelOf, root } from "../physics/compile.ts";

export const folder = fileURLToPath(new URL(".", import.meta.url));

/** The spec that is small enough to be kept as text in every form. */
export const tiny = join(folder, "tiny.sevens");

/** Every example of the repository, by its path in `examples/`. */
export function examples(): readonly string[] {
  const all = readdirSync(join(root, "examples"), { recursive: true, encoding: "utf8" });
  return all
    .filter((path) => path.endsWith(".sevens"))
    .map((path) => path.replaceAll("\\", "/"))
    .sort();
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

export function hashOf(model: Model): string {
  return contentHash(toDocument(model), sha256);
}

export interface Forms {
  readonly compiled: Compiled;
  /** File extension of each form, and its text. */
  readonly texts: ReadonlyMap<string, string>;
}

const extensions = { syntax: "sevens", model: "json", rate: "txt", kernel: "json", code: "js" } as const;

/** All forms of the spec in a file. */
export async function formsOf(path: string): Promise<Forms> {
  const result = compiled(modelOf(load(path, host)));
  const { model, unit } = result;
  const texts = new Map<string, string>();
  for (const stage of dumpStages) texts.set(`${stage}.${extensions[stage]}`, dump(stage, model, [unit]));
  const hash = hashOf(model);
  texts.set("module.ts", await emitModule(model, { units: [unit] }, "ts", hash));
  texts.set("module.js", await emitModule(model, { units: [unit] }, "js", hash));
  texts.set("module.wasm.js", await emitModule(model, { units: [unit] }, "wasm", hash));
  texts.set("module.d.ts", await emitModule(model, { units: [unit] }, "dts", hash));
  return { compiled: result, texts };
}

/** `UPDATE=1 npx vitest run test/golden` writes the files again, to be reviewed as code. */
const updating = process.env.UPDATE === "1";

/** What a file holds, after writing it when it is to be updated. */
export function golden(name: string, text: string): string {
  const path = join(folder, name);
  if (updating) writeFileSync(path, text);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}
