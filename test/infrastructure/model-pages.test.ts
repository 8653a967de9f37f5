/** docs/models is what `sevens doc models` writes, and its formulas can be set. `npm run golden` writes it anew. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import katex from "katex";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sevens } from "./command-line.ts";
import { codeBlocks, links } from "./markdown.ts";
import { root } from "./root.ts";

const kept = join(root, "docs", "models");
let folder = "";

const pagesIn = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, encoding: "utf8" })
    .map((one) => one.replaceAll("\\", "/"))
    .filter((one) => one.endsWith(".md"))
    .sort();

const page = (path: string, name: string): string => readFileSync(join(path, name), "utf8");

/** Displays and formulas within lines. */
function formulasOf(text: string): readonly string[] {
  const displays = codeBlocks(text).flatMap(({ language, code }) => (language === "math" ? [code] : []));
  const inline = [...text.matchAll(/\$`([^`]+)`\$/g)].map(([, latex = ""]) => latex);
  return [...displays, ...inline];
}

function problemOf(latex: string): string | undefined {
  try {
    katex.renderToString(latex, { displayMode: true, strict: "error", throwOnError: true });
    return undefined;
  } catch (error) {
    return `${error instanceof Error ? error.message : error}: ${latex}`;
  }
}

describe("docs/models", () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "sevens-pages-"));
    const { exitCode, stderr } = await sevens(["doc", "models", "-o", folder]);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    if (process.env.UPDATE === undefined) return;
    rmSync(kept, { recursive: true, force: true });
    cpSync(folder, kept, { recursive: true });
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  test("has a page for all that is in models, and none besides", () => {
    expect(pagesIn(kept)).toEqual(pagesIn(folder));
  });

  test("says what the specs say", () => {
    const stale = pagesIn(folder).filter(
      (name) => existsSync(join(kept, name)) && page(kept, name) !== page(folder, name),
    );
    expect(stale).toEqual([]);
  });

  test("has formulas that can be set", () => {
    const all = pagesIn(folder).flatMap((name) => formulasOf(page(folder, name)));
    expect(all.length).toBeGreaterThan(100);
    expect(all.flatMap((latex) => problemOf(latex) ?? [])).toEqual([]);
  });

  test("has links that lead somewhere", () => {
    const local = links(page(folder, "README.md")).filter((link) => !link.startsWith("http"));
    expect(local.filter((link) => !existsSync(join(folder, link)))).toEqual([]);
  });

  test("every interaction has formulas, parameters and citations", () => {
    const lacking = pagesIn(join(folder, "interactions")).filter((name) => {
      const text = page(join(folder, "interactions"), name);
      return !(text.includes("```math") && text.includes("**Parameters**") && text.includes("**Citations**"));
    });
    expect(lacking).toEqual([]);
  });
});

describe("sevens doc", () => {
  test("makes the page of one spec", async () => {
    const stdin = "sevens 1\n/// Nothing but a charge.\ninteraction Mine {\n  charge[l] += 1\n}\n";
    const { exitCode, stdout } = await sevens(["doc", "-"], { stdin });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Nothing but a charge.\n\n```math\nQ_{\\ell} \\mathrel{+}= 1\n```");
  });
});

describe("sevens doc of a folder", () => {
  test("makes a page for each spec, and one that lists them", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "sevens-own-"));
    try {
      mkdirSync(join(cwd, "mine", "node_modules", "other"), { recursive: true });
      const spec = "sevens 1\n/// What is tried: a charge.\ninteraction Tried {\n  charge[l] += 1\n}\n";
      writeFileSync(join(cwd, "mine", "Tried.sevens"), spec);
      writeFileSync(join(cwd, "mine", "node_modules", "other", "x.sevens"), spec);
      expect(await sevens(["doc", "mine", "-o", "pages"], { cwd })).toMatchObject({ exitCode: 0 });
      expect(pagesIn(join(cwd, "pages"))).toEqual(["README.md", "Tried.md"]);
      expect(page(join(cwd, "pages"), "README.md")).toContain("| [Tried](Tried.md) | What is tried. |");
      expect(page(join(cwd, "pages"), "Tried.md")).toContain('`use "./Tried.sevens" { Tried }`');
      expect(await sevens(["doc", "mine"], { cwd })).toMatchObject({ exitCode: 2, stdout: "" });
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });
});

describe("sevens export --to latex", () => {
  test("prints formulas and parameters of all that a spec uses", async () => {
    const { exitCode, stdout } = await sevens(["export", "models/interactions/NSI.sevens", "--to", "latex"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "% \\usepackage{amsmath, amssymb}
      \\paragraph{interaction NSI}
      \\[
      Q_{\\ell k} \\mathrel{+}= \\left(2\\,\\varepsilon_{\\ell k}^{u} + \\varepsilon_{\\ell k}^{d}\\right)\\,Z\\,F_{p}(q) + \\left(\\varepsilon_{\\ell k}^{u} + 2\\,\\varepsilon_{\\ell k}^{d}\\right)\\,N\\,F_{n}(q)
      \\]
      $\\varepsilon_{\\ell k}^{u} = 0$, $\\varepsilon_{\\ell k}^{d} = 0$.
      "
    `);
  });
});
