/** Paths of files behind `use` that lack their quotes: `use ./array.sevens { A }`. */
import type { IToken } from "chevrotain";
import { endOf, retype } from "./brackets.ts";
import { BarePath, Use } from "./tokens.ts";

/** As it is written in the text: of a folder, of a package, with the ending of specs, or with a `-`. */
const pattern = /[ \t]+((?:\.{1,2}\/|@\w)[\w./-]*\w|[\w/-]*(?:\w-\w+|\w\.sevens))(?=[ \t]*(?:\{|\r?\n|$))/y;

/** Words of which those of such a path are one. */
export function withBarePaths(words: IToken[], text: string): IToken[] {
  const paths = new Map<number, string>();
  for (const word of words) {
    if (word.image !== "use" && word.tokenType !== Use) continue;
    pattern.lastIndex = endOf(word);
    const [all = "", path] = pattern.exec(text) ?? [];
    if (path !== undefined) paths.set(endOf(word) + all.length - path.length, path);
  }
  if (paths.size === 0) return words;
  let end = 0;
  return words.flatMap((word) => {
    const path = paths.get(word.startOffset);
    if (path !== undefined) end = word.startOffset + path.length;
    else if (word.startOffset < end) return [];
    return [path === undefined ? word : retype({ ...word, image: path }, BarePath)];
  });
}

/** The path as it has to be written: files beside the spec begin with a dot, and end as specs do. */
export function quotedPath(path: string): string {
  if (path.startsWith("@")) return `"${path}"`;
  return `"${/^\.{1,2}\//.test(path) ? "" : "./"}${path}${path.endsWith(".sevens") ? "" : ".sevens"}"`;
}
