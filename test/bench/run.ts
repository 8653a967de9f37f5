/**
 * The benchmarks: `npx tsx test/bench/run.ts [--json] [--quick] [GROUP…]`, groups likelihood, scan, growth, build, editor, large.
 * What each row means is in docs/benchmarks.md. Times depend on the machine; ratios of one run much less.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "../../compiler/index.ts";
import { compiled, host, modelOf, root } from "../physics/compile.ts";
import { buildRows } from "./build.ts";
import { editorRows } from "./editor.ts";
import { growthRows } from "./growth.ts";
import { largeRows } from "./large.ts";
import { likelihoodRows } from "./likelihood.ts";
import { json, type Row, table } from "./report.ts";
import { scanRows } from "./scan.ts";

const options = new Set(process.argv.slice(2));
const groups = [...options].filter((one) => !one.startsWith("--"));
const rounds = options.has("--quick") ? 20 : 200;
const folder = mkdtempSync(join(tmpdir(), "sevens-bench-"));

const parts: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  likelihood: () => {
    const csi = compiled(modelOf(load(`${root}/test/bench/csi.sevens`, host)));
    return likelihoodRows(csi, folder, rounds);
  },
  scan: () => scanRows(folder),
  growth: () => growthRows(rounds),
  build: () => buildRows(folder),
  editor: () => editorRows(),
  large: () => largeRows(),
};

const unknown = groups.filter((group) => parts[group] === undefined);
if (unknown.length > 0) {
  process.stderr.write(`no group ${unknown.join(", ")}; there are ${Object.keys(parts).join(", ")}\n`);
  process.exit(2);
}
try {
  const rows: Row[] = [];
  for (const [name, part] of Object.entries(parts)) {
    if (groups.length > 0 && !groups.includes(name)) continue;
    process.stderr.write(`${name} …\n`);
    rows.push(...(await part()));
  }
  process.stdout.write(options.has("--json") ? json(rows) : table(rows));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
