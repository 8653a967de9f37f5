/** The commands that a page shows, in its `sh` blocks. */
import type { CodeBlock } from "./markdown.ts";

/** What follows `npx sevens` in the lines of a block; a line that ends in `\` goes on in the next. */
export function commandsOf({ code }: CodeBlock): readonly string[] {
  const lines = code.replaceAll(/\\\n\s*/g, "").split("\n");
  return lines.flatMap(
    (line) => /^npx sevens ((?:"[^"]*"|'[^']*'|[^#"'])*?)\s*(?:#.*)?$/.exec(line)?.[1] ?? [],
  );
}

/** Words of a shell command without anything special but quotes. */
export function words(command: string): readonly string[] {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? "",
  );
}
