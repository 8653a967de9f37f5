/** The packed extension of VS Code: what is in it, and that its server and its client work with nothing else beside them. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import Module from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { packVsix } from "../../grammar/vscode/pack.ts";
import { chooseServer } from "../../grammar/vscode/server.ts";

let folder = "";
let files: readonly string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sevens-vscode-"));
  const unpacked = unzipSync((await packVsix()).bytes);
  files = Object.keys(unpacked);
  for (const [path, bytes] of Object.entries(unpacked)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

const extension = (path: string): string => join(folder, "extension", path);

test("every file that the manifest names is there, and nothing that an editor has no use for", () => {
  const manifest = JSON.parse(readFileSync(extension("package.json"), "utf8"));
  const { languages, grammars } = manifest.contributes;
  const named: readonly string[] = [manifest.main, languages[0].configuration, grammars[0].path];
  for (const path of named) expect(files).toContain(`extension/${path.replace(/^\.\//, "")}`);
  expect(files).toContain("extension/models/interactions/StandardModel.sevens");
  expect(files.filter((path) => /\.ts$|node_modules|\.map$/.test(path))).toEqual([]);
  const types = strFromU8(readFileSync(join(folder, "[Content_Types].xml")));
  for (const path of files.filter((one) => one.startsWith("extension/"))) {
    expect(types).toContain(`Extension="${/\.\w+$/.exec(path)?.[0]}"`);
  }
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  expect(readFileSync(join(folder, "extension.vsixmanifest"), "utf8")).toContain(`Version="${version}"`);
});

test("packed twice, the same bytes", async () => {
  const [a, b] = [await packVsix(), await packVsix()];
  expect(Buffer.from(a.bytes).equals(Buffer.from(b.bytes))).toBe(true);
}, 60_000);

test("its server finds the library that it brings", async () => {
  const project = mkdtempSync(join(tmpdir(), "sevens-vscode-user-"));
  const server = spawn(process.execPath, [extension("server.mjs"), "--stdio"], { cwd: project });
  const client = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  client.listen();
  await client.sendRequest("initialize", { processId: process.pid, rootUri: null, capabilities: {} });
  await client.sendNotification("initialized", {});
  const uri = pathToFileURL(join(project, "a.sevens")).href;
  const text = "sevens 1\nuse nuclei { Cs133 }\nuse interactions { StandardMadel }\n";
  const told = new Promise<readonly { readonly code: string; readonly message: string }[]>((resolve) => {
    client.onNotification("textDocument/publishDiagnostics", ({ diagnostics }) => resolve(diagnostics));
  });
  await client.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "sevens", version: 1, text },
  });
  expect((await told).map(({ message }) => message).join("\n")).toContain("StandardModel");
  await client.sendRequest("shutdown");
  await client.sendNotification("exit");
  const code = await new Promise((resolve) => server.once("exit", resolve));
  client.dispose();
  rmSync(project, { recursive: true });
  expect(code).toBe(0);
});

test("its client loads in an editor's Node", () => {
  // Whatever is asked of the editor is a class whose members are the like; the client only derives from them here.
  const anything: unknown = new Proxy(class {}, {
    get: (target, key) =>
      key === "prototype" ? target.prototype : key === Symbol.toPrimitive ? () => "" : anything,
    apply: () => anything,
  });
  const require = Module.createRequire(import.meta.url);
  const file = extension("extension.cjs");
  const module = { exports: {} };
  const load = new Function("require", "module", "exports", readFileSync(file, "utf8"));
  load((name: string) => (name === "vscode" ? anything : require(name)), module, module.exports);
  expect(Object.keys(module.exports).sort()).toEqual(["activate", "deactivate"]);
});

describe("which server", () => {
  const choice = { configured: "", folders: ["/project"], trusted: true, extension: "/extension" };
  const installed = join("/project", "node_modules", "sevens", "dist", "cli.js");
  const own = { module: join("/extension", "server.mjs"), args: [] };

  test("that of the project, so that editor and command line say the same", () => {
    expect(chooseServer({ ...choice, exists: (path) => path === installed })).toEqual({
      module: installed,
      args: ["lsp"],
    });
  });
  test("that of the extension where none is installed, or the folder is not trusted", () => {
    expect(chooseServer({ ...choice, exists: () => false })).toEqual(own);
    expect(chooseServer({ ...choice, configured: "/x.js", trusted: false, exists: () => true })).toEqual(own);
  });
  test("the one that was asked for", () => {
    const configured = "/elsewhere/cli.js";
    expect(chooseServer({ ...choice, configured, exists: () => true }).module).toBe(configured);
  });
});
