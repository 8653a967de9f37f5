/** Packages of specs: found, read within their bounds, locked. */
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { diskHost } from "../../compiler/disk/host.ts";
import { load } from "../../compiler/load/index.ts";
import { specModule } from "../../compiler/plugin/spec-module.ts";
import { inFolder, sevens, textIn } from "../cli/harness.ts";
import { base, extra, fitSpec, inProject, sources } from "./support.ts";

const npm = promisify(execFile);

test(
  "two packages, one depending on the other, are installed from tarballs into an empty project, compile and fit",
  {
    timeout: 60_000,
  },
  () =>
    inFolder({ "package.json": '{ "private": true }\n', "fit.sevens": fitSpec }, async (cwd) => {
      await npm("npm", ["pack", "--silent", join(sources, "base"), join(sources, "extra")], { cwd });
      const tarballs = ["./sevens-test-base-1.0.0.tgz", "./sevens-test-extra-2.1.0.tgz"];
      await npm("npm", ["install", "--offline", "--no-audit", "--no-fund", "--silent", ...tarballs], { cwd });
      const { code, stdout, stderr } = await sevens(["fit", "--format", "json", "fit.sevens"], { cwd });
      expect(stderr).toBe("");
      expect(code).toBe(0);
      const { analyses } = JSON.parse(stdout);
      expect(analyses).toMatchObject([{ name: "Angle", converged: true }]);
    }),
);

test("the model says which versions it was read from", () =>
  inProject(async (folder) => {
    const { model } = load("fit.sevens", diskHost(folder), { project: "" });
    expect(model?.packages?.map(({ name, version }) => `${name}@${version}`)).toEqual([
      "@sevens-test/base@1.0.0",
      "@sevens-test/extra@2.1.0",
    ]);
  }));

async function codesIn(cwd: string): Promise<readonly string[]> {
  const { stdout } = await sevens(["check", "--format", "json", "fit.sevens"], { cwd });
  const { diagnostics }: { diagnostics: readonly { code: string; message: string }[] } = JSON.parse(stdout);
  return diagnostics.map(({ code, message }) => `${code} ${message}`);
}

const use = (path: string, name = "Run"): string => `sevens 1\nuse "${path}" { ${name} }\n`;

test.each([
  ["@sevens-test/nothing", "Run", "SV1117 no package `@sevens-test/nothing` in the project"],
  ["@sevens-test/base/rum", "Run", "SV1104 no module `@sevens-test/base/rum`"],
  ["@sevens-test/base/run", "Rum", "SV1105 `@sevens-test/base/run` declares no `Rum`"],
  ["@sevens-test/base/../extra", "Run", "SV1104 no module `@sevens-test/base/../extra`"],
  [
    "./node_modules/@sevens-test/base/specs/run.sevens",
    "Run",
    "SV1114 `./node_modules/@sevens-test/base/specs/run.sevens` lies outside the project",
  ],
])("%s { %s }", (path, name, said) =>
  inProject(async (folder) => expect((await codesIn(folder))[0]).toBe(said), {
    "fit.sevens": use(path, name),
  }),
);

test.each([
  ["{}", "its package.json gives no version"],
  ["no json", "its package.json gives no version"],
  ['{ "version": "1.0.0" }', "its package.json has no field `sevens`"],
  ['{ "version": "__proto__" }', "`version` in its package.json is no version such as 1.0.0"],
  [
    '{ "version": "1.0.0\\nfit.sevens: no problems" }',
    "`version` in its package.json is no version such as 1.0.0",
  ],
  [
    '{ "version": "1.0.0", "sevens": { "language": 99 } }',
    "it is written in version 99 of the language, this compiler reads up to 1",
  ],
  [
    '{ "version": "1.0.0", "sevens": {} }',
    "`sevens.language` in its package.json is no version of the language",
  ],
  [
    '{ "version": "1.0.0", "sevens": { "language": 1, "specs": "../.." } }',
    "`sevens.specs` in its package.json leads out of the package",
  ],
  ...["MIT\\nwrote nothing", "MIT \\u202e", "A".repeat(201)].map((license): [string, string] => [
    `{ "version": "1.0.0", "license": "${license}", "sevens": { "language": 1 } }`,
    "`license` in its package.json is no line of at most 200 characters",
  ]),
] satisfies [string, string][])("a package with %s", (text, problem) =>
  inProject(
    async (folder) => {
      const said = `SV1119 \`@sevens-test/base\` cannot be used as a package of specs: ${problem}`;
      expect((await codesIn(folder))[0]).toBe(said);
    },
    { [`${base}/package.json`]: text, "fit.sevens": use("@sevens-test/base/run") },
  ),
);

test("a package reads neither the project nor other packages by path", () =>
  inProject(
    async (folder) => {
      const codes = await codesIn(folder);
      expect(codes.filter((one) => one.startsWith("SV1114"))).toEqual([
        "SV1114 `../../../../mine.sevens` lies outside the project",
        "SV1114 `../../base/specs/run.sevens` lies outside the project",
      ]);
    },
    {
      "mine.sevens": "sevens 1\nconstant mine = 1\n",
      [`${extra}/specs/index.sevens`]:
        'sevens 1\nuse "../../../../mine.sevens" { mine }\nuse "../../base/specs/run.sevens" { Run }\nconstant Angle = mine\n',
    },
  ));

test("links are not followed out of the project or out of a package", () =>
  inProject(
    async (folder) => {
      const counts = join(folder, base, "specs", "counts.csv");
      rmSync(counts);
      symlinkSync(join(folder, "secret.csv"), counts);
      expect((await codesIn(folder))[0]).toBe("SV1701 cannot find the file `counts.csv`");
      rmSync(join(folder, base), { recursive: true });
      symlinkSync(join(sources, "base"), join(folder, base));
      expect((await codesIn(folder))[0]).toBe("SV1117 no package `@sevens-test/base` in the project");
    },
    { "secret.csv": "recoil_lo,recoil_hi,count\n1,3,1\n3,5,2\n5,7,3\n7,9,4\n" },
  ));

test("the innermost of two versions is used", () =>
  inProject(
    async (folder) => {
      const { model } = load("fit.sevens", diskHost(folder), { project: "" });
      expect(model?.packages?.[0]).toMatchObject({
        version: "1.5.0",
        folder: `${extra}/node_modules/@sevens-test/base`,
      });
    },
    {
      [`${extra}/node_modules/@sevens-test/base/package.json`]:
        '{ "version": "1.5.0", "sevens": { "specs": "s", "language": 1 } }',
      [`${extra}/node_modules/@sevens-test/base/s/run.sevens`]: "sevens 1\nconstant Run = 1\n",
    },
  ));

test("the lock notices what has changed, and names it", () =>
  inProject(async (cwd) => {
    const { code, stderr } = await sevens(["lock"], { cwd });
    expect({ code, stderr: stderr.split("\n").slice(0, 3) }).toEqual({
      code: 0,
      stderr: [
        "wrote sevens.lock",
        "  @sevens-test/base@1.0.0: 3 files, CC-BY-4.0",
        "  @sevens-test/extra@2.1.0: 1 files, MIT",
      ],
    });
    const lock = textIn(cwd, "sevens.lock");
    expect(await codesIn(cwd)).toEqual([]);

    const counts = join(cwd, base, "specs", "counts.csv");
    const before = readFileSync(counts, "utf8");
    writeFileSync(counts, before.replace("470", "471"));
    const said = "SV2101 `sevens.lock` does not fit: ";
    expect(await codesIn(cwd)).toEqual([
      `${said}\`specs/counts.csv\` of @sevens-test/base 1.0.0 is not what was locked`,
    ]);
    expect((await sevens(["rates", "fit.sevens"], { cwd })).code).toBe(1);
    writeFileSync(counts, before);

    const manifest = join(cwd, base, "package.json");
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace("1.0.0", "1.0.1"));
    expect(await codesIn(cwd)).toEqual([`${said}@sevens-test/base is 1.0.1, locked is 1.0.0`]);

    writeFileSync(join(cwd, "sevens.lock"), lock.replace(/"lock": 1/, '"lock": 9'));
    expect((await codesIn(cwd))[0]).toMatch(/^SV2102 `sevens.lock` is no lock: `lock` is not 1/);
    expect((await sevens(["lock"], { cwd })).code).toBe(0);
    expect(textIn(cwd, "sevens.lock")).toBe(lock.replace("base@1.0.0", "base@1.0.1"));
  }));

test.each([
  ["a folder", (path: string) => mkdirSync(path), "it is a folder"],
  [
    "a link that leads out of the project",
    (path: string) => symlinkSync(join(sources, "..", "support.ts"), path),
    "it is a link to nothing that can be read within the project",
  ],
  ["a link to nothing", (path: string) => symlinkSync("nowhere", path), "it is a link to nothing"],
  ["too large", (path: string) => writeFileSync(path, Buffer.alloc(64e6 + 1, " ")), "it cannot be read"],
] as const)("a lock that is %s is not passed over", (_, make, problem) =>
  inProject(async (cwd) => {
    make(join(cwd, "sevens.lock"));
    const said = await codesIn(cwd);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(`SV2102 \`sevens.lock\` is no lock: ${problem}`);
  }),
);

test("the plugin of bundlers compares with the lock as well, and watches it", () =>
  inProject(async (cwd) => {
    expect((await sevens(["lock"], { cwd })).code).toBe(0);
    const counts = join(cwd, base, "specs", "counts.csv");
    writeFileSync(counts, readFileSync(counts, "utf8").replace("470", "471"));
    const { parts, diagnostics, files, sources } = await specModule(join(cwd, "fit.sevens"), {
      cache: false,
    });
    const lock = join(cwd, "sevens.lock");
    expect(parts).toEqual({});
    expect(diagnostics.map(({ code, span }) => [code, span.file])).toEqual([["SV2101", lock]]);
    expect(files).toContain(lock);
    expect(sources.get(lock)).toBe(textIn(cwd, "sevens.lock"));
  }));
