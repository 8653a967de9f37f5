/** The documentation site: every page is there, no link is dead, and it looks as pages should in a browser. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verbs } from "../../compiler/cli/verbs.ts";
import { codes } from "../../compiler/diagnostics/index.ts";
import { buildSite } from "../../compiler/site/build.ts";
import { hasBrowser, inBrowser, served } from "../browser.ts";

/** Where pictures of the pages go for somebody to look at: the folder of `SCREENSHOTS`. */
const screenshots = process.env.SCREENSHOTS;

let folder = "";
let pages: ReadonlyMap<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sevens-site-"));
  await buildSite(folder);
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".html") && !name.startsWith("files"),
  );
  pages = new Map(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true }));

test("has a page for each verb, diagnostic and guide", () => {
  for (const { name } of verbs) expect(pages.has(`commands/${name}.html`), name).toBe(true);
  for (const code of codes) expect(pages.has(`diagnostics/${code}.html`), code).toBe(true);
  expect(pages.get("commands/fit.html")).toContain("--starts");
  expect(pages.get("api/sevens-runtime.html")).toContain('id="fisherinformation"');
  expect(pages.get("docs/models/interactions/StandardModel.html") ?? [...pages.keys()].join()).toContain(
    "katex",
  );
});

test("no link is dead, within a page or to another one", () => {
  const dead: string[] = [];
  for (const [name, html] of pages) {
    for (const [, target = ""] of html.matchAll(/<(?:a|link|img|script)[^>]* (?:href|src)="([^"]*)"/g)) {
      if (/^(?:https?|data|mailto):/.test(target)) continue;
      const [path = "", fragment] = decodeURI(target).split("#");
      const to = path === "" ? name : join(dirname(name), path);
      const there = existsSync(join(folder, to));
      const id =
        fragment === undefined || fragment === "content" || pages.get(to)?.includes(`id="${fragment}"`);
      if (!there || id === false || id === undefined) dead.push(`${name}: ${target}`);
    }
  }
  expect(dead).toEqual([]);
});

describe.skipIf(!hasBrowser)("in a browser", { timeout: 120_000 }, () => {
  const looked = {
    index: "index.html",
    guide: "docs/guide/first-analysis.html",
    models: "docs/models/interactions/StandardModel.html",
    formulas: "docs/models/interactions/GeneralisedInteractions.html",
    diagnostic: "diagnostics/SV1101.html",
    verification: "docs/verification.html",
    api: "api/sevens-runtime.html",
  };

  test.each([1300, 390])("%i pixels wide nothing is cut off, and no console has an error", async (width) => {
    await served(folder, (url) =>
      inBrowser(
        url,
        async (page) => {
          for (const [name, path] of Object.entries(looked)) {
            await page.goto(`${url}${path}`);
            expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
            expect(await page.locator("h1").count()).toBeGreaterThan(0);
            if (screenshots === undefined) continue;
            mkdirSync(screenshots, { recursive: true });
            await page.screenshot({ path: join(screenshots, `site-${name}-${width}.png`) });
          }
        },
        { width, height: 900 },
      ),
    );
  });

  test("words are found in the parts of the pages, also from the disk", async () => {
    await served(folder, (url) =>
      inBrowser(`${url}docs/verification.html`, async (page) => {
        await page.locator("nav input[name=q]").fill("Feldman");
        await page.keyboard.press("Enter");
        await page.locator("#found a").first().waitFor();
        expect(await page.locator("#told").innerText()).toContain("“Feldman”");
        await page.locator("main input[name=q]").fill("SV1101");
        const first = page.locator("#found a").first();
        await expect
          .poll(() => first.getAttribute("href"), { timeout: 20_000 })
          .toContain("diagnostics/SV1101.html");
        await first.click();
        await expect.poll(() => page.url(), { timeout: 20_000 }).toContain("diagnostics/SV1101.html");
        await page.waitForLoadState();
        await page.goto(`${pathToFileURL(join(folder, "search.html")).href}?q=qqzzxxqq`);
        await expect
          .poll(() => page.locator("#told").innerText(), { timeout: 20_000 })
          .toContain("nothing with");
        if (screenshots !== undefined) await page.screenshot({ path: join(screenshots, "site-search.png") });
      }),
    );
  });
});
