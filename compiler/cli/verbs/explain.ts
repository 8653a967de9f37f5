/** `sevens explain`: what is computed when; or what a diagnostic means. */
import type { Command } from "commander";
import picocolors from "picocolors";
import { codes, definitionOf, diagnostic, isCode, pageOf, suggest } from "../../diagnostics/index.ts";
import { type Explanation, explain, type When } from "../../explain/index.ts";
import type { Context } from "../context.ts";
import { Stop } from "../exit.ts";
import { addChoices, addOutput, type Choices, compileOptions, type OutputOptions } from "../options.ts";
import { printCsv, printJson, writeResult } from "../output.ts";
import { passesTable, passLines } from "../passes-table.ts";
import type { ExplainOutput, PageOutput } from "../schemas/explain.ts";
import { compileSpec, lacking, readSound } from "../spec.ts";
import { printTable, right, shortened, thousands } from "../tables.ts";
import { addExamples } from "../verb.ts";

type Options = Choices & OutputOptions;

export function configureExplain(command: Command, context: Context): void {
  addChoices(addOutput(command))
    .argument("<file or code>", "a spec, `-` for standard input; or the code or name of a diagnostic")
    .action(async (subject: string, options: Options) => {
      const code = codeOf(subject);
      if (code !== undefined) explainCode(context, code, options);
      else await explainSpec(context, subject, options);
    });
  addExamples(command, [
    [
      "sevens explain csi.sevens",
      "what each pass did, what is computed when, from which parameters, at what cost",
    ],
    ["sevens explain SV1203", "what a diagnostic means and how to mend it"],
    ["sevens explain unit-form-factor", "the same, by the name of a lint"],
  ]);
}

/** The code that an argument means, `sv1203` and names included; undefined when it looks like a file. */
function codeOf(subject: string): string | undefined {
  if (/^SV\d+$/i.test(subject)) return subject.toUpperCase();
  if (!/^[a-z]+(-[a-z]+)+$/.test(subject)) return undefined;
  return codes.find((code) => definitionOf(code).name === subject);
}

function explainCode(context: Context, code: string, { format, output }: Options): void {
  if (!isCode(code)) {
    const near = suggest(code, codes);
    const extra = near === undefined ? {} : { help: `did you mean \`${near}\`?` };
    const given = context.line.args.find((arg) => arg.toUpperCase() === code) ?? code;
    const found = diagnostic("SV1905", context.line.spanOf(given), { code }, extra);
    throw new Stop([found], context.line.sources);
  }
  const { name, severity, message, help = null, note = null, page } = definitionOf(code);
  const json: PageOutput = { code, name, severity, message, help, note, ...page };
  writeResult(context, output, format === "json" ? printJson(json) : pageOf(code));
}

async function explainSpec(context: Context, file: string, options: Options): Promise<void> {
  const spec = await readSound(context, file);
  const units = compileSpec(context, spec, compileOptions(context, spec, options));
  if (units.length === 0) throw lacking(context, spec, "analysis or experiment");
  writeResult(context, options.output, printed(context, units.map(explain), options));
}

function printed(context: Context, units: readonly Explanation[], { format, output }: Options): string {
  if (format === "json") return printJson({ units } satisfies ExplainOutput);
  if (format === "csv") return printCsv(csvRows(units));
  const color = output === undefined && context.colored(context.io.stdout);
  const { bold } = picocolors.createColors(color);
  return units
    .map((unit) => {
      const { once, step } = unit.cost;
      const head = `${bold(unit.name)} (${unit.kind}): ${operations(once)} at the start, ${operations(step)} for a step of a fit; ${thousands(unit.numbers)} numbers kept`;
      const tables = [passesTable(unit, color), stageTable(unit, color), ...parameterTable(unit, color)];
      return [`${head}\n`, ...tables].join("\n");
    })
    .join("\n");
}

/** A row for each line of a pass, each stage and each parameter; the second column says which. */
function csvRows(units: readonly Explanation[]): readonly (readonly (string | number)[])[] {
  const rows = units.flatMap((unit) => [
    ...passLines(unit).flatMap(([pass, texts]) =>
      texts.map((text) => [unit.name, "pass", pass, "", "", text.trim(), "", "", ""]),
    ),
    ...unit.stages.map(({ name, when, reads, makes, nodes, cost }) => [
      ...[unit.name, "stage", name, when, reads.join(" "), makes.join("; ")],
      ...[nodes, "", cost],
    ]),
    ...unit.parameters.map(({ name, role, stages, cost }) => [
      ...[unit.name, "parameter", name, role ?? "", "", ""],
      ...["", stages, cost],
    ]),
  ]);
  return [["unit", "row", "name", "when", "reads", "result", "nodes", "stages", "operations"], ...rows];
}

function stageTable({ stages, parameters }: Explanation, color: boolean): string {
  const fitted = new Set(parameters.filter(({ role }) => role !== "fixed").map(({ name }) => name));
  const columns = [
    { title: "stage" },
    { title: "computed" },
    { title: "makes" },
    right("nodes"),
    right("operations"),
  ];
  const rows = stages.map(({ name, when, reads, makes, nodes, cost }) => [
    name,
    whenText(when, reads, fitted),
    shortened(named(makes), 3),
    thousands(nodes),
    thousands(cost),
  ]);
  return printTable(columns, rows, { color });
}

/** When a stage runs, and why. */
function whenText(when: When, reads: readonly string[], fitted: ReadonlySet<string>): string {
  switch (when) {
    case "once":
      return "once: reads no parameter";
    case "fixed":
      return `once per fit: reads ${shortened(reads, 3)}, held fixed`;
    case "fit":
      return `when ${shortened(
        reads.filter((name) => fitted.has(name)),
        4,
      )} changes`;
  }
}

/** What has a name of its own; nameless intermediate values are only counted. */
function named(labels: readonly string[]): readonly string[] {
  const names = labels.filter((label) => label !== "array" && label !== "scalar");
  const others = labels.length - names.length;
  return names.length > 0 || others === 0
    ? names
    : [`${others} intermediate value${others === 1 ? "" : "s"}`];
}

function parameterTable({ parameters }: Explanation, color: boolean): readonly string[] {
  if (parameters.length === 0) return [];
  const columns = [
    { title: "parameter" },
    { title: "role" },
    right("stages"),
    right("operations of a change"),
  ];
  const rows = parameters.map(({ name, role, stages, cost }) => [
    name,
    role ?? "",
    `${stages}`,
    thousands(cost),
  ]);
  return [printTable(columns, rows, { color })];
}

function operations(cost: number): string {
  return `${thousands(cost)} operations`;
}
