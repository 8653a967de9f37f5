/** The code blocks of a page, and what they say about themselves. */

export interface CodeBlock {
  /** First word behind the fence. */
  readonly language: string;
  /** Further words behind the fence. */
  readonly marks: readonly string[];
  readonly code: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
}

export function codeBlocks(page: string): readonly CodeBlock[] {
  const fence = /^(`{3,})(\w+)?([^\n]*)\n([\s\S]*?)^\1$/gm;
  return [...page.matchAll(fence)].map(({ 2: language = "", 3: marks = "", 4: code = "", index }) => ({
    language,
    marks: marks.split(/\s+/).filter((mark) => mark !== ""),
    code,
    line: page.slice(0, index).split("\n").length,
  }));
}

/** The file that a block shows: `file=examples/a.sevens`. */
export function fileOf({ marks }: CodeBlock): string | undefined {
  return marks.find((mark) => mark.startsWith("file="))?.slice("file=".length);
}

/** An output as pages quote it: lines without the blanks at their ends. */
export function trimmed(output: string): string {
  return `${output.replace(/[ \t]+$/gm, "").trim()}\n`;
}

/** Targets of the links and pictures of a page. */
export function links(page: string): readonly string[] {
  const prose = page.replace(/^```[\s\S]*?^```$/gm, "").replace(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)|<(?:img|a) [^>]*(?:src|href)="([^"]+)"/g)].map(
    ({ 1: markdown, 2: html }) => markdown ?? html ?? "",
  );
}
