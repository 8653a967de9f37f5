/** The files that the editor has open, the projects that they are in, and places in them as the protocol counts them. */
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { InitializeParams, Location, Position, Range } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Span } from "../../../grammar/syntax.ts";
import { type DiskHost, diskHost } from "../../disk/host.ts";
import { isBelow, isFile, projectFolder } from "../../disk/paths.ts";
import { LanguageService, type Reach } from "../../service/index.ts";
import type { At, In } from "./questions.ts";

/** A project with its files; paths in it are those of its host. */
export interface Project {
  readonly host: DiskHost;
  readonly reach: Reach;
  /** What needs syntax and names only is answered from here, at once. */
  readonly service: LanguageService;
}

/** A file of a project. */
export interface Place extends Project {
  readonly file: string;
}

export const inOf = ({ host, reach }: Project): In => ({ project: host.project, reach });

export const atOf = (place: Place): At => ({ ...inOf(place), file: place.file });

export class Files {
  readonly #projects = new Map<string, Project>();
  readonly #documents = new Map<string, TextDocument>();
  readonly #folders = new Set<string>();
  /** How the editor writes the address of a file, by its path: there are several ways, and it knows its own only. */
  readonly #uris = new Map<string, string>();
  /** How many changes there were, the number of the last one of each file, and of that of files on disk. */
  #changes = 0;
  readonly #changedAt = new Map<string, number>();
  #diskChangedAt = 0;

  get projects(): Iterable<Project> {
    return this.#projects.values();
  }

  get openUris(): readonly string[] {
    return [...this.#documents.keys()];
  }

  get documents(): readonly TextDocument[] {
    return [...this.#documents.values()];
  }

  /** The document of an open file. */
  opened(uri: string): TextDocument | undefined {
    return this.#documents.get(uri);
  }

  /** The number of the last change of any text. */
  get lastChange(): number {
    return this.#changes;
  }

  /** A file has another text than after a change, or may have. */
  changedSince(uri: string, change: number): boolean {
    const last = this.#changedAt.get(uri) ?? 0;
    return (this.#documents.has(uri) ? last : Math.max(last, this.#diskChangedAt)) > change;
  }

  /** A file has been opened or changed. */
  set(document: TextDocument): void {
    this.#changedAt.set(document.uri, ++this.#changes);
    this.#documents.set(document.uri, document);
    this.#uris.set(pathOf(document.uri), document.uri);
    const place = this.place(document.uri);
    this.#keep(place);
    place.service.set(place.file, document.getText());
  }

  /** The file is that on disk again. Gives the projects that have ended with it. */
  close(uri: string): readonly Project[] {
    this.#changedAt.set(uri, ++this.#changes);
    this.#documents.delete(uri);
    const { service, file } = this.place(uri);
    service.close(file);
    return this.#keepNeeded();
  }

  /** Files on disk have changed. */
  forget(): void {
    this.#diskChangedAt = ++this.#changes;
    for (const { service } of this.#projects.values()) service.forget();
  }

  /**
   * Folders are open in the editor now, others are no longer. Gives the projects that have ended with it: open files that
   * were in them belong to others as soon as they are set again.
   */
  reopen(added: readonly string[], removed: readonly string[]): readonly Project[] {
    for (const folder of removed) this.#folders.delete(folder);
    for (const folder of added) this.#folders.add(folder);
    return this.#keepNeeded();
  }

  /** Keeps the projects that a folder or an open file is in; gives the others. */
  #keepNeeded(): readonly Project[] {
    const before = new Map(this.#projects);
    this.#projects.clear();
    const places = [...this.#documents.keys()].map((uri) => this.place(uri));
    for (const project of [...[...this.#folders].map((folder) => this.#projectOf(folder)), ...places]) {
      const known = before.get(project.host.project);
      this.#keep(known?.reach === project.reach ? known : project);
    }
    return [...before.values()].filter(({ host, service }) => {
      return this.#projects.get(host.project)?.service !== service;
    });
  }

  /** The project of a file and its name there. */
  place(uri: string): Place {
    const path = pathOf(uri);
    const project = this.#projectOf(path.replace(/[\\/][^\\/]*$/, "") || "/");
    return { ...project, file: project.host.nameOf(path) };
  }

  /**
   * The project of a folder; of one of an installed package that which it is installed in. Without a `package.json`
   * it is the folder that is open in the editor, so that all files in it are known. A file outside of both is loose: no
   * more belongs to it than the specs beside it, since the folders below may hold anything.
   */
  #projectOf(folder: string): Project {
    const inside = folder.replace(/[\\/]node_modules([\\/].*)?$/, "") || "/";
    const nearest = projectFolder(inside);
    const isPackage = isFile(join(nearest, "package.json"));
    const opened = [...this.#folders].find((one) => isBelow(inside, one));
    const top = isPackage ? nearest : (opened ?? nearest);
    const known = this.#projects.get(top);
    if (known !== undefined) return known;
    const host = diskHost(top);
    const reach = isPackage || opened !== undefined ? "below" : "folder";
    return { host, reach, service: new LanguageService(host, reach) };
  }

  /** What is asked about a file that is not open makes no project. */
  #keep({ host, reach, service }: Project): void {
    this.#projects.set(host.project, { host, reach, service });
  }

  uri({ host }: Project, file: string): string {
    const path = host.pathOf(file);
    return this.#uris.get(path) ?? pathToFileURL(path).href;
  }

  offset(uri: string, position: Position): number {
    return this.#documents.get(uri)?.offsetAt(position) ?? 0;
  }

  range(project: Project, { file, start, end }: Span): Range {
    const document = this.#document(project, file);
    return { start: document.positionAt(start), end: document.positionAt(end) };
  }

  location(project: Project, span: Span): Location {
    return { uri: this.uri(project, span.file), range: this.range(project, span) };
  }

  /** A span line by line, without the ends of lines: words of the protocol do not go over them. */
  *lines(
    project: Project,
    { file, start, end }: Span,
  ): Iterable<{ line: number; character: number; length: number }> {
    const document = this.#document(project, file);
    const parts = document
      .getText()
      .slice(start, end)
      .matchAll(/[^\r\n]+/g);
    for (const { index, 0: part } of parts) {
      yield { ...document.positionAt(start + index), length: part.length };
    }
  }

  /** The text that places of a file are counted in, also of one that is not open. */
  #document(project: Project, file: string): TextDocument {
    const uri = this.uri(project, file);
    return (
      this.#documents.get(uri) ?? TextDocument.create(uri, "sevens", 0, project.service.text(file) ?? "")
    );
  }
}

/** The path of a file, and one that is nowhere for a text that has not been saved. */
export function pathOf(uri: string): string {
  return uri.startsWith("file:///") ? fileURLToPath(uri) : `/untitled/${encodeURIComponent(uri)}.sevens`;
}

/** Folders on disk that are open in the editor. */
export const foldersOf = ({ workspaceFolders, rootUri }: InitializeParams): readonly string[] =>
  pathsOf(workspaceFolders?.map(({ uri }) => uri) ?? [rootUri ?? ""]);

export const pathsOf = (uris: readonly string[]): readonly string[] =>
  uris
    .filter((uri) => uri.startsWith("file:///"))
    .map((uri) => fileURLToPath(uri).replace(/(?<=[^\\/:])[\\/]$/, ""));
