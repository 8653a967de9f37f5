/**
 * Changes that findings bring and that are safe, made in the files that a command was given. A change that brings an error,
 * to its file or to another one of them, is left out.
 */
import { edited } from "../../grammar/fixes.ts";
import type { Edit } from "../../grammar/syntax.ts";
import { type Diagnostic, lineMap, settled } from "../diagnostics/index.ts";
import { isBelow, packageFolder, realPath } from "../disk/paths.ts";
import type { Context } from "./context.ts";
import { Stop } from "./exit.ts";
import { replaceFiles } from "./output.ts";
import type { MadeChange } from "./schemas/check.ts";
import { type Reading, readSpec } from "./spec.ts";

/** One change may show the next; nobody needs more in a row. */
const mostRounds = 50;

/** A finding with the one change that mends it safely. */
interface Mending {
  readonly of: Diagnostic;
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** Makes all safe changes in files, and says which. Files of packages and of the library belong to others: they stay. */
export async function mendFiles(context: Context, files: readonly string[]): Promise<readonly MadeChange[]> {
  const mender = new Mender(context);
  for (const file of files) await mender.open(file);
  const made: MadeChange[] = [];
  for (const file of files) made.push(...(await mender.mend(file)));
  replaceFiles(context, mender.changed());
  return made;
}

class Mender {
  readonly #context: Context;
  /** What is known of each file that can be read, with its text as it is by now. */
  readonly #readings = new Map<string, Reading>();
  /** Changed texts by their real paths. */
  #texts: ReadonlyMap<string, string> = new Map();

  constructor(context: Context) {
    this.#context = context;
  }

  /** What cannot be read stays; checking it says why. */
  async open(file: string): Promise<void> {
    try {
      this.#readings.set(file, await this.#read(file, this.#texts));
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
    }
  }

  async mend(file: string): Promise<readonly MadeChange[]> {
    const made: MadeChange[] = [];
    /** What was tried and is worse. */
    const refused = new Set<string>();
    for (let round = 0; round < mostRounds; round++) {
      const reading = this.#readings.get(file);
      if (reading === undefined || isForeign(reading)) break;
      const open = mendingsOf(reading).filter((one) => !refused.has(identity(one)));
      if (open.length === 0) break;
      const all = apart(open);
      if (await this.#apply(file, reading, all)) made.push(...all.map((one) => place(reading, one)));
      else if (all.length === 1) refused.add(identity(all[0]!));
      else made.push(...(await this.#applyFirst(file, reading, all, refused)));
    }
    return made;
  }

  /** Texts that differ from those on disk. */
  changed(): readonly { readonly path: string; readonly data: string }[] {
    const inputs = [...this.#readings.values()].map(({ input }) => input);
    return [...this.#texts].map(([real, text]) => {
      const input = inputs.find((one) => one.real === real);
      if (input === undefined) throw new Error(`${real} was changed and never read`);
      return { path: input.path, data: `${input.mark}${text}` };
    });
  }

  /** The first that makes nothing worse: the others come with the next look at the text. */
  async #applyFirst(
    file: string,
    reading: Reading,
    all: readonly Mending[],
    refused: Set<string>,
  ): Promise<readonly MadeChange[]> {
    for (const one of all) {
      if (await this.#apply(file, reading, [one])) return [place(reading, one)];
      refused.add(identity(one));
    }
    return [];
  }

  /** Takes changes over if they mend what they are for and bring no error; they may have brought what was read to light. */
  async #apply(file: string, reading: Reading, all: readonly Mending[]): Promise<boolean> {
    const { text, real } = reading.input;
    const edits = all.flatMap((one) => one.edits);
    const texts = new Map(this.#texts).set(real, edited(text, edits));
    const after = await this.#read(file, texts);
    const before = counted(reading.diagnostics);
    const now = counted(after.diagnostics);
    const isMended = ({ of }: Mending): boolean => (now.get(saying(of)) ?? 0) < (before.get(saying(of)) ?? 0);
    if (!all.every(isMended) || isWorse(reading, after)) return false;
    const readers = [...this.#readings].filter(([other, { files }]) => other !== file && reads(files, real));
    const others = new Map<string, Reading>();
    for (const [other, known] of readers) {
      const found = await this.#read(other, texts);
      if (isWorse(known, found)) return false;
      others.set(other, found);
    }
    this.#texts = texts;
    for (const [other, found] of others) this.#readings.set(other, found);
    this.#readings.set(file, after);
    return true;
  }

  #read(file: string, texts: ReadonlyMap<string, string>): Promise<Reading> {
    return readSpec(this.#context, file, { texts });
  }
}

/** Whether a file is among others, whatever links these are named by. */
const reads = (files: readonly string[], real: string): boolean =>
  files.some((one) => one === real || realPath(one) === real);

/** Of a package or of the library. */
function isForeign({ input: { real } }: Reading): boolean {
  const library = realPath(`${packageFolder()}/models`);
  return /[\\/]node_modules[\\/]/.test(real) || (library !== undefined && isBelow(real, library));
}

/**
 * Findings with one safe change each, which is of the file itself. A warning beside an error may come from it: an import
 * is unused because the line that reads it is missing.
 */
function mendingsOf({ diagnostics, name, input }: Reading): readonly Mending[] {
  const texts = new Map([[name, input.text]]);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return (errors.length > 0 ? errors : diagnostics).flatMap((of) => {
    const [fix, another] = settled(of.fixes, texts).filter(({ safe }) => safe);
    return fix === undefined || another !== undefined ? [] : [{ of, title: fix.title, edits: fix.edits }];
  });
}

/** Those whose edits touch none of the others': the rest comes with the next look at the text. */
function apart(all: readonly Mending[]): readonly Mending[] {
  const taken: Edit[] = [];
  return all.filter(({ edits }) => {
    const meets = edits.some(({ span: a }) =>
      taken.some(({ span: b }) => a.start <= b.end && b.start <= a.end),
    );
    if (!meets) taken.push(...edits);
    return !meets;
  });
}

function isWorse(before: Reading, after: Reading): boolean {
  const errors = ({ diagnostics }: Reading): ReadonlyMap<string, number> =>
    counted(diagnostics.filter(({ severity }) => severity === "error"));
  const known = errors(before);
  return [...errors(after)].some(([said, times]) => times > (known.get(said) ?? 0));
}

function counted(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const one of diagnostics) counts.set(saying(one), (counts.get(saying(one)) ?? 0) + 1);
  return counts;
}

const saying = ({ code, message }: Diagnostic): string => `${code} ${message}`;

const identity = ({ of, title }: Mending): string => `${saying(of)} ${title}`;

function place({ name, input }: Reading, { of, title }: Mending): MadeChange {
  const { line } = lineMap(input.text).position(of.span.start);
  return { file: name, line, code: of.code, title };
}
