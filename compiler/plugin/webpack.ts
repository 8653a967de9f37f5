/** `sevens/webpack`: specs as modules in webpack. */
import type { WebpackPluginInstance } from "webpack";
import { type SevensPluginOptions, sevens } from "./plugin.ts";

export type { SevensPluginOptions } from "./plugin.ts";

const plugin = (options?: SevensPluginOptions): WebpackPluginInstance => sevens.webpack(options);

export default plugin;
