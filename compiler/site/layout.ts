/** The frame of a page: the way around, what is in it, and how it looks. */
import Handlebars from "handlebars";
import { type SitePage, sections } from "./pages.ts";
import type { Heading, Rendered } from "./render.ts";

export interface Done extends Rendered {
  readonly page: SitePage;
  readonly address: string;
}

const template = Handlebars.compile(
  `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="{{base}}assets/katex.min.css" />
    <link rel="stylesheet" href="{{base}}assets/style.css" />
    <title>{{title}} – Sevens</title>
  </head>
  <body>
    <a class="skip" href="#content">to the text</a>
    <nav aria-label="Pages">
      <a class="home" href="{{base}}index.html">Sevens</a>
      <form role="search" action="{{base}}search.html"><input type="search" name="q" placeholder="Search" aria-label="Search" /></form>
{{#each sections}}
      <details{{#if open}} open{{/if}}>
        <summary>{{name}}</summary>
        <ul>
{{#each pages}}
          <li><a href="{{href}}"{{#if here}} aria-current="page"{{/if}}>{{title}}</a></li>
{{/each}}
        </ul>
      </details>
{{/each}}
    </nav>
    <main id="content">
{{{html}}}
    </main>
{{#if headings}}
    <aside aria-label="On this page">
      <ul>
{{#each headings}}
        <li class="level-{{level}}"><a href="#{{id}}">{{text}}</a></li>
{{/each}}
      </ul>
    </aside>
{{/if}}
  </body>
</html>
`,
  { strict: true },
);

export function layoutOf(done: Done, all: readonly Done[]): string {
  const base = "../".repeat(done.address.split("/").length - 1);
  return template({
    base: base === "" ? "./" : base,
    title: titleOf(done),
    html: done.html,
    headings: done.headings.filter(({ level }) => level === 2 || level === 3),
    sections: sections.map((name) => ({
      name,
      open: name === done.page.section,
      pages: all
        .filter(({ page }) => page.section === name)
        .map((one) => ({
          href: `${base === "" ? "./" : base}${one.address}`,
          title: titleOf(one),
          here: one === done,
        })),
    })),
  });
}

export function titleOf({
  headings,
  page,
}: {
  readonly headings: readonly Heading[];
  readonly page: SitePage;
}): string {
  return headings.find(({ level }) => level === 1)?.text ?? page.source;
}

export const style = `:root {
  --ink: #1b1b1b; --paper: #fff; --faint: #5c5c5c; --line: #d9d9d9; --shade: #f6f6f3; --accent: #0b5fa5;
  font: 16px/1.6 system-ui, sans-serif; color: var(--ink); background: var(--paper);
}
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e6e6; --paper: #17181a; --faint: #a8a8a8; --line: #3a3c40; --shade: #202225; --accent: #7cb8f0; }
  main img { background: #fff; border-radius: 4px; }
}
* { box-sizing: border-box; }
body { margin: 0; display: grid; grid-template-columns: 17rem minmax(0, 1fr) 15rem; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem; z-index: 1; }
nav, aside { position: sticky; top: 0; max-height: 100vh; overflow: auto; padding: 1rem; font-size: .9rem; align-self: start; }
nav { background: var(--shade); min-height: 100vh; border-right: 1px solid var(--line); }
nav ul, aside ul { list-style: none; margin: 0; padding: 0 0 0 .75rem; }
nav a, aside a { text-decoration: none; overflow-wrap: anywhere; }
nav a[aria-current] { font-weight: 600; color: var(--ink); }
.home { font-size: 1.25rem; font-weight: 600; color: var(--ink); }
summary { cursor: pointer; font-weight: 600; margin-top: .5rem; }
aside .level-3 { padding-left: .75rem; }
main { padding: 1rem 2rem 4rem; max-width: 56rem; width: 100%; justify-self: center; }
h1, h2, h3 { line-height: 1.25; scroll-margin-top: 1rem; overflow-wrap: anywhere; }
h2 { border-top: 1px solid var(--line); padding-top: 1rem; margin-top: 2rem; }
pre { background: var(--shade); padding: .75rem 1rem; overflow: auto; border-radius: 4px; font-size: .85rem; line-height: 1.45; }
code { background: var(--shade); border-radius: 3px; padding: .1em .25em; font-size: .9em; overflow-wrap: anywhere; }
pre code { padding: 0; background: none; overflow-wrap: normal; }
img { max-width: 100%; height: auto; }
.scroll { overflow-x: auto; }
input[type=search] { font: inherit; width: 100%; max-width: 30rem; padding: .25rem .5rem; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 4px; }
#found p { margin: .1rem 0 .75rem; color: var(--faint); overflow-wrap: anywhere; }
table { border-collapse: collapse; font-size: .92rem; }
th, td { border: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; }
.katex { display: inline-block; max-width: 100%; overflow-x: auto; overflow-y: hidden; vertical-align: bottom; }
.katex-display > .katex { display: block; }
.katex-display { overflow-x: auto; overflow-y: hidden; padding: .25rem 0; }
.word-keyword { color: #7a3e9d; } .word-class, .word-type { color: #0b5fa5; } .word-number { color: #1a6e2e; }
.word-string { color: #8a4b00; } .word-comment { color: #6a6a6a; font-style: italic; } .word-property { color: #9a2f5c; }
.word-function { color: #00695c; }
@media (prefers-color-scheme: dark) {
  .word-keyword { color: #c9a2ea; } .word-class, .word-type { color: #7cb8f0; } .word-number { color: #8fd19e; }
  .word-string { color: #e8b87a; } .word-comment { color: #9a9a9a; } .word-property { color: #f09abf; } .word-function { color: #7fd1c4; }
}
@media (max-width: 1100px) { body { grid-template-columns: 15rem minmax(0, 1fr); } aside { display: none; } }
@media (max-width: 700px) {
  body { grid-template-columns: minmax(0, 1fr); }
  nav { position: static; min-height: 0; max-height: none; border-right: 0; border-bottom: 1px solid var(--line); }
  main { padding: 1rem; }
}
`;
