/** `sevens.lock` of a project: what the specs of the project read is compared with it when it is there. */
import { lstatSync } from "node:fs";
import { join } from "node:path";
import type { Span } from "../../grammar/syntax.ts";
import { type Diagnostic, diagnostic } from "../diagnostics/index.ts";
import type { Model } from "../model/model.ts";
import { type HashOf, lockChanges, lockName, readLock } from "../share/lock.ts";
import type { LibraryOf } from "../share/used-files.ts";
import type { DiskHost } from "./host.ts";
import { version } from "./version.ts";

export function libraryOf(host: Pick<DiskHost, "library">): LibraryOf {
  return { folder: host.library, version: version() };
}

/** SHA-256 of bytes, those of a text in UTF-8. */
type HashOfData = (data: string | Uint8Array) => string;

/** Hashes of files as they are on disk, not of their texts. */
export function hashesOn(host: DiskHost, sha256: HashOfData): HashOf {
  return ({ file, text }) => sha256(host.oddBytes(file) ?? text);
}

export interface LockFindings {
  readonly diagnostics: readonly Diagnostic[];
  /** The text of the lock, when diagnostics quote it. */
  readonly text?: string;
}

/** What is not as the lock of the project has it; nothing without a lock. */
export function lockFindings(model: Model, host: DiskHost, sha256: HashOfData): LockFindings {
  const text = host.readFile(lockName);
  if (text === undefined) {
    const problem = whyUnread(lockPath(host));
    return { diagnostics: problem === undefined ? [] : [badLock(problem)] };
  }
  const lock = readLock(text);
  if ("problem" in lock) return { text, diagnostics: [badLock(lock.problem)] };
  const changes = lockChanges(lock, model, libraryOf(host), hashesOn(host, sha256));
  const diagnostics = changes.map(({ entry, change }) =>
    diagnostic("SV2101", placeIn(text, JSON.stringify(entry)), { change }),
  );
  return { text, diagnostics };
}

function badLock(problem: string): Diagnostic {
  return diagnostic("SV2102", { file: lockName, start: 0, end: 0 }, { problem });
}

/** Why a lock that is there could not be read; undefined when there is none. */
function whyUnread(path: string): string | undefined {
  let found: ReturnType<typeof lstatSync>;
  try {
    found = lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return "it cannot be read";
  }
  if (found === undefined) return undefined;
  if (found.isDirectory()) return "it is a folder";
  if (found.isSymbolicLink()) return "it is a link to nothing that can be read within the project";
  return "it cannot be read, or is too large";
}

function placeIn(text: string, quoted: string): Span {
  const start = Math.max(text.indexOf(quoted), 0);
  return { file: lockName, start, end: start > 0 ? start + quoted.length : 0 };
}

export const lockPath = (host: DiskHost): string => join(host.project, lockName);
