/**
 * All checks of the project, one after the other: `npm test`. The last line counts what passed and failed: each
 * test of vitest, and each other check as one.
 */
import { execFile, type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What of vitest's JSON report is read. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

const checks: readonly (readonly [name: string, script: string])[] = [
  ["format and lint", "lint"],
  ["types", "typecheck"],
  ["layers", "layers"],
];

const npm = process.platform === "win32" ? "npm.cmd" : "npm";

/** Runs a script of `package.json`; its output goes to ours. */
function script(name: string, ...args: readonly string[]): SpawnSyncReturns<Buffer> {
  return spawnSync(npm, ["run", "--silent", name, "--", ...args], { stdio: "inherit" });
}

/** Runs a check beside others; what it says comes when it is done. */
function check(name: string, command: string): Promise<Tally> {
  return new Promise((resolve) => {
    execFile(npm, ["run", "--silent", command], { maxBuffer: 1e8 }, (error, stdout, stderr) => {
      process.stdout.write(`\n== ${name}\n${stdout}${stderr}`);
      resolve(error === null ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 });
    });
  });
}

function unitTests(): Tally {
  process.stdout.write("\n== tests\n");
  const folder = mkdtempSync(join(tmpdir(), "sevens-test-"));
  const file = join(folder, "report.json");
  try {
    const { status } = script("unit", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`);
    const tally = counted(JSON.parse(readFileSync(file, "utf8")));
    // A failure that belongs to no test, such as an error after the last one.
    return status === 0 || tally.failed > 0 ? tally : { ...tally, failed: 1 };
  } catch (error) {
    process.stdout.write(`no report of the tests: ${error}\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Counts the tests, and says which were skipped. A file that did not even load counts as one that failed. */
function counted({ numPassedTests, numFailedTests, numPendingTests, testResults }: Report): Tally {
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  for (const { fullName } of results.filter(({ status }) => status === "skipped" || status === "pending")) {
    process.stdout.write(`skipped: ${fullName}\n`);
  }
  const unloaded = testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((one) => one.status === "failed"),
  );
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length, skipped: numPendingTests };
}

const tallies = [...(await Promise.all(checks.map(([name, command]) => check(name, command)))), unitTests()];
const sum = (key: keyof Tally): number => tallies.reduce((total, tally) => total + tally[key], 0);
const [passed, failed, skipped] = [sum("passed"), sum("failed"), sum("skipped")];
process.stdout.write(skipped > 0 ? `\n${skipped} skipped\n` : "\n");
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
