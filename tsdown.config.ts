import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Rolldown } from "tsdown";

/** Where the code of a bundled package lies: `…/node_modules/NAME`. */
const packageIn = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** Writes `licenses.txt`: the licences of the packages whose code is bundled into `dist`. */
function licenses(): Rolldown.Plugin {
  return {
    name: "licenses",
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((part) => (part.type === "chunk" ? part.moduleIds : []));
      const folders = modules.flatMap((id) => packageIn.exec(id.replaceAll("\\", "/"))?.[1] ?? []);
      const texts = [...new Set(folders)].sort().map((folder) => {
        const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
        const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
        const text = file === undefined ? "" : readFileSync(join(folder, file), "utf8").trim();
        return `${name} ${version} (${license})\n\n${text}\n`;
      });
      if (texts.length === 0) return;
      this.emitFile({ type: "asset", fileName: "licenses.txt", source: texts.join(`\n${"-".repeat(80)}\n\n`) });
    },
  };
}

/**
 * The package: the command line and the library, with small dependencies bundled (hundreds of small files take
 * long to load). The large ones stay outside and are loaded when a verb needs them.
 */
export default defineConfig({
  entry: {
    cli: "compiler/cli/main.ts",
    index: "compiler/index.ts",
    runtime: "runtime/index.ts",
    grammar: "grammar/index.ts",
  },
  platform: "node",
  target: "node20.19",
  fixedExtension: false,
  dts: true,
  plugins: [licenses()],
  // The `main` of jsonc-parser hides its parts from a bundler.
  inputOptions: { resolve: { alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" } } },
  outputOptions: {
    banner: (chunk) => (chunk.fileName === "cli.js" ? "#!/usr/bin/env node" : ""),
  },
});
