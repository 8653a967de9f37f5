/** From Markdown to HTML: formulas set, code coloured, links to other pages and to files of the repository. */
import katex from "katex";
import MarkdownIt, { type Token } from "markdown-it";
import { parse } from "../../grammar/index.ts";
import { wordsOf } from "../service/outline.ts";

export interface Heading {
  readonly id: string;
  readonly level: number;
  readonly text: string;
}

/** A heading with the words below it, up to the next one. */
export interface Part {
  /** Empty for what is above the first heading. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export interface Rendered {
  readonly html: string;
  readonly headings: readonly Heading[];
  readonly parts: readonly Part[];
}

/** `link` turns what a page links to into an address. */
export function rendered(markdown: string, link: (target: string) => string): Rendered {
  const headings: Heading[] = [];
  const ids = new Map<string, number>();
  const engine = new MarkdownIt({ html: true, highlight: coloured, linkify: false });
  const fence = engine.renderer.rules.fence;
  engine.renderer.rules.fence = (all, i, options, env, self) => {
    const { info, content } = all[i]!;
    if (info.trim() === "math") return formula(content, true);
    return fence?.(all, i, options, env, self) ?? "";
  };
  const tokens = engine.parse(markdown, {});
  for (const [i, token] of tokens.entries()) {
    if (token.type !== "heading_open") continue;
    const text = plain(tokens[i + 1]?.content ?? "");
    const slug = slugOf(text);
    const seen = ids.get(slug) ?? 0;
    ids.set(slug, seen + 1);
    const id = seen === 0 ? slug : `${slug}-${seen}`;
    token.attrSet("id", id);
    headings.push({ id, level: Number(token.tag.slice(1)), text });
  }
  const parts = partsOf(tokens, headings);
  for (const { children } of tokens) if (children !== null) setFormulas(children);
  const attributes: Readonly<Record<string, string>> = { link_open: "href", image: "src" };
  for (const token of tokens.flatMap((one) => one.children ?? [])) {
    const attribute = attributes[token.type];
    const target = attribute === undefined ? null : token.attrGet(attribute);
    if (attribute !== undefined && target !== null) token.attrSet(attribute, link(target));
  }
  const html = engine.renderer
    .render(tokens, engine.options, {})
    .replace(
      /(<(?:img|a) [^>]*?(?:src|href)=")([^"#][^"]*)(")/g,
      (whole, before: string, target: string, after: string) =>
        // Those that Markdown made are addresses already.
        target.startsWith("./") || target.includes(":") ? whole : `${before}${link(target)}${after}`,
    )
    .replace(/<table>/g, '<div class="scroll" tabindex="0"><table>')
    .replace(/<\/table>/g, "</table></div>");
  return { html, headings, parts };
}

function partsOf(tokens: readonly Token[], headings: readonly Heading[]): readonly Part[] {
  const parts: { id: string; title: string; words: string[] }[] = [];
  let next = 0;
  for (const [i, { type, content, info }] of tokens.entries()) {
    const isTitle = tokens[i - 1]?.type === "heading_open";
    if (isTitle) {
      const { id, text } = headings[next++]!;
      parts.push({ id, title: text, words: [] });
    } else if (type === "inline" || (type === "fence" && info.trim() !== "math")) {
      parts.at(-1)?.words.push(plain(content));
    }
  }
  return parts.map(({ id, title, words }) => ({ id, title, text: words.join(" ").replace(/\s+/g, " ") }));
}

/** Formulas within lines stand between dollars as code, as the pages of repositories have them. */
function setFormulas(words: Token[]): void {
  for (const [i, word] of words.entries()) {
    const [before, after] = [words[i - 1], words[i + 1]];
    if (word.type !== "code_inline" || !before?.content.endsWith("$") || !after?.content.startsWith("$"))
      continue;
    before.content = before.content.slice(0, -1);
    after.content = after.content.slice(1);
    word.type = "html_inline";
    word.content = formula(word.content, false);
  }
}

function formula(latex: string, displayMode: boolean): string {
  return katex.renderToString(latex, { displayMode, throwOnError: true, output: "htmlAndMathml" });
}

/** As on the pages of repositories: letters and digits, blanks as hyphens. */
export function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");
}

function plain(text: string): string {
  return text.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[`*]/g, "");
}

/** A spec with its words coloured by the language service; other languages stay plain. */
function coloured(code: string, language: string): string {
  if (language !== "sevens") return "";
  const words = wordsOf(parse(code, "page.sevens").tree, code);
  let [html, at] = ["", 0];
  for (const { span, kind } of words) {
    html += escaped(code.slice(at, span.start));
    html += `<span class="word-${kind}">${escaped(code.slice(span.start, span.end))}</span>`;
    at = span.end;
  }
  return html + escaped(code.slice(at));
}

export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
