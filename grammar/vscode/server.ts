/** Which language server the extension starts. */
import { join } from "node:path";

export interface Choices {
  /** The setting `sevens.server`. */
  readonly configured: string;
  /** Folders that are open in the editor. */
  readonly folders: readonly string[];
  /** True when code from those folders may run. */
  readonly trusted: boolean;
  /** Folder of the extension. */
  readonly extension: string;
  readonly exists: (path: string) => boolean;
}

export interface ServerStart {
  /** A module for Node. */
  readonly module: string;
  readonly args: readonly string[];
}

/** The one asked for, the one of the project, so that editor and command line say the same, or that of the extension. */
export function chooseServer({ configured, folders, trusted, extension, exists }: Choices): ServerStart {
  const installed = folders.map((folder) => join(folder, "node_modules", "sevens", "dist", "cli.js"));
  const found = trusted ? [configured, ...installed].find((path) => path !== "" && exists(path)) : undefined;
  return found === undefined
    ? { module: join(extension, "server.mjs"), args: [] }
    : { module: found, args: ["lsp"] };
}
