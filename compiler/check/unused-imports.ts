import type { Fix, Name, Span, Use } from "../../grammar/syntax.ts";
import { diagnostic, removal } from "../diagnostics/index.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
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
export function unusedImports({ model, tree, report, failed }: Checking): void {
  if (tree === undefined || tree.statements.length === 0) return;
  const mentioned = new Set<string>();
  for (const statement of tree.statements) {
    for (const name of namesMentioned(statement)) mentioned.add(name);
    for (const clause of statement.clauses)
      if (clause.kind === "from") mentioned.add(clause.base.parts[0]?.text ?? "");
  }
  const declared = new Set(tree.statements.map(({ keyword }) => keyword.text));
  const isUnused = (local: string): boolean => {
    const kind = model.byName.get(local)?.kind;
    if (kind === undefined || mentioned.has(local)) return false;
    const wanted = consumers[kind];
    return wanted === undefined || wanted.some((one) => declared.has(one));
  };
  // A name with a slip may have meant the import.
  const strange = [...mentioned].filter((name) => !model.byName.has(name));
  const isMeant = (name: Name): boolean =>
    strange.some((written) => didYouMean(name.span, written, [name.text]).help !== undefined);
  for (const use of tree.uses) {
    const unused = use.names.filter(({ name, alias }) => isUnused((alias ?? name).text));
    for (const { name, alias } of unused) {
      const { text, span } = alias ?? name;
      const place = { ...name.span, end: span.end };
      const all = unused.length === use.names.length;
      const fix = all ? withoutUse(use) : withoutName(place, model.sources.get(span.file) ?? "");
      const safe = !failed() && !isMeant(alias ?? name);
      report(diagnostic("SV1113", span, { name: text, module: use.path }, { fixes: [{ ...fix, safe }] }));
    }
  }
}

/** No name of it is used: the statement goes, with what is said over it. */
const withoutUse = (use: Use): Fix => removal(use, "remove the `use`");

/** The name is taken out of its list, with the comma beside it. */
function withoutName({ file, start, end }: Span, text: string): Fix {
  const after = /^\s*,\s*/.exec(text.slice(end))?.[0].length ?? 0;
  const before = /,\s*$/.exec(text.slice(0, start))?.[0].length ?? 0;
  const span = after > 0 ? { file, start, end: end + after } : { file, start: start - before, end };
  return { title: `remove \`${text.slice(start, end)}\``, edits: [{ span, text: "" }], safe: false };
}
