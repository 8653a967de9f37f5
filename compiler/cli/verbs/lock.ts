/** `sevens lock`: versions and hashes of all that the specs of a project use of packages. */
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import type { Command } from "commander";
import { diagnostic, hasErrors } from "../../diagnostics/index.ts";
import { diskHost } from "../../disk/host.ts";
import { libraryOf, lockPath } from "../../disk/lock-file.ts";
import { projectFolder, realPath, shown } from "../../disk/paths.ts";
import { isStated } from "../../share/licences.ts";
import { type LockedSpec, lockOf, lockText } from "../../share/lock.ts";
import type { Context } from "../context.ts";
import { Stop, wrongUsage } from "../exit.ts";
import { replaceFiles } from "../output.ts";
import { readSpec } from "../spec.ts";
import { addExamples } from "../verb.ts";

export function configureLock(command: Command, context: Context): void {
  command
    .argument("[files...]", "the specs of the project; all `.sevens` files of it unless given")
    .action((files: readonly string[]) => lock(context, files));
  addExamples(command, [
    ["sevens lock", "writes sevens.lock; from then on every verb compares with it"],
    ["sevens lock fit.sevens", "the lock of this spec alone"],
  ]);
}

async function lock(context: Context, files: readonly string[]): Promise<void> {
  const { cwd } = context.io;
  const host = diskHost(projectFolder(realPath(cwd) ?? cwd));
  const chosen = files.length > 0 ? files : specsOf(host.project).map((path) => shown(path, cwd));
  if (chosen.length === 0)
    throw wrongUsage(context.line, "lock", "there is no `.sevens` file in the project");
  const specs: LockedSpec[] = [];
  for (const file of chosen) {
    const { model, diagnostics, sources, hashOf } = await readSpec(context, file, { lock: false });
    if (model === undefined || hasErrors(diagnostics)) throw new Stop(diagnostics, sources);
    specs.push({ model, hashOf });
  }
  const { lock: made, conflicts } = lockOf(specs, libraryOf(host));
  if (conflicts.length > 0) {
    const found = conflicts.map(({ entry, files: [one, other] }) =>
      diagnostic("SV2106", { file: one, start: 0, end: 0 }, { entry, one, other }),
    );
    throw new Stop(found);
  }
  const path = relative(cwd, lockPath(host));
  replaceFiles(context, [{ path, data: lockText(made) }]);
  const names = Object.entries(made.packages).map(
    ([name, { license, files: locked }]) =>
      `  ${name}: ${Object.keys(locked).length} files, ${license !== undefined && isStated(license) ? license : "licence not stated"}`,
  );
  context.note([`wrote ${path}`, ...names].join("\n"));
}

/** Specs of a project, without those of packages, of hidden folders and of what was built. */
function specsOf(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const found = entries.flatMap((entry): readonly string[] => {
    const path = join(folder, entry.name);
    const skipped = entry.name.startsWith(".") || ["node_modules", "dist"].includes(entry.name);
    if (entry.isDirectory()) return skipped ? [] : specsOf(path);
    return entry.isFile() && entry.name.endsWith(".sevens") ? [path] : [];
  });
  return found.sort();
}
