import type { Fix, Span } from "../../grammar/syntax.ts";
import { diagnostic } from "../diagnostics/index.ts";
import type { KindName } from "../model/model.ts";
import type { Checking } from "./checking.ts";
import { namesMentioned } from "./names-read.ts";

/** What a file declares when it could name an import of a kind; without that, the import is there for the commands. */
const consumers: Readonly<Partial<Record<KindName, readonly KindName[]>>> = {
  nucleus: ["material", "detector", "analysis"],
  source: ["experiment", "analysis"],
  detector: ["experiment", "analysis"],
  interaction: ["analysis"],
  experiment: ["analysis"],
};

/** The list behind `use` says what the file needs, so that a reader knows what it rests on. */
export function unusedImports({ model, tree, report }: Checking): void {
  if (tree === undefined || tree.statements.length === 0) return;
  const mentioned = new Set<string>();
  for (const statement of tree.statements) {
    for (const name of namesMentioned(statement)) mentioned.add(name);
    for (const clause of statement.clauses)
      if (clause.kind === "from") mentioned.add(clause.base.parts[0]?.text ?? "");
  }
  const declared = new Set(tree.statements.map(({ keyword }) => keyword.text));
  for (const { path, names } of tree.uses) {
    for (const { name, alias } of names) {
      const local = (alias ?? name).text;
      const kind = model.byName.get(local)?.kind;
      if (kind === undefined || mentioned.has(local)) continue;
      const wanted = consumers[kind];
      if (wanted !== undefined && !wanted.some((one) => declared.has(one))) continue;
      const span = (alias ?? name).span;
      const fixes = [withoutName({ ...name.span, end: span.end }, model.sources.get(span.file) ?? "")];
      report(diagnostic("SV1113", span, { name: local, module: path }, { fixes }));
    }
  }
}

/** The name is taken out of its list, with the comma beside it. */
function withoutName({ file, start, end }: Span, text: string): Fix {
  const after = /^\s*,\s*/.exec(text.slice(end))?.[0].length ?? 0;
  const before = /,\s*$/.exec(text.slice(0, start))?.[0].length ?? 0;
  const span = after > 0 ? { file, start, end: end + after } : { file, start: start - before, end };
  return { title: `remove \`${text.slice(start, end)}\``, edits: [{ span, text: "" }], safe: true };
}
