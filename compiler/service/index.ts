/**
 * What an editor asks about specs: findings, completion, documentation, places, changes. Knows nothing of protocols or of
 * Node: files come through a host, so that it runs in a browser as well.
 */
import { format, keywords } from "../../grammar/index.ts";
import type { Span } from "../../grammar/syntax.ts";
import type { Diagnostic } from "../diagnostics/index.ts";
import { parseModule } from "../load/index.ts";
import type { Host } from "../model/model.ts";
import { findUnit } from "../units/index.ts";
import { type Completion, completionsAt } from "./completion.ts";
import { type Hint, hintsFor } from "./hints.ts";
import { type Hover, hoverAt } from "./hover.ts";
import { type Edit, type Mend, mendsFor } from "./mend.ts";
import { type Definition, definitionOf, occurrenceAt, referencesTo } from "./names.ts";
import { foldsOf, type OutlineEntry, outlineOf, type Word, wordsOf } from "./outline.ts";
import { Workspace } from "./workspace.ts";

export type { Completion, CompletionKind } from "./completion.ts";
export type { Hint } from "./hints.ts";
export type { Hover } from "./hover.ts";
export type { Edit, Mend } from "./mend.ts";
export { type OutlineEntry, type Word, type WordKind, wordKinds } from "./outline.ts";

/** A change of names, or why there is none. */
export type Renaming = { readonly edits: readonly Edit[] } | { readonly refused: string };

export class LanguageService {
  readonly #workspace: Workspace;

  constructor(disk: Host) {
    this.#workspace = new Workspace(disk);
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

  text(file: string): string | undefined {
    return this.#workspace.text(file);
  }

  /** Whether a file is another one or reads it. */
  uses(file: string, other: string): boolean {
    return file === other || this.#workspace.modules(file)?.byFile.has(other) === true;
  }

  /** What is wrong with a file; findings in files that it uses are told at those. */
  diagnostics(file: string): readonly Diagnostic[] {
    return this.#workspace.analysed(file)?.diagnostics ?? [];
  }

  completions(file: string, offset: number): readonly Completion[] {
    return completionsAt(this.#workspace, file, offset);
  }

  hover(file: string, offset: number): Hover | undefined {
    return hoverAt(this.#workspace, file, offset);
  }

  definition(file: string, offset: number): Span | undefined {
    return this.#definition(file, offset)?.span;
  }

  /** Places in the file, in what it uses and in the other open files. */
  references(file: string, offset: number): readonly Span[] {
    const target = this.#definition(file, offset);
    return target === undefined ? [] : referencesTo(this.#workspace, this.#files(file), target);
  }

  /** The name at a place; undefined where nothing can be renamed. */
  renamable(file: string, offset: number): Span | undefined {
    const modules = this.#workspace.modules(file);
    const occurrence = modules && occurrenceAt(modules.root.tree, offset);
    return occurrence !== undefined && this.#definition(file, offset) !== undefined
      ? occurrence.name.span
      : undefined;
  }

  rename(file: string, offset: number, name: string): Renaming {
    const target = this.#definition(file, offset);
    if (target === undefined) return { refused: "there is no name here that could be changed" };
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) return { refused: `\`${name}\` is no name` };
    if (keywords.includes(name)) return { refused: `\`${name}\` is a word of the language` };
    if (findUnit(name) !== undefined) return { refused: `\`${name}\` is a unit` };
    const library = this.#workspace.host.library;
    if (target.span.file.startsWith(`${library}/`))
      return { refused: `\`${target.name}\` belongs to the library` };
    const places = this.references(file, offset);
    const taken = places.find((span) => this.#means(span, name));
    if (taken !== undefined) return { refused: `\`${name}\` means something else in ${taken.file}` };
    return { edits: places.map((span) => ({ span, text: name })) };
  }

  outline(file: string): readonly OutlineEntry[] {
    return outlineOf(this.#workspace.modules(file)?.root.tree.statements ?? []);
  }

  /** Declarations of open files and of what they use whose name has the letters of the query in their order. */
  symbols(query: string): readonly OutlineEntry[] {
    const letters = new RegExp(
      [...query].map((c) => c.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join(".*"),
      "i",
    );
    const found = new Map<string, OutlineEntry>();
    for (const file of this.#workspace.openFiles) {
      for (const { tree } of this.#workspace.modules(file)?.byFile.values() ?? []) {
        for (const entry of outlineOf(tree.statements)) {
          if (letters.test(entry.name)) found.set(`${entry.span.file} ${entry.name}`, entry);
        }
      }
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
    const text = this.#workspace.text(file) ?? "";
    return this.diagnostics(file)
      .filter(({ span }) => span.file === file && span.start <= end && span.end >= start)
      .flatMap((of) => mendsFor(of, text).map((mend) => ({ ...mend, of })));
  }

  /** The file as `sevens fmt` writes it; undefined when it has errors of syntax. */
  formatted(file: string): string | undefined {
    const text = this.#workspace.text(file);
    if (text === undefined) return undefined;
    const { tree, diagnostics } = parseModule(text, file);
    return diagnostics.length > 0 ? undefined : format(tree, text);
  }

  #files(file: string): readonly string[] {
    return [...new Set([file, ...this.#workspace.openFiles])];
  }

  #definition(file: string, offset: number): Definition | undefined {
    const modules = this.#workspace.modules(file);
    const occurrence = modules && occurrenceAt(modules.root.tree, offset);
    if (modules === undefined || occurrence === undefined) return undefined;
    return definitionOf(this.#workspace, modules, modules.root, occurrence);
  }

  /** Whether a name means something where another one stands. */
  #means({ file, start }: Span, name: string): boolean {
    const modules = this.#workspace.modules(file);
    const module = modules?.byFile.get(file);
    const occurrence = module && occurrenceAt(module.tree, start);
    if (modules === undefined || module === undefined || occurrence === undefined) return false;
    const other = { ...occurrence, name: { ...occurrence.name, text: name } };
    const { declares, ...plain } = other;
    return definitionOf(this.#workspace, modules, module, plain) !== undefined;
  }
}
