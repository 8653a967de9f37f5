/** The thread that checks specs, by itself: it answers with places as the protocol counts them, also in closed files. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MessageChannel } from "node:worker_threads";
import { expect, test } from "vitest";
import {
  createMessageConnection,
  type MessageConnection,
  PortMessageReader,
  PortMessageWriter,
} from "vscode-languageserver/node";
import { serveChecks } from "../../compiler/cli/language-server/checker-thread.ts";
import {
  diagnosticsOf,
  mendsFor,
  referencesTo,
  symbolsOf,
  textIs,
} from "../../compiler/cli/language-server/questions.ts";

/** A thread with a folder, for as long as it is asked. */
async function withThread(ask: (asking: MessageConnection, project: string) => Promise<void>): Promise<void> {
  const project = mkdtempSync(join(tmpdir(), "sevens-thread-"));
  const { port1, port2 } = new MessageChannel();
  serveChecks(port2);
  const asking = createMessageConnection(new PortMessageReader(port1), new PortMessageWriter(port1));
  asking.listen();
  try {
    await ask(asking, project);
  } finally {
    port1.close();
    rmSync(project, { recursive: true });
  }
}

test("symbols and references come with their lines", () =>
  withThread(async (asking, project) => {
    writeFileSync(join(project, "closed.sevens"), "sevens 1\r\n// 𝜈\r\n/* 𝜈 */ constant shared = 1\r\n");
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
  }));

test("findings and mends come with their lines and those of the places that have to do with them", () =>
  withThread(async (asking, project) => {
    writeFileSync(
      join(project, "closed.sevens"),
      "sevens 1\r\n// 𝜈\r\n/* 𝜈 */ constant shared = 1 kg + 1 mm\r\n",
    );
    const text =
      'sevens 1\nuse "./closed.sevens" { shared }\nconstant twice = 1\nconstant twice = 2*shared\nconstan other = 1\n';
    const at = { project, reach: "below" as const, file: "open.sevens" };
    await asking.sendNotification(textIs, { ...at, text });
    const found = await asking.sendRequest(diagnosticsOf, at);
    expect(found.map(({ file, range: { start } }) => [file, start.line])).toEqual(
      expect.arrayContaining([
        ["closed.sevens", 2],
        ["open.sevens", 3],
      ]),
    );
    const first = { file: "open.sevens", range: { start: { line: 2, character: 9 } } };
    expect(found.find(({ code }) => code === "SV1102")?.labels).toMatchObject([first]);
    const mends = await asking.sendRequest(mendsFor, { ...at, start: 0, end: text.length });
    expect(
      mends.map(
        ({
          of: {
            file,
            range: { start },
          },
        }) => [file, start.line],
      ),
    ).toContainEqual(["open.sevens", 4]);
  }));
