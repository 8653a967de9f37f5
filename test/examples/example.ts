/** An example: a folder with specs, a page, and what the commands of the page write. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { commandsOf, words } from "../infrastructure/commands.ts";
import { codeBlocks } from "../infrastructure/markdown.ts";
import { root } from "../infrastructure/root.ts";

export interface Example {
  readonly name: string;
  readonly folder: string;
  /** The commands of its page, as arguments of `sevens`, in order. */
  readonly commands: readonly (readonly string[])[];
  /** Tables and pictures that they write. */
  readonly results: readonly string[];
}

/** The examples whose page has a block of commands. */
export function examples(): readonly Example[] {
  return readdirSync(join(root, "examples"))
    .sort()
    .flatMap((name) => exampleIn(name) ?? []);
}

export function exampleIn(name: string): Example | undefined {
  const folder = join(root, "examples", name);
  const page = join(folder, "README.md");
  if (!existsSync(page)) return undefined;
  const blocks = codeBlocks(readFileSync(page, "utf8")).filter(({ language }) => language === "sh");
  if (blocks.length > 1) throw new Error(`${page} has ${blocks.length} blocks of commands; one is meant`);
  const commands = blocks.flatMap(commandsOf).map(words);
  return commands.length === 0 ? undefined : { name, folder, commands, results: commands.flatMap(resultsOf) };
}

/** The files that a command writes. */
function resultsOf(command: readonly string[]): readonly string[] {
  const options = ["-o", "--output", "--data"];
  return command.filter((_, i) => options.includes(command[i - 1] ?? ""));
}
