/** Where in a text an editor's cursor is: found from the characters before it, so that half-written text is no hindrance. */

/** The head of a block: `experiment Run from Base` or `background SSB`. */
export interface Head {
  readonly keyword: string;
  readonly label: string | undefined;
  /** Keywords that stand in its block before the place. */
  readonly given: readonly string[];
}

export interface CursorContext {
  /** Blocks around the place, the outermost first. */
  readonly blocks: readonly Head[];
  /** The line before the place, from the last brace on. */
  readonly before: string;
  /** Inside of a comment or a text. */
  readonly quiet: boolean;
}

interface Open {
  readonly head: string;
  readonly lines: string[];
}

/** The context at an offset. */
export function contextAt(text: string, offset: number): CursorContext {
  const stack: Open[] = [{ head: "", lines: [] }];
  let line = "";
  let quiet = false;
  for (let i = 0; i < offset; ) {
    const skipped = skip(text, i);
    if (skipped !== undefined) {
      quiet = skipped > offset || (skipped === offset && text[i] === "/" && text[skipped - 1] !== "/");
      if (text[i] === '"') line += text.slice(i, Math.min(skipped, offset));
      i = skipped;
      continue;
    }
    quiet = false;
    const c = text[i]!;
    if (c === "{") {
      stack.push({ head: line.trim(), lines: [] });
      line = "";
    } else if (c === "}") {
      stack.at(-1)!.lines.push(line);
      if (stack.length > 1) stack.pop();
      line = "";
    } else if (c === "\n" || c === ";") {
      stack.at(-1)!.lines.push(line);
      line = "";
    } else line += c;
    i++;
  }
  return { blocks: stack.slice(1).map(headOf), before: line.trimStart(), quiet };
}

/** The end of a comment or text that begins here; undefined when none does. */
function skip(text: string, at: number): number | undefined {
  if (text.startsWith("//", at)) {
    const end = text.indexOf("\n", at);
    return end < 0 ? text.length : end;
  }
  if (text.startsWith("/*", at)) {
    const end = text.indexOf("*/", at + 2);
    return end < 0 ? text.length : end + 2;
  }
  if (text[at] !== '"') return undefined;
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"' || text[i] === "\n") return i + 1;
  }
  return text.length;
}

function headOf({ head, lines }: Open): Head {
  const [, keyword = "", label] = /^([A-Za-z_]\w*)(?:\s+([A-Za-z_][\w.]*))?/.exec(head) ?? [];
  const given = lines.flatMap((line) => /^\s*([A-Za-z_]\w*)/.exec(line)?.[1] ?? []);
  return { keyword, label, given };
}
