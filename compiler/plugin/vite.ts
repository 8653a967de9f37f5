/** `sevens/vite`: specs as modules in Vite. */
import type { Plugin } from "vite";
import { type SevensPluginOptions, sevens } from "./plugin.ts";

export type { SevensPluginOptions } from "./plugin.ts";

const plugin = (options?: SevensPluginOptions): Plugin | Plugin[] => sevens.vite(options);

export default plugin;
