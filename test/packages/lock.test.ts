/** What a lock is of: bytes of files, and one content for each version of a package. */
import { createHash } from "node:crypto";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sevens, textIn } from "../cli/harness.ts";
import { base, extra, inProject } from "./support.ts";

const inner = `${extra}/node_modules/@sevens-test/base`;

/** A project that uses a package itself, and by way of another package that has a copy of its own. */
function withCopy<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const both = 'sevens 1\nuse "@sevens-test/extra" { Angle }\nuse "@sevens-test/base/run" { Run as Own }\n';
  return inProject(
    (folder) => {
      cpSync(join(folder, base), join(folder, inner), { recursive: true });
      return work(folder);
    },
    { "fit.sevens": both },
  );
}

const edit = (path: string): void => writeFileSync(path, readFileSync(path, "utf8").replace("470", "471"));

async function said(cwd: string, verb = "check"): Promise<readonly string[]> {
  const { stderr } = await sevens([verb, "fit.sevens"], { cwd });
  return stderr.split("\n").filter((line) => /^error|help:/.test(line));
}

test("two equal copies of one version are one package", () =>
  withCopy(async (cwd) => {
    expect((await sevens(["lock"], { cwd })).code).toBe(0);
    expect(Object.keys(JSON.parse(textIn(cwd, "sevens.lock")).packages)).toEqual([
      "@sevens-test/base@1.0.0",
      "@sevens-test/extra@2.1.0",
      expect.stringMatching(/^sevens@/),
    ]);
    expect(await said(cwd)).toEqual([]);
  }));

test("two unequal copies of one version make no lock, and are both named", () =>
  withCopy(async (cwd) => {
    edit(join(cwd, inner, "specs", "counts.csv"));
    const { code } = await sevens(["lock"], { cwd });
    expect(code).toBe(1);
    expect(await said(cwd, "lock")).toEqual([
      `error[SV2106]: @sevens-test/base@1.0.0 is installed twice with other content: \`${base}/specs/counts.csv\` is not \`${inner}/specs/counts.csv\``,
      expect.stringContaining("npm ci"),
    ]);
    expect(() => textIn(cwd, "sevens.lock")).toThrow();
  }));

test("a copy that changed after the lock is told by its place", () =>
  withCopy(async (cwd) => {
    expect((await sevens(["lock"], { cwd })).code).toBe(0);
    edit(join(cwd, inner, "specs", "counts.csv"));
    expect((await said(cwd))[0]).toContain(
      `\`specs/counts.csv\` of @sevens-test/base 1.0.0, as \`${inner}/specs/counts.csv\`, is not what was locked`,
    );
    rmSync(join(cwd, inner), { recursive: true });
    expect(await said(cwd)).toEqual([]);
  }));

test("hashes are of bytes, and those of plain text are those of any program", () =>
  inProject(async (cwd) => {
    expect((await sevens(["lock"], { cwd })).code).toBe(0);
    const { packages } = JSON.parse(textIn(cwd, "sevens.lock"));
    const file = join(cwd, base, "specs", "counts.csv");
    const sum = createHash("sha256").update(readFileSync(file)).digest("hex");
    expect(packages["@sevens-test/base@1.0.0"].files["specs/counts.csv"]).toBe(sum);
  }));

test.each([
  [
    "a mark of byte order",
    "specs/counts.csv",
    (bytes: Buffer) => Buffer.concat([Buffer.from("\uFEFF"), bytes]),
  ],
  [
    "a mark of byte order",
    "specs/run.sevens",
    (bytes: Buffer) => Buffer.concat([Buffer.from("\uFEFF"), bytes]),
  ],
  [
    "bytes that are no UTF-8 in place of others",
    "specs/run.sevens",
    (bytes: Buffer) => Buffer.from(bytes).fill(0xfe, bytes.indexOf(0xff), bytes.indexOf(0xff) + 1),
  ],
] as const)("the lock notices %s in %s", (_, name, change) =>
  inProject(async (cwd) => {
    const file = join(cwd, base, name);
    // A comment with a byte that is no UTF-8.
    if (name.endsWith(".sevens")) {
      writeFileSync(
        file,
        Buffer.concat([readFileSync(file), Buffer.from("// "), Buffer.of(0xff), Buffer.from("\n")]),
      );
    }
    expect((await sevens(["lock"], { cwd })).code).toBe(0);
    expect(await said(cwd)).toEqual([]);
    writeFileSync(file, change(readFileSync(file)));
    expect((await said(cwd))[0]).toContain(`\`${name}\` of @sevens-test/base 1.0.0 is not what was locked`);
  }),
);
