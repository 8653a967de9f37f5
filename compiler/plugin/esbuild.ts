/** `sevens/esbuild`: specs as modules in esbuild. */
import { readFileSync } from "node:fs";
import type { PartialMessage, Plugin, PluginBuild } from "esbuild";
import { type SevensPluginOptions, sevens } from "./plugin.ts";

export type { SevensPluginOptions } from "./plugin.ts";

const plugin = (options?: SevensPluginOptions): Plugin => {
  const { name, setup } = sevens.esbuild(options);
  return { name, setup: (build) => setup(quoting(build)) };
};

export default plugin;

/** The same build, in which errors of what is loaded bring the line that they are in: esbuild prints it under them. */
function quoting(build: PluginBuild): PluginBuild {
  return {
    ...build,
    onLoad: (filter, load) =>
      build.onLoad(filter, async (args) => {
        const loaded = await load(args);
        return loaded?.errors === undefined ? loaded : { ...loaded, errors: loaded.errors.map(quoted) };
      }),
  };
}

function quoted(message: PartialMessage): PartialMessage {
  const { file, line, column = 0 } = message.location ?? {};
  const lineText = file === undefined || line === undefined ? undefined : lineOf(file, line);
  if (lineText === undefined) return message;
  // To esbuild columns are bytes.
  const bytes = Buffer.byteLength(lineText.slice(0, column));
  return { ...message, location: { ...message.location, column: bytes, lineText } };
}

function lineOf(file: string, line: number): string | undefined {
  try {
    return readFileSync(file, "utf8").split(/\r\n|\n|\r/)[line - 1];
  } catch {
    return undefined;
  }
}
