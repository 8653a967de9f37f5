import Handlebars from "handlebars";
import { defineConfig, type Rolldown, type UserConfig } from "tsdown";
import { moduleTemplate } from "./compiler/emit/template.ts";
import { licensesOf } from "./grammar/vscode/licenses.ts";

/** Writes the licences of the packages whose code is in the bundle. */
function licenses(fileName: string): Rolldown.Plugin {
  return {
    name: "licenses",
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((part) => (part.type === "chunk" ? part.moduleIds : []));
      const source = licensesOf(modules);
      if (source !== "") this.emitFile({ type: "asset", fileName, source });
    },
  };
}

/** `Handlebars.compile(moduleTemplate, …)` as what it makes, so that the compiler of templates stays outside. */
const precompiled: Rolldown.Plugin = {
  name: "precompiled-template",
  transform: {
    filter: { id: /compiler\/emit\/emit\.ts$/ },
    handler(code) {
      const call = /Handlebars\.compile\(moduleTemplate, \{ noEscape: true, strict: true \}\)/;
      if (!call.test(code)) throw new Error("the template of modules is compiled in another way than it was");
      const made = Handlebars.precompile(moduleTemplate, { noEscape: true, strict: true });
      return code
        .replace(call, () => `Handlebars.template(${String(made)})`)
        .replace('from "handlebars"', 'from "handlebars/runtime.js"');
    },
  },
};

const common: UserConfig = {
  target: "node20.19",
  fixedExtension: false,
  // Hundreds of small files take long to load: packages that are not `dependencies` are bundled.
  deps: { onlyBundle: false },
};

/** The library, which runs in a browser as well; the plugin of bundlers and the command line, with copies of their own. */
export default defineConfig([
  {
    ...common,
    entry: {
      index: "compiler/index.ts",
      runtime: "runtime/index.ts",
      grammar: "grammar/index.ts",
      service: "compiler/service/index.ts",
      plot: "compiler/plot/figures.ts",
    },
    platform: "browser",
    dts: true,
    plugins: [precompiled, licenses("licenses.txt")],
  },
  {
    ...common,
    entry: Object.fromEntries(
      ["vite", "rollup", "rolldown", "esbuild", "webpack"].map((bundler) => [
        `plugin/${bundler}`,
        `compiler/plugin/${bundler}.ts`,
      ]),
    ),
    platform: "node",
    dts: true,
    plugins: [precompiled, licenses("licenses-plugin.txt")],
    inputOptions: { resolve: { alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" } } },
    outputOptions: { chunkFileNames: "plugin/[name]-[hash].js" },
  },
  {
    ...common,
    entry: {
      cli: "compiler/cli/main.ts",
      "cli/scan-worker": "compiler/scan/worker.ts",
      "cli/checker-thread": "compiler/cli/language-server/checker-thread.ts",
    },
    platform: "node",
    dts: false,
    // No module of ours does anything when it is loaded, so that what a verb does not call is not loaded with it.
    treeshake: {
      moduleSideEffects: [
        { test: /node_modules/, sideEffects: true },
        { test: /./, sideEffects: false },
      ],
    },
    // Half of the text is blanks and comments, which take time to read; names are kept for reports of faults.
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    plugins: [precompiled, licenses("licenses-cli.txt")],
    // The `main` of jsonc-parser hides its parts from a bundler.
    inputOptions: { resolve: { alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" } } },
    outputOptions: { chunkFileNames: "cli/[name]-[hash].js" },
  },
]);
