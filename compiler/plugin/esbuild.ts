/** `sevens/esbuild`: specs as modules in esbuild. */
import type { Plugin } from "esbuild";
import { type SevensPluginOptions, sevens } from "./plugin.ts";

export type { SevensPluginOptions } from "./plugin.ts";

const plugin = (options?: SevensPluginOptions): Plugin => sevens.esbuild(options);

export default plugin;
