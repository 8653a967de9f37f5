/** Licences: of packages in locks and bundles, of every table that the library has. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isStated, licenceLines } from "../../compiler/share/licences.ts";
import { licenseIn, sourceIn } from "../../compiler/share/used-files.ts";
import { inFolder, sevens, textIn, violations } from "../cli/harness.ts";
import { root } from "../physics/compile.ts";
import { base, extra, inProject } from "./support.ts";

const bundleName = "fit.sevens-bundle";

/** Changes what the `package.json` of a package says of its licence; undefined takes it out. */
function license(cwd: string, folder: string, said: unknown): void {
  const path = join(cwd, folder, "package.json");
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), license: said }));
}

describe("a lock", () => {
  test("has the licence of each package, null where it says none", () =>
    inProject(async (cwd) => {
      license(cwd, extra, undefined);
      const { stderr } = await sevens(["lock"], { cwd });
      expect(stderr).toMatch(/@sevens-test\/base@1\.0\.0: \d+ files, CC-BY-4\.0\n/);
      expect(stderr).toMatch(/@sevens-test\/extra@2\.1\.0: \d+ files, licence not stated\n/);
      const { packages } = JSON.parse(textIn(cwd, "sevens.lock"));
      expect(packages["@sevens-test/base@1.0.0"].license).toBe("CC-BY-4.0");
      expect(packages["@sevens-test/extra@2.1.0"].license).toBe(null);
    }));

  test("takes spaces for no licence", () =>
    inProject(async (cwd) => {
      license(cwd, extra, "  ");
      expect((await sevens(["lock"], { cwd })).stderr).toContain(
        "extra@2.1.0: 1 files, licence not stated\n",
      );
    }));

  test("tells of a licence that is another now, or none", () =>
    inProject(async (cwd) => {
      await sevens(["lock"], { cwd });
      license(cwd, base, "UNLICENSED");
      const changed = await sevens(["check", "fit.sevens"], { cwd });
      expect(changed.code).toBe(1);
      expect(changed.stderr).toContain(
        "the licence of @sevens-test/base 1.0.0 is UNLICENSED, locked is CC-BY-4.0",
      );
      license(cwd, base, undefined);
      const gone = await sevens(["check", "fit.sevens"], { cwd });
      expect(gone.stderr).toContain(
        "the licence of @sevens-test/base 1.0.0 is not stated, locked is CC-BY-4.0",
      );
    }));

  test("is not made of two copies of one version under two licences", () =>
    inProject(
      async (cwd) => {
        cpSync(join(cwd, base), join(cwd, extra, base), { recursive: true });
        license(cwd, base, "MIT");
        const { code, stderr } = await sevens(["lock"], { cwd });
        expect(code).toBe(1);
        expect(stderr).toContain(`\`${extra}/${base}/package.json\` is not \`${base}/package.json\``);
      },
      { "own.sevens": 'sevens 1\nuse "@sevens-test/base/run" { Run }\n' },
    ));

  test("from before licences were recorded still serves", () =>
    inProject(async (cwd) => {
      await sevens(["lock"], { cwd });
      const lock = textIn(cwd, "sevens.lock").replace(/ {6}"license": .*\n/g, "");
      expect(lock).not.toContain("license");
      writeFileSync(join(cwd, "sevens.lock"), lock);
      expect((await sevens(["check", "fit.sevens"], { cwd })).code).toBe(0);
      writeFileSync(join(cwd, "sevens.lock"), lock.replace('"files"', '"license": 7, "files"'));
      expect((await sevens(["check", "fit.sevens"], { cwd })).stderr).toContain("is no text");
    }));
});

test("bundle and verify show the licences of packages and tables", { timeout: 60_000 }, () =>
  inProject(async (cwd) => {
    license(cwd, extra, { type: "MIT" });
    const made = await sevens(["bundle", "fit.sevens", "-o", bundleName], { cwd });
    const packages =
      "packages: @sevens-test/base 1.0.0 under CC-BY-4.0, @sevens-test/extra 2.1.0 (licence not stated)\n";
    const tables =
      "tables: 1 under CC-BY-4.0; 1 under CC0-1.0; licence not stated for node_modules/sevens/models/data/sns-arrival-times.csv\n";
    for (const line of [packages, tables]) expect(made.stderr).toContain(line);
    await inFolder({ [bundleName]: textIn(cwd, bundleName) }, async (elsewhere) => {
      const verified = await sevens(["verify", bundleName], { cwd: elsewhere });
      expect(verified.code).toBe(0);
      for (const line of [packages, tables]) expect(verified.stderr).toContain(line);
      const { stdout } = await sevens(["verify", bundleName, "--format", "json"], { cwd: elsewhere });
      expect(violations("verify", stdout)).toBeUndefined();
      const { licences } = JSON.parse(stdout);
      expect(licences.packages.map((one: { license: unknown }) => one.license)).toEqual(["CC-BY-4.0", null]);
      expect(licences.tables.map((one: { license: unknown }) => one.license).sort()).toEqual([
        "CC-BY-4.0",
        "CC0-1.0",
        "not stated in the files of the release",
      ]);
    });
  }),
);

const tables = readdirSync(`${root}/models/data`).filter((name) => !name.endsWith(".ts"));

test.each(tables)("%s says its licence, or that its release states none: it is not the library's", (name) => {
  expect(licenseIn(readFileSync(`${root}/models/data/${name}`, "utf8"))).toMatch(
    /^(not stated in the files of the release|[A-Za-z0-9.+-]+)$/,
  );
});

const generated = ["nuclei", "electrons", "photoabsorption"].flatMap((folder) =>
  readdirSync(`${root}/models/${folder}`).map((name) => [folder, name] as const),
);

test.each(generated)(
  "%s/%s says under which licence its numbers are, and where they are from",
  (folder, name) => {
    const text = readFileSync(`${root}/models/${folder}/${name}`, "utf8");
    const expected = {
      nuclei: /^not stated for the masses; public domain .*; GPL-3 .*; MIT /,
      electrons: /^BSD-3-Clause$/,
      photoabsorption: /^not stated in the files of the release$/,
    }[folder];
    expect(licenseIn(text)).toMatch(expected ?? /^$/);
    expect(sourceIn(text)).toBeDefined();
  },
);

test.each([
  "",
  "unknown",
  "Unknown.",
  "TBD",
  "tbd - ask the authors",
  "none",
  "None stated",
  "NONE",
  "NOASSERTION",
  "n/a",
  "N.A.",
  "not yet decided",
  "not stated",
  "no licence",
  "(unknown)",
  "???",
  "—",
  "to be determined",
  "MIT; unknown",
  "license unknown",
  "the licence is not stated",
  "no known licence",
  "was not given",
  "missing",
])("`%s` is no licence", (license) => {
  expect(isStated(license)).toBe(false);
  const lines = licenceLines({ packages: [], tables: [{ file: "a.csv", license }], specs: [] });
  expect(lines).toEqual(["tables: licence not stated for a.csv"]);
});

test.each([
  "MIT",
  "CC-BY-4.0",
  "Unlicense",
  "UNLICENSED",
  "NASA-1.3",
  "NAIST-2003",
  "Nokia",
  "TBDL-1.0",
  "None-Such-1.0",
  "SEE LICENSE IN LICENSE",
  "public domain",
  "MIT; CC0-1.0",
])("`%s` is a licence", (license) => expect(isStated(license)).toBe(true));
