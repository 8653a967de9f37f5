/**
 * What an editor asks about specs: findings, completion, documentation, places, changes. Knows nothing of protocols or of
 * Node: files come through a host, so that it runs in a browser as well.
 */
import { format } from "../../grammar/index.ts";
import type { Span, SyntaxTree } from "../../grammar/syntax.ts";
import type { Diagnostic } from "../diagnostics/index.ts";
import { parseModule } from "../load/index.ts";
import type { Host } from "../model/model.ts";
import { completionsAt, type PlacedCompletion } from "./completion.ts";
import { type Hint, hintsFor } from "./hints.ts";
import { type Hover, hoverAt } from "./hover.ts";
import { type Mend, mendsFor } from "./mend.ts";
import { placesOf, usedFileAt, writtenAt } from "./names.ts";
import { foldsOf, type OutlineEntry, outlineOf, type Word, wordsOf } from "./outline.ts";
import { type Renaming, renamed } from "./rename.ts";
import type { Reach } from "./spec-files.ts";
import { Workspace } from "./workspace.ts";

export type { CompletionKind, PlacedCompletion as Completion } from "./completion.ts";
export type { Hint } from "./hints.ts";
export type { Hover } from "./hover.ts";
export type { Edit, Mend } from "./mend.ts";
export { type OutlineEntry, type Word, type WordKind, wordKinds } from "./outline.ts";
export type { Renaming } from "./rename.ts";
export type { Reach } from "./spec-files.ts";
export { warmUp } from "./warm-up.ts";

export class LanguageService {
  readonly #workspace: Workspace;

  /** The project is what lies below the top folder of the host, or in it only. */
  constructor(disk: Host, reach: Reach = "below") {
    this.#workspace = new Workspace(disk, reach);
  }

  /** The text of a file as the editor has it, also when it is not saved. */
  set(file: string, text: string): void {
    this.#workspace.set(file, text);
  }

  close(file: string): void {
    this.#workspace.close(file);
  }

  /** Files on disk have changed. */
  forget(): void {
    this.#workspace.forget();
  }

  get openFiles(): readonly string[] {
    return this.#workspace.openFiles;
  }

  text(file: string): string | undefined {
    return this.#workspace.text(file);
  }

  /** The open files that are a file or read it. */
  readers(file: string): readonly string[] {
    const reads = (one: string): boolean => this.#workspace.modules(one)?.byFile.has(file) === true;
    return this.#workspace.openFiles.filter((one) => one === file || reads(one));
  }

  /** Reads the names of a file again, which completion otherwise knows as they were when something else needed them. */
  readNames(file: string): void {
    this.#workspace.modules(file);
  }

  /** What is wrong with a file; findings in files that it uses are told at those. */
  diagnostics(file: string): readonly Diagnostic[] {
    return this.#workspace.analysed(file)?.diagnostics ?? [];
  }

  completions(file: string, offset: number): readonly PlacedCompletion[] {
    return completionsAt(this.#workspace, file, offset);
  }

  hover(file: string, offset: number): Hover | undefined {
    return hoverAt(this.#workspace, file, offset);
  }

  definition(file: string, offset: number): Span | undefined {
    return writtenAt(this.#workspace, file, offset)?.target.span ?? usedFileAt(this.#workspace, file, offset);
  }

  /** Places in the project and in what the file uses that mean what stands at a place, its declaration among them. */
  references(file: string, offset: number): readonly Span[] {
    const written = writtenAt(this.#workspace, file, offset);
    return written === undefined ? [] : placesOf(this.#workspace, file, written);
  }

  /** The name at a place; undefined where nothing can be renamed. */
  renamable(file: string, offset: number): Span | undefined {
    return writtenAt(this.#workspace, file, offset)?.span;
  }

  rename(file: string, offset: number, name: string): Renaming {
    const written = writtenAt(this.#workspace, file, offset);
    if (written === undefined) return { refused: "there is no name here that could be changed" };
    const places = placesOf(this.#workspace, file, written);
    return renamed(this.#workspace, { ...written, places, name });
  }

  outline(file: string): readonly OutlineEntry[] {
    return outlineOf(this.#workspace.modules(file)?.root.tree.statements ?? []);
  }

  /** Declarations of the project and of what its open files use whose name has the letters of the query in their order. */
  symbols(query: string): readonly OutlineEntry[] {
    const letters = new RegExp(
      [...query].map((c) => c.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join(".*"),
      "i",
    );
    const found = new Map<string, OutlineEntry>();
    const collect = ({ statements }: SyntaxTree): void => {
      for (const entry of outlineOf(statements)) {
        if (letters.test(entry.name)) found.set(`${entry.span.file} ${entry.name}`, entry);
      }
    };
    for (const file of this.#workspace.openFiles) {
      for (const { tree } of this.#workspace.modules(file)?.byFile.values() ?? []) collect(tree);
    }
    for (const file of this.#workspace.specFiles()) {
      const text = this.#workspace.text(file);
      if (text !== undefined && letters.test(text.replaceAll("\n", " ")))
        collect(parseModule(text, file).tree);
    }
    return [...found.values()];
  }

  words(file: string): readonly Word[] {
    const text = this.#workspace.text(file);
    return text === undefined ? [] : wordsOf(parseModule(text, file).tree, text);
  }

  folds(file: string): readonly Span[] {
    const tree = this.#workspace.modules(file)?.root.tree;
    return tree === undefined ? [] : foldsOf(tree);
  }

  /** Units behind names that are written without one. */
  hints(file: string): readonly Hint[] {
    return hintsFor(this.#workspace, file);
  }

  /** What can be done about the findings that touch a part of a file. */
  mends(file: string, start: number, end: number): readonly (Mend & { readonly of: Diagnostic })[] {
    return this.diagnostics(file)
      .filter(({ span }) => span.file === file && span.start <= end && span.end >= start)
      .flatMap((of) => mendsFor(of, file, this.#workspace).map((mend) => ({ ...mend, of })));
  }

  /** The file as `sevens fmt` writes it; undefined when it has errors of syntax. */
  formatted(file: string): string | undefined {
    const text = this.#workspace.text(file);
    if (text === undefined) return undefined;
    const { tree, diagnostics } = parseModule(text, file);
    return diagnostics.length > 0 ? undefined : format(tree, text);
  }
}
