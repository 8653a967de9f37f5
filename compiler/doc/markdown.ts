/** Markdown as GitHub reads it: doc comments, formulas, tables, links of citations. */
import { printExpr } from "../../grammar/index.ts";
import type { Expr } from "../../grammar/syntax.ts";
import { isMath } from "../latex/index.ts";

/**
 * The text of a doc comment: its `$…$` in the form whose backslashes stay as they are, its code on one line each; all
 * else, and what only looks like math, is words.
 */
export function prose(text: string): string {
  return text
    .split(/(\$[^$]+\$|`[^`]+`)/)
    .map((part) => {
      if (/^`.+`$/s.test(part)) return code(part.slice(1, -1));
      const math = /^\$(.+)\$$/s.exec(part)?.[1]?.replace(/\s+/g, " ");
      return math !== undefined && isMath(math) ? inlineMath(math) : words(part);
    })
    .join("");
}

/** Text in which nothing means anything to Markdown or HTML, on as many lines as it has. */
function words(text: string): string {
  return text
    .replace(/&(?=#?\w+;)/g, "&amp;")
    .replace(/[\\*<>[\]]|(?<!\w)_|_(?!\w)/g, "\\$&")
    .replaceAll("`", "&#96;")
    .replaceAll("$", "&#36;")
    .replaceAll("|", "&#124;");
}

/** The same on one line: a name, a title, a value. */
export const line = (text: string): string => words(text.replace(/\s+/g, " "));

/** An expression among words; empty without one. */
export const valueText = (e: Expr | undefined): string => (e === undefined ? "" : line(printExpr(e)));

/** A bar would end the cell of a table. */
export const inlineMath = (latex: string): string => `$\`${latex.replace(/(?<!\\)\|/g, "\\vert ")}\`$`;

export const displayMath = (latex: string): string => `\`\`\`math\n${latex}\n\`\`\``;

/** Text as code on one line, between more backticks than it has in a row itself. */
export function code(text: string): string {
  if (text === "") return "";
  const shown = text.replace(/\s+/g, " ");
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const room = /^`|`$|^ .* $/.test(shown) ? " " : "";
  return `${fence}${room}${shown}${room}${fence}`;
}

/** A table without the columns in which every row is empty. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const kept = head.map((_, i) => i).filter((i) => rows.some((cells) => cells[i] !== ""));
  const row = (cells: readonly string[]): string =>
    `| ${kept.map((i) => (cells[i] ?? "").replaceAll("\n", " ").replaceAll("|", "\\|")).join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

/** A text that leads to an address. */
export const linked = (text: string, to: string): string => `[${line(text)}](${address(to)})`;

/** An address without what would end it in Markdown or HTML. */
function address(text: string): string {
  const encoded = encodeURI(text.replace(/\p{Cs}/gu, "\ufffd"));
  return encoded.replaceAll("(", "%28").replaceAll(")", "%29");
}

/** Where a citation is found; undefined when its key does not say. */
export function citationLink(key: string): string | undefined {
  if (key.startsWith("arXiv:")) return `https://arxiv.org/abs/${key.slice("arXiv:".length)}`;
  if (key.startsWith("doi:")) return `https://doi.org/${key.slice("doi:".length)}`;
  if (/^[A-Za-z'-]+:\d{4}[a-z]{2,3}$/.test(key)) return `https://inspirehep.net/literature?q=${key}`;
  return undefined;
}

/** A citation with the place where it is found. */
export function citation(key: string): string {
  const link = citationLink(key);
  return link === undefined ? line(key) : linked(key, link);
}

export const citations = (keys: readonly string[]): string => keys.map(citation).join(", ");
