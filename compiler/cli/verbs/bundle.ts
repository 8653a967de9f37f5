/** `sevens bundle`: all that a result rests on, and the result, in one file. */
import type { Command } from "commander";
import { licenseOfProject } from "../../disk/paths.ts";
import { bundleText } from "../../share/bundle.ts";
import { licenceLines, licencesOf } from "../../share/licences.ts";
import type { Context } from "../context.ts";
import { positive } from "../options.ts";
import { writeResult } from "../output.ts";
import { bundleOfSpec, computed } from "../recorded.ts";
import { compileSpec, readSound, settle } from "../spec.ts";
import { addExamples } from "../verb.ts";

interface Options {
  readonly output?: string;
  readonly precision?: number;
  readonly fit: boolean;
}

export function configureBundle(command: Command, context: Context): void {
  command
    .argument("<file>", "a spec, `-` for standard input")
    .option("-o, --output <file>", "write it to a file, `-` for standard output")
    .option("--precision <number>", "relative quadrature error to ask for", positive)
    .option("--no-fit", "record the counts and χ² at the values of the spec alone")
    .action((file: string, options: Options) => bundle(context, file, options));
  addExamples(command, [
    [
      "sevens bundle fit.sevens -o fit.sevens-bundle",
      "specs, data, hashes, citations, licences, counts and best fit; every verb reads it as a spec",
    ],
    ["sevens verify fit.sevens-bundle", "whether it gives the same numbers elsewhere"],
  ]);
}

async function bundle(context: Context, file: string, options: Options): Promise<void> {
  const { output, precision = 1e-6, fit } = options;
  const spec = await readSound(context, file);
  const units = compileSpec(context, spec, { precision, derivatives: "likelihood" });
  const { results, failures } = computed(context, spec, units, fit);
  settle(context, spec, failures);
  const license = licenseOfProject(spec.input.folder);
  const made = bundleOfSpec(spec, { precision, results, license });
  writeResult(context, output, bundleText(made));
  for (const line of licenceLines(licencesOf(made))) context.note(line);
  const unlicensed = Object.entries(made.files).filter(([, { license }]) => license === null);
  const [first] = unlicensed;
  if (first !== undefined) {
    const more = unlicensed.length > 1 ? ` and ${unlicensed.length - 1} more` : "";
    context.note(
      `no licence is known for ${first[0]}${more}: a line \`# licence: …\` in a table, \`// licence: …\` in a spec or \`license\` in package.json says it`,
    );
  }
}
