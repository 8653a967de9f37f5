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
  const fence = /^```(\S+)?([^\n]*)\n([\s\S]*?)^```$/gm;
  return [...page.matchAll(fence)].map(({ 1: language = "", 2: marks = "", 3: code = "", index }) => ({
    language,
    marks: marks.split(/\s+/).filter((mark) => mark !== ""),
    code,
    line: page.slice(0, index).split("\n").length,
  }));
}

/** Targets of the links and pictures of a page. */
export function links(page: string): readonly string[] {
  const prose = page.replace(/^```[\s\S]*?^```$/gm, "").replace(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)|<(?:img|a) [^>]*(?:src|href)="([^"]+)"/g)].map(
    ({ 1: markdown, 2: html }) => markdown ?? html ?? "",
  );
}
