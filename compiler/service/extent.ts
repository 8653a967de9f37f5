/** Where the declaration at hand begins and ends, found from its lines alone: long files are not read for that. */
import { kinds } from "../kinds/index.ts";
import { kindNames } from "../model/model.ts";

/** Characters of a text that is read again at every key; the names of a longer one are those of a moment ago. */
export const quicklyRead = 20_000;

/** Kinds that are no field of another one: where one of these begins a line, a declaration begins. */
const outermost = kindNames.filter(
  (kind) => !Object.values(kinds).some(({ block }) => block?.fields.some(({ keyword }) => keyword === kind)),
);
const declares = new RegExp(`^(?:${outermost.join("|")})[ \\t]+[\\p{L}_]`, "u");
const declaresBehind = new RegExp(`^(?:use|${outermost.join("|")})[ \\t]+["\\p{L}_]`, "mu");

/** Where the last declaration before the line of an offset begins; 0 where it is not certain. */
export function declarationBefore(text: string, offset: number): number {
  let end = text.lastIndexOf("\n", offset - 1);
  while (end > 0) {
    const start = text.lastIndexOf("\n", end - 1) + 1;
    if (declares.test(text.slice(start, end))) {
      const isComment = text.lastIndexOf("/*", start) > text.lastIndexOf("*/", start);
      return isComment ? 0 : start;
    }
    end = start - 1;
  }
  return 0;
}

/** What stands behind an offset until the next declaration, as far as it is read at every key. */
export function declarationBehind(text: string, offset: number): string {
  const rest = text.slice(offset, offset + quicklyRead);
  const line = rest.indexOf("\n") + 1;
  const next = line === 0 ? -1 : rest.slice(line).search(declaresBehind);
  return next < 0 ? rest : rest.slice(0, line + next);
}
