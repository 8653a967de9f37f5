/**
 * Builds the documentation site: `npm run site`, into `docs/site/`. Everything that the pages need is in the folder, so that any
 * static server, or the disk itself, can show it.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { layoutOf, style, titleOf } from "./layout.ts";
import { type SitePage, sitePages } from "./pages.ts";
import { rendered } from "./render.ts";
import { searchScript } from "./search.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Built {
  readonly pages: number;
  /** Links of pages to files that are neither pages nor pictures: they go to the copies in `files/`. */
  readonly files: readonly string[];
}

/** Writes the site to a folder, in place of what was there. */
export async function buildSite(folder: string): Promise<Built> {
  const pages = await sitePages(root);
  const addresses = new Map(pages.map(({ source }) => [source, addressOf(source)]));
  const files = new Set<string>();
  rmSync(folder, { recursive: true, force: true });
  const done = pages.map((page) => {
    const from = addressOf(page.source);
    const link = (target: string): string => linked(page, target, from, addresses, files);
    return { page, address: from, ...rendered(page.markdown, link) };
  });
  for (const one of done) {
    const path = join(folder, one.address);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, layoutOf(one, done));
  }
  for (const file of files) {
    mkdirSync(dirname(join(folder, "files", file)), { recursive: true });
    cpSync(join(root, file), join(folder, "files", file));
  }
  const math = dirname(createRequire(import.meta.url).resolve("katex/dist/katex.min.css"));
  mkdirSync(join(folder, "assets"), { recursive: true });
  writeFileSync(join(folder, "assets/style.css"), style);
  const searched = done.map((one) => ({ ...one, title: titleOf(one) }));
  writeFileSync(join(folder, "assets/search.js"), searchScript(searched));
  cpSync(join(math, "katex.min.css"), join(folder, "assets/katex.min.css"));
  cpSync(join(math, "fonts"), join(folder, "assets/fonts"), { recursive: true });
  return { pages: pages.length, files: [...files] };
}

/** `docs/guide/editor.md` is `docs/guide/editor.html`; the README of a folder is its index. */
function addressOf(source: string): string {
  const html = source.replace(/(?:\.md)?$/, ".html");
  return html.replace(/(^|\/)README\.html$/, "$1index.html");
}

/** The address of what a page links to, relative to its own. */
function linked(
  { source }: SitePage,
  target: string,
  from: string,
  addresses: ReadonlyMap<string, string>,
  files: Set<string>,
): string {
  if (/^[a-z]+:|^#/i.test(target)) return target;
  const [path = "", fragment] = target.split("#");
  const named = posix.normalize(posix.join(posix.dirname(source), decodeURI(path))).replace(/\/$/, "");
  const readme = `${named}/README.md`;
  const to = addresses.get(named) ?? addresses.get(readme) ?? fileAddress(named, files);
  const way = posix.relative(posix.dirname(from), to);
  return `./${way}${fragment === undefined ? "" : `#${fragment}`}`;
}

function fileAddress(path: string, files: Set<string>): string {
  if (path.startsWith("..") || !existsSync(join(root, path)) || !statSync(join(root, path)).isFile()) {
    throw new Error(`a page links to ${path}, which is no page and no file`);
  }
  files.add(path);
  return `files/${path}`;
}

if (fileURLToPath(import.meta.url) === process.argv[1]) {
  const { pages } = await buildSite(join(root, "docs/site"));
  const size = readFileSync(join(root, "docs/site/index.html")).length;
  process.stdout.write(`docs/site/: ${pages} pages, the first of ${size} bytes\n`);
}
