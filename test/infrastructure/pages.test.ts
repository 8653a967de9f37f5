/** Prose that lists what is there is complete. */
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { sevens } from "./command-line.ts";
import { links } from "./markdown.ts";
import { root, text } from "./root.ts";

const pages = [
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "docs/architecture.md",
  "docs/README.md",
  "docs/guide/write-your-own-interaction.md",
  "docs/language.md",
  "examples/README.md",
  "models/README.md",
];

const folders = (path: string): readonly string[] =>
  readdirSync(join(root, path), { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() ? one.name : [],
  );

const files = (path: string, ending: string): readonly string[] =>
  readdirSync(join(root, path), { recursive: true, encoding: "utf8" })
    .map((one) => one.replaceAll("\\", "/"))
    .filter((one) => one.endsWith(ending));

describe("pages", () => {
  test.each(pages)("links of %s lead somewhere", (page) => {
    const local = links(text(page)).filter((link) => !/^(https?:|#)/.test(link));
    expect(local.filter((link) => !existsSync(join(root, dirname(page), link.replace(/#.*$/, ""))))).toEqual(
      [],
    );
  });

  test("docs/architecture.md names every folder of the compiler", () => {
    const named = [...text("docs/architecture.md").matchAll(/^\| `(\w+)\/` \|/gm)].map(([, name]) => name);
    expect(named).toEqual(expect.arrayContaining([...folders("compiler")]));
  });

  test("CONTRIBUTING.md names every dependency and every folder of tests", () => {
    const { dependencies, devDependencies } = JSON.parse(text("package.json"));
    const page = text("CONTRIBUTING.md");
    const names = Object.keys({ ...dependencies, ...devDependencies })
      .filter((name) => !name.startsWith("@types/"))
      .map((name) => name.replace("@biomejs/", ""));
    expect(names.filter((name) => !page.includes(name))).toEqual([]);
    expect(folders("test").filter((name) => !page.includes(`\`test/${name}\``))).toEqual([]);
  });

  test("examples/README.md names every spec", () => {
    const page = text("examples/README.md");
    expect(files("examples", ".sevens").filter((path) => !page.includes(`\`${path}\``))).toEqual([]);
  });

  test("the top level holds what the architecture lists", () => {
    const known = [
      "grammar",
      "compiler",
      "runtime",
      "models",
      "examples",
      "test",
      "docs",
      "dist",
      "node_modules",
    ];
    expect(folders(".").filter((name) => !name.startsWith(".") && !known.includes(name))).toEqual([]);
  });
});

describe("specs of the project", () => {
  const specs = ["examples", "models"].flatMap((folder) =>
    files(folder, ".sevens").map((path) => `${folder}/${path}`),
  );

  test.each(specs.filter((path) => path.startsWith("examples/")))("%s is sound", async (path) => {
    expect(await sevens(["check", path])).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: `${path}: no problems\n`,
    });
  });
});
