/** From one version of the language to the next: the text of a spec is changed where its meaning would change. */

import { parse } from "../../grammar/parse.ts";
import type { SyntaxTree } from "../../grammar/syntax.ts";
import { withLineEnds } from "../diagnostics/index.ts";

/** A change of the text from a version to the one after it. */
export interface Migration {
  /** What it does, for people. */
  readonly summary: string;
  readonly migrate: (text: string, tree: SyntaxTree) => string;
}

/** By the version that they begin with. Version 0 are files without a head line. */
export const migrations: ReadonlyMap<number, Migration> = new Map([
  [0, { summary: "the head line `sevens 1`", migrate: (text) => withHeadLine(text, 1) }],
]);

export interface Migrated {
  readonly text: string;
  readonly from: number;
  /** What was done, in this order. */
  readonly steps: readonly string[];
}

/** The text in a version of the language, step by step; undefined when the text cannot be taken apart. */
export function migrated(
  text: string,
  file: string,
  to: number,
  table: ReadonlyMap<number, Migration> = migrations,
): Migrated | undefined {
  const first = parse(text, file);
  if (first.problems.length > 0) return undefined;
  const from = first.tree.version?.number ?? 0;
  let now = text;
  const steps: string[] = [];
  for (let version = from; version < to; version++) {
    const step = table.get(version);
    if (step === undefined) throw new Error(`no migration from version ${version}`);
    now = withHeadLine(step.migrate(now, parse(now, file).tree), version + 1);
    steps.push(step.summary);
  }
  return { text: now, from, steps };
}

/** The text with another version in its head line, or with one in front. */
export function withHeadLine(text: string, version: number): string {
  const { span } = parse(text, "").tree.version ?? {};
  if (span === undefined) return `${withLineEnds(`sevens ${version}\n`, text)}${text.replace(/^\uFEFF/, "")}`;
  const head = text.slice(span.start, span.end).replace(/\d+$/, String(version));
  return text.slice(0, span.start) + head + text.slice(span.end);
}
