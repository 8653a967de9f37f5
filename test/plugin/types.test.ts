/** Types beside specs: they go with the spec when the plugin or `build --watch` wrote them, and only then. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Project, projectOf } from "../infrastructure/project.ts";

let project: Project;
let spec: string;

beforeAll(async () => {
  project = await projectOf("build-steps");
  spec = readFileSync(at("zprime.sevens"), "utf8");
}, 180_000);
afterAll(() => project.remove());

const at = (name: string): string => join(project.folder, name);

/** Builds entry.mjs, which imports a, b and c; takes a, b and c away when b has been written by hand; builds without them. */
const bundlers = {
  esbuild: `import { context } from "esbuild"; import sevens from "sevens/esbuild";
const made = await context({ entryPoints: ["entry.mjs"], bundle: true, write: false, logLevel: "silent", external: ["sevens/*"], plugins: [sevens()] });
const build = () => made.rebuild();
const end = () => made.dispose();`,
  vite: `import { createServer } from "vite"; import sevens from "sevens/vite";
const server = await createServer({ configFile: false, logLevel: "silent", server: { middlewareMode: true }, plugins: [sevens()] });
let isFirst = true;
const build = async () => {
  if (isFirst) for (const name of ["a", "b", "c"]) await server.transformRequest("/" + name + ".sevens");
  else for (let i = 0; i < 100 && existsSync("a.d.sevens.ts"); i++) await new Promise((go) => setTimeout(go, 100));
  isFirst = false;
};
const end = () => server.close();`,
};

const steps = `await build();
console.log(["a", "b", "c"].map((name) => existsSync(name + ".d.sevens.ts")).join());
writeFileSync("b.d.sevens.ts", "export {};");
for (const name of ["a", "b"]) rmSync(name + ".sevens");
writeFileSync("entry.mjs", 'import "./c.sevens";');
await build();
console.log(["a", "b", "c"].map((name) => existsSync(name + ".d.sevens.ts")).join());
await end();
process.exit();`;

describe("types of a spec that has gone", { timeout: 120_000 }, () => {
  test.each(Object.entries(bundlers))("%s", async (name, script) => {
    for (const one of ["a", "b", "c"]) {
      writeFileSync(at(`${one}.sevens`), spec);
      rmSync(at(`${one}.d.sevens.ts`), { force: true });
    }
    writeFileSync(at("entry.mjs"), 'import "./a.sevens"; import "./b.sevens"; import "./c.sevens";');
    const head = 'import { existsSync, rmSync, writeFileSync } from "node:fs";';
    writeFileSync(at(`${name}-types.mjs`), [head, script, steps].join("\n"));
    const { stdout, stderr } = await project.run("node", `${name}-types.mjs`);
    expect({ stdout, stderr }).toEqual({ stdout: "true,true,true\nfalse,true,true\n", stderr: "" });
  });

  test("build --types --watch", async () => {
    writeFileSync(at("watched.sevens"), spec);
    const args = [project.cli, "build", "watched.sevens", "--types", "--watch"];
    const watching = spawn(process.execPath, args, { cwd: project.folder });
    let said = "";
    const saying = (word: string): Promise<void> =>
      new Promise((resolve) => {
        const check = (): void => {
          if (said.includes(word)) resolve();
        };
        watching.stderr.on("data", check);
        check();
      });
    watching.stderr.on("data", (data) => {
      said += String(data);
    });
    const ended = new Promise((resolve) => watching.once("exit", resolve));
    try {
      await saying("watching");
      expect(existsSync(at("watched.d.sevens.ts"))).toBe(true);
      rmSync(at("watched.sevens"));
      await expect.poll(() => existsSync(at("watched.d.sevens.ts")), { timeout: 20_000 }).toBe(false);
      await saying("removed watched.d.sevens.ts");
    } finally {
      watching.kill("SIGINT");
    }
    expect(await ended).toBe(0);
  });

  test("stay when another process wrote them", async () => {
    writeFileSync(at("other.sevens"), spec);
    await project.run("sevens", "build", "other.sevens", "--types");
    rmSync(at("other.sevens"));
    await project.run("sevens", "build", "zprime.sevens", "--types");
    expect(existsSync(at("other.d.sevens.ts"))).toBe(true);
  });
});
