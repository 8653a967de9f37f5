/** From an input to a model, whatever it is: a text, a JSON document, a bundle; with the names of files for the user. */
import { basename, join } from "node:path";
import { type Diagnostic, diagnostic } from "../diagnostics/index.ts";
import { type DiskHost, diskHost } from "../disk/host.ts";
import { hashesOn, libraryOf, lockFindings } from "../disk/lock-file.ts";
import { projectFolder, realPath, shown } from "../disk/paths.ts";
import { nodeSha256 } from "../interchange/hash-node.ts";
import { type Loaded, loadText } from "../load/index.ts";
import type { Host } from "../model/model.ts";
import { type Bundle, bundleHost } from "../share/bundle.ts";
import { type HashOf, lockName } from "../share/lock.ts";
import { damageOf, readBundle } from "../share/read-bundle.ts";
import type { LibraryOf } from "../share/used-files.ts";
import { commandLineName } from "./command-line.ts";
import type { Context } from "./context.ts";
import { Stop } from "./exit.ts";
import type { Input } from "./read.ts";

export interface OpenOptions {
  /** Whether to compare with the lock of the project, which is so unless it is false. */
  readonly lock?: boolean;
  /** Texts that files would have, by their real paths, instead of those on disk. */
  readonly texts?: ReadonlyMap<string, string>;
}

export interface Opened {
  readonly loaded: Loaded;
  /** Found beside the model: a lock that does not fit, a bundle that was changed. */
  readonly findings: readonly Diagnostic[];
  /** Names of files as the user would write them, instead of the compiler's. */
  readonly naming: (file: string) => string;
  /** Texts that diagnostics quote and that are no sources of the model. */
  readonly texts: readonly (readonly [file: string, text: string])[];
  /** The path on disk of a file of the model. */
  readonly pathOf: (file: string) => string;
  /** Files on disk that it was read from, or would have been. */
  readonly files: readonly string[];
  readonly library: LibraryOf;
  readonly hashOf: HashOf;
  readonly bundle?: Bundle;
}

export async function openInput(
  context: Context,
  argument: string,
  input: Input,
  { lock = true, texts }: OpenOptions,
): Promise<Opened> {
  if (input.format === "bundle") return openBundle(argument, input);
  const folder = realPath(input.folder) ?? input.folder;
  const host = diskHost(projectFolder(folder));
  const file = host.nameOf(join(folder, basename(input.path)));
  const loaded =
    input.format === "json"
      ? await loadedDocument(input.text, file)
      : loadText(input.text, file, withTexts(host, texts), { project: "" });
  const locked =
    loaded.model === undefined || !lock ? { diagnostics: [] } : lockFindings(loaded.model, host, nodeSha256);
  const name = input.stdin ? "<stdin>" : argument;
  const { cwd } = context.io;
  return {
    loaded,
    findings: locked.diagnostics,
    naming: (one) => {
      if (one === file) return name;
      return one === commandLineName ? one : shown(host.pathOf(one), cwd);
    },
    texts: [[file, input.text], ...(locked.text === undefined ? [] : [[lockName, locked.text] as const])],
    pathOf: host.pathOf,
    files: [...(input.stdin ? [] : [input.path]), ...host.asked],
    library: libraryOf(host),
    hashOf: hashesOn(host, nodeSha256),
  };
}

/** The same files, some of them with other texts. */
function withTexts(host: DiskHost, texts: OpenOptions["texts"]): Host {
  if (texts === undefined) return host;
  const changed = (name: string): string | undefined => texts.get(realPath(host.pathOf(name)) ?? "");
  // The host notes what it was asked for.
  return {
    ...host,
    readFile: (name) => {
      const text = host.readFile(name);
      return text === undefined ? undefined : (changed(name) ?? text);
    },
  };
}

/** The reader of documents comes with a validator that takes time to start. */
async function loadedDocument(text: string, file: string): Promise<Loaded> {
  const { readDocument } = await import("../interchange/read.ts");
  return readDocument(text, file);
}

/** Stops when it is no bundle; what was changed in it is a finding. */
async function openBundle(argument: string, { text, stdin, path }: Input): Promise<Opened> {
  const { isBundle } = await import("./bundle-schema.ts");
  const name = stdin ? "<stdin>" : argument;
  const bundle = readBundle(text, isBundle);
  if ("problem" in bundle) {
    const span = { file: name, start: 0, end: 0 };
    throw new Stop([diagnostic("SV2103", span, { path: name, problem: bundle.problem })]);
  }
  const { root, files, library: folder, sevens: version } = bundle;
  const host = bundleHost(bundle);
  const spec = host.readFile(root) ?? "";
  const loaded = spec.trimStart().startsWith("{")
    ? await loadedDocument(spec, root)
    : loadText(spec, root, host, { project: "" });
  return {
    loaded,
    findings: damageOf(bundle, nodeSha256),
    naming: (file) => (file === commandLineName ? file : `${name}/${file}`),
    texts: Object.entries(files).map(([file, one]) => [file, one.text] as const),
    pathOf: (file) => file,
    files: stdin ? [] : [path],
    library: { folder, version },
    hashOf: ({ text: bundled }) => nodeSha256(bundled),
    bundle,
  };
}
