/** Builds the page: `vite build`. What it needs of the package is put into it, library and data as well. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const models = join(dirname(fileURLToPath(import.meta.resolve("sevens/package.json"))), "models");

/** `virtual:library`: the texts of the library of models, by path. */
function library(): Plugin {
  const id = "virtual:library";
  return {
    name: "sevens-library",
    resolveId: (asked) => (asked === id ? `\0${id}` : undefined),
    load(asked) {
      if (asked !== `\0${id}`) return undefined;
      const files = readdirSync(models, { recursive: true, encoding: "utf8" })
        .filter((path) => /\.(sevens|csv)$/.test(path))
        .map((path) => [path.replaceAll("\\", "/"), readFileSync(join(models, path), "utf8")]);
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(Object.fromEntries(files)))});`;
    },
  };
}

/** `offline.js` with the names of all files of the build. */
function offline(): Plugin {
  return {
    name: "offline",
    apply: "build",
    generateBundle(_, bundle) {
      const names = [
        "./",
        ...Object.keys(bundle)
          .filter((name) => name !== "index.html")
          .map((name) => `./${name}`),
      ];
      const contents = Object.values(bundle).map((part) => ("code" in part ? part.code : part.source));
      const hash = createHash("sha256");
      for (const content of contents) hash.update(content);
      const source = readFileSync(new URL("offline.js", import.meta.url), "utf8")
        .replace('"%FILES%"', JSON.stringify(names))
        .replace("%HASH%", hash.digest("hex").slice(0, 16));
      this.emitFile({ type: "asset", fileName: "offline.js", source });
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  plugins: [library(), offline()],
  // Writing modules in TypeScript is for Node alone.
  build: { target: "es2022", chunkSizeWarningLimit: 4000, rolldownOptions: { external: ["ts-morph"] } },
  worker: { format: "es", plugins: () => [library()], rolldownOptions: { external: ["ts-morph"] } },
});
