/** `sevens check --fix`: what is safe is mended in the files, and all else stays as it is. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inFolder, projection, sevens, textIn, violations } from "./harness.ts";

/** Sound, but for the version and an import that nothing reads. */
const untidy = projection.replace("sevens 1\n", "").replace("{ Ge }", "{ Ge, CsI }");
const tidy = projection;

const inInteraction = (value: string): string =>
  `sevens 1\ninteraction Toy {\n  parameter a = ${value}\n  charge[l] += a * Z\n}\n`;

describe("check --fix", () => {
  it("mends what is safe, says so, and leaves the rest byte for byte", async () => {
    await inFolder({ "a.sevens": `\uFEFF${untidy}` }, async (cwd) => {
      const { code, stdout, stderr } = await sevens(["check", "--fix", "a.sevens"], { cwd });
      expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
      expect(stderr).toMatch(/^a\.sevens:\d+: add the head line \(SV1011\)$/m);
      expect(stderr).toMatch(/^a\.sevens:\d+: remove `CsI` \(SV1113\)$/m);
      expect(stderr).toContain("a.sevens: no problems");
      expect(textIn(cwd, "a.sevens")).toBe(`\uFEFF${tidy}`);
    });
  });

  it("leaves sound files alone", async () => {
    await inFolder({ "a.sevens": tidy }, async (cwd) => {
      const { code, stderr } = await sevens(["check", "--fix", "a.sevens"], { cwd });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "a.sevens: no problems\n" });
      expect(textIn(cwd, "a.sevens")).toBe(tidy);
    });
  });

  it("prints JSON with the changes", async () => {
    await inFolder({ "a.sevens": untidy }, async (cwd) => {
      const { code, stdout } = await sevens(["check", "--fix", "a.sevens", "--format", "json"], { cwd });
      expect(code).toBe(0);
      expect(violations("check", stdout)).toBeUndefined();
      const { fixed, diagnostics } = JSON.parse(stdout);
      expect(diagnostics).toEqual([]);
      expect(fixed.map(({ code: of }: { code: string }) => of).sort()).toEqual(["SV1011", "SV1113"]);
    });
  });

  it("ends by what is left: neither a guess nor what may come from an error is a safe change", async () => {
    const text = untidy.replace("target Ge = 10 kg", "target Ge = 10 km");
    await inFolder({ "a.sevens": text }, async (cwd) => {
      const { code, stderr } = await sevens(["check", "--fix", "a.sevens"], { cwd });
      expect(code).toBe(1);
      expect(stderr).toMatch(/error\[SV12\d\d\]/);
      expect(textIn(cwd, "a.sevens")).toBe(text);
    });
  });

  it("keeps an import whose reader is missing", async () => {
    const text =
      "sevens 1\nuse interactions { StandardModel }\nuse experiments { CsI2021 }\n\nanalysis A {\n  experiments = CsI2021\n}\n";
    await inFolder({ "a.sevens": text }, async (cwd) => {
      expect((await sevens(["check", "--fix", "a.sevens"], { cwd })).code).toBe(1);
      expect(textIn(cwd, "a.sevens")).toBe(text);
    });
  });

  it("adds the brace of a block, and writes a decimal point", async () => {
    const text = tidy.replace(/^(experiment \w+) \{$/m, "$1");
    expect(text).not.toBe(tidy);
    await inFolder({ "a.sevens": `${text}constant c = 0,05\n` }, async (cwd) => {
      const { stderr, code } = await sevens(["check", "--fix", "a.sevens"], { cwd });
      expect(code, stderr).toBe(0);
      expect(textIn(cwd, "a.sevens")).toBe(`${tidy}constant c = 0.05\n`);
    });
  });

  it("mends errors that can mean one thing only, then what comes to light", async () => {
    const text = "use nuclei { }\nconstant A = 2**3\n";
    await inFolder({ "a.sevens": text }, async (cwd) => {
      const { stderr, code } = await sevens(["check", "--fix", "a.sevens"], { cwd });
      expect(code, stderr).toBe(0);
      expect(textIn(cwd, "a.sevens")).toBe("sevens 1\nconstant A = 2^3\n");
    });
  });

  it("removes an empty `use` of any module of the library", async () => {
    await inFolder({ "a.sevens": "sevens 1\nuse functions { }\nconstant a = 1\n" }, async (cwd) => {
      expect((await sevens(["check", "--fix", "a.sevens"], { cwd })).code).toBe(0);
      expect(textIn(cwd, "a.sevens")).toBe("sevens 1\nconstant a = 1\n");
    });
  });

  it.each([
    ["sveens 1\nconstant a = 1\n", "sevens 1\nconstant a = 1\n"],
    ["sevens 1\nuse ./part { two }\n", 'sevens 1\nuse "./part.sevens" { two }\n'],
    ['sevens 1\nuse "./part" { two }\n', 'sevens 1\nuse "./part.sevens" { two }\n'],
    ["sevens 1\nuse part { two }\n", 'sevens 1\nuse "./part.sevens" { two }\n'],
    ["sevens 1\nconstant a = .05\n", "sevens 1\nconstant a = 0.05\n"],
    ["sevens 1\nconstant a = 2 × 3\n", "sevens 1\nconstant a = 2 * 3\n"],
    ["sevens 1\nconstant a == 2\n", "sevens 1\nconstant a = 2\n"],
    ["sevens 1\nconstant a = = 2\n", "sevens 1\nconstant a = 2\n"],
    [inInteraction("1 in 0 … 2"), inInteraction("1 in 0 .. 2")],
    [inInteraction("0.2 in 0.5 .. 0.05"), inInteraction("0.2 in 0.05 .. 0.5")],
    [inInteraction("0.2 in 0,05 .. 0,5"), inInteraction("0.2 in 0.05 .. 0.5")],
  ])("mends what can mean one thing only: %s", async (wrong, right) => {
    const files = { "a.sevens": wrong, "part.sevens": "sevens 1\nconstant two = 2\n" };
    await inFolder(files, async (cwd) => {
      await sevens(["check", "--fix", "a.sevens"], { cwd });
      expect(textIn(cwd, "a.sevens")).toBe(right);
    });
  });

  it("writes lines that end as those of the file", async () => {
    await inFolder({ "a.sevens": untidy.replaceAll("\n", "\r\n") }, async (cwd) => {
      expect((await sevens(["check", "--fix", "a.sevens"], { cwd })).code).toBe(0);
      expect(textIn(cwd, "a.sevens").replaceAll("\r\n", "")).not.toContain("\n");
    });
  });

  it("keeps an import that another file reads from there", async () => {
    const a = "sevens 1\nuse nuclei { Cs133, I127 }\nmaterial OnlyI = { I127: 1 }\n";
    const b = 'sevens 1\nuse "./a.sevens" { Cs133 }\nmaterial OnlyCs = { Cs133: 1 }\n';
    await inFolder({ "a.sevens": a, "b.sevens": b }, async (cwd) => {
      const both = await sevens(["check", "--fix", "a.sevens", "b.sevens"], { cwd });
      expect(both.code).toBe(0);
      expect(textIn(cwd, "a.sevens")).toBe(a);
      expect(both.stderr).toContain("SV1113");
    });
  });

  it("does not touch packages, nor what links to them", async () => {
    await inFolder({ "package.json": "{}" }, async (cwd) => {
      const folder = join(cwd, "node_modules", "other");
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "a.sevens"), untidy);
      symlinkSync(join(folder, "a.sevens"), join(cwd, "link.sevens"));
      for (const file of ["node_modules/other/a.sevens", "link.sevens"]) {
        await sevens(["check", "--fix", file], { cwd });
        expect(readFileSync(join(folder, "a.sevens"), "utf8")).toBe(untidy);
      }
    });
  });

  it.each([
    ["link.sevens", "a link to it"],
    ["a.sevens", "the same name"],
    ["./a.sevens", "another spelling"],
  ])("makes each change of a file once that is also given as %s, %s", async (again) => {
    await inFolder({ "a.sevens": untidy }, async (cwd) => {
      symlinkSync(join(cwd, "a.sevens"), join(cwd, "link.sevens"));
      const { code, stderr } = await sevens(["check", "--fix", "a.sevens", again], { cwd });
      expect(code).toBe(0);
      expect(stderr.match(/\(SV1011\)$/gm)).toHaveLength(1);
      expect(stderr.match(/\(SV1113\)$/gm)).toHaveLength(1);
      expect(textIn(cwd, "a.sevens")).toBe(tidy);
    });
  });

  it("keeps an import that another file reads by way of a link", async () => {
    const a = "sevens 1\nuse nuclei { Cs133, I127 }\nmaterial OnlyI = { I127: 1 }\n";
    const b = 'sevens 1\nuse "./link.sevens" { Cs133 }\nmaterial OnlyCs = { Cs133: 1 }\n';
    await inFolder({ "a.sevens": a, "b.sevens": b }, async (cwd) => {
      symlinkSync(join(cwd, "a.sevens"), join(cwd, "link.sevens"));
      expect((await sevens(["check", "--fix", "a.sevens", "b.sevens"], { cwd })).code).toBe(0);
      expect(textIn(cwd, "a.sevens")).toBe(a);
    });
  });

  it.each([
    [["-"], "standard input cannot be written to"],
    [["a.sevens", "--dump", "model"], "exclude each other"],
  ])("refuses %j", async (args, reason) => {
    await inFolder({ "a.sevens": tidy }, async (cwd) => {
      const { code, stderr } = await sevens(["check", "--fix", ...args], { cwd, stdin: untidy });
      expect(code).toBe(2);
      expect(stderr).toContain(reason);
    });
  });
});
