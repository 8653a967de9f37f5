/** `sevens/rollup`: specs as modules in Rollup. */
import type { Plugin } from "rollup";
import { type SevensPluginOptions, sevens } from "./plugin.ts";

export type { SevensPluginOptions } from "./plugin.ts";

const plugin = (options?: SevensPluginOptions): Plugin | Plugin[] => sevens.rollup(options);

export default plugin;
