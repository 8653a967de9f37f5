/** The playground in a real browser: typed, shared, opened, without a network, on a phone. */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasBrowser, inBrowser, served } from "../browser.ts";
import { sevens } from "../infrastructure/command-line.ts";
import { type Project, projectOf } from "../infrastructure/project.ts";

/** Where pictures of the page go for somebody to look at: the folder of `SCREENSHOTS`. */
const screenshots = process.env.SCREENSHOTS;

const spec = `sevens 1
use interactions { StandardModel, UniversalVector }
use experiments { CsI2021 }

analysis Mine {
  model = StandardModel + UniversalVector
  experiments = CsI2021
  free UniversalVector.g_Zp in 1e-5 .. 1e-2
}
`;

describe.skipIf(!hasBrowser)("the playground", { timeout: 120_000 }, () => {
  let project: Project;

  beforeAll(async () => {
    project = await projectOf("playground");
    expect(await project.run("tsc", "-p", ".")).toEqual({ code: 0, stdout: "", stderr: "" });
    const { code, stderr } = await project.run("vite", "build", "--logLevel", "error");
    expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  }, 180_000);
  afterAll(() => project?.remove());

  const site = <T>(work: (url: string) => Promise<T>): Promise<T> =>
    served(join(project.folder, "dist"), work);

  test("computes what is typed, and a link to it opens the same numbers", async () => {
    const { first, second, link, picture } = await site((url) =>
      inBrowser(url, async (page) => {
        await settled(page);
        const picture = await page.locator("#pictures img").getAttribute("src");
        await write(page, spec);
        await settled(page);
        const first = await counts(page);
        const other = await page.locator("#pictures img").getAttribute("src");
        expect(other).not.toBe(picture);
        expect(await page.locator("#plane img").count()).toBe(1);
        await page.getByRole("button", { name: "Copy link" }).click();
        await expect.poll(() => page.url()).toContain("#v1:");
        const link = page.url();
        await look(page, "playground-wide");
        await page.goto("about:blank");
        await page.goto(link);
        await settled(page);
        return { first, second: await counts(page), link, picture: other };
      }),
    );
    expect(second).toEqual(first);
    expect(link.length).toBeLessThan(2000);
    expect(decodeURIComponent(picture ?? "")).toContain("<svg");
    const rates = await sevens(["rates", "-", "--format", "json"], { stdin: spec });
    const { total } = JSON.parse(rates.stdout).experiments[0];
    expect(Number(first.at(-1)?.at(-2))).toBeCloseTo(total.total, 2);
  });

  test("says what is wrong where it is, and shows the numbers of the last sound text", async () => {
    await site((url) =>
      inBrowser(url, async (page) => {
        await settled(page);
        const before = await counts(page);
        await write(page, spec.replace("UniversalVector.g_Zp", "UniversalVector.g_Zq"));
        await page.getByText("did you mean `UniversalVector.g_Zp`?").first().waitFor();
        expect(await page.locator("#status").textContent()).toContain("1 error");
        expect(await page.locator(".cm-lintRange-error").count()).toBe(1);
        expect(await counts(page)).toEqual(before);
        await look(page, "playground-error");
        await page.locator("#findings button").first().press("Enter");
        expect(await page.evaluate("getSelection().toString()")).toBe("UniversalVector.g_Zq");
        await write(page, "");
        await page.locator("#findings button").first().waitFor();
        await write(page, spec);
        await settled(page);
        expect(await page.locator("#findings li").count()).toBe(0);
      }),
    );
  });

  test("says what a spec without an analysis lacks, and what one without a free parameter does", async () => {
    await site((url) =>
      inBrowser(url, async (page) => {
        await settled(page);
        const status = () => page.locator("#status").textContent();
        const mine = "interaction Mine {\n  charge[l] += Z\n}\n";
        await write(page, `sevens 1\n${mine}`);
        await expect.poll(status).toBe("no `analysis` says what to compute: add one");
        const said = await page.locator("#counts").innerText();
        expect(said).toContain("It declares interaction Mine;");
        expect(said).toContain("model = Mine");
        expect(await page.locator("#pictures img").count()).toBe(0);
        await look(page, "playground-no-analysis");
        // What it proposes computes something.
        const example = await page.locator("#counts pre").innerText();
        await write(page, `sevens 1\nuse experiments { CsI2021 }\n${mine}\n${example}\n`);
        await page.locator("#counts tbody tr").first().waitFor();
        await expect
          .poll(status, { timeout: 60_000 })
          .toBe("up to date; a profile or contour needs a `free` parameter");
        await write(page, spec);
        await settled(page);
      }),
    );
  });

  test("completes names, and can be used from the keyboard", async () => {
    await site((url) =>
      inBrowser(url, async (page) => {
        await settled(page);
        await page.keyboard.press("Tab");
        expect(await page.evaluate("document.activeElement.id")).toBe("starts");
        await page.keyboard.press("Tab");
        await page.keyboard.press("Tab");
        await page.keyboard.press("Tab");
        expect(await page.evaluate("document.activeElement.ariaLabel")).toBe("Spec");
        await page.keyboard.press("Control+A");
        await page.keyboard.type("sevens 1\nuse interactions { StandardMo");
        await page.getByRole("option", { name: /^StandardModel/ }).waitFor();
        // A list that has just opened does not take keys that were meant for the text.
        await page.waitForTimeout(200);
        await page.keyboard.press("Enter");
        await expect.poll(() => page.locator(".cm-content").textContent()).toContain("StandardModel");
        // Behind a dot the short name is put in.
        await page.keyboard.press("Control+A");
        await page.keyboard.insertText(
          "sevens 1\nuse interactions { StandardModel }\nanalysis A {\n  free StandardModel",
        );
        // The words have their colours when the text was read.
        await page.locator(".cm-line .word-property", { hasText: "free" }).waitFor();
        await page.keyboard.type(".");
        await page.getByRole("option", { name: /^s2w/ }).waitFor();
        await page.waitForTimeout(200);
        await page.keyboard.press("Enter");
        await expect
          .poll(() => page.locator(".cm-content").textContent())
          .toContain("free StandardModel.s2w");
        await page.keyboard.press("Escape");
        await page.keyboard.press("Tab");
        expect(await page.evaluate("document.activeElement.ariaLabel")).not.toBe("Spec");
      }),
    );
  });

  test("works without a network once it was loaded, and hands out files", async () => {
    await site((url) =>
      inBrowser(url, async (page) => {
        await settled(page);
        const before = await counts(page);
        await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
        await page.context().setOffline(true);
        await page.reload();
        await settled(page);
        expect(await counts(page)).toEqual(before);
        for (const [what, inside] of [
          ["text", "analysis NeutronRadius"],
          ["module", "export function createNeutronRadius"],
          ["json", '"hash"'],
          ["csv", "CEvNS"],
          ["svg", "<svg"],
          ["png", "PNG"],
        ] as const) {
          const download = page.waitForEvent("download");
          await page.getByLabel("Download").selectOption(what);
          expect(readFileSync(await (await download).path(), "latin1")).toContain(inside);
        }
        await page.goto(`${url}index.html`);
        await settled(page);
        expect(await counts(page)).toEqual(before);
        await page.context().setOffline(false);
      }),
    );
  });

  test("saves the results of each analysis, and none of an earlier text", async () => {
    await site((url) =>
      inBrowser(url, async (page) => {
        await settled(page);
        const [head, analysis] = spec.split("\nanalysis Mine");
        const two = ["Δχ", "κλ"].map((name) => `\nanalysis ${name}${analysis}`).join("");
        await write(page, `${head}${two}`);
        await expect.poll(() => page.locator("#counts h2").count()).toBe(2);
        await settled(page);
        const status = page.locator("#status");
        await page.getByLabel("Download").selectOption("csv");
        await expect.poll(() => status.textContent()).toBe("saved Δχ-CsI2021.csv, κλ-CsI2021.csv");
        await write(page, spec.replace("UniversalVector.g_Zp", "UniversalVector.g_Zq"));
        await page.locator("#findings button").first().waitFor();
        for (const what of ["csv", "svg", "png"]) {
          await page.getByLabel("Download").selectOption(what);
          await expect
            .poll(() => status.textContent(), { message: what })
            .toBe("the results are not of this text: there is nothing to save");
          await page.evaluate("document.getElementById('status').textContent = ''");
        }
      }),
    );
  });

  test("draws contours of two parameters, and says what a name is", async () => {
    await site((url) =>
      inBrowser(url, async (page) => {
        await settled(page);
        const radius = "parameter R = 5 fm in 3 fm .. 8 fm\n  tie Cs133.Rn = R\n  tie I127.Rn = R";
        await write(
          page,
          `sevens 1
use nuclei { Cs133, I127 }
use interactions { StandardModel }
use experiments { CsI2021 }

analysis Two {
  model = StandardModel
  experiments = CsI2021
  free StandardModel.s2w in 0.1 .. 0.4
  ${radius}
}
`,
        );
        await settled(page);
        const plane = await page.locator("#plane img").getAttribute("src");
        expect(decodeURIComponent(plane ?? "")).toContain("Two: contours of 2 degrees of freedom");
        expect(decodeURIComponent(plane ?? "")).toContain("90%");
        await page.locator(".cm-line span", { hasText: "CsI2021" }).first().hover();
        await page.locator(".cm-tooltip-hover").waitFor();
        expect(await page.locator(".cm-tooltip-hover").textContent()).toContain("COHERENT");
        await look(page, "playground-contours");
        await page.mouse.move(0, 0);
        await page.locator(".cm-line span", { hasText: "StandardModel" }).first().hover();
        await page.locator(".cm-tooltip-hover math").first().waitFor();
        expect(await page.locator(".cm-tooltip-hover").innerText()).not.toContain("```");
        await look(page, "playground-formulas");
      }),
    );
  });

  test("is legible on a phone", async () => {
    await site((url) =>
      inBrowser(
        url,
        async (page) => {
          await settled(page);
          const width = await page.evaluate("document.documentElement.scrollWidth");
          expect(width).toBeLessThanOrEqual(390);
          await look(page, "playground-narrow");
        },
        { width: 390, height: 844 },
      ),
    );
  });

  test("what is typed after a link was made is there when the page is loaded anew", async () => {
    await site((url) =>
      inBrowser(url, async (page) => {
        await settled(page);
        await write(page, spec);
        await page.getByRole("button", { name: "Copy link" }).click();
        await expect.poll(() => page.url()).toContain("#v1:");
        const link = new URL(page.url()).hash;
        await write(page, spec.replace("Mine", "Second"));
        await settled(page);
        expect(page.url()).not.toContain("#");
        await page.reload();
        await settled(page);
        expect(await page.locator(".cm-content").innerText()).toContain("analysis Second");
        expect(await page.locator("#starts").inputValue()).toBe("");
        await page.evaluate(`location.hash = "${link}"`);
        await expect.poll(() => page.locator(".cm-content").innerText()).toContain("analysis Mine");
        await settled(page);
      }),
    );
  });

  test("a link that is damaged is told", async () => {
    await site((url) =>
      inBrowser(`${url}#v1:AAAA`, async (page) => {
        await page.getByText("the spec in the link is damaged").waitFor();
        await settled(page);
        // What was typed stays, and so does the message.
        await write(page, spec);
        await page.evaluate("location.hash = '#v1:BBBB'");
        await settled(page);
        expect(await page.locator(".cm-content").innerText()).toContain("analysis Mine");
        const notice = page.locator("#notice");
        expect(await notice.innerText()).toBe("the spec in the link is damaged");
        await write(page, spec.replace("Mine", "Second"));
        await expect.poll(() => notice.textContent()).toBe("");
      }),
    );
  });
});

async function settled(page: Page): Promise<void> {
  await page.locator("#counts tbody tr").first().waitFor();
  await expect.poll(() => page.locator("#status").textContent(), { timeout: 60_000 }).toBe("up to date");
}

async function write(page: Page, text: string): Promise<void> {
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+A");
  if (text === "") await page.keyboard.press("Delete");
  else await page.keyboard.insertText(text);
}

/** The cells of the table of counts. */
function counts(page: Page): Promise<string[][]> {
  return page.evaluate(
    "[...document.querySelectorAll('#counts tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent))",
  );
}

async function look(page: Page, name: string): Promise<void> {
  if (screenshots === undefined) return;
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
}
