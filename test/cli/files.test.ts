/** Verbs that write files: plot, build, fmt, new. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { templateKinds } from "../../compiler/cli/templates.ts";
import { inFolder, neutronRadius, projection, sevens, textIn } from "./harness.ts";

describe("plot", () => {
  it("draws SVG and PNG, with the numbers as CSV", async () => {
    await inFolder({ "a.sevens": projection }, async (cwd) => {
      const svg = await sevens(["plot", "a.sevens", "-o", "a.svg", "--data", "a.csv"], { cwd });
      expect(svg).toMatchObject({ code: 0, stdout: "", stderr: "wrote a.svg\nwrote a.csv\n" });
      expect(textIn(cwd, "a.svg")).toMatch(/^<svg /);
      expect(textIn(cwd, "a.csv")).toMatch(/^axis,unit,low,high,CEvNS,Flat,backgrounds,total,/);
      const png = await sevens(["plot", "a.sevens", "-o", "a.png", "--prefit"], { cwd });
      expect(png.code).toBe(0);
      expect(textIn(cwd, "a.png").slice(1, 4)).toBe("PNG");
    });
  });

  it("goes to standard output without -o", async () => {
    const { code, stdout } = await sevens(["plot", neutronRadius, "--subtract"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^<svg /);
    expect(stdout).toContain("Excess events");
  });

  it("puts the name of the experiment into the path when there are several", async () => {
    const second = projection.slice(
      projection.indexOf("/// The detector at"),
      projection.indexOf("/// How well"),
    );
    const two = `${projection}\n${second.replace("Ge1Run", "Ge1Again")}`.replace(
      "experiments = Ge1Run",
      "experiments = Ge1Run, Ge1Again",
    );
    await inFolder({ "a.sevens": two }, async (cwd) => {
      const { code, stderr } = await sevens(["plot", "a.sevens", "-o", "a.svg"], { cwd });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "wrote a-Ge1Run.svg\nwrote a-Ge1Again.svg\n" });
      expect((await sevens(["plot", "a.sevens"], { cwd })).code).toBe(2);
      const one = await sevens(["plot", "a.sevens", "--experiment", "Ge1Run", "-o", "one.svg"], { cwd });
      expect(one.stderr).toBe("wrote one.svg\n");
    });
  });

  it("knows two kinds of pictures", async () => {
    expect(await sevens(["plot", neutronRadius, "-o", "a.pdf"])).toMatchObject({ code: 2 });
  });
});

describe("build", () => {
  it("writes a typed module, the same bytes each time", async () => {
    await inFolder({ "a.sevens": projection }, async (cwd) => {
      const first = await sevens(["build", "a.sevens", "-o", "out"], { cwd });
      expect(first).toMatchObject({ code: 0, stdout: "", stderr: "wrote out/a.ts\n" });
      expect(readdirSync(join(cwd, "out"))).toEqual(["a.ts"]);
      const text = textIn(cwd, "out/a.ts");
      expect(text).toContain('from "sevens/runtime"');
      expect(text).not.toContain(cwd);
      expect((await sevens(["build", "a.sevens"], { cwd })).stdout).toBe(text);
    });
  });

  it("writes JavaScript with types", async () => {
    await inFolder({ "a.sevens": projection }, async (cwd) => {
      await sevens(["build", "a.sevens", "--js", "-o", ".", "--name", "ge"], { cwd });
      expect(readdirSync(cwd).sort()).toEqual(["a.sevens", "ge.d.ts", "ge.js"]);
      expect(textIn(cwd, "ge.d.ts")).toContain("Ge1Sensitivity");
    });
  });

  it("writes nothing when one of the specs is wrong", async () => {
    await inFolder({ "a.sevens": projection, "b.sevens": "sevens 1\nnucleus X {\n}\n" }, async (cwd) => {
      expect((await sevens(["build", "a.sevens", "b.sevens", "-o", "out"], { cwd })).code).toBe(1);
      expect(existsSync(join(cwd, "out"))).toBe(false);
    });
  });

  it("refuses two modules of one name", async () => {
    await inFolder({ "a.sevens": projection }, async (cwd) => {
      const { code, stderr } = await sevens(["build", "a.sevens", "./a.sevens", "-o", "out"], { cwd });
      expect(code).toBe(2);
      expect(stderr).toContain("two modules would be called `a`");
    });
  });
});

describe("fmt", () => {
  const ugly = "sevens 1\nconstant   a=1   // one\n\n\n\nconstant b = 2*a\n";
  const neat = "sevens 1\n\nconstant a = 1 // one\n\nconstant b = 2*a\n";

  it("prints, checks and writes", async () => {
    await inFolder({ "a.sevens": ugly }, async (cwd) => {
      const printed = await sevens(["fmt", "a.sevens"], { cwd });
      expect(printed.code).toBe(0);
      expect(printed.stdout.replace(/\s+/g, "")).toBe(neat.replace(/\s+/g, ""));
      expect(await sevens(["fmt", "--check", "a.sevens"], { cwd })).toMatchObject({
        code: 1,
        stderr: "a.sevens is not formatted\n",
      });
      expect(await sevens(["fmt", "--write", "a.sevens"], { cwd })).toMatchObject({ code: 0, stdout: "" });
      expect(textIn(cwd, "a.sevens")).toBe(printed.stdout);
      expect((await sevens(["fmt", "--check", "a.sevens"], { cwd })).code).toBe(0);
    });
  });

  it("goes on after a file that is no spec", async () => {
    await inFolder({ "a.sevens": "constant = ", "b.sevens": ugly }, async (cwd) => {
      const { code, stderr } = await sevens(["fmt", "--write", "a.sevens", "none", "b.sevens"], { cwd });
      expect(code).toBe(1);
      expect(stderr).toContain("error[SV10");
      expect(stderr).toContain("cannot find the file `none`");
      expect(stderr).toContain("formatted b.sevens");
    });
  });

  it("leaves a text with errors alone", async () => {
    await inFolder({ "a.sevens": "sevens 1\nconstant = \n" }, async (cwd) => {
      const { code, stdout } = await sevens(["fmt", "--write", "a.sevens"], { cwd });
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(textIn(cwd, "a.sevens")).toBe("sevens 1\nconstant = \n");
    });
  });
});

describe("new", () => {
  it.each(templateKinds)("a new %s is sound, formatted, and has rates and a fit", async (kind) => {
    await inFolder({}, async (cwd) => {
      const made = await sevens(["new", "Mine", "--kind", kind], { cwd });
      expect(made).toMatchObject({ code: 0, stdout: "" });
      for (const verb of ["check", "rates", "fit", "fmt"]) {
        const { code, stderr } = await sevens([verb, "Mine.sevens"], { cwd });
        expect({ verb, code, stderr }).toEqual({
          verb,
          code: 0,
          stderr: verb === "check" ? "Mine.sevens: no problems\n" : "",
        });
      }
    });
  });

  it("does not replace a file, and wants a name", async () => {
    await inFolder({ "Mine.sevens": "" }, async (cwd) => {
      expect((await sevens(["new", "Mine"], { cwd })).code).toBe(2);
      expect(textIn(cwd, "Mine.sevens")).toBe("");
      expect((await sevens(["new", "Mine", "--force"], { cwd })).code).toBe(0);
      expect((await sevens(["new", "../x"], { cwd })).code).toBe(2);
      const printed = await sevens(["new", "X", "-o", "-"], { cwd });
      expect(printed.stdout).toContain("interaction X {");
    });
  });
});
