/** `sevens verify`: does a bundle still hold what was bundled, and does it give the recorded numbers to the last bit? */
import type { Command } from "commander";
import { type Diagnostic, diagnostic, hasErrors } from "../../diagnostics/index.ts";
import { version } from "../../disk/version.ts";
import { type Bundle, otherText } from "../../share/bundle.ts";
import { licenceLines, licencesOf } from "../../share/licences.ts";
import { fileChanges, projectLicense, provenanceDifferences } from "../../share/provenance.ts";
import { type Difference, differences, isNumber, type RecordedNumber } from "../../share/results.ts";
import type { Context } from "../context.ts";
import { exitCodes, Stop, wrongUsage } from "../exit.ts";
import { addOutput, type OutputOptions } from "../options.ts";
import { printJson, writeResult } from "../output.ts";
import type { Input } from "../read.ts";
import { bundleOfSpec, computed } from "../recorded.ts";
import type { VerifyOutput } from "../schemas/verify.ts";
import { compiled, freshIn, placeOf, type Reading, readSpec, type Spec } from "../spec.ts";
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
  const damage = diagnostics.filter(({ code }) => code === "SV2104");
  const broken = diagnostics.filter(({ severity, code }) => severity === "error" && code !== "SV2104");
  if (model === undefined || broken.length > 0) {
    sayVersions(context, bundle);
    throw new Stop([...damage, ...broken], reading.sources);
  }
  const spec = { ...reading, model };
  const now = bundledAnew(context, spec, bundle, damage);
  const changed = [...damage, ...freshIn(spec, fileChanges(bundle, now))];
  const found = [
    ...textDifference(reading.input, bundle),
    ...provenanceDifferences(bundle, now),
    ...resultDifferences(bundle, now),
  ];
  const recorded = bundle.results.flatMap((one) => Object.values(one.numbers)).flat();
  const numbers = recorded.filter(isNumber).length;
  const agrees = changed.length === 0 && found.length === 0;
  if (format === "json") {
    const out = outputOf(reading, bundle, changed, found, numbers);
    writeResult(context, output, printJson({ ...out, agrees }));
    if (!agrees) throw new Stop([], new Map(), exitCodes.problem);
    return;
  }
  const shown = found.slice(0, mostShown).map((one) => diagnosticOf(spec, one));
  context.report([...changed, ...shown], reading.sources);
  if (found.length > mostShown) context.note(`and ${found.length - mostShown} more numbers that differ`);
  if (!agrees) sayVersions(context, bundle);
  if (hasErrors([...changed, ...shown])) throw new Stop([], new Map(), exitCodes.problem);
  const files = Object.keys(bundle.files).length;
  const open = recorded.length - numbers;
  const infinite = open === 0 ? "" : `, ${open} errors or ends of intervals infinite as recorded`;
  const fitted = bundle.results.some((one) => one.fitted) ? "" : "; no best fit is recorded";
  writeResult(
    context,
    output,
    `${reading.name}: ${files} files as bundled, ${numbers} numbers of ${bundle.results.length} results the same to the last bit${versionsOf(bundle)}${infinite}${fitted}${unsourced(bundle)}\n`,
  );
  for (const line of licenceLines(licencesOf(bundle))) context.note(line);
}

/** Why numbers may differ though nothing was changed, where another version of Sevens made the bundle. */
function sayVersions(context: Context, { sevens }: Bundle): void {
  if (sevens === version()) return;
  context.note(
    `bundled with Sevens ${sevens}, this is ${version()}: versions may compute otherwise, \`npx sevens@${sevens} verify\` tells`,
  );
}

function versionsOf({ sevens }: Bundle): string {
  return sevens === version() ? "" : `, with Sevens ${sevens} then and ${version()} now`;
}

function unsourced({ files }: Bundle): string {
  const none = Object.values(files).every(({ source }) => source === undefined);
  return none ? "; made before the sources of files were recorded" : "";
}

/** Differences that are printed one by one. */
const mostShown = 10;

/** The bundle that its texts make now. Stops where no numbers come out. */
function bundledAnew(context: Context, spec: Spec, recorded: Bundle, damage: readonly Diagnostic[]): Bundle {
  const { precision } = recorded;
  const { units, fresh: unsound } = compiled(spec, { precision, derivatives: "likelihood" });
  const fitted = recorded.results.some((one) => one.fitted);
  const { results, failures } = hasErrors(unsound)
    ? { results: [], failures: [] }
    : computed(context, spec, units, fitted);
  const fresh = [...unsound, ...freshIn(spec, failures)];
  if (hasErrors(fresh)) {
    sayVersions(context, recorded);
    throw new Stop([...damage, ...fresh], spec.sources);
  }
  const license = projectLicense(recorded, spec.model, spec.library);
  return bundleOfSpec(spec, { precision, results, license });
}

/** Equal bundles are equal bytes: what reads the same may be written to be taken for something else. */
function textDifference({ text, mark }: Input, bundle: Bundle): readonly Difference[] {
  const other = otherText(`${mark}${text}`, bundle);
  return other === undefined
    ? []
    : [{ result: "the bundle", what: "its text", recorded: other.found, found: other.written }];
}

/** What comes out otherwise than recorded, the meaning of the spec first. */
function resultDifferences(recorded: Bundle, now: Bundle): readonly Difference[] {
  const hash = {
    result: "the spec",
    what: "the content hash",
    recorded: recorded.model,
    found: now.model,
  };
  return [...(now.model === recorded.model ? [] : [hash]), ...differences(recorded.results, now.results)];
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
    sevens: { recorded: bundle.sevens, now: version(), same: bundle.sevens === version() },
    node: process.version,
    files: Object.keys(bundle.files).length,
    licences: licencesOf(bundle),
    numbers,
    fitted: bundle.results.some((one) => one.fitted),
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
