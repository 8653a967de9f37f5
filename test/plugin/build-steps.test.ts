/** The example of specs in programs, built and run as its page says, and the plugin with the other bundlers. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasBrowser, inBrowser, served } from "../browser.ts";
import { type Project, projectOf } from "../infrastructure/project.ts";

let project: Project;
/** What the command line says for g = 2e-4 and a mass of 20 MeV. */
let expected: readonly number[];

beforeAll(async () => {
  project = await projectOf("build-steps");
  const set = ["--set", "UniversalVector.g_Zp=2e-4", "--set", "UniversalVector.M_Zp=20 MeV"];
  const run = await project.run("sevens", "rates", "zprime.sevens", ...set, "--format", "json");
  expect(run.stderr).toBe("");
  const { axes, total } = JSON.parse(run.stdout).experiments[0];
  expected = summedOver(axes[1].edges.length - 1, total.counts);
}, 180_000);
afterAll(() => project.remove());

const at = (...path: readonly string[]): string => join(project.folder, ...path);
const read = (...path: readonly string[]): string => readFileSync(at(...path), "utf8");

function expectClose(found: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  for (const [i, count] of found.entries()) expect(count / expected[i]! - 1).toBeCloseTo(0, 6);
}

function summedOver(times: number, counts: readonly number[]): number[] {
  return Array.from({ length: counts.length / times }, (_, bin) =>
    counts.slice(bin * times, (bin + 1) * times).reduce((a, b) => a + b),
  );
}

describe("the example", { timeout: 120_000 }, () => {
  test("types are those of the spec, and a name that it has not is an error", async () => {
    expect(await project.run("sevens", "build", "zprime.sevens", "--types")).toMatchObject({
      code: 0,
      stderr: "wrote zprime.d.sevens.ts\n",
    });
    writeFileSync(at("wrong.ts"), 'import { analyses } from "./zprime.sevens";\nanalyses.Zprime();\n');
    const { stdout } = await project.run("tsc", "-p", ".", "--pretty", "false");
    expect(stdout.trim().split("\n")).toEqual([
      expect.stringMatching(/^wrong\.ts.*Did you mean 'ZPrime'\?$/),
    ]);
  });

  test("a page of Vite", async () => {
    const { code, stderr } = await project.run("vite", "build", "vite", "--logLevel", "error");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(existsSync(at("vite/dist/index.html"))).toBe(true);
  });

  test("a page that Vite serves while it is written", async () => {
    const serve = `import { createServer } from "vite";
const server = await createServer({ root: "vite", logLevel: "silent", server: { port: 0 } });
await server.listen();
const [url] = server.resolvedUrls.local;
const get = (path) => fetch(url + path);
await get("main.ts");
await get("@fs" + process.cwd() + "/spectrum.ts");
const reply = await get("@fs" + process.cwd() + "/zprime.sevens?import");
console.log(reply.status, (await reply.text()).includes("createZPrime"));
await server.close();`;
    writeFileSync(at("serve.mjs"), serve);
    const { code, stdout, stderr } = await project.run("node", "serve.mjs");
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "200 true\n", stderr: "" });
  });

  test.skipIf(!hasBrowser)("its page in a browser shows the counts of the command line", async () => {
    await served(at("vite/dist"), async (url) => {
      const found = await inBrowser(url, async (page) => {
        await page.getByLabel("coupling").fill("2e-4");
        await page.getByLabel("mass").fill("20");
        return page.locator("#counts td:nth-child(2)").allTextContents();
      });
      expect(found).toEqual(expected.map((count) => count.toFixed(2)));
    });
  });

  test("a service of esbuild", async () => {
    const { code, stderr } = await project.run("tsx", "esbuild/build.ts");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(read("esbuild/service.js.map")).sources.join(" ")).toContain("StandardModel.sevens");
    const service = spawn(process.execPath, [at("esbuild/service.js")], {
      env: { ...process.env, PORT: "0" },
    });
    try {
      const url = (await firstLine(service)).trim();
      const answer = await fetch(`${url}/?coupling=2e-4&mass=20`);
      expectClose(JSON.parse(await answer.text()).counts);
      expect((await fetch(`${url}/?coupling=much`)).status).toBe(400);
    } finally {
      service.kill();
    }
  });

  test("a program without a bundler", async () => {
    await project.run("sevens", "build", "zprime.sevens", "-o", "tsc/generated");
    expect(await project.run("tsc", "-p", "tsc")).toEqual({ code: 0, stdout: "", stderr: "" });
    const { stdout } = await project.run("node", "tsc/out/main.js");
    const fitted = await project.run("sevens", "fit", "zprime.sevens", "--format", "json");
    const [analysis] = JSON.parse(fitted.stdout).analyses;
    expect(JSON.parse(stdout).minimum).toBeCloseTo(analysis.minimum, 6);
  });
});

describe("other bundlers", { timeout: 120_000 }, () => {
  const entry = [
    'import { analyses } from "./zprime.sevens";',
    "const zprime = analyses.ZPrime();",
    "const at = { 'UniversalVector.g_Zp': 2e-4, 'UniversalVector.M_Zp': 20 };",
    "const x = Float64Array.from(zprime.parameters, ({ name, value }) => at[name] ?? value);",
    "export const counts = Array.from(zprime.counts(x).CsI2021.total);",
  ].join("\n");
  const bundlers = {
    rollup: [
      'import { rollup } from "rollup"; import sevens from "sevens/rollup";',
      'const runtime = { name: "runtime", resolveId: (id) => id === "sevens/runtime" ? { id: import.meta.resolve(id), external: true } : null };',
      'const bundle = await rollup({ input: "entry.js", plugins: [sevens(), runtime] });',
      'if (!bundle.watchFiles.some((file) => file.endsWith("zprime.sevens"))) throw new Error("the spec is not watched");',
      'await bundle.write({ file: "rollup.mjs", format: "es" });',
    ],
    rolldown: [
      'import { rolldown } from "rolldown"; import sevens from "sevens/rolldown";',
      'const bundle = await rolldown({ input: "entry.js", plugins: [sevens()] });',
      'await bundle.write({ file: "rolldown.mjs", format: "es" });',
    ],
    webpack: [
      'import webpack from "webpack"; import sevens from "sevens/webpack";',
      'webpack({ mode: "production", entry: "./entry.js", target: "node20", plugins: [sevens()], experiments: { outputModule: true },',
      '  output: { path: process.cwd(), filename: "webpack.mjs", library: { type: "module" } } }, (error, stats) => {',
      "  if (error || stats.hasErrors()) { console.error(error ?? stats.toString()); process.exitCode = 1; } });",
    ],
  };

  test.each(Object.entries(bundlers))("%s", async (name, script) => {
    writeFileSync(at("entry.js"), entry);
    writeFileSync(at(`${name}-build.mjs`), script.join("\n"));
    const { code, stderr } = await project.run("node", `${name}-build.mjs`);
    expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
    const { counts } = await import(pathToFileURL(at(`${name}.mjs`)).href);
    expectClose(summedOver(counts.length / expected.length, counts));
  });

  test("an error of the spec is one of the build, at its place", async () => {
    writeFileSync(at("broken.sevens"), read("zprime.sevens").replace("free Univ", "free Unav"));
    const script = [
      'import { build } from "esbuild"; import sevens from "sevens/esbuild";',
      'const options = { entryPoints: ["broken.sevens"], bundle: true, write: false, logLevel: "silent", plugins: [sevens()] };',
      "await build(options).catch(({ errors: [{ text, location }] }) => console.log(JSON.stringify({ text, location })));",
    ];
    writeFileSync(at("broken.mjs"), script.join("\n"));
    const { text, location } = JSON.parse((await project.run("node", "broken.mjs")).stdout);
    expect(text).toContain("did you mean `UniversalVector.g_Zp`?");
    expect(location).toMatchObject({ file: expect.stringMatching(/broken\.sevens$/), line: 9, column: 7 });
    expect(location.lineText).toBe(read("broken.sevens").split("\n")[8]);
    const vite =
      'import { build } from "vite"; import sevens from "sevens/vite";\nawait build({ logLevel: "silent", plugins: [sevens()], build: { lib: { entry: "broken.sevens", formats: ["es"] } } }).catch(({ message }) => console.log(message));';
    writeFileSync(at("broken-vite.mjs"), vite);
    expect((await project.run("node", "broken-vite.mjs")).stdout).toContain("SV1101");
  });
});

describe("building again", { timeout: 120_000 }, () => {
  const cache = ["node_modules", ".cache", "sevens"];

  test("what was compiled is kept by its content, and nothing damaged is believed", async () => {
    const build = (...args: readonly string[]) =>
      project.run("sevens", "build", "zprime.sevens", "--js", "--precision", "1e-5", "-o", "kept", ...args);
    const before = new Set(readdirSync(at(...cache)));
    await build("--no-cache");
    expect(readdirSync(at(...cache)).filter((name) => !before.has(name))).toEqual([]);
    const fresh = read("kept/zprime.js");
    await build();
    const [entry, ...more] = readdirSync(at(...cache)).filter((name) => !before.has(name));
    expect(more).toEqual([]);
    const path = at(...cache, entry!);
    const whole = readFileSync(path, "utf8");
    // An entry that fits its own sum is taken: this is how one sees that it was read.
    const [, text] = whole.split("\n");
    const { createHash } = await import("node:crypto");
    const other = text!.replace("Generated by sevens", "Kept by sevens");
    writeFileSync(path, `${createHash("sha256").update(other).digest("hex")}\n${other}`);
    await build();
    expect(read("kept/zprime.js")).toContain("Kept by sevens");
    for (const damaged of [whole.slice(0, 1000), whole.replace("analyses", "analyzes")]) {
      writeFileSync(path, damaged);
      await build();
      expect(read("kept/zprime.js")).toBe(fresh);
    }
    expect(readFileSync(path, "utf8")).toBe(whole);
  });

  test("builds while files change, also when one is wrong for a while", async () => {
    const boson = "sevens 1\nconstant most = 1e-3\n";
    writeFileSync(at("boson.sevens"), boson);
    const text = read("zprime.sevens")
      .replace("use exp", 'use "./boson.sevens" { most }\nuse exp')
      .replace("0 .. 1e-3", "0 .. most");
    writeFileSync(at("watched.sevens"), text);
    const watching = spawn(
      process.execPath,
      [project.cli, "build", "watched.sevens", "--js", "-o", "watched", "--watch"],
      { cwd: project.folder },
    );
    const said = reader(watching);
    await said("watching");
    expect(read("watched/watched.js")).toContain("createZPrime");
    writeFileSync(at("watched.sevens"), text.replace("analysis ZPrime", "analysis Other"));
    await said("watching");
    expect(read("watched/watched.js")).toContain("createOther");
    writeFileSync(at("watched.sevens"), text.replace("free Univ", "free Unav"));
    expect(await said("watching")).toContain("did you mean `UniversalVector.g_Zp`?");
    expect(read("watched/watched.js")).toContain("createOther");
    writeFileSync(at("watched.sevens"), text);
    await said("watching");
    expect(read("watched/watched.js")).toContain("createZPrime");
    // A file that it uses, wrong and mended.
    writeFileSync(at("boson.sevens"), boson.replace("most", "least"));
    expect(await said("watching")).toContain("boson.sevens");
    writeFileSync(at("boson.sevens"), boson.replace("1e-3", "2e-3"));
    await said("watching");
    expect(read("watched/watched.js")).toContain("range: [0, 0.002]");
    const ended = new Promise((resolve) => watching.once("exit", resolve));
    watching.kill("SIGINT");
    expect(await ended).toBe(0);
  });
});

function firstLine({ stdout, stderr }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    stdout?.once("data", (data) => resolve(String(data)));
    stderr?.once("data", (data) => reject(new Error(String(data))));
  });
}

/** Waits until a process has said a word since it was last asked, and gives all that it said until then. */
function reader({ stderr }: ChildProcess): (word: string) => Promise<string> {
  let text = "";
  let check: () => void = () => {};
  stderr?.on("data", (data) => {
    text += String(data);
    check();
  });
  return (word) =>
    new Promise((resolve) => {
      check = () => {
        if (!text.includes(word)) return;
        const said = text;
        text = "";
        check = () => {};
        resolve(said);
      };
      check();
    });
}
