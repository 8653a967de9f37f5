/** Markdown as GitHub reads it: doc comments, formulas, tables, links of citations. */

/** The text of a doc comment: its `$…$` in the form whose backslashes stay as they are; all else is words. */
export function prose(text: string): string {
  return text
    .split(/(\$[^$]+\$|`[^`]+`)/)
    .map((part) => {
      if (/^\$.+\$$/s.test(part)) return inlineMath(part.slice(1, -1).replace(/\s+/g, " "));
      return part.startsWith("`") ? part : part.replace(/[*<>[\]]|(?<!\w)_|_(?!\w)/g, "\\$&");
    })
    .join("");
}

/** A bar would end the cell of a table. */
export const inlineMath = (latex: string): string => `$\`${latex.replace(/(?<!\\)\|/g, "\\vert ")}\`$`;

export const displayMath = (latex: string): string => `\`\`\`math\n${latex}\n\`\`\``;

export const code = (text: string): string => (text === "" ? "" : `\`${text}\``);

/** A table without the columns in which every row is empty. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const kept = head.map((_, i) => i).filter((i) => rows.some((row) => row[i] !== ""));
  const line = (cells: readonly string[]): string =>
    `| ${kept.map((i) => (cells[i] ?? "").replaceAll("\n", " ").replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
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
  return link === undefined ? key : `[${key}](${link})`;
}

export const citations = (keys: readonly string[]): string => keys.map(citation).join(", ");
