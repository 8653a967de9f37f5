import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, test } from "vitest";
import { hasBrowser, inBrowser } from "../browser.ts";
import { inFolder, neutronRadius, projection, sevens, textIn } from "./harness.ts";

describe("report", () => {
  it("is one page with everything in it, the same bytes each time", async () => {
    await inFolder({}, async (cwd) => {
      const first = await sevens(["report", neutronRadius, "-o", "a.html"], { cwd });
      expect(first).toMatchObject({ code: 0, stdout: "", stderr: "wrote a.html\n" });
      const page = textIn(cwd, "a.html");
      await sevens(["report", neutronRadius, "-o", "b.html"], { cwd });
      expect(textIn(cwd, "b.html")).toBe(page);
      for (const text of [
        "83.7440",
        "arXiv:2303.09360",
        "analysis NeutronRadius {",
        "SHA-256",
        "CsI2021.norm",
      ])
        expect(page).toContain(text);
      // Nothing is loaded from elsewhere.
      expect(page).not.toMatch(
        /(?:src|href)="(?!data:|#|https:\/\/(?:arxiv\.org|doi\.org|inspirehep\.net)\/)/,
      );
      expect(page).not.toContain("<script");
    });
  });

  it("has a page for each analysis, and shows text of the spec as text", async () => {
    const two = `${projection}\n/// </pre><script>alert(1)</script> & "quotes"\nanalysis Second from Ge1Sensitivity {}\n`;
    await inFolder({ "two.sevens": two }, async (cwd) => {
      const { code, stderr } = await sevens(["report", "two.sevens", "-o", "r.html"], { cwd });
      expect({ code, stderr }).toEqual({
        code: 0,
        stderr: "wrote r-Ge1Sensitivity.html\nwrote r-Second.html\n",
      });
      expect(readdirSync(cwd).sort()).toEqual(["r-Ge1Sensitivity.html", "r-Second.html", "two.sevens"]);
      const page = textIn(cwd, "r-Second.html");
      expect(page).not.toContain("<script");
      expect(page).toContain("&lt;script&gt;");
      expect(page).toContain("A projection: fitted to the expectation itself.");
    });
  });

  it("goes to a page", async () => {
    expect(await sevens(["report", neutronRadius, "-o", "a.pdf"])).toMatchObject({ code: 2 });
    expect(await sevens(["report", neutronRadius])).toMatchObject({ code: 2 });
  });
});

test.skipIf(!hasBrowser)(
  "a report in a browser shows its pictures, sections and tables, also on a phone",
  async () => {
    await inFolder({}, async (cwd) => {
      await sevens(["report", neutronRadius, "-o", "r.html"], { cwd });
      const url = pathToFileURL(join(cwd, "r.html")).href;
      for (const viewport of [undefined, { width: 380, height: 700 }]) {
        await inBrowser(
          url,
          async (page) => {
            expect(await page.title()).toBe("NeutronRadius");
            expect(await page.locator("h2").allTextContents()).toEqual([
              "Fit",
              "Experiments",
              "Profiles",
              "Pulls and impacts",
              "Diagnostics",
              "Citations",
              "Spec, versions and hashes",
            ]);
            const images = page.locator("img");
            expect(await images.count()).toBe(3);
            const widths = await images.evaluateAll((all) =>
              all.map((one): number => Reflect.get(one, "naturalWidth")),
            );
            expect(Math.min(...widths)).toBeGreaterThan(200);
            await page.getByText("The spec, ").click();
            expect(await page.locator("details[open] pre").first().textContent()).toContain(
              "tie Cs133.Rn = Rn",
            );
            // Wide tables scroll by themselves.
            const wide = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
            expect(wide).toBeLessThanOrEqual(0);
          },
          viewport,
        );
      }
    });
  },
);
