import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inFolder, neutronRadius, projection, sevens, violations, weakMixingAngle } from "./harness.ts";

const wrong = projection.replace("target Ge = 10 kg", "target Ge = 10 km");

describe("check", () => {
  it("is content with the examples", async () => {
    const { code, stdout, stderr } = await sevens(["check", neutronRadius, weakMixingAngle]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toMatch(/neutron-radius\.sevens: no problems\n.*weak-mixing-angle\.sevens: no problems\n/);
  });

  it("prints what is wrong on standard error, with the path as it was given", async () => {
    await inFolder({ "a.sevens": wrong }, async (cwd) => {
      const { code, stdout, stderr } = await sevens(["check", "a.sevens"], { cwd });
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toMatch(/error\[SV12\d\d\]: /);
      expect(stderr).toContain("--> a.sevens:8:");
    });
  });

  it("prints JSON on standard output", async () => {
    await inFolder({ "a.sevens": wrong }, async (cwd) => {
      const { code, stdout, stderr } = await sevens(["check", "a.sevens", "--format", "json"], { cwd });
      expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
      expect(violations("check", stdout)).toBeUndefined();
      expect(JSON.parse(stdout)).toMatchObject({
        files: ["a.sevens"],
        errors: 1,
        diagnostics: [{ file: "a.sevens", line: 8, severity: "error" }],
      });
    });
  });

  it("goes on after a file that cannot be read", async () => {
    await inFolder({ "b.sevens": projection }, async (cwd) => {
      const { code, stderr } = await sevens(["check", "a.sevens", "b.sevens"], { cwd });
      expect(code).toBe(1);
      expect(stderr).toContain("cannot find the file `a.sevens`");
      expect(stderr).toContain("b.sevens: no problems");
      expect(stderr).toContain("1 error in 2 files");
    });
  });

  it("reads standard input", async () => {
    expect(await sevens(["check", "-"], { stdin: projection })).toMatchObject({
      code: 0,
      stderr: "<stdin>: no problems\n",
    });
    const { code, stderr } = await sevens(["check", "-"], { stdin: wrong });
    expect(code).toBe(1);
    expect(stderr).toContain("--> <stdin>:8:");
  });

  it("says what precision is reached", async () => {
    const args = ["check", "-", "--precision", "1e-5", "--format", "json"];
    const { code, stdout } = await sevens(args, { stdin: projection });
    expect(code).toBe(0);
    expect(violations("check", stdout)).toBeUndefined();
    const [first] = JSON.parse(stdout).precision;
    expect(first.name).toBe("Ge1Sensitivity");
    expect(first.reached).toBeLessThan(1e-5);
  });

  it.each(["syntax", "model", "rate", "kernel", "code"])("dumps %s", async (stage) => {
    const { code, stdout } = await sevens(["check", "-", "--dump", stage], { stdin: projection });
    expect(code).toBe(0);
    expect(stdout.length).toBeGreaterThan(100);
  });
});

describe("what is no spec", () => {
  it.each([
    ["empty.sevens", "", "SV13"],
    ["binary.sevens", new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]), "it is binary, not text"],
    ["latin1.sevens", new Uint8Array([0x2f, 0x2f, 0xe9, 0x0a]), "it is not UTF-8 text"],
    ["broken.json", '{ "sevens": 1, }', "SV1707"],
    ["other.json", '{ "a": 1 }', "SV1708"],
    ["text.json", "sevens 1", "SV1707"],
  ])("%s is a problem, and no crash", async (name, data, says) => {
    await inFolder({ [name]: data }, async (cwd) => {
      for (const verb of ["check", "rates", "fmt"]) {
        const { code, stdout, stderr } = await sevens([verb, name], { cwd });
        if (verb === "fmt" && name === "empty.sevens") continue;
        expect(code).toBe(1);
        expect(stdout).toBe("");
        expect(stderr).toContain(says);
      }
    });
  });

  it("a folder, a file without permission, a dangling link", async () => {
    await inFolder({ "secret.sevens": projection }, async (cwd) => {
      mkdirSync(join(cwd, "folder"));
      symlinkSync("nowhere", join(cwd, "link.sevens"));
      chmodSync(join(cwd, "secret.sevens"), 0);
      const root = process.getuid?.() === 0;
      const expected = [
        ["folder", "it is a folder"],
        ["link.sevens", "cannot find the file"],
        ...(root ? [] : [["secret.sevens", "permission denied"]]),
      ];
      for (const [name, says] of expected) {
        expect(await sevens(["rates", name!], { cwd })).toMatchObject({
          code: 1,
          stderr: expect.stringContaining(says!),
        });
      }
    });
  });

  it("files outside the project are not read, not even through a link", async () => {
    await inFolder({ "secret.csv": "q,F\n0,1\n1,0.5\n" }, async (outside) => {
      const table = (file: string) =>
        `sevens 1\ntable t(q: MeV): number {\n  file = "${file}"\n  columns = q, F\n}\n`;
      await inFolder({ "package.json": "{}" }, async (cwd) => {
        symlinkSync(join(outside, "secret.csv"), join(cwd, "link.csv"));
        for (const file of [`../${outside.split("/").at(-1)}/secret.csv`, "link.csv"]) {
          writeFileSync(join(cwd, "a.sevens"), table(file));
          expect((await sevens(["check", "a.sevens"], { cwd })).code).toBe(1);
        }
        writeFileSync(join(cwd, "inside.csv"), "q,F\n0,1\n1,0.5\n");
        writeFileSync(join(cwd, "a.sevens"), table("inside.csv"));
        expect((await sevens(["check", "a.sevens"], { cwd })).code).toBe(0);
      });
    });
  });
});
