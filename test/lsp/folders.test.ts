/** Folders that the editor opens beside its first one, and closes again. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Client, startClient } from "./client.ts";

let client: Client;
const other = mkdtempSync(join(tmpdir(), "sevens-other-"));
const uriOf = (name: string): string => pathToFileURL(join(other, name)).href;

beforeAll(async () => {
  client = await startClient({ manyFolders: true });
  mkdirSync(join(other, "deep"));
  writeFileSync(join(other, "deep/far.sevens"), "sevens 1\nconstant farAway = 1\n");
  writeFileSync(join(other, "parts.sevens"), "sevens 1\nconstant part = 1 mm + 1 kg\n");
  writeFileSync(
    join(other, "main.sevens"),
    'sevens 1\nuse "./parts.sevens" { part }\nconstant whole = part\n',
  );
});

afterAll(async () => {
  await client.end();
  rmSync(other, { recursive: true });
});

/** Tells the server of folders; the one of the editor ends with a slash, as those of some do. */
const folders = (added: readonly string[], removed: readonly string[]): Promise<void> => {
  const named = (uris: readonly string[]) => uris.map((uri) => ({ uri, name: "other" }));
  return client.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
    event: { added: named(added), removed: named(removed) },
  });
};

async function symbols(query: string): Promise<readonly string[]> {
  const found = await client.connection.sendRequest<{ name: string }[]>("workspace/symbol", { query });
  return found.map(({ name }) => name);
}

test("files of a folder are known until it is closed, and again when it is opened", async () => {
  expect(await symbols("farAway")).toEqual([]);
  for (const slash of ["", "/"]) {
    await folders([`${pathToFileURL(other).href}${slash}`], []);
    expect(await symbols("farAway")).toEqual(["farAway"]);
    await folders([], [`${pathToFileURL(other).href}${slash}`]);
    expect(await symbols("farAway")).toEqual([]);
  }
});

test("a file that is open stays known, as a loose one", async () => {
  await folders([pathToFileURL(other).href], []);
  const uri = uriOf("deep/far.sevens");
  expect(await client.openUri(uri, "sevens 1\nconstant farAway = 1 mm + 1 kg\n")).toHaveLength(1);
  const told = client.nextTold(uri);
  await folders([], [pathToFileURL(other).href]);
  expect(await told).toHaveLength(1);
  expect(await symbols("farAway")).toEqual(["farAway"]);
  expect(await symbols("part")).toEqual([]);
  const closed = client.nextTold(uri);
  await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  expect(await closed).toEqual([]);
  expect(await symbols("farAway")).toEqual([]);
});

test("a project in a folder that is closed ends with its last open file", async () => {
  mkdirSync(join(other, "inner"));
  writeFileSync(join(other, "inner/package.json"), "{}");
  for (const name of ["a", "b", "c"])
    writeFileSync(join(other, `inner/${name}.sevens`), `sevens 1\nconstant inner_${name} = 1\n`);
  await folders([pathToFileURL(other).href], []);
  const open = ["inner/a.sevens", "inner/b.sevens"].map(uriOf);
  for (const uri of open) await client.openUri(uri, `sevens 1\nconstant inner_open = 1\n`);
  await folders([], [pathToFileURL(other).href]);
  expect(await symbols("inner_c")).toEqual(["inner_c"]);
  for (const uri of open) {
    expect(await symbols("inner_c")).toEqual(["inner_c"]);
    await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  }
  expect(await symbols("inner")).toEqual([]);
  await client.openUri(open[0]!, "sevens 1\nconstant inner_open = 1\n");
  expect([...(await symbols("inner"))].sort()).toEqual(["inner_b", "inner_c", "inner_open"]);
  await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri: open[0] } });
});

test("what was told of files that are not open goes with the last one that reads them", async () => {
  await folders([pathToFileURL(other).href], []);
  const inParts = client.nextTold(uriOf("parts.sevens"));
  await client.openUri(
    uriOf("main.sevens"),
    'sevens 1\nuse "./parts.sevens" { part }\nconstant whole = part\n',
  );
  expect(await inParts).toHaveLength(1);
  await folders([], [pathToFileURL(other).href]);
  const after = client.nextTold(uriOf("parts.sevens"));
  await client.connection.sendNotification("textDocument/didClose", {
    textDocument: { uri: uriOf("main.sevens") },
  });
  expect(await after).toEqual([]);
});
