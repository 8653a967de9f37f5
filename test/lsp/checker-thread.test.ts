/** The thread that checks specs, by itself: it answers with places as the protocol counts them, also in closed files. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MessageChannel } from "node:worker_threads";
import { expect, test } from "vitest";
import { createMessageConnection, PortMessageReader, PortMessageWriter } from "vscode-languageserver/node";
import { serveChecks } from "../../compiler/cli/language-server/checker-thread.ts";
import { referencesTo, symbolsOf, textIs } from "../../compiler/cli/language-server/questions.ts";

test("symbols and references come with their lines", async () => {
  const project = mkdtempSync(join(tmpdir(), "sevens-thread-"));
  writeFileSync(join(project, "closed.sevens"), "sevens 1\r\n// 𝜈\r\n/* 𝜈 */ constant shared = 1\r\n");
  const { port1, port2 } = new MessageChannel();
  serveChecks(port2);
  const asking = createMessageConnection(new PortMessageReader(port1), new PortMessageWriter(port1));
  asking.listen();
  const text = 'sevens 1\nuse "./closed.sevens" { shared }\nconstant other = 2*shared\n';
  const at = { project, reach: "below" as const, file: "open.sevens" };
  await asking.sendNotification(textIs, { ...at, text });
  const [found] = await asking.sendRequest(symbolsOf, { project, reach: "below", query: "shared" });
  const line = { line: 2 };
  expect(found).toMatchObject({
    file: "closed.sevens",
    name: "shared",
    keyword: "constant",
    range: { start: { ...line, character: 18 }, end: { ...line, character: 24 } },
  });
  const places = await asking.sendRequest(referencesTo, { ...at, offset: text.lastIndexOf("shared") });
  expect(places.map(({ file, range: { start } }) => [file, start.line, start.character])).toEqual(
    expect.arrayContaining([
      ["closed.sevens", 2, 18],
      ["open.sevens", 1, 24],
      ["open.sevens", 2, 19],
    ]),
  );
  port1.close();
  rmSync(project, { recursive: true });
});
