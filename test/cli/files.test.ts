/** Verbs that write files: plot, build, fmt, new. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { templateKinds } from "../../compiler/cli/templates.ts";
import { root } from "../physics/compile.ts";
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

  it("knows three kinds of pictures", async () => {
    expect(await sevens(["plot", neutronRadius, "-o", "a.eps"])).toMatchObject({ code: 2 });
    await inFolder({}, async (cwd) => {
      for (const name of ["a.pdf", "b.pdf"]) {
        const drawn = await sevens(["plot", neutronRadius, "--observables", "pe", "-o", name], { cwd });
        expect(drawn).toMatchObject({ code: 0, stderr: `wrote ${name}\n` });
      }
      const [first, second] = ["a.pdf", "b.pdf"].map((name) => readFileSync(join(cwd, name)));
      expect(first!.subarray(0, 5).toString()).toBe("%PDF-");
      expect(first!.equals(second!)).toBe(true);
    });
  });

  it("sets text in a size and font of one's own", async () => {
    const args = ["plot", neutronRadius, "--observables", "pe", "--width", "8"];
    const [usual, larger] = [await sevens(args), await sevens([...args, "--font-size", "12"])];
    const widthOf = (svg: string): number => Number(/<svg[^>]* width="([\d.]+)"/.exec(svg)?.[1]);
    // As wide in print, with larger text.
    expect(Math.abs(widthOf(larger.stdout) / widthOf(usual.stdout) - 1)).toBeLessThan(0.02);
    const font = createRequire(import.meta.url).resolve(
      "@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf",
    );
    expect((await sevens([...args, "--font", font])).stdout).toContain("Arimo, Arimo, Helvetica");
    expect(await sevens([...args, "--font", "package.json"])).toMatchObject({ code: 2 });
    expect((await sevens([...args, "--font", "none.ttf"])).stderr).toContain("cannot be read");
    expect(await sevens([...args, "--font-size", "100"])).toMatchObject({ code: 2 });
  });

  it("draws pulls and impacts", async () => {
    const systematics = `${root}/examples/coherent-csi/response-systematics.sevens`;
    await inFolder({}, async (cwd) => {
      const drawn = await sevens(
        ["plot", systematics, "--impacts", "--most", "3", "-o", "i.svg", "--data", "i.csv"],
        {
          cwd,
        },
      );
      expect(drawn).toMatchObject({ code: 0 });
      const rows = textIn(cwd, "i.csv").trimEnd().split("\n");
      expect(rows).toHaveLength(4);
      expect(rows[1]).toMatch(/^Rn,fm,SNS\.yield,-0\.2/);
    });
    const none = await sevens(["plot", systematics, "--impacts", "--parameter", "Rm"]);
    expect(none).toMatchObject({ code: 2 });
    expect(none.stderr).toContain("free parameters of ResponseSystematics: Rn");
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
