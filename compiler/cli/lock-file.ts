/** `sevens.lock` of a project: every reading of a spec is compared with it when it is there. */
import { join } from "node:path";
import type { Span } from "../../grammar/syntax.ts";
import { type Diagnostic, diagnostic } from "../diagnostics/index.ts";
import type { DiskHost } from "../disk/host.ts";
import { version } from "../disk/version.ts";
import { nodeSha256 } from "../interchange/hash-node.ts";
import type { Model } from "../model/model.ts";
import { lockChanges, lockName, readLock } from "../share/lock.ts";
import type { LibraryOf } from "../share/used-files.ts";

export function libraryOf(host: Pick<DiskHost, "library">): LibraryOf {
  return { folder: host.library, version: version() };
}

export interface LockFindings {
  readonly diagnostics: readonly Diagnostic[];
  /** The text of the lock, when diagnostics quote it. */
  readonly text?: string;
}

/** What is not as the lock of the project has it; nothing without a lock. */
export function lockFindings(model: Model, host: DiskHost): LockFindings {
  const text = host.readFile(lockName);
  if (text === undefined) return { diagnostics: [] };
  const lock = readLock(text);
  if ("problem" in lock) {
    const span = { file: lockName, start: 0, end: 0 };
    return { text, diagnostics: [diagnostic("SV2102", span, { problem: lock.problem })] };
  }
  const changes = lockChanges(lock, model, libraryOf(host), nodeSha256);
  const diagnostics = changes.map(({ entry, change }) =>
    diagnostic("SV2101", placeIn(text, JSON.stringify(entry)), { change }),
  );
  return { text, diagnostics };
}

function placeIn(text: string, quoted: string): Span {
  const start = Math.max(text.indexOf(quoted), 0);
  return { file: lockName, start, end: start > 0 ? start + quoted.length : 0 };
}

export const lockPath = (host: DiskHost): string => join(host.project, lockName);
