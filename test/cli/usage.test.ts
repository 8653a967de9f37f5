import { describe, expect, it } from "vitest";
import { verbs } from "../../compiler/cli/verbs.ts";
import { sevens } from "./harness.ts";

describe("help", () => {
  it("lists the verbs on standard output", async () => {
    const { code, stdout, stderr } = await sevens(["--help"]);
    expect(code).toBe(0);
    expect(stderr).toBe("");
    for (const { name, summary } of verbs)
      expect(stdout.replace(/\s+/g, " ")).toContain(`${name} ${summary}`);
  });

  it.each(verbs.map(({ name }) => name))("shows the options and examples of %s", async (name) => {
    const { code, stdout } = await sevens(["help", name]);
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: sevens ${name}`);
    expect(stdout).toContain(`  $ sevens ${name} `);
    expect((await sevens([name, "--help"])).stdout).toBe(stdout);
  });

  it("prints the version", async () => {
    expect(await sevens(["--version"])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
  });
});

describe("a wrong command line", () => {
  it.each([
    [["rats"], "unknown verb `rats`", "did you mean `rates`?"],
    [["help", "xsecs"], "unknown verb `xsecs`", "did you mean `xsec`?"],
    [["frobnicate"], "unknown verb `frobnicate`", "the verbs are check, rates"],
    [["rates"], "missing required argument `file`", "`sevens help rates` shows its options"],
    [["rates", "a", "b"], "too many arguments", "`sevens help rates` shows its options"],
    [["rates", "a", "--formt", "csv"], "unknown option `--formt`", "did you mean `--format`?"],
    [["rates", "a", "--format", "cvs"], "argument `cvs` is invalid", "did you mean `csv`?"],
    [["rates", "a", "--precision", "-1"], "It is not a positive number", "sevens help rates"],
    [["rates", "a", "--experiment", "A,,B"], "A name is missing", "sevens help rates"],
    [["fit", "a", "--set"], "argument missing", "sevens help fit"],
    [["--wrong"], "unknown option `--wrong`", "`sevens --help` lists the verbs"],
  ])("%j exits 2 and helps", async (args, problem, help) => {
    const { code, stdout, stderr } = await sevens(args);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("error[SV1901]: ");
    expect(stderr).toContain(problem);
    expect(stderr).toContain(help);
  });

  it("is underlined where it is wrong", async () => {
    const { stderr } = await sevens(["rates", "x.sevens", "--formt", "csv"]);
    expect(stderr).toContain("1 | sevens rates x.sevens --formt csv\n  |                       ^^^^^^^");
  });

  it("without a verb shows the help on standard error", async () => {
    expect(await sevens([])).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining("Usage:"),
    });
  });
});

describe("colours", () => {
  const colour = "\u001b[";
  it.each([
    ["not in a file", {}, [], false],
    ["on a terminal", { tty: true }, [], true],
    ["not with NO_COLOR", { tty: true, env: { NO_COLOR: "1" } }, [], false],
    ["with FORCE_COLOR", { env: { FORCE_COLOR: "1" } }, [], true],
    ["not on a dumb terminal", { tty: true, env: { TERM: "dumb" } }, [], false],
    ["with --color", { env: { NO_COLOR: "1" } }, ["--color"], true],
    ["not with --no-color", { tty: true }, ["--no-color"], false],
  ])("%s", async (_name, world, options, colored) => {
    const { stderr } = await sevens(["check", "missing.sevens", ...options], world);
    expect(stderr).toContain("cannot find the file");
    expect(stderr.includes(colour)).toBe(colored);
  });
});

describe("a fault of ours", () => {
  it("exits 4, says so, and names a report instead of showing a stack", async () => {
    const { run } = await import("../../compiler/cli/main.ts");
    let stderr = "";
    const say = (data: string | Uint8Array): void => {
      stderr += data;
    };
    const io = {
      stdout: { write: () => {}, isTTY: false },
      stderr: { write: say, isTTY: false },
      stdin: () => Promise.reject(new TypeError("the pipe burst")),
      cwd: process.cwd(),
      env: {},
    };
    expect(await run(["check", "-"], io)).toBe(4);
    expect(stderr).toContain("this is a bug of Sevens, not of your spec: the pipe burst");
    expect(stderr).not.toContain("    at ");
    const [path = ""] = /\S+sevens-bug-\w+\.txt/.exec(stderr) ?? [];
    const { readFileSync, rmSync } = await import("node:fs");
    const report = readFileSync(path, "utf8");
    rmSync(path);
    expect(report).toContain("command: sevens check -");
    expect(report).toContain("    at ");
  });
});
