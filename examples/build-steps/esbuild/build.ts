/** Bundles the service: `node build.ts` on a Node that reads types, or through tsx. */
import { build } from "esbuild";
import sevens from "sevens/esbuild";

await build({
  entryPoints: [new URL("service.ts", import.meta.url).pathname],
  outfile: new URL("service.js", import.meta.url).pathname,
  bundle: true,
  platform: "node",
  format: "esm",
  sourcemap: true,
  // WebAssembly, since a service answers many times.
  plugins: [sevens({ wasm: true })],
});
