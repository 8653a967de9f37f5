/** The language service over the Language Server Protocol 3.17. */
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  CodeActionKind,
  CompletionItemKind,
  type Connection,
  createConnection,
  DiagnosticSeverity,
  type DocumentSymbol,
  type Location,
  type Diagnostic as LspDiagnostic,
  type Position,
  ProposedFeatures,
  type Range,
  ResponseError,
  SemanticTokensBuilder,
  SymbolKind,
  TextDocumentSyncKind,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Span } from "../../grammar/syntax.ts";
import type { Diagnostic } from "../diagnostics/index.ts";
import { type DiskHost, diskHost } from "../disk/host.ts";
import { projectFolder } from "../disk/paths.ts";
import { version } from "../disk/version.ts";
import {
  type CompletionKind,
  type Edit,
  LanguageService,
  type OutlineEntry,
  wordKinds,
} from "../service/index.ts";

/** Milliseconds after the last change until a file is checked. */
const PAUSE = 120;

/** A project with its files; paths in it are those of its host. */
interface Project {
  readonly host: DiskHost;
  readonly service: LanguageService;
}

/** A file of a project. */
interface Place extends Project {
  readonly file: string;
}

/** Serves over standard input and output until the editor has had enough. */
export async function serveStdio(): Promise<void> {
  const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  const closed = new Promise<void>((resolve) => connection.onShutdown(() => resolve()));
  new Server(connection).listen();
  // The protocol's `exit` ends the process; until then the verb goes on.
  await closed;
}

class Server {
  readonly #connection: Connection;
  readonly #projects = new Map<string, Project>();
  readonly #documents = new Map<string, TextDocument>();
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  /** Files that were told to have findings, by the file whose check found them. */
  readonly #told = new Map<string, ReadonlySet<string>>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  listen(): void {
    const connection = this.#connection;
    connection.onInitialize(() => ({
      serverInfo: { name: "sevens", version: version() },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        completionProvider: { triggerCharacters: ["=", ".", "{", "[", " ", "/"] },
        hoverProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        renameProvider: { prepareProvider: true },
        documentSymbolProvider: true,
        workspaceSymbolProvider: true,
        documentFormattingProvider: true,
        foldingRangeProvider: true,
        inlayHintProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
        semanticTokensProvider: { legend: { tokenTypes: [...wordKinds], tokenModifiers: [] }, full: true },
      },
    }));
    this.#listenToDocuments();
    this.#answerPlaces();
    this.#answerChanges();
    connection.listen();
  }

  #listenToDocuments(): void {
    const connection = this.#connection;
    connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version: at, text } }) => {
      this.#update(TextDocument.create(uri, languageId, at, text));
    });
    connection.onDidChangeTextDocument(({ textDocument: { uri, version: at }, contentChanges }) => {
      const known = this.#documents.get(uri);
      if (known !== undefined) this.#update(TextDocument.update(known, contentChanges, at));
    });
    connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
      this.#documents.delete(uri);
      const { service, file } = this.#place(uri);
      service.close(file);
      this.#tell(uri, []);
    });
    connection.onDidChangeWatchedFiles(() => {
      for (const { service } of this.#projects.values()) service.forget();
      for (const uri of this.#documents.keys()) this.#later(uri);
    });
  }

  #answerPlaces(): void {
    const connection = this.#connection;
    connection.onCompletion(({ textDocument: { uri }, position }) => {
      const { service, file } = this.#place(uri);
      return service
        .completions(file, this.#offset(uri, position))
        .map(({ label, kind, detail, doc, insert }) => ({
          label,
          kind: completionKinds[kind],
          detail,
          ...(doc === undefined ? {} : { documentation: { kind: "markdown" as const, value: doc } }),
          ...(insert === undefined ? {} : { insertText: insert }),
        }));
    });
    connection.onHover(({ textDocument: { uri }, position }) => {
      const place = this.#place(uri);
      const found = place.service.hover(place.file, this.#offset(uri, position));
      if (found === undefined) return null;
      return { contents: { kind: "markdown", value: found.text }, range: this.#range(place, found.span) };
    });
    connection.onDefinition(({ textDocument: { uri }, position }) => {
      const place = this.#place(uri);
      const found = place.service.definition(place.file, this.#offset(uri, position));
      return found === undefined ? null : this.#location(place, found);
    });
    connection.onReferences(({ textDocument: { uri }, position }) => {
      const place = this.#place(uri);
      const found = place.service.references(place.file, this.#offset(uri, position));
      return found.map((span) => this.#location(place, span));
    });
    connection.onDocumentSymbol(({ textDocument: { uri } }) => {
      const place = this.#place(uri);
      return place.service.outline(place.file).map((entry) => this.#symbol(place, entry));
    });
    connection.onWorkspaceSymbol(({ query }) =>
      [...this.#projects.values()].flatMap((project) =>
        project.service.symbols(query).map((entry) => ({
          name: entry.name,
          kind: SymbolKind.Class,
          containerName: entry.keyword,
          location: this.#location(project, entry.nameSpan),
        })),
      ),
    );
    connection.onFoldingRanges(({ textDocument: { uri } }) => {
      const place = this.#place(uri);
      return place.service.folds(place.file).map((span) => {
        const { start, end } = this.#range(place, span);
        return { startLine: start.line, endLine: Math.max(start.line, end.line - 1) };
      });
    });
    connection.languages.inlayHint.on(({ textDocument: { uri } }) => {
      const place = this.#place(uri);
      const hints = place.service.hints(place.file);
      return hints.map(({ at, file, text }) => ({
        position: this.#range(place, { file, start: at, end: at }).start,
        label: text,
      }));
    });
    connection.languages.semanticTokens.on(({ textDocument: { uri } }) => {
      const place = this.#place(uri);
      const builder = new SemanticTokensBuilder();
      for (const { span, kind } of place.service.words(place.file)) {
        for (const { line, character, length } of this.#lines(place, span)) {
          builder.push(line, character, length, wordKinds.indexOf(kind), 0);
        }
      }
      return builder.build();
    });
  }

  #answerChanges(): void {
    const connection = this.#connection;
    connection.onPrepareRename(({ textDocument: { uri }, position }) => {
      const place = this.#place(uri);
      const span = place.service.renamable(place.file, this.#offset(uri, position));
      return span === undefined ? null : this.#range(place, span);
    });
    connection.onRenameRequest(({ textDocument: { uri }, position, newName }) => {
      const place = this.#place(uri);
      const renaming = place.service.rename(place.file, this.#offset(uri, position), newName);
      if ("refused" in renaming) throw new ResponseError(refusedCode, renaming.refused);
      return this.#changes(place, renaming.edits);
    });
    connection.onCodeAction(({ textDocument: { uri }, range }) => {
      const place = this.#place(uri);
      const [start, end] = [range.start, range.end].map((one) => this.#offset(uri, one));
      return place.service.mends(place.file, start!, end!).map(({ title, edits, preferred, of }) => ({
        title,
        kind: CodeActionKind.QuickFix,
        isPreferred: preferred,
        diagnostics: [this.#diagnostic(place, of)],
        edit: this.#changes(place, edits),
      }));
    });
    connection.onDocumentFormatting(({ textDocument: { uri } }) => {
      const place = this.#place(uri);
      const text = place.service.text(place.file) ?? "";
      const formatted = place.service.formatted(place.file);
      if (formatted === undefined || formatted === text) return [];
      return [
        { range: this.#range(place, { file: place.file, start: 0, end: text.length }), newText: formatted },
      ];
    });
  }

  #update(document: TextDocument): void {
    this.#documents.set(document.uri, document);
    const { service, file } = this.#place(document.uri);
    service.set(file, document.getText());
    for (const uri of this.#documents.keys()) {
      const other = this.#place(uri);
      if (other.service === service && service.uses(other.file, file)) this.#later(uri);
    }
  }

  /** Checks a file when no more changes come. */
  #later(uri: string): void {
    clearTimeout(this.#waiting.get(uri));
    this.#waiting.set(
      uri,
      setTimeout(() => {
        this.#waiting.delete(uri);
        if (this.#documents.has(uri)) this.#check(uri);
      }, PAUSE),
    );
  }

  #check(uri: string): void {
    const place = this.#place(uri);
    try {
      this.#tell(uri, place.service.diagnostics(place.file));
    } catch (error) {
      this.#connection.console.error(`this is a bug of Sevens, not of your spec: ${error}`);
    }
  }

  /** Findings in the files that a file uses are told there, unless these are open and tell their own. */
  #tell(uri: string, found: readonly Diagnostic[]): void {
    const place = this.#place(uri);
    const byFile = new Map<string, LspDiagnostic[]>([[uri, []]]);
    for (const one of found) {
      const at = this.#uri(place, one.span.file);
      if (at !== uri && this.#documents.has(at)) continue;
      byFile.set(at, [...(byFile.get(at) ?? []), this.#diagnostic(place, one)]);
    }
    for (const before of this.#told.get(uri) ?? []) if (!byFile.has(before)) byFile.set(before, []);
    this.#told.set(uri, new Set([...byFile].flatMap(([at, list]) => (list.length > 0 ? [at] : []))));
    for (const [at, diagnostics] of byFile) void this.#connection.sendDiagnostics({ uri: at, diagnostics });
  }

  #diagnostic(place: Project, found: Diagnostic): LspDiagnostic {
    const { code, severity, message, help, notes, labels, span } = found;
    return {
      range: this.#range(place, span),
      severity: severity === "error" ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
      code,
      source: "sevens",
      message: [message, ...notes, ...(help === undefined ? [] : [`help: ${help}`])].join("\n"),
      relatedInformation: labels.map(({ span: at, text }) => ({
        location: this.#location(place, at),
        message: text,
      })),
    };
  }

  #symbol(place: Project, { name, keyword, span, nameSpan, children }: OutlineEntry): DocumentSymbol {
    return {
      name,
      detail: keyword,
      kind: children.length > 0 ? SymbolKind.Class : SymbolKind.Variable,
      range: this.#range(place, span),
      selectionRange: this.#range(place, nameSpan),
      children: children.map((one) => this.#symbol(place, one)),
    };
  }

  #changes(place: Project, edits: readonly Edit[]): WorkspaceEdit {
    const changes: Record<string, TextEdit[]> = {};
    for (const { span, text } of edits) {
      const uri = this.#uri(place, span.file);
      changes[uri] = [...(changes[uri] ?? []), { range: this.#range(place, span), newText: text }];
    }
    return { changes };
  }

  /** The project of a file and its name there. */
  #place(uri: string): Place {
    const path = uri.startsWith("file:") ? fileURLToPath(uri) : `/untitled/${encodeURIComponent(uri)}.sevens`;
    const folder = projectFolder(path.replace(/[\\/][^\\/]*$/, "") || "/");
    const known = this.#projects.get(folder);
    const host = known?.host ?? diskHost(folder);
    const project = known ?? { host, service: new LanguageService(host) };
    this.#projects.set(folder, project);
    return { ...project, file: host.nameOf(path) };
  }

  #offset(uri: string, position: Position): number {
    return this.#documents.get(uri)?.offsetAt(position) ?? 0;
  }

  #uri({ host }: Project, file: string): string {
    return pathToFileURL(host.pathOf(file)).href;
  }

  /** The text that places of a file are counted in, also of one that is not open. */
  #document(project: Project, file: string): TextDocument {
    const uri = this.#uri(project, file);
    return (
      this.#documents.get(uri) ?? TextDocument.create(uri, "sevens", 0, project.service.text(file) ?? "")
    );
  }

  #range(project: Project, { file, start, end }: Span): Range {
    const document = this.#document(project, file);
    return { start: document.positionAt(start), end: document.positionAt(end) };
  }

  #location(project: Project, span: Span): Location {
    return { uri: this.#uri(project, span.file), range: this.#range(project, span) };
  }

  /** A span line by line: words of the protocol do not go over the end of one. */
  *#lines(
    project: Project,
    { file, start, end }: Span,
  ): Iterable<{ line: number; character: number; length: number }> {
    const document = this.#document(project, file);
    const text = document.getText();
    for (let from = start; from < end; ) {
      const stop = text.indexOf("\n", from);
      const to = stop < 0 ? end : Math.min(end, stop);
      const { line, character } = document.positionAt(from);
      if (to > from) yield { line, character, length: to - from };
      from = to + 1;
    }
  }
}

/** RequestFailed of the protocol. */
const refusedCode = -32803;

const completionKinds: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  keyword: CompletionItemKind.Keyword,
  field: CompletionItemKind.Property,
  word: CompletionItemKind.EnumMember,
  declaration: CompletionItemKind.Class,
  parameter: CompletionItemKind.Variable,
  function: CompletionItemKind.Function,
  unit: CompletionItemKind.Unit,
  module: CompletionItemKind.Module,
};
