/**
 * The language service over the Language Server Protocol 3.17. What needs syntax and names only is answered here at once;
 * what needs all checks by a thread, so that completion never waits for them.
 */
import {
  type CancellationToken,
  CodeActionKind,
  type Connection,
  createConnection,
  DidChangeWatchedFilesNotification,
  type DocumentSymbol,
  InsertTextMode,
  LSPErrorCodes,
  type Diagnostic as LspDiagnostic,
  ProposedFeatures,
  ResponseError,
  SemanticTokensBuilder,
  SymbolKind,
  type TextEdit,
  type WorkspaceEdit,
  type WorkspaceSymbol,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { version } from "../../disk/version.ts";
import { type OutlineEntry, wordKinds } from "../../service/index.ts";
import { Checker } from "./checker.ts";
import { atOf, Files, foldersOf, inOf, type Place, type Project, pathsOf } from "./files.ts";
import { Findings } from "./findings.ts";
import { beforeFirst, inSteps } from "./idle.ts";
import { capabilities, completionKinds, severities, watchers } from "./protocol.ts";
import {
  diagnosticsOf,
  type Finding,
  hintsOf,
  hoverAt,
  type LocatedEdit,
  mendsFor,
  readersOf,
  referencesTo,
  renameAt,
  symbolsOf,
} from "./questions.ts";
import { type Asked, connectionStrategy, mustBeWanted, othersRead, unlessCancelled } from "./wanted.ts";

/** Milliseconds after the last change until a file is checked. */
const PAUSE = 120;

/** Serves over standard input and output until the editor has had enough. */
export async function serveStdio(): Promise<void> {
  const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout, {
    connectionStrategy,
  });
  const closed = new Promise<void>((resolve) => connection.onShutdown(() => resolve()));
  new Server(connection).listen();
  // The protocol's `exit` ends the process; until then the verb goes on.
  await closed;
}

class Server {
  readonly #connection: Connection;
  readonly #files = new Files();
  readonly #checker = new Checker();
  readonly #findings = new Findings();
  /** Changed files that are checked when no more changes come. */
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  /** Files that are being checked, with whether they have changed since. */
  readonly #checking = new Map<string, { again: boolean }>();
  /** The editor wants to know which version of a text findings are of. */
  #tellsVersions = false;
  #isWarm = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  listen(): void {
    let [canWatch, hasFolders] = [false, false];
    this.#connection.onInitialize((params) => {
      this.#files.reopen(foldersOf(params), []);
      const { workspace, textDocument } = params.capabilities;
      this.#tellsVersions = textDocument?.publishDiagnostics?.versionSupport === true;
      canWatch = workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
      hasFolders = workspace?.workspaceFolders === true;
      return { serverInfo: { name: "sevens", version: version() }, capabilities };
    });
    this.#connection.onInitialized(async () => {
      if (canWatch)
        await this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
      if (!hasFolders) return;
      this.#connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const [more, fewer] = [added, removed].map((folders) => pathsOf(folders.map(({ uri }) => uri)));
        const ended = this.#files.reopen(more ?? [], fewer ?? []);
        this.#checker.end(ended.map(inOf));
        for (const document of this.#files.documents) this.#update(document);
      });
    });
    this.#listenToDocuments();
    this.#answerPlaces();
    this.#answerWholes();
    this.#answerChanges();
    this.#connection.listen();
  }

  #listenToDocuments(): void {
    const connection = this.#connection;
    connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version: at, text } }) => {
      this.#update(TextDocument.create(uri, languageId, at, text));
    });
    connection.onDidChangeTextDocument(({ textDocument: { uri, version: at }, contentChanges }) => {
      const known = this.#files.opened(uri);
      if (known !== undefined) this.#update(TextDocument.update(known, contentChanges, at));
    });
    connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
      const place = this.#files.place(uri);
      const ended = this.#files.close(uri);
      this.#checker.close(atOf(place));
      this.#checker.end(ended.map(inOf));
      this.#publish(uri, []);
      // What uses it reads the file on disk now, which may be another text.
      if (ended.length === 0) this.#later(uri);
      else clearTimeout(this.#waiting.get(uri));
    });
    connection.onDidChangeWatchedFiles(() => {
      this.#files.forget();
      this.#checker.forget();
      for (const uri of this.#files.openUris) this.#later(uri);
    });
  }

  #answerPlaces(): void {
    const connection = this.#connection;
    const files = this.#files;
    connection.onCompletion(({ textDocument: { uri }, position }) => {
      const place = files.place(uri);
      const end = files.offset(uri, position);
      const found = place.service.completions(place.file, end);
      return found.map(({ label, kind, detail, doc, insert = label, start }, i) => ({
        label,
        kind: completionKinds[kind],
        detail,
        // What fits best stands first.
        sortText: String(i).padStart(4, "0"),
        textEdit: { range: files.range(place, { file: place.file, start, end }), newText: insert },
        insertTextMode: InsertTextMode.asIs,
        ...(doc === undefined ? {} : { documentation: { kind: "markdown" as const, value: doc } }),
      }));
    });
    connection.onHover(({ textDocument: { uri }, position }, token) =>
      this.#asked(uri, token, async (place, { wanted }) => {
        const offset = files.offset(uri, position);
        const found = await this.#checker.ask(hoverAt, { ...atOf(place), offset }, wanted);
        if (found === null) return null;
        return { contents: { kind: "markdown", value: found.text }, range: files.range(place, found.span) };
      }),
    );
    connection.onDefinition(({ textDocument: { uri }, position }) => {
      const place = files.place(uri);
      const found = place.service.definition(place.file, files.offset(uri, position));
      return found === undefined ? null : files.location(place, found);
    });
    connection.onReferences(({ textDocument: { uri }, position, context }, token) =>
      this.#asked(uri, token, async (place, { wanted }) => {
        const offset = files.offset(uri, position);
        const declared = context.includeDeclaration
          ? undefined
          : place.service.definition(place.file, offset);
        const found = await this.#checker.ask(referencesTo, { ...atOf(place), offset }, wanted);
        return found
          .filter(({ file, start }) => file !== declared?.file || start !== declared.start)
          .map(({ file, range }) => ({ uri: files.uri(place, file), range }));
      }),
    );
  }

  #answerWholes(): void {
    const connection = this.#connection;
    const files = this.#files;
    connection.onDocumentSymbol(({ textDocument: { uri } }) => {
      const place = files.place(uri);
      return place.service.outline(place.file).map((entry) => this.#symbol(place, entry));
    });
    connection.onWorkspaceSymbol(({ query }, token) =>
      unlessCancelled(token, async () => {
        const found = new Map<string, WorkspaceSymbol>();
        for (const project of [...files.projects]) {
          const symbols = await this.#checker.ask(symbolsOf, { ...inOf(project), query }, () =>
            mustBeWanted(token),
          );
          for (const { name, keyword, file, range } of symbols) {
            const location = { uri: files.uri(project, file), range };
            const symbol = { name, kind: SymbolKind.Class, containerName: keyword, location };
            found.set(`${location.uri} ${name}`, symbol);
          }
        }
        return [...found.values()];
      }),
    );
    connection.onFoldingRanges(({ textDocument: { uri } }) => {
      const place = files.place(uri);
      return place.service.folds(place.file).map((span) => {
        const { start, end } = files.range(place, span);
        return { startLine: start.line, endLine: Math.max(start.line, end.line - 1) };
      });
    });
    connection.languages.inlayHint.on(({ textDocument: { uri } }, token) =>
      this.#asked(uri, token, async (place, { wanted }) => {
        const hints = await this.#checker.ask(hintsOf, atOf(place), wanted);
        return hints.map(({ at, file, text }) => ({
          position: files.range(place, { file, start: at, end: at }).start,
          label: text,
        }));
      }),
    );
    connection.languages.semanticTokens.on(({ textDocument: { uri } }, token) =>
      this.#asked(uri, token, async (place, { wanted }) => {
        await othersRead();
        wanted();
        const builder = new SemanticTokensBuilder();
        for (const { span, kind } of place.service.words(place.file)) {
          for (const { line, character, length } of files.lines(place, span)) {
            builder.push(line, character, length, wordKinds.indexOf(kind), 0);
          }
        }
        return builder.build();
      }),
    );
  }

  #answerChanges(): void {
    const connection = this.#connection;
    const files = this.#files;
    connection.onPrepareRename(({ textDocument: { uri }, position }) => {
      const place = files.place(uri);
      const span = place.service.renamable(place.file, files.offset(uri, position));
      return span === undefined ? null : files.range(place, span);
    });
    connection.onRenameRequest(({ textDocument: { uri }, position, newName: name }, token) =>
      this.#asked(uri, token, async (place, { since, wanted }) => {
        const offset = files.offset(uri, position);
        const renaming = await this.#checker.ask(renameAt, { ...atOf(place), offset, name }, wanted);
        if ("refused" in renaming) throw new ResponseError(LSPErrorCodes.RequestFailed, renaming.refused);
        return this.#changes(place, renaming.edits, since);
      }),
    );
    connection.onCodeAction(({ textDocument: { uri }, range }, token) =>
      this.#asked(uri, token, async (place, { since, wanted }) => {
        const [start, end] = [files.offset(uri, range.start), files.offset(uri, range.end)];
        const found = await this.#checker.ask(mendsFor, { ...atOf(place), start, end }, wanted);
        return found.map(({ title, edits, preferred, of }) => ({
          title,
          kind: CodeActionKind.QuickFix,
          isPreferred: preferred,
          diagnostics: [this.#diagnostic(place, of)],
          edit: this.#changes(place, edits, since),
        }));
      }),
    );
    connection.onDocumentFormatting(({ textDocument: { uri } }) => {
      const place = files.place(uri);
      const text = place.service.text(place.file) ?? "";
      const formatted = place.service.formatted(place.file);
      if (formatted === undefined || formatted === text) return [];
      const range = files.range(place, { file: place.file, start: 0, end: text.length });
      return [{ range, newText: formatted }];
    });
  }

  /** An answer that takes a while: of no use when the text has become another one meanwhile, or when it is taken back. */
  #asked<T>(
    uri: string,
    token: CancellationToken,
    answer: (place: Place, asked: Asked) => Promise<T>,
  ): Promise<T> {
    const since = this.#files.lastChange;
    const wanted = (): void => {
      mustBeWanted(token);
      this.#mustBeAsSince(uri, since);
    };
    return unlessCancelled(token, async () => {
      wanted();
      const found = await answer(this.#files.place(uri), { since, wanted });
      wanted();
      return found;
    });
  }

  #mustBeAsSince(uri: string, change: number): void {
    if (this.#files.changedSince(uri, change))
      throw new ResponseError(LSPErrorCodes.ContentModified, "the text has changed");
  }

  #update(document: TextDocument): void {
    this.#files.set(document);
    this.#checker.set(atOf(this.#files.place(document.uri)), document.getText());
    this.#later(document.uri);
  }

  /** Checks the open files that are a file or read it, when no more changes come. */
  #later(uri: string): void {
    clearTimeout(this.#waiting.get(uri));
    const timer = setTimeout(() => {
      this.#waiting.delete(uri);
      void this.#checkReaders(uri);
    }, PAUSE);
    this.#waiting.set(uri, timer);
  }

  async #checkReaders(uri: string): Promise<void> {
    const place = this.#files.place(uri);
    const asked = this.#checker.ask(readersOf, atOf(place)).catch(this.#failed);
    // While the thread of checks starts there is time for what the first completion would otherwise wait for.
    if (!this.#isWarm) void inSteps(beforeFirst(place)).catch(this.#failed);
    this.#isWarm = true;
    const readers = await asked;
    for (const file of readers ?? []) void this.#check(this.#files.uri(place, file));
  }

  async #check(uri: string): Promise<void> {
    const running = this.#checking.get(uri);
    if (running !== undefined) {
      running.again = true;
      return;
    }
    const state = { again: false };
    this.#checking.set(uri, state);
    const place = this.#files.place(uri);
    const since = this.#files.lastChange;
    const wanted = (): void => this.#mustBeAsSince(uri, since);
    const found = await this.#checker.ask(diagnosticsOf, atOf(place), wanted).catch(this.#failed);
    this.#checking.delete(uri);
    if (state.again) void this.#check(uri);
    // Places in a text that has changed are wrong; the next check tells.
    else if (found !== undefined && this.#files.opened(uri) && !this.#files.changedSince(uri, since)) {
      this.#publish(uri, found);
      place.service.readNames(place.file);
    }
  }

  readonly #failed = (error: unknown): undefined => {
    if (error instanceof ResponseError && error.code === LSPErrorCodes.ContentModified) return;
    this.#connection.console.error(`this is a bug of Sevens, not of your spec: ${error}`);
  };

  /** Findings in the files that a file uses are told there, unless these are open and tell their own. */
  #publish(root: string, found: readonly Finding[]): void {
    const place = this.#files.place(root);
    const byFile = new Map<string, LspDiagnostic[]>();
    for (const one of found) {
      const uri = this.#files.uri(place, one.file);
      byFile.set(uri, [...(byFile.get(uri) ?? []), this.#diagnostic(place, one)]);
    }
    for (const uri of this.#findings.set(root, byFile)) {
      const document = this.#files.opened(uri);
      const isOpen = document !== undefined;
      // Another open file tells its own, when it is checked.
      if (isOpen && uri !== root) continue;
      const diagnostics = [...this.#findings.of(uri, isOpen)];
      const version = isOpen && this.#tellsVersions ? { version: document.version } : {};
      void this.#connection.sendDiagnostics({ uri, ...version, diagnostics });
    }
  }

  #diagnostic(place: Project, found: Finding): LspDiagnostic {
    const { code, severity, message, help, notes, labels, range } = found;
    return {
      range,
      severity: severities[severity],
      code,
      source: "sevens",
      message: [message, ...notes, ...(help === undefined ? [] : [`help: ${help}`])].join("\n"),
      relatedInformation: labels.map(({ file, range, text }) => ({
        location: { uri: this.#files.uri(place, file), range },
        message: text,
      })),
    };
  }

  #symbol(place: Project, { name, keyword, span, nameSpan, children }: OutlineEntry): DocumentSymbol {
    return {
      name,
      detail: keyword,
      kind: children.length > 0 ? SymbolKind.Class : SymbolKind.Variable,
      range: this.#files.range(place, span),
      selectionRange: this.#files.range(place, nameSpan),
      children: children.map((one) => this.#symbol(place, one)),
    };
  }

  /** Places of edits are of the texts as they were asked about: of no use when any of these has become another one. */
  #changes(place: Project, edits: readonly LocatedEdit[], since: number): WorkspaceEdit {
    const changes: Record<string, TextEdit[]> = {};
    for (const { file, range, text } of edits) {
      const uri = this.#files.uri(place, file);
      this.#mustBeAsSince(uri, since);
      changes[uri] = [...(changes[uri] ?? []), { range, newText: text }];
    }
    return { changes };
  }
}
