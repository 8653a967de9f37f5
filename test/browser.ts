/** A real browser for tests of pages: the Chromium of the system, or the one that `CHROMIUM` names. */
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

export const hasBrowser = existsSync(executablePath);
if (!hasBrowser) process.stderr.write(`no test of pages in a browser: ${executablePath} is not there\n`);

const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How long a browser waits for the next page, in milliseconds. */
const PATIENCE = 3000;

let browser: Promise<Browser> | undefined;
let pages = 0;

/** One browser for pages that are opened one after the other. */
async function inSharedBrowser<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
  browser ??= chromium.launch({ executablePath, args });
  pages += 1;
  try {
    return await work(await browser);
  } finally {
    pages -= 1;
    setTimeout(() => {
      if (pages > 0) return;
      void browser?.then((one) => one.close());
      browser = undefined;
    }, PATIENCE);
  }
}

/** Opens a page for some work, and fails when its console has an error or it asks for anything that is not there. */
export function inBrowser<T>(
  url: string,
  work: (page: Page) => Promise<T>,
  viewport = { width: 1000, height: 800 },
): Promise<T> {
  return inSharedBrowser(async (shared) => {
    // Nothing that an earlier page has kept is there.
    const context = await shared.newContext({ viewport });
    try {
      const page = await context.newPage();
      const problems: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error") problems.push(message.text());
      });
      page.on("pageerror", (error) => problems.push(error.message));
      page.on("requestfailed", (request) => problems.push(`request of ${request.url()}`));
      await page.goto(url);
      const result = await work(page);
      if (problems.length > 0) throw new Error(problems.join("\n"));
      return result;
    } finally {
      await context.close();
    }
  });
}

const types: Readonly<Record<string, string>> = {
  html: "text/html",
  js: "text/javascript",
  css: "text/css",
  svg: "image/svg+xml",
  json: "application/json",
};

/** Serves a folder on localhost for some work. */
export async function served<T>(folder: string, work: (url: string) => Promise<T>): Promise<T> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = join(folder, pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    if (!existsSync(path)) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader("content-type", types[path.split(".").pop() ?? ""] ?? "application/octet-stream");
    response.end(readFileSync(path));
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const address = server.address();
  try {
    return await work(`http://localhost:${typeof address === "object" ? address?.port : ""}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
