/** `npm run example NAME…`: runs the commands of examples, which write their tables and pictures anew. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../infrastructure/root.ts";
import { exampleIn, examples } from "./example.ts";

const program = join(root, "dist", "cli.js");
const names = process.argv.slice(2);
const known = examples().map(({ name }) => name);
const unknown = names.filter((name) => !known.includes(name));

if (names.length === 0 || unknown.length > 0) {
  const problem = names.length === 0 ? "Which example?" : `There is no example ${unknown.join(", ")}.`;
  process.stderr.write(`${problem} There are ${known.join(", ")}.\n`);
  process.exitCode = 2;
} else if (!existsSync(program)) {
  process.stderr.write("There is no command line yet: npm run build\n");
  process.exitCode = 2;
} else {
  for (const name of names) runExample(name);
}

function runExample(name: string): void {
  const { folder, commands } = exampleIn(name)!;
  for (const command of commands) {
    process.stdout.write(
      `sevens ${command.map((word) => (/\s/.test(word) ? `"${word}"` : word)).join(" ")}\n`,
    );
    const began = performance.now();
    const { status } = spawnSync(process.execPath, [program, ...command], { cwd: folder, stdio: "inherit" });
    process.stdout.write(`  ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
    if (status === 0) continue;
    process.exitCode = status ?? 1;
    return;
  }
}
