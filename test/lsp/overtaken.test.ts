/** Questions that are overtaken: by a change of a text that the answer is about, or by the editor that wants none any more. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, marked, startClient } from "./client.ts";

let client: Client;

beforeAll(async () => {
  client = await startClient();
});

afterAll(async () => {
  expect(await client.end()).toBe(0);
});

const CONTENT_MODIFIED = -32801;

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
