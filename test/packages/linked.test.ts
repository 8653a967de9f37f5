/** Packages as pnpm installs them: links to folders beside which lie the packages that they depend on. */
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { inFolder, sevens, textIn } from "../cli/harness.ts";
import { base, extra, inProject, sources } from "./support.ts";

const placeOf = (name: string): string =>
  `node_modules/.pnpm/@sevens-test+${name}@1/node_modules/@sevens-test`;

function link(cwd: string, from: string, to: string): void {
  mkdirSync(dirname(join(cwd, from)), { recursive: true });
  symlinkSync(join(cwd, to), join(cwd, from));
}

/** The project of the tests with links: `base` is seen from `extra` alone. */
function linked<T>(work: (cwd: string) => Promise<T>): Promise<T> {
  return inProject(async (cwd) => {
    for (const name of ["base", "extra"]) {
      mkdirSync(join(cwd, placeOf(name)), { recursive: true });
      renameSync(join(cwd, `node_modules/@sevens-test/${name}`), join(cwd, placeOf(name), name));
    }
    link(cwd, extra, `${placeOf("extra")}/extra`);
    link(cwd, `${placeOf("extra")}/base`, `${placeOf("base")}/base`);
    return await work(cwd);
  });
}

async function bundleIn(cwd: string): Promise<string> {
  const { code, stderr } = await sevens(["bundle", "fit.sevens", "-o", "fit.sevens-bundle"], { cwd });
  expect(code, stderr).toBe(0);
  return textIn(cwd, "fit.sevens-bundle");
}

const said = async (cwd: string): Promise<string> => (await sevens(["check", "fit.sevens"], { cwd })).stderr;

test(
  "what a package depends on is found beside it, locked, and bundled as if it were in it",
  {
    timeout: 60_000,
  },
  () =>
    linked(async (cwd) => {
      expect((await sevens(["lock"], { cwd })).code).toBe(0);
      expect(await said(cwd)).toBe("fit.sevens: no problems\n");
      const text = await bundleIn(cwd);
      expect(Object.keys(JSON.parse(text).files)).toContain(`${extra}/${base}/specs/counts.csv`);
      await inFolder({ "fit.sevens-bundle": text }, async (elsewhere) =>
        expect((await sevens(["verify", "fit.sevens-bundle"], { cwd: elsewhere })).code).toBe(0),
      );
      const counts = join(cwd, placeOf("base"), "base/specs/counts.csv");
      writeFileSync(counts, readFileSync(counts, "utf8").replace("470", "471"));
      expect(await said(cwd)).toContain(
        "`specs/counts.csv` of @sevens-test/base 1.0.0 is not what was locked",
      );
    }),
);

test("a dependency that the project sees as well is one package, as with npm", {
  timeout: 60_000,
}, async () => {
  const installed = await inProject(bundleIn);
  await linked(async (cwd) => {
    link(cwd, base, `${placeOf("base")}/base`);
    expect(await bundleIn(cwd)).toBe(installed);
  });
});

test("packages that depend on each other are found, and end", () =>
  linked(async (cwd) => {
    link(cwd, `${placeOf("base")}/extra`, `${placeOf("extra")}/extra`);
    const run = join(cwd, placeOf("base"), "base/specs/run.sevens");
    writeFileSync(
      run,
      readFileSync(run, "utf8").replace("sevens 1\n", 'sevens 1\nuse "@sevens-test/extra" { Angle }\n'),
    );
    expect(await said(cwd)).not.toContain("no package");
  }));

test("packages in a long row end", () =>
  inFolder(
    { "package.json": "{}", "fit.sevens": 'sevens 1\nuse "p0" { k0 }\nconstant x = k0\n' },
    async (cwd) => {
      for (let i = 0; i < 90; i++) {
        const folder = `node_modules/.pnpm/p${i}@1/node_modules`;
        mkdirSync(join(cwd, folder, `p${i}`), { recursive: true });
        writeFileSync(
          join(cwd, folder, `p${i}/package.json`),
          `{ "version": "1.0.0", "sevens": { "language": 1 } }`,
        );
        writeFileSync(
          join(cwd, folder, `p${i}/index.sevens`),
          `sevens 1\nuse "p${i + 1}" { k${i + 1} }\nconstant k${i} = k${i + 1}\n`,
        );
        link(cwd, `${folder}/p${i + 1}`, `node_modules/.pnpm/p${i + 1}@1/node_modules/p${i + 1}`);
      }
      link(cwd, "node_modules/p0", "node_modules/.pnpm/p0@1/node_modules/p0");
      expect(await said(cwd)).toContain("error[SV1117]: no package `p32`");
    },
  ));

test("a dependency outside of the project is none", () =>
  linked(async (cwd) => {
    rmSync(join(cwd, placeOf("extra"), "base"));
    symlinkSync(join(sources, "base"), join(cwd, placeOf("extra"), "base"));
    expect(await said(cwd)).toContain("SV1117");
  }));
