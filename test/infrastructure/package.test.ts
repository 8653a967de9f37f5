/** The package that `npm publish` would send: what is in it, and that it works where only it is installed. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { builtPackage } from "./built-package.ts";
import { codeBlocks } from "./markdown.ts";
import { root, text } from "./root.ts";

const manifest: {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, unknown>>;
} = JSON.parse(text("package.json"));

const entries = Object.keys(manifest.exports)
  .filter((path) => path !== "./package.json")
  .map((path) => `sevens${path.slice(1)}`);

/** Whoever imports their entries has them. */
const bundlers = Object.keys(manifest.peerDependencies);

const spec = "neutron-radius.sevens";

/** A project that has the package, and the packages it depends on, in its `node_modules`. */
let project = "";
/** The folder that is packed. */
let built = "";
let tarballName = "";
let packed: readonly string[] = [];

beforeAll(async () => {
  built = await builtPackage();
  project = mkdtempSync(join(tmpdir(), "sevens-package-"));
  const modules = join(project, "node_modules");
  mkdirSync(modules);
  const npm = ["pack", "--ignore-scripts", "--json", "--pack-destination", project];
  const [result] = JSON.parse(
    execFileSync("npm", npm, { cwd: built, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
  );
  tarballName = result.filename;
  packed = result.files.map((file: { readonly path: string }) => file.path);
  execFileSync("tar", ["-xzf", join(project, result.filename), "-C", modules]);
  cpSync(join(modules, "package"), join(modules, "sevens"), { recursive: true });
  rmSync(join(modules, "package"), { recursive: true });
  // Types of bundlers need those of Node.
  for (const name of [...Object.keys(manifest.dependencies), ...bundlers, "@types/node"]) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, "node_modules", name), join(modules, name), "junction");
  }
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "user", type: "module" }));
  cpSync(join(root, "examples/coherent-csi", spec), join(project, spec));
}, 120_000);
afterAll(() => rmSync(project, { recursive: true }));

/** The text of a file of the package. */
function inPackage(path: string): string {
  return readFileSync(join(built, path), "utf8");
}

/** Runs the installed command line. */
function installed(...args: readonly string[]) {
  const cli = join(project, "node_modules/sevens/dist/cli.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: project,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

/** What a module of the project prints. */
function printed(code: string): string {
  writeFileSync(join(project, "user.js"), code);
  return execFileSync(process.execPath, ["user.js"], { cwd: project, encoding: "utf8" }).trim();
}

/** What a file of the build imports, at once or on demand; the texts of templates import things as well. */
function importsOf(path: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const named =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : undefined;
    if (named !== undefined && ts.isStringLiteralLike(named)) found.push(named.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, inPackage(path), ts.ScriptTarget.Latest));
  return found;
}

/** Packages that are loaded on demand, on Node. */
const lazy = ["ts-morph"];

const strict: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  noEmit: true,
  types: [],
};

/** What the strict type checker says of a file of the project and all that it imports. */
function problems(path: string): readonly string[] {
  return ts
    .getPreEmitDiagnostics(ts.createProgram([join(project, path)], strict))
    .map(
      ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
}

describe("the package", () => {
  test("is well formed", async () => {
    const { messages, pkg } = await publint({
      pkgDir: join(project, "node_modules/sevens"),
      strict: true,
      pack: false,
    });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test("has types that every way of importing finds", async () => {
    const tarball = readFileSync(join(project, tarballName));
    const result = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)));
    const problems = result.types === false ? ["no types"] : result.problems;
    // The package is ESM alone: CommonJS gets it by `import()`, and the oldest resolution knows no `exports`.
    const known = ["CJSResolvesToESM"];
    const kept = problems.filter(
      (one) =>
        typeof one === "string" ||
        !(known.includes(one.kind) || ("resolutionKind" in one && one.resolutionKind === "node10")),
    );
    expect(kept).toEqual([]);
  });

  test("holds the build, the library and its papers, and nothing else", () => {
    const expected =
      /^(dist\/((cli|plugin)\/)?[\w-]+\.(js|d\.ts)|dist\/licenses(-cli|-plugin)?\.txt|models\/.+\.(sevens|csv|md)|(README|CHANGELOG)\.md|LICENSE|package\.json)$/;
    expect(packed.filter((path) => !expected.test(path))).toEqual([]);
    const library = readdirSync(join(root, "models"), { recursive: true, encoding: "utf8" }).filter((path) =>
      /\.(sevens|csv)$/.test(path),
    );
    const due = [
      "README.md",
      "CHANGELOG.md",
      "LICENSE",
      ...library.map((path) => `models/${path.replaceAll("\\", "/")}`),
    ];
    expect(due.filter((path) => !packed.includes(path))).toEqual([]);
  });

  test("names every package whose code is bundled", () => {
    for (const name of ["chevrotain", "ajv", "handlebars"])
      expect(inPackage("dist/licenses.txt")).toContain(`${name} `);
    for (const name of ["chevrotain", "commander"])
      expect(inPackage("dist/licenses-cli.txt")).toContain(`${name} `);
  });

  test("has the code of small packages bundled, and leaves out the large ones", () => {
    const files = packed.filter((path) => /^dist\/.*\.js$/.test(path));
    const imports = files.flatMap((path) => importsOf(path));
    const packages = imports.map((name) => name.replace(/^((?:@[^/]+\/)?[^/]+).*$/, "$1"));
    // The template of generated modules imports from the package itself.
    const known = [...Object.keys(manifest.dependencies), ...bundlers, ...builtinModules, "sevens"];
    expect(packages.filter((name) => !/^(node:|\.)/.test(name) && !known.includes(name))).toEqual([]);
  });

  test.each(["runtime", "grammar", "index"])(
    "needs no Node for %s, so that it runs in web pages",
    (entry) => {
      const reached = new Set<string>();
      const follow = (path: string): void => {
        if (reached.has(path)) return;
        reached.add(path);
        for (const name of importsOf(path)) {
          if (!lazy.includes(name)) expect(name).toMatch(/^\.\//);
          if (name.startsWith("./")) follow(`dist/${name.slice(2)}`);
        }
      };
      follow(`dist/${entry}.js`);
    },
  );

  test.each(entries)("exports names from %s", (entry) => {
    const count = printed(`import * as all from "${entry}"; console.log(Object.keys(all).length)`);
    // A plugin is one function.
    const least = bundlers.includes(entry.slice("sevens/".length)) ? 1 : 2;
    expect(Number(count)).toBeGreaterThanOrEqual(least);
  });

  test("has types that need nothing that is not installed", () => {
    const all = entries.map((entry, i) => `export * as entry${i} from "${entry}";`);
    writeFileSync(join(project, "entries.ts"), all.join("\n"));
    // Those of Vega-Lite contradict themselves under exactOptionalPropertyTypes.
    expect(problems("entries.ts").filter((problem) => !problem.includes("/vega-lite/"))).toEqual([]);
  });
});

describe("the installed command line", () => {
  test("finds its library", () => {
    expect(installed("rates", spec, "--format", "json")).toMatchObject({ status: 0, stderr: "" });
    expect(installed("--version")).toMatchObject({ status: 0, stdout: "0.1.0\n" });
  });

  test("finds its worker threads", () => {
    const scan = installed(
      "scan",
      spec,
      "--grid",
      "Rn=5 fm .. 6 fm step 0.5 fm",
      "--workers",
      "2",
      "-o",
      "scan.csv",
    );
    expect(scan).toMatchObject({ status: 0 });
  });

  test("finds its font", () => {
    expect(installed("plot", spec, "--prefit", "-o", "csi.png")).toMatchObject({ status: 0 });
    expect(statSync(join(project, "csi.png")).size).toBeGreaterThan(10_000);
  });
});

describe("generated modules", () => {
  beforeAll(() => {
    expect(installed("build", spec, "-o", "generated")).toMatchObject({ status: 0 });
  }, 60_000);

  test("pass the strict type checker, used as in the README", () => {
    const block = codeBlocks(text("README.md")).find(({ language }) => language === "ts");
    writeFileSync(join(project, "user.ts"), block?.code ?? "");
    expect(problems("user.ts")).toEqual([]);
  });

  test("have types that refuse a wrong name", () => {
    const use = "createNeutronRadius().counts(new Float64Array(1)).CsI2022";
    const module = "./generated/neutron-radius.ts";
    writeFileSync(
      join(project, "wrong.ts"),
      `import { createNeutronRadius } from "${module}";\nexport const x = ${use};`,
    );
    expect(problems("wrong.ts")).toContainEqual(expect.stringContaining("'CsI2022' does not exist"));
  });

  test("give the numbers of the command line", () => {
    expect(installed("build", spec, "--js", "-o", "javascript")).toMatchObject({ status: 0 });
    const code = `import { createNeutronRadius } from "./javascript/neutron-radius.js";
      const analysis = createNeutronRadius();
      const values = Float64Array.from(analysis.parameters, (one) => one.value);
      console.log(JSON.stringify([...analysis.counts(values).CsI2021.total]));`;
    const { experiments } = JSON.parse(installed("rates", spec, "--format", "json").stdout);
    const counts: readonly number[] = JSON.parse(printed(code));
    expect(counts).toHaveLength(99);
    counts.forEach((value, bin) => {
      expect(value / experiments[0].total.counts[bin]).toBeCloseTo(1, 12);
    });
  });
});
