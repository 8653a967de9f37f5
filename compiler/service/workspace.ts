/** The files that an editor has open over those on disk, and what the compiler knows of each of them. */
import { check } from "../check/index.ts";
import type { Diagnostic } from "../diagnostics/index.ts";
import { loadText, type Modules, parseModule, projectOf, readModules } from "../load/index.ts";
import type { Host, Model } from "../model/model.ts";
import { type Reach, specsOf } from "./spec-files.ts";

/** What is known of a file. */
export interface Analysed {
  readonly file: string;
  readonly text: string;
  /** The file and all that it uses, as syntax with the names of each. */
  readonly modules: Modules;
  readonly model: Model | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Paths are those of the host. */
export class Workspace {
  readonly host: Host;
  readonly #reach: Reach;
  readonly #open = new Map<string, string>();
  readonly #analysed = new Map<string, Analysed>();
  readonly #named = new Map<string, Modules>();
  /** What was read last, of texts that may have changed since. */
  readonly #before = new Map<string, Modules>();

  constructor(disk: Host, reach: Reach) {
    this.#reach = reach;
    this.host = { ...disk, readFile: (path) => this.#open.get(path) ?? disk.readFile(path) };
  }

  /** The text of a file as the editor has it. */
  set(file: string, text: string): void {
    this.#open.set(file, text);
    this.forget();
  }

  /** The file is that on disk again. */
  close(file: string): void {
    this.#open.delete(file);
    this.forget();
  }

  /** What is known is made anew, since some file has changed. */
  forget(): void {
    this.#analysed.clear();
    this.#named.clear();
  }

  get openFiles(): readonly string[] {
    return [...this.#open.keys()];
  }

  /** Files with specs: those of the project that are on disk, and those that are open. */
  specFiles(): readonly string[] {
    return [...new Set([...specsOf(this.host, "", this.#reach), ...this.#open.keys()])];
  }

  text(file: string): string | undefined {
    return this.host.readFile(file);
  }

  /** Syntax and names of a file and of what it uses: quick, since files that did not change are not read again. */
  modules(file: string): Modules | undefined {
    const known = this.#named.get(file);
    if (known !== undefined) return known;
    const text = this.text(file);
    if (text === undefined) return undefined;
    const project = projectOf(file, this.host);
    const modules = readModules({ file, text, host: this.host, project, parse: parseModule });
    this.#named.set(file, modules);
    this.#before.set(file, modules);
    return modules;
  }

  /** The same as of some moment ago, at once: for names while one types. */
  recentModules(file: string): Modules | undefined {
    return this.#named.get(file) ?? this.#before.get(file) ?? this.modules(file);
  }

  /** All that the compiler says about a file. */
  analysed(file: string): Analysed | undefined {
    const known = this.#analysed.get(file);
    if (known !== undefined) return known;
    const text = this.text(file);
    const modules = this.modules(file);
    if (text === undefined || modules === undefined) return undefined;
    const { model, diagnostics } = loadText(text, file, this.host);
    const found = model === undefined ? diagnostics : [...diagnostics, ...check(model)];
    const analysed = { file, text, modules, model, diagnostics: found };
    this.#analysed.set(file, analysed);
    return analysed;
  }

  /** The same files with other texts in some of them. */
  with(texts: ReadonlyMap<string, string>): Workspace {
    const other = new Workspace(this.host, this.#reach);
    for (const [file, text] of texts) other.set(file, text);
    return other;
  }
}
