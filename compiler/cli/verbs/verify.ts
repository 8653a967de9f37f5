/** `sevens verify`: does a bundle still hold what was bundled, and does it give the recorded numbers to the last bit? */
import type { Command } from "commander";
import { type Diagnostic, diagnostic, hasErrors } from "../../diagnostics/index.ts";
import { version } from "../../disk/version.ts";
import type { Bundle } from "../../share/bundle.ts";
import { type Difference, differences, isNumber, type RecordedNumber } from "../../share/results.ts";
import type { Context } from "../context.ts";
import { documentOf } from "../document.ts";
import { exitCodes, Stop, wrongUsage } from "../exit.ts";
import { addOutput, type OutputOptions } from "../options.ts";
import { printJson, writeResult } from "../output.ts";
import { computed } from "../recorded.ts";
import type { VerifyOutput } from "../schemas/verify.ts";
import { compileSpec, freshIn, placeOf, type Reading, readSpec, type Spec } from "../spec.ts";
import { addExamples } from "../verb.ts";

export function configureVerify(command: Command, context: Context): void {
  addOutput(command, ["text", "json"])
    .argument("<bundle>", "a file that `sevens bundle` wrote, `-` for standard input")
    .action((file: string, options: OutputOptions<"text" | "json">) => verify(context, file, options));
  addExamples(command, [
    [
      "sevens verify fit.sevens-bundle",
      "exit code 0 when all numbers are the same to the last bit, 1 with what differs when not",
    ],
    ["sevens verify fit.sevens-bundle --format json", "the same for programs"],
  ]);
}

async function verify(
  context: Context,
  file: string,
  { format, output }: OutputOptions<"text" | "json">,
): Promise<void> {
  const reading = await readSpec(context, file);
  const { bundle, model, diagnostics } = reading;
  if (bundle === undefined) {
    throw wrongUsage(context.line, file, `\`${file}\` is no bundle`, "`sevens bundle` makes one of a spec");
  }
  const changed = diagnostics.filter(({ code }) => code === "SV2104");
  const broken = diagnostics.filter(({ severity, code }) => severity === "error" && code !== "SV2104");
  if (model === undefined || broken.length > 0) throw new Stop([...changed, ...broken], reading.sources);
  const found = compared(context, { ...reading, model }, bundle, changed);
  const recorded = bundle.results.flatMap((one) => Object.values(one.numbers)).flat();
  const numbers = recorded.filter(isNumber).length;
  const agrees = changed.length === 0 && found.length === 0;
  if (format === "json") {
    const out = outputOf(reading, bundle, changed, found, numbers);
    writeResult(context, output, printJson({ ...out, agrees }));
    if (!agrees) throw new Stop([], new Map(), exitCodes.problem);
    return;
  }
  const shown = found.slice(0, mostShown).map((one) => diagnosticOf({ ...reading, model }, one));
  context.report([...changed, ...shown], reading.sources);
  if (found.length > mostShown) context.note(`and ${found.length - mostShown} more numbers that differ`);
  const { sevens } = bundle;
  if (!agrees && sevens !== version()) context.note(`bundled with Sevens ${sevens}, this is ${version()}`);
  if (hasErrors([...changed, ...shown])) throw new Stop([], new Map(), exitCodes.problem);
  const files = Object.keys(bundle.files).length;
  const open = recorded.length - numbers;
  const infinite = open === 0 ? "" : `, ${open} errors or ends of intervals infinite as recorded`;
  writeResult(
    context,
    output,
    `${reading.name}: ${files} files as bundled, ${numbers} numbers of ${bundle.results.length} results the same to the last bit${infinite}\n`,
  );
}

/** Differences that are printed one by one. */
const mostShown = 10;

/** What comes out otherwise than recorded, the meaning of the spec first. Stops where no numbers come out. */
function compared(
  context: Context,
  spec: Spec,
  bundle: Bundle,
  changed: readonly Diagnostic[],
): readonly Difference[] {
  const { precision, model: recorded, results } = bundle;
  const hash = documentOf(spec.model).hash ?? "";
  const units = compileSpec(context, spec, { precision, derivatives: "likelihood" });
  const fitted = new Set(results.filter((one) => one.fitted).map(({ name }) => name));
  const now = computed(context, spec, units, (name) => fitted.has(name));
  const failures = freshIn(spec, now.failures);
  if (hasErrors(failures)) throw new Stop([...changed, ...failures], spec.sources);
  const meaning = { result: "the spec", what: "the content hash", recorded, found: hash };
  return [...(hash === recorded ? [] : [meaning]), ...differences(results, now.results)];
}

function diagnosticOf(spec: Spec, { result, what, recorded, found, steps }: Difference): Diagnostic {
  const notes =
    steps === undefined ? [] : [`${steps} ${steps === 1 ? "step" : "steps"} of the last bit apart`];
  const span = placeOf(spec, result);
  const parameters = { name: result, what, recorded: written(recorded), found: written(found) };
  return diagnostic("SV2105", { ...span, file: spec.naming(span.file) }, parameters, { notes });
}

const written = (value: RecordedNumber | string | undefined): string =>
  value === undefined ? "nothing" : String(value);

function outputOf(
  { name }: Reading,
  bundle: Bundle,
  changed: readonly Diagnostic[],
  found: readonly Difference[],
  numbers: number,
): Omit<VerifyOutput, "agrees"> {
  return {
    bundle: name,
    sevens: { recorded: bundle.sevens, now: version() },
    node: process.version,
    files: Object.keys(bundle.files).length,
    numbers,
    changed: changed.map(({ span, message }) => ({ file: span.file, change: message })),
    differences: found.map(({ result, what, recorded, found: value, steps }) => ({
      result,
      what,
      recorded: recorded ?? null,
      found: value ?? null,
      steps: steps ?? null,
    })),
  };
}
