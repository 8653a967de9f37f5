/** Another name for what stands at a place, wherever it is written. */
import { editedFiles } from "../../grammar/fixes.ts";
import type { Span } from "../../grammar/syntax.ts";
import type { Diagnostic } from "../diagnostics/index.ts";
import { contextNamesIn, findKind } from "../kinds/index.ts";
import { withArticle } from "../load/link.ts";
import type { Edit } from "./mend.ts";
import { type Definition, definitionOf, isSame, nameOf, occurrencesIn, type Written } from "./names.ts";
import { refusedName } from "./new-name.ts";
import { parametersIn } from "./scope.ts";
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
  const taken =
    definedThere(workspace, target, edits, name) ??
    (isAlias ? undefined : namedInResults(workspace, target, edits, name));
  if (taken !== undefined) return { refused: taken };
  const wrong = newFinding(workspace, after, edits, text);
  return wrong === undefined ? { edits } : { refused: `${wrong.span.file}: ${wrong.message}` };
}

/** Files of others are left alone. */
function foreign({ host }: Workspace, { span: { file }, name }: Definition): string | undefined {
  if (file.startsWith(`${host.library}/`)) return `\`${name}\` belongs to the library`;
  return /(^|\/)node_modules\//.test(file) ? `\`${name}\` belongs to a package` : undefined;
}

/** Formulas would mean what the compiler defines there by the new name. Arguments and names behind `where` hide that. */
function definedThere(
  workspace: Workspace,
  { statement, span: declared }: Definition,
  edits: readonly Edit[],
  name: string,
): string | undefined {
  if (statement === undefined) return undefined;
  for (const { span } of edits) {
    if (isSame(span, declared)) continue;
    const around = workspace
      .modules(span.file)
      ?.root.tree.statements.find((one) => one.span.start <= span.start && span.end <= one.span.end);
    const kind = findKind(around?.keyword.text ?? "");
    const known = kind && contextNamesIn(kind).find((one) => one.name === name);
    if (known !== undefined) return `\`${name}\` already means the ${known.doc} in \`${nameOf(around!)}\``;
  }
  return undefined;
}

/**
 * A declaration of what the edited files read that has the new name and parameters: beside another one of that name it would
 * be called `Cs133_CsI` in results, where `Cs133.Rn` would mean another parameter than before.
 */
function namedInResults(
  workspace: Workspace,
  { statement, owner }: Definition,
  edits: readonly Edit[],
  name: string,
): string | undefined {
  if (statement === undefined || owner !== undefined) return undefined;
  for (const file of new Set(edits.map(({ span }) => span.file))) {
    for (const { tree } of workspace.modules(file)?.byFile.values() ?? []) {
      const found = tree.statements.find((one) => nameOf(one) === name);
      if (found !== undefined && parametersIn(found).length > 0)
        return `\`${name}\` is ${withArticle(found.keyword.text)} that ${file} reads`;
    }
  }
  return undefined;
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
