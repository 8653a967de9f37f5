/** Files outside every package and every open folder, and what cannot be read on the way through a project. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, startClient } from "./client.ts";

let client: Client;
let outside: string;

beforeAll(async () => {
  client = await startClient();
  outside = mkdtempSync(join(tmpdir(), "sevens-loose-"));
});

afterAll(async () => {
  expect(await client.end()).toBe(0);
  rmSync(outside, { recursive: true });
});

const uriOf = (...path: readonly string[]): string => pathToFileURL(join(outside, ...path)).href;

function write(name: string, text: string): void {
  mkdirSync(join(outside, name, ".."), { recursive: true });
  writeFileSync(join(outside, name), text);
}

async function symbols(query: string): Promise<readonly string[]> {
  const found = await client.connection.sendRequest<{ name: string }[]>("workspace/symbol", { query });
  return found.map(({ name }) => name).sort();
}

const ask = <T>(request: string, uri: string, more: object = {}): Promise<T> =>
  client.connection.sendRequest<T>(request, {
    textDocument: { uri },
    position: { line: 1, character: 10 },
    ...more,
  });

describe("a file outside every package and open folder", { timeout: 60_000 }, () => {
  test("belongs with the specs beside it, and with nothing below", async () => {
    const text = "sevens 1\nconstant loose_one = 1\n";
    const use = 'use "./loose.sevens" { loose_one }\n';
    write("loose.sevens", text);
    write("beside.sevens", `sevens 1\n${use}constant loose_two = 2*loose_one\n`);
    write("below/deep.sevens", `sevens 1\n${use.replace("./", "../")}constant loose_deep = 2*loose_one\n`);
    expect(await client.openUri(uriOf("loose.sevens"), text)).toEqual([]);
    expect(await symbols("loose")).toEqual(["loose_one", "loose_two"]);
    const found = await ask<{ uri: string }[]>("textDocument/references", uriOf("loose.sevens"), {
      context: { includeDeclaration: true },
    });
    expect([...new Set(found.map(({ uri }) => uri))]).toEqual([
      uriOf("beside.sevens"),
      uriOf("loose.sevens"),
    ]);
    const { changes } = await ask<{ changes: object }>("textDocument/rename", uriOf("loose.sevens"), {
      newName: "other",
    });
    expect(Object.keys(changes).sort()).toEqual([uriOf("beside.sevens"), uriOf("loose.sevens")]);
    await client.connection.sendNotification("textDocument/didClose", {
      textDocument: { uri: uriOf("loose.sevens") },
    });
    expect(await symbols("loose")).toEqual([]);
  });

  test("is none of a project when it is not open", async () => {
    write("closed/there.sevens", "sevens 1\nconstant elsewhere = 1\n");
    expect(await ask("textDocument/hover", uriOf("closed", "nope.sevens"))).toBeNull();
    expect(await ask("textDocument/hover", "file:///nope.sevens")).toBeNull();
    expect(await symbols("elsewhere")).toEqual([]);
  });
});

describe("a project", { timeout: 60_000 }, () => {
  test("is looked through while completion is answered", async () => {
    for (let i = 0; i < 3000; i++)
      writeFileSync(join(client.folder, `many${i}.sevens`), `constant many${i} = 1\n`);
    const text = "sevens 1\nconstant within = 1\n";
    writeFileSync(join(client.folder, "within.sevens"), text);
    await client.open("within.sevens", text);
    const order: string[] = [];
    const uri = client.uriOf("within.sevens");
    const references = ask("textDocument/references", uri, { context: { includeDeclaration: true } });
    await Promise.all([
      symbols("within").then(() => order.push("symbols")),
      references.then(() => order.push("references")),
      ask("textDocument/completion", uri).then(() => order.push("completion")),
    ]);
    expect(order[0]).toBe("completion");
  });

  test.skipIf(process.platform !== "linux")("may have links that lead to nothing", async () => {
    // What the system says of an open pipe or a queue is no path: it is there, and has no real path.
    const files = `/proc/${process.pid}/fd`;
    const odd = readdirSync(files).find((name) => /^(pipe|anon_inode):/.test(linkOf(join(files, name))));
    symlinkSync(join(files, odd!), join(client.folder, "odd"));
    writeFileSync(join(client.folder, "sound.sevens"), "sevens 1\nconstant sound = 1\n");
    expect(await symbols("sound")).toEqual(["sound"]);
  });
});

describe("findings", { timeout: 60_000 }, () => {
  test("are told with the version of the text that they are of", async () => {
    const uri = client.uriOf("versions.sevens");
    const opened = client.nextTold(uri);
    await client.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "sevens", version: 41, text: "sevens 1\nconstant a = 1 parsecs\n" },
    });
    expect(await opened).toHaveLength(1);
    expect(client.toldVersion(uri)).toBe(41);
    const closed = client.nextTold(uri);
    await client.close("versions.sevens");
    expect(await closed).toEqual([]);
    expect(client.toldVersion(uri)).toBeUndefined();
  });
});

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}
