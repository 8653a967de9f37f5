/** Questions that are overtaken: by a change of a text that the answer is about, or by the editor that wants none any more. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CancellationTokenSource, RequestType } from "vscode-languageserver/node";
import { Checker } from "../../compiler/cli/language-server/checker.ts";
import { symbolsOf } from "../../compiler/cli/language-server/questions.ts";
import { root } from "../physics/compile.ts";
import { type Client, marked, startClient } from "./client.ts";

const example = readFileSync(`${root}/examples/coherent-csi/neutron-radius.sevens`, "utf8");

let client: Client;

beforeAll(async () => {
  client = await startClient();
});

afterAll(async () => {
  expect(await client.end()).toBe(0);
});

const CONTENT_MODIFIED = -32801;
const REQUEST_CANCELLED = -32800;

describe("a rename", { timeout: 60_000 }, () => {
  const { text: declared, position } = marked("sevens 1\nfunction tw|ice(x: number): number = 2*x\n");
  const use = 'sevens 1\nuse "./declared.sevens" { twice }\nconstant four = twice(2)\n';
  const rename = (): Promise<{ changes: Record<string, { range: { start: { line: number } } }[]> }> =>
    client.connection.sendRequest("textDocument/rename", {
      textDocument: { uri: client.uriOf("declared.sevens") },
      position,
      newName: "double",
    });

  test("is refused when another open file that it edits changes meanwhile", async () => {
    await client.open("declared.sevens", declared);
    await client.open("use.sevens", use);
    const answer = rename();
    const change = client.type(client.uriOf("use.sevens"), `// one\n// another\n${use}`);
    await expect(answer).rejects.toMatchObject({ code: CONTENT_MODIFIED });
    await change;
    const { changes } = await rename();
    const lines = changes[client.uriOf("use.sevens")]!.map(({ range }) => range.start.line);
    expect(lines.sort()).toEqual([3, 4]);
  });

  test("is answered when a file that it does not edit changes meanwhile", async () => {
    await client.open("apart.sevens", "sevens 1\nconstant one = 1\n");
    const answer = rename();
    await client.type(client.uriOf("apart.sevens"), "sevens 1\nconstant two = 2\n");
    expect(Object.keys((await answer).changes)).toContain(client.uriOf("use.sevens"));
  });
});

describe("a question that is taken back", { timeout: 60_000 }, () => {
  test.each(["hover", "references", "rename", "codeAction", "inlayHint", "semanticTokens/full"])(
    "%s is not answered",
    async (question) => {
      const uri = client.uriOf("taken-back.sevens");
      if (client.toldVersion(uri) === undefined) await client.open("taken-back.sevens", example);
      // The thread has a new text to read first: the question cannot be answered before it is taken back.
      const other = client.uriOf(`before-${question.replace("/", "-")}.sevens`);
      await client.connection.sendNotification("textDocument/didOpen", {
        textDocument: { uri: other, languageId: "sevens", version: 1, text: `${example}// ${question}\n` },
      });
      const before = client.connection.sendRequest("textDocument/inlayHint", {
        textDocument: { uri: other },
        range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
      });
      const taken = new CancellationTokenSource();
      const position = { line: 1, character: 5 };
      const range = { start: position, end: position };
      const [context, newName] = [{ includeDeclaration: true, diagnostics: [] }, "other"];
      const answer = client.connection.sendRequest(
        `textDocument/${question}`,
        { textDocument: { uri }, position, range, context, newName },
        taken.token,
      );
      taken.cancel();
      await expect(answer).rejects.toMatchObject({ code: REQUEST_CANCELLED });
      await before;
    },
  );

  test("is refused at once while the thread is busy with it", async () => {
    const taken = new CancellationTokenSource();
    const uri = client.uriOf("busy.sevens");
    await client.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "sevens", version: 1, text: example },
    });
    let isHinted = false;
    const hints = client.connection
      .sendRequest("textDocument/inlayHint", {
        textDocument: { uri },
        range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
      })
      .then(() => {
        isHinted = true;
      });
    const position = { line: 1, character: 5 };
    const hover = client.connection.sendRequest(
      "textDocument/hover",
      { textDocument: { uri }, position },
      taken.token,
    );
    // The answer shows that the server has come to the questions before.
    await client.connection.sendRequest("textDocument/foldingRange", { textDocument: { uri } });
    taken.cancel();
    await expect(hover).rejects.toMatchObject({ code: REQUEST_CANCELLED });
    expect(isHinted).toBe(false);
    await hints;
  });
});

describe("the thread of checks", { timeout: 60_000 }, () => {
  test("is not asked what is wanted no longer when its turn comes", async () => {
    const checker = new Checker();
    const asked = { project: client.folder, reach: "below" as const, query: "" };
    // A question that the thread does not know: it would say so.
    const unknown = new RequestType<object, void, void>("unknown");
    let isWanted = true;
    const before = checker.ask(symbolsOf, asked);
    const dropped = checker.ask(unknown, {}, () => {
      if (!isWanted) throw new Error("wanted no longer");
    });
    isWanted = false;
    await expect(dropped).rejects.toThrow("wanted no longer");
    expect(await before).toBeInstanceOf(Array);
    await expect(checker.ask(unknown, {})).rejects.toThrow("unknown");
    expect(await checker.ask(symbolsOf, asked)).toBeInstanceOf(Array);
  });
});
