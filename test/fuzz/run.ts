/**
 * Fuzzing at length: `npx tsx test/fuzz/run.ts --help`. Says for each target how many inputs it took and what it found; ends with 1
 * when there was anything.
 */
import { parseArgs } from "node:util";
import { fuzz } from "./fuzz.ts";
import { targets } from "./targets.ts";

const usage = `npx tsx test/fuzz/run.ts [TARGET …] [--runs N] [--seconds N] [--seed N] [--first N]
Targets: ${targets.map(({ name }) => name).join(", ")}
`;

/** What the command line says; the process ends where that is nothing to run. */
function given() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        runs: { type: "string", default: "100000" },
        seconds: { type: "string", default: "Infinity" },
        seed: { type: "string", default: "1" },
        first: { type: "string", default: "0" },
        help: { type: "boolean", default: false },
      },
    });
    const unknown = positionals.filter((name) => targets.every((target) => target.name !== name));
    if (unknown.length > 0) throw new Error(`unknown target ${unknown.join(", ")}`);
    return { values, positionals };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${usage}`);
    process.exit(2);
  }
}

const { values, positionals } = given();
if (values.help) {
  process.stdout.write(usage);
  process.exit(0);
}

for (const target of targets.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  const { runs, findings, slowest } = fuzz(target, {
    runs: Number(values.runs),
    seconds: Number(values.seconds),
    seed: Number(values.seed),
    first: Number(values.first),
  });
  const slow = `slowest ${slowest.seconds.toFixed(2)} s, input ${slowest.run}`;
  process.stdout.write(`${target.name}: ${runs} inputs, ${findings.length} findings, ${slow}\n`);
  for (const { run, input, problem } of findings) {
    process.stdout.write(`  input ${run}: ${JSON.stringify(input)}\n  ${problem.replaceAll("\n", "\n  ")}\n`);
    process.exitCode = 1;
  }
}
