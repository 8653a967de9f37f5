/** Another name for what stands at a place, wherever it is written. */
import { editedFiles } from "../../grammar/fixes.ts";
import { keywords } from "../../grammar/index.ts";
import type { Span } from "../../grammar/syntax.ts";
import { type Diagnostic, hasErrors } from "../diagnostics/index.ts";
import { parseModule } from "../load/index.ts";
import { findUnit } from "../units/index.ts";
import type { Edit } from "./mend.ts";
import { type Definition, definitionOf, occurrencesIn, type Written } from "./names.ts";
import type { Workspace } from "./workspace.ts";

/** A change of names, or why there is none. */
export type Renaming = { readonly edits: readonly Edit[] } | { readonly refused: string };

/** What is renamed: what it means, how it is written, and all places where it is written so. */
export interface Renamed extends Written {
  readonly places: readonly Span[];
  readonly name: string;
}

/** The edits, unless the new name is none, means something else somewhere, or makes a file wrong. */
export function renamed(workspace: Workspace, { target, text, isAlias, places, name }: Renamed): Renaming {
  const refused = refusedName(name) ?? (isAlias ? undefined : foreign(workspace, target));
  if (refused !== undefined) return { refused };
  const edits = places.map((span) => ({ span, text: name }));
  const after = workspace.with(editedFiles(edits, (file) => workspace.text(file)));
  const clash = otherMeaning(workspace, after, edits, [text, name]);
  if (clash !== undefined) return { refused: `\`${name}\` means something else in ${clash}` };
  const wrong = newFinding(workspace, after, edits, text);
  return wrong === undefined ? { edits } : { refused: `${wrong.span.file}: ${wrong.message}` };
}

function refusedName(name: string): string | undefined {
  if (keywords.includes(name)) return `\`${name}\` is a word of the language`;
  if (findUnit(name) !== undefined) return `\`${name}\` is a unit`;
  const { tree, diagnostics } = parseModule(`sevens 1\nconstant ${name} = 1\n`, "a new name");
  const made = tree.statements[0]?.label?.parts.map(({ text }) => text).join(".");
  return hasErrors(diagnostics) || made !== name || name.includes(".") ? `\`${name}\` is no name` : undefined;
}

/** Files of others are left alone. */
function foreign({ host }: Workspace, { span: { file }, name }: Definition): string | undefined {
  if (file.startsWith(`${host.library}/`)) return `\`${name}\` belongs to the library`;
  return /(^|\/)node_modules\//.test(file) ? `\`${name}\` belongs to a package` : undefined;
}

/** A file in which one of the names means something else after the edits than before. */
function otherMeaning(
  before: Workspace,
  after: Workspace,
  edits: readonly Edit[],
  names: readonly string[],
): string | undefined {
  /** Where a place is after the edits. */
  const moved = ({ file, start }: Span): string => {
    const shifts = edits.filter(({ span }) => span.file === file && span.start < start);
    return `${file} ${start + shifts.reduce((sum, { span, text }) => sum + text.length - (span.end - span.start), 0)}`;
  };
  const meanings = (workspace: Workspace, file: string, keyOf: (span: Span) => string): readonly string[] => {
    const modules = workspace.modules(file);
    if (modules === undefined) return [];
    return occurrencesIn(modules.root.tree).flatMap((occurrence) => {
      if (!names.includes(occurrence.name.text)) return [];
      const found = definitionOf(workspace, modules, modules.root, occurrence);
      return [`${keyOf(occurrence.name.span)}: ${found === undefined ? "" : keyOf(found.first)}`];
    });
  };
  const here = ({ file, start }: Span): string => `${file} ${start}`;
  return before.specFiles().find((file) => {
    const text = before.text(file) ?? "";
    if (!names.some((name) => text.includes(name))) return false;
    return meanings(before, file, moved).join("\n") !== meanings(after, file, here).join("\n");
  });
}

/** More files than this are not checked before a name is changed in them. */
const mostChecked = 40;

/** A finding of the files that are edited, or read one of those, of which there were fewer before. */
function newFinding(
  before: Workspace,
  after: Workspace,
  edits: readonly Edit[],
  text: string,
): Diagnostic | undefined {
  const changed = new Set(edits.map(({ span }) => span.file));
  const concerned = before.specFiles().filter((file) => {
    if (changed.has(file)) return true;
    const reads = (): boolean => [...changed].some((one) => before.modules(file)?.byFile.has(one));
    return before.text(file)?.includes(text) === true && reads();
  });
  for (const file of [...new Set([...changed, ...concerned])].slice(0, mostChecked)) {
    const known = new Map<string, number>();
    for (const { code } of findingsOf(before, file)) known.set(code, (known.get(code) ?? 0) + 1);
    for (const one of findingsOf(after, file)) {
      const left = known.get(one.code) ?? 0;
      if (left === 0) return one;
      known.set(one.code, left - 1);
    }
  }
  return undefined;
}

const findingsOf = (workspace: Workspace, file: string): readonly Diagnostic[] =>
  workspace.analysed(file)?.diagnostics ?? [];
