/** One name in the place of another one, wherever the syntax of a file has it. */
import { namesIn } from "../../grammar/names.ts";
import type { Edit, Fix, Name, Span, SyntaxTree } from "../../grammar/syntax.ts";

/** The changes that give a name of a statement, or of the whole file, another one. */
export function renaming(tree: SyntaxTree, { text, span }: Name, inside?: Span): readonly Fix[] {
  if (span.file !== tree.file) return [];
  const names = namesIn(tree.statements);
  const known = new Set(names.map((name) => name.text));
  let number = 0;
  while (known.has(`${text}_${number}`)) number++;
  const other = `${text}_${number}`;
  const isMeant = (name: Name): boolean =>
    name.text === text &&
    (inside === undefined || (inside.start <= name.span.start && name.span.end <= inside.end));
  const edits = names.filter(isMeant).map((name): Edit => ({ span: name.span, text: other }));
  const all = { title: `rename it to \`${other}\``, edits, safe: false };
  const only = {
    title: `rename it to \`${other}\`, here alone`,
    edits: [{ span, text: other }],
    safe: false,
  };
  return edits.length === 1 ? [all] : [all, only];
}
