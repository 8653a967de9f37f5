/** The real program, in a process of its own. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { program } from "../infrastructure/program.ts";
import { neutronRadius, projection } from "./harness.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const command = `"${process.execPath}" "${program}"`;

function shell(line: string, input = "") {
  const { status, stdout, stderr } = spawnSync("sh", ["-c", line.replaceAll("$SEVENS", command)], {
    cwd: root,
    input,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  return { status, stdout, stderr };
}

describe("the program", () => {
  it("reads standard input and prints to standard output", () => {
    const { status, stdout, stderr } = shell("$SEVENS rates - --format csv", projection);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^experiment,analysis,/);
  });

  it("sets the exit code", () => {
    expect(shell("$SEVENS rates nowhere").status).toBe(1);
    expect(shell("$SEVENS nothing").status).toBe(2);
  });

  it.each(["yes | $SEVENS check -", "$SEVENS check /dev/zero"])(
    "gives up what has no end: %s",
    { timeout: 60_000 },
    (line) => {
      const { stdout, stderr } = shell(
        `{ timeout 30 sh -c '${line.replaceAll("$SEVENS", command)}'; echo "exit $?"; }`,
      );
      expect(stdout).toBe("exit 1\n");
      expect(stderr).toContain("it is too large for a spec");
    },
  );

  it("ends in peace when the reader goes away", () => {
    const { stdout, stderr } = shell(`{ $SEVENS schema; echo "exit $?" >&2; } | head -c 20`);
    expect(stdout).toHaveLength(20);
    expect(stderr).toBe("exit 0\n");
  });

  it("writes long results to a pipe in full", () => {
    const { status, stdout } = shell(`$SEVENS export ${neutronRadius} --to json | cat`);
    expect(status).toBe(0);
    expect(() => JSON.parse(stdout)).not.toThrow();
    expect(stdout.length).toBeGreaterThan(65_536);
  });

  it("runs from another folder through a link", () => {
    const line = `cd "$(mktemp -d)" && ln -s "${program}" link.js && "${process.execPath}" link.js --version`;
    const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
    expect(shell(line).stdout.trim()).toBe(version);
  });
});
