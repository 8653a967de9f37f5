/** The packed extension of VS Code: what is in it, and that its server and its client work with nothing else beside them. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
import { program } from "../infrastructure/program.ts";
import { root } from "../physics/compile.ts";

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

const json = (path: string) => JSON.parse(readFileSync(path, "utf8"));

test("the manifest says what an editor asks of one", () => {
  const manifest = json(extension("package.json"));
  expect(manifest.name).toMatch(/^[a-z0-9][a-z0-9-]*$/);
  expect(manifest.publisher).toMatch(/^[a-z0-9][a-z0-9-]*$/);
  expect(manifest.version).toMatch(/^\d+\.\d+\.\d+$/);
  const client = json(join(root, "node_modules/vscode-languageclient/package.json"));
  expect(manifest.engines.vscode).toBe(client.engines.vscode);
  const { languages, grammars, commands, configuration, configurationDefaults } = manifest.contributes;
  const [{ id }] = languages;
  expect(manifest.activationEvents).toEqual([`onLanguage:${id}`]);
  expect(Object.keys(configurationDefaults)).toEqual([`[${id}]`]);
  expect(grammars[0].language).toBe(id);
  expect(json(extension(grammars[0].path)).scopeName).toBe(grammars[0].scopeName);
  const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
  for (const setting of untrustedWorkspaces.restrictedConfigurations)
    expect(Object.keys(configuration.properties)).toContain(setting);
  expect(virtualWorkspaces.supported).toBe("limited");
  const registered = readFileSync(extension("extension.cjs"), "utf8").matchAll(
    /registerCommand\([`"]([\w.]+)[`"]/g,
  );
  expect([...registered].map(([, command]) => command)).toEqual(
    expect.arrayContaining(commands.map(({ command }: { command: string }) => command)),
  );
  expect("sevens 1").toMatch(new RegExp(languages[0].firstLine));
});

test("its language configuration works on lines", () => {
  const { onEnterRules, indentationRules } = json(extension("language-configuration.json"));
  const { increaseIndentPattern, decreaseIndentPattern } = indentationRules;
  expect("/// Radius of the neutrons").toMatch(new RegExp(onEnterRules[0].beforeText));
  for (const line of ["analysis A {", "  bins = [ // edges", "constant a = sqrt("])
    expect(line).toMatch(new RegExp(increaseIndentPattern));
  for (const line of ["analysis A { model = B }", "// as in {", "  /// f(x"])
    expect(line).not.toMatch(new RegExp(increaseIndentPattern));
  expect("  }").toMatch(new RegExp(decreaseIndentPattern));
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
  const asked = new Set<string>();
  const given = (name: string): unknown => {
    asked.add(name);
    return name === "vscode" ? anything : require(name);
  };
  load(given, module, module.exports);
  expect([...asked].filter((name) => name !== "vscode" && !Module.isBuiltin(name))).toEqual([]);
  expect(Object.keys(module.exports).sort()).toEqual(["activate", "deactivate"]);
});

test.each(["of the extension", "of the project"])(
  "the server %s starts with what its client gives it",
  async (which) => {
    const project = mkdtempSync(join(tmpdir(), "sevens-vscode-empty-"));
    const configured = which === "of the project" ? program : "";
    const { module, args } = chooseServer({
      configured,
      folders: [project],
      trusted: true,
      extension: join(folder, "extension"),
      exists: existsSync,
    });
    // As vscode-languageclient does for a module over stdio.
    const given = [module, ...args, "--stdio", `--clientProcessId=${process.pid}`];
    const server = spawn(process.execPath, given, { cwd: project, env: { PATH: process.env.PATH } });
    const exited = new Promise((resolve) => server.once("exit", resolve));
    const client = createMessageConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    client.onClose(() => client.dispose());
    client.listen();
    const answer = client.sendRequest("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
    });
    expect(await Promise.race([answer, exited])).toMatchObject({ serverInfo: { name: "sevens" } });
    await client.sendRequest("shutdown");
    await client.sendNotification("exit");
    expect(await exited).toBe(0);
    rmSync(project, { recursive: true });
  },
);

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
