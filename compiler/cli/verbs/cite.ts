/** `sevens cite`: what to cite with a result. */
import type { Command } from "commander";
import { citationsOf } from "../citations.ts";
import type { Context } from "../context.ts";
import { addOutput, type OutputOptions } from "../options.ts";
import { printCsv, printJson, writeResult } from "../output.ts";
import type { CiteOutput } from "../schemas/cite.ts";
import { readSound } from "../spec.ts";
import { printTable, shortened } from "../tables.ts";
import { addExamples } from "../verb.ts";

export function configureCite(command: Command, context: Context): void {
  addOutput(command)
    .argument("<file>", "a spec, `-` for standard input")
    .action((file: string, options: OutputOptions) => cite(context, file, options));
  addExamples(command, [
    ["sevens cite csi.sevens", "every key, and the declarations that rest on it"],
    ["sevens cite csi.sevens --format csv | cut -d, -f1", "the keys alone"],
  ]);
}

async function cite(context: Context, file: string, { format, output }: OutputOptions): Promise<void> {
  const { model } = await readSound(context, file);
  const citations = [...citationsOf(model)]
    .map(([key, by]) => ({ key, by }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  writeResult(context, output, printed(context, { citations }, format, output));
}

function printed(
  context: Context,
  result: CiteOutput,
  format: OutputOptions["format"],
  output: string | undefined,
): string {
  if (format === "json") return printJson(result);
  const rows = result.citations.map(({ key, by }) => [key, by.join(" ")]);
  if (format === "csv") return printCsv([["key", "by"], ...rows]);
  const color = output === undefined && context.colored(context.io.stdout);
  return printTable(
    [{ title: "citation" }, { title: "of" }],
    result.citations.map(({ key, by }) => [key, shortened(by, 5)]),
    { color },
  );
}
