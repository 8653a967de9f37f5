/** What is said of a name, as a part of the page: Markdown with formulas, which the browser sets (MathML). */
import katex from "katex";
import MarkdownIt, { type Token } from "markdown-it";

const engine = new MarkdownIt({ html: false, linkify: false });

const fence = engine.renderer.rules.fence;
engine.renderer.rules.fence = (tokens, at, options, env, self) => {
  const { info, content } = tokens[at]!;
  if (info.trim() === "math") return formula(content, true);
  return fence?.(tokens, at, options, env, self) ?? "";
};

engine.core.ruler.push("formulas", ({ tokens }) => {
  for (const { children } of tokens) if (children !== null) setFormulas(children);
});

export function documentationOf(markdown: string): HTMLElement {
  const box = document.createElement("div");
  box.innerHTML = engine.render(markdown);
  // The spec stays where it is when a paper is opened.
  for (const link of box.querySelectorAll("a")) Object.assign(link, { target: "_blank", rel: "noopener" });
  return box;
}

/** Formulas within lines stand between dollars as code: $`q R`$. */
function setFormulas(words: readonly Token[]): void {
  for (const [at, word] of words.entries()) {
    const [before, after] = [words[at - 1], words[at + 1]];
    if (word.type !== "code_inline" || !before?.content.endsWith("$") || !after?.content.startsWith("$"))
      continue;
    before.content = before.content.slice(0, -1);
    after.content = after.content.slice(1);
    word.type = "html_inline";
    word.content = formula(word.content, false);
  }
}

const formula = (latex: string, displayMode: boolean): string =>
  katex.renderToString(latex, { displayMode, throwOnError: false, output: "mathml" });
