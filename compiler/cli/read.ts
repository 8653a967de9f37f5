/** The file that a command was given: a path or standard input, text or a JSON document. */
import { closeSync, openSync, readFileSync, readSync, realpathSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Span } from "../../grammar/syntax.ts";
import { diagnostic } from "../diagnostics/index.ts";
import { looksLikeBundle } from "../share/read-bundle.ts";
import type { Context } from "./context.ts";
import { Stop } from "./exit.ts";

export interface Input {
  readonly text: string;
  /** Path on disk; that of a file that does not exist for standard input. */
  readonly path: string;
  /** The same with symbolic links followed. */
  readonly real: string;
  /** The mark of byte order in front of the text in the file, or nothing. */
  readonly mark: string;
  /** Folder that relative paths in the text start from. */
  readonly folder: string;
  readonly format: "text" | "json" | "bundle";
  readonly stdin: boolean;
}

/** Larger files are no specs. */
const maxBytes = 64e6;
const stdinName = "<stdin>";

/** Reads the argument of a verb, `-` for standard input. Stops when there is no text there. */
export async function readInput(context: Context, argument: string): Promise<Input> {
  const { cwd } = context.io;
  const stdin = argument === "-";
  const path = resolve(cwd, stdin ? stdinName : argument);
  const span = context.line.spanOf(argument);
  const bytes = stdin ? await context.io.stdin(maxBytes) : readBytes(argument, path, span, context);
  const text = decode(bytes, stdin ? stdinName : argument, span, context);
  const json = (!stdin && argument.toLowerCase().endsWith(".json")) || text.trimStart().startsWith("{");
  const bundle = argument.toLowerCase().endsWith(".sevens-bundle") || looksLikeBundle(text);
  const format = bundle ? "bundle" : json ? "json" : "text";
  const real = stdin ? path : realpathSync(path);
  return { text, path, real, mark: isMarked(bytes) ? "\uFEFF" : "", folder: dirname(path), format, stdin };
}

const isMarked = ([a, b, c]: Uint8Array): boolean => a === 0xef && b === 0xbb && c === 0xbf;

function readBytes(argument: string, path: string, span: Span, context: Context): Uint8Array {
  const refuse = (reason: string): Stop =>
    new Stop([diagnostic("SV1702", span, { path: argument, reason })], context.line.sources);
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) {
      throw new Stop([diagnostic("SV1701", span, { path: argument })], context.line.sources);
    }
    if (found.isDirectory()) throw refuse("it is a folder");
    if (found.size > maxBytes) throw refuse("it is too large for a spec");
    context.inputs.add(realpathSync(path));
    return found.isFile() ? readFileSync(path) : readToLimit(path);
  } catch (error) {
    throw error instanceof Stop ? error : refuse(reasonOf(error));
  }
}

/** Of a pipe or a device no more than tells that it is too large: it need not end. */
function readToLimit(path: string): Uint8Array {
  const chunks: Buffer[] = [];
  const file = openSync(path, "r");
  try {
    for (let size = 0; size <= maxBytes; ) {
      const chunk = Buffer.alloc(1 << 16);
      const count = readSync(file, chunk);
      if (count === 0) break;
      chunks.push(chunk.subarray(0, count));
      size += count;
    }
  } finally {
    closeSync(file);
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Uint8Array, name: string, span: Span, context: Context): string {
  const refuse = (reason: string): Stop =>
    new Stop([diagnostic("SV1702", span, { path: name, reason })], context.line.sources);
  if (bytes.length > maxBytes) throw refuse("it is too large for a spec");
  if (bytes.includes(0)) throw refuse("it is binary, not text");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw refuse("it is not UTF-8 text");
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOENT: "there is no such folder",
  ENOTDIR: "a part of the path is not a folder",
  EISDIR: "it is a folder",
  ENOSPC: "the disk is full",
  EROFS: "the file system is read-only",
  ELOOP: "its symbolic links go in a circle",
  ENAMETOOLONG: "the name is too long",
};

/** Why the file system refused, in words. Throws what is no such refusal. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") throw error;
  return reasons[error.code] ?? error.code;
}
