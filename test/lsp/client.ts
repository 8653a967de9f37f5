/** The real server over standard input and output, as an editor's client drives it. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { program } from "../infrastructure/program.ts";

export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface Found {
  readonly code: string;
  readonly message: string;
  readonly severity: number;
  readonly range: { readonly start: Place; readonly end: Place };
}

export interface Client {
  /** The folder that is open. */
  readonly folder: string;
  readonly connection: MessageConnection;
  readonly capabilities: Record<string, unknown>;
  uriOf(name: string): string;
  /** Opens a text, and waits for what is said about it. */
  open(name: string, text: string): Promise<readonly Found[]>;
  /** The same with an address as it is. */
  openUri(uri: string, text: string): Promise<readonly Found[]>;
  change(name: string, text: string): Promise<readonly Found[]>;
  /** Changes a text and does not wait. */
  type(uri: string, text: string): Promise<void>;
  close(name: string): Promise<void>;
  /** The version of the text that was last said something about; undefined where none was said. */
  toldVersion(uri: string): number | undefined;
  /** What is said next about a file. */
  nextTold(uri: string): Promise<readonly Found[]>;
  /** Opens a text and asks about the place of the `|` in it. */
  at<T>(request: string, name: string, text: string, more?: object): Promise<T>;
  /** Ends the server; gives its exit code. */
  end(): Promise<number | null>;
}

/** Starts a server with a folder of its own; `manyFolders` for an editor that opens and closes further ones. */
export async function startClient({ manyFolders = false } = {}): Promise<Client> {
  const folder = mkdtempSync(join(tmpdir(), "sevens-lsp-"));
  const server = spawn(process.execPath, [program, "lsp", "--stdio"], { cwd: folder });
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const told = new Map<string, Found[]>();
  const toldVersions = new Map<string, number | undefined>();
  const listeners = new Set<() => void>();
  connection.onNotification("textDocument/publishDiagnostics", ({ uri, version, diagnostics }) => {
    told.set(uri, diagnostics);
    toldVersions.set(uri, version);
    for (const listener of listeners) listener();
  });
  connection.listen();
  const { capabilities } = await connection.sendRequest<{ capabilities: Record<string, unknown> }>(
    "initialize",
    {
      processId: process.pid,
      rootUri: pathToFileURL(folder).href,
      capabilities: {
        workspace: { didChangeWatchedFiles: { dynamicRegistration: true }, workspaceFolders: manyFolders },
        textDocument: { publishDiagnostics: { versionSupport: true } },
      },
    },
  );
  const registered = new Promise<string>((resolve) =>
    connection.onRequest("client/registerCapability", ({ registrations }) => {
      resolve(registrations[0].method);
      return null;
    }),
  );
  await connection.sendNotification("initialized", {});
  if ((await registered) !== "workspace/didChangeWatchedFiles") throw new Error("it watches no files");
  const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href;
  let versions = 0;
  const nextTold = (uri: string): Promise<readonly Found[]> => {
    told.delete(uri);
    return new Promise((resolve) => {
      const listener = (): void => {
        const found = told.get(uri);
        if (found === undefined) return;
        listeners.delete(listener);
        resolve(found);
      };
      listeners.add(listener);
    });
  };
  const openUri = async (uri: string, text: string): Promise<readonly Found[]> => {
    const waiting = nextTold(uri);
    await connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "sevens", version: ++versions, text },
    });
    return waiting;
  };
  const open = (name: string, text: string): Promise<readonly Found[]> => openUri(uriOf(name), text);
  const type = (uri: string, text: string): Promise<void> =>
    connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: ++versions },
      contentChanges: [{ text }],
    });
  return {
    folder,
    connection,
    capabilities,
    uriOf,
    open,
    openUri,
    nextTold,
    toldVersion: (uri) => toldVersions.get(uri),
    type,
    change: async (name, text) => {
      const waiting = nextTold(uriOf(name));
      await type(uriOf(name), text);
      return waiting;
    },
    close: (name) =>
      connection.sendNotification("textDocument/didClose", { textDocument: { uri: uriOf(name) } }),
    at: async (request, name, text, more = {}) => {
      const { text: plain, position } = marked(text);
      await open(name, plain);
      return connection.sendRequest(request, { textDocument: { uri: uriOf(name) }, position, ...more });
    },
    end: async () => {
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      const code = await new Promise<number | null>((resolve) => server.once("exit", resolve));
      connection.dispose();
      rmSync(folder, { recursive: true });
      return code;
    },
  };
}

/** The place of a `|` in a text, and the text without it. */
export function marked(text: string): { readonly text: string; readonly position: Place } {
  const at = text.indexOf("|");
  const before = text.slice(0, at);
  const line = before.split("\n").length - 1;
  return {
    text: before + text.slice(at + 1),
    position: { line, character: at - before.lastIndexOf("\n") - 1 },
  };
}
