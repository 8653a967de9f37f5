/** `sevens diff`: does a new version of a spec mean something else? */
import type { Command } from "commander";
import { differenceKinds, type SpecDifference, specDifferences } from "../../share/diff.ts";
import type { Context } from "../context.ts";
import { documentOf } from "../document.ts";
import { exitCodes, Stop } from "../exit.ts";
import { addOutput, type OutputOptions } from "../options.ts";
import { printJson, writeResult } from "../output.ts";
import type { DiffOutput } from "../schemas/diff.ts";
import { readSound } from "../spec.ts";
import { addExamples } from "../verb.ts";

export function configureDiff(command: Command, context: Context): void {
  addOutput(command, ["text", "json"])
    .argument("<old>", "a spec, its document or a bundle")
    .argument("<new>", "another version of it")
    .action((old: string, now: string, options: OutputOptions<"text" | "json">) =>
      diff(context, old, now, options),
    );
  addExamples(command, [
    [
      "sevens diff old.sevens new.sevens",
      "exit code 0 when no rate and no likelihood changes (reports, additions, looks), 1 when physics, numbers or names do",
    ],
    [
      "sevens diff sent.sevens-bundle came-back.sevens-bundle --format json",
      "the same for programs, of bundles",
    ],
  ]);
}

async function diff(
  context: Context,
  old: string,
  now: string,
  { format, output }: OutputOptions<"text" | "json">,
): Promise<void> {
  const [before, after] = [await readSound(context, old), await readSound(context, now)];
  const differences = specDifferences(documentOf(before.model), documentOf(after.model));
  const worst = differenceKinds.find((kind) => differences.some((one) => one.kind === kind)) ?? "none";
  const result: DiffOutput = { old: before.name, new: after.name, worst, differences };
  writeResult(context, output, format === "json" ? printJson(result) : textOf(result));
  if (worst === "physics" || worst === "numeric" || worst === "interface")
    throw new Stop([], new Map(), exitCodes.problem);
}

const titles: Readonly<Record<SpecDifference["kind"], string>> = {
  physics: "physics: other formulas, couplings, data or dimensions",
  numeric: "numeric: other values, errors, ranges or roundings",
  interface: "interface: the same rates and likelihood under other names, which other files and scripts use",
  report: "report: the same rates and likelihood, other levels of intervals",
  addition: "addition: nothing of the old changes",
  cosmetic: "cosmetic: the same results",
};

function textOf({ differences }: DiffOutput): string {
  if (differences.length === 0) return "the same\n";
  const sections = differenceKinds.flatMap((kind) => {
    const lines = differences.filter((one) => one.kind === kind).map(lineOf);
    return lines.length === 0 ? [] : [`${titles[kind]}\n${lines.join("\n")}\n`];
  });
  return sections.join("\n");
}

function lineOf({ declaration, path, what, before, after }: SpecDifference): string {
  const place = [declaration, ...path].join(" / ");
  const change = before === undefined || after === undefined ? "" : `: ${before} → ${after}`;
  return `  ${place}: ${what}${change}`;
}
