/** One name in the place of another one, wherever the syntax of a file has it. */
import { namesIn, pathsIn } from "../../grammar/names.ts";
import type { Edit, Fix, Name, Statement, SyntaxTree } from "../../grammar/syntax.ts";

/**
 * The changes that give a name of a statement, or of the whole file, another one. Other files may know it as well. Nothing
 * is renamed alone where what stays would mean nothing any more.
 */
export function renaming(tree: SyntaxTree, { text, span }: Name, inside?: Statement): readonly Fix[] {
  if (span.file !== tree.file) return [];
  const known = new Set(namesIn([tree.statements, tree.uses]).map((name) => name.text));
  let number = 0;
  while (known.has(`${text}_${number}`)) number++;
  const other = `${text}_${number}`;
  const places = namesIn(inside ?? tree.statements).filter((name) => name.text === text);
  const abroad = inside === undefined ? [] : membersNamed(text, inside, tree);
  const edits = [...places, ...abroad].map((name): Edit => ({ span: name.span, text: other }));
  const all = { title: `rename it to \`${other}\` in this file`, edits, safe: false };
  const only = {
    title: `rename it to \`${other}\`, here alone`,
    edits: [{ span, text: other }],
    safe: false,
  };
  return inside === undefined || edits.length === 1 || abroad.length > 0 ? [all] : [all, only];
}

/** The name of a member, wherever paths outside of its declaration have it: `Vector.M`, in analyses. */
function membersNamed(text: string, owner: Statement, tree: SyntaxTree): readonly Name[] {
  const ownerName = owner.label?.parts[0]?.text;
  const others = tree.statements.filter((one) => one !== owner);
  return pathsIn(others).flatMap((parts) =>
    parts.filter((part, i) => part.text === text && i > 0 && parts[i - 1]?.text === ownerName),
  );
}
