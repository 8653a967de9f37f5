/** Looking for words in the pages: in the browser, from a list of their parts that is one of the files of the site. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { SitePage } from "./pages.ts";
import type { Part } from "./render.ts";

export const searchPage: SitePage = {
  source: "search.md",
  section: "Start",
  markdown: `# Search

<form role="search" action="search.html">
<label>Words <input type="search" name="q" autocomplete="off" /></label>
</form>

<p id="told" role="status"></p>
<ol id="found"></ol>
<script src="assets/search.js"></script>
`,
};

/** The script of that page: the parts of all pages, the library that looks in them, and what shows the findings. */
export function searchScript(
  pages: readonly { readonly address: string; readonly title: string; readonly parts: readonly Part[] }[],
): string {
  const parts = pages.flatMap(({ address, title, parts }) =>
    parts.map((part) => ({
      title: part.title,
      page: title,
      text: part.text,
      address: part.id === "" ? address : `${address}#${part.id}`,
    })),
  );
  const library = join(createRequire(import.meta.url).resolve("minisearch"), "../../umd/index.js");
  return [
    `globalThis.searchParts = ${JSON.stringify(parts)};`,
    readFileSync(library, "utf8"),
    `{\n${readFileSync(join(import.meta.dirname, "search-client.js"), "utf8")}}`,
  ].join("\n");
}
