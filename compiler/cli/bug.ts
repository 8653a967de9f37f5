/** A fault of ours: says so, and writes down what is needed to reproduce it. */
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { version } from "../disk/version.ts";
import type { Context } from "./context.ts";
import { type ExitCode, exitCodes } from "./exit.ts";

function versionIfAny(): string {
  try {
    return version();
  } catch {
    return "of unknown version";
  }
}

export function reportBug(context: Context, error: unknown): ExitCode {
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
  const report = [
    `sevens ${versionIfAny()}, node ${process.version}, ${process.platform} ${process.arch}`,
    `command: ${context.line.text}`,
    `folder: ${context.io.cwd}`,
    "",
    stack ?? message,
    ...[...context.texts].flatMap(([name, text]) => ["", `==== ${name}`, text]),
    "",
  ].join("\n");
  context.note(`this is a bug of Sevens, not of your spec: ${message.split("\n")[0]}`);
  const path = join(tmpdir(), `sevens-bug-${randomBytes(4).toString("hex")}.txt`);
  try {
    writeFileSync(path, report, { flag: "wx", mode: 0o600 });
    context.note(
      `please report it with ${path}, which holds what is needed to reproduce it, your spec included`,
    );
  } catch {
    context.note(`please report it with the following:\n${report}`);
  }
  return exitCodes.bug;
}
