/** `sevens/rolldown`: specs as modules in Rolldown. */
import type { Plugin } from "rolldown";
import { type SevensPluginOptions, sevens } from "./plugin.ts";

export type { SevensPluginOptions } from "./plugin.ts";

const plugin = (options?: SevensPluginOptions): Plugin | Plugin[] => sevens.rolldown(options);

export default plugin;
