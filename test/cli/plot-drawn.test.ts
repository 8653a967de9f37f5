/** What of a table is drawn, what is said of the rest, and which sizes pictures have. */
import { describe, expect, it } from "vitest";
import { inFolder, sevens, textIn } from "./harness.ts";

const tables = {
  "one.csv": "x,y\n1,2\n",
  "gap.csv": "x,y\n1,1\n2,nan\n3,3\n4,-1\n5,2\n6,4\n7,oops\n8,8\n",
  "below.csv": "x,y\n1,-1\n2,0\n",
  "short.csv": "x,y\n1,20\n2,30\n3,45\n",
  "bins.csv": "E_lo_keV,E_hi_keV,n\n1,2,0\n2,3,5\n3,4,0\n4,5,7\n",
};

/** Rows of curves in the numbers behind a picture: line, x, y. */
const placesIn = (csv: string): readonly (readonly string[])[] =>
  csv
    .trim()
    .split("\n")
    .slice(1)
    .map((row) => row.split(",").slice(3, 6));

/** Filled circles of a picture. */
const circles = (svg: string): number =>
  [...svg.matchAll(/<path transform="translate[^>]* d="M[\d.]+,0A[^>]* fill="#/g)].length;

describe("rows of tables", () => {
  const plot = (cwd: string, ...args: readonly string[]) =>
    sevens(["plot", ...args, "--data", "out.csv"], { cwd });

  it("by themselves are points", async () => {
    await inFolder(tables, async (cwd) => {
      for (const scales of [[], ["--log-x", "--log-y"]]) {
        const { code, stdout } = await plot(cwd, "one.csv", "--x", "x", "--y", "y", ...scales);
        expect(code).toBe(0);
        expect(circles(stdout)).toBe(1);
        expect(placesIn(textIn(cwd, "out.csv"))).toEqual([["1", "1", "2"]]);
      }
    });
  });

  it("that are no numbers leave gaps, and are told", async () => {
    await inFolder(tables, async (cwd) => {
      const { code, stdout, stderr } = await plot(cwd, "gap.csv", "--x", "x", "--y", "y");
      expect(code).toBe(0);
      expect(stderr).toContain("the column `y` of `gap.csv` has texts that are no numbers: `oops`\n");
      expect(stderr).toContain("2 of 8 rows are not drawn: y is no finite number\n");
      expect(circles(stdout)).toBe(2);
      expect(placesIn(textIn(cwd, "out.csv")).map(([part, x]) => `${part}:${x}`)).toEqual([
        "1:1",
        "2:3",
        "2:4",
        "2:5",
        "2:6",
        "3:8",
      ]);
    });
  });

  it("that a logarithmic axis cannot show are told, bins by their number", async () => {
    await inFolder(tables, async (cwd) => {
      const { stderr } = await plot(cwd, "gap.csv", "--x", "x", "--y", "y", "--log-y");
      expect(stderr).toContain("1 of 8 rows is not drawn: y is not above zero, on a logarithmic axis\n");
      expect(placesIn(textIn(cwd, "out.csv")).map(([, x]) => x)).toEqual(["1", "3", "5", "6", "8"]);
      const bins = await plot(cwd, "bins.csv", "--x", "E", "--y", "n", "--log-y");
      expect(bins.stderr).toContain("2 of 4 rows are not drawn: n is not above zero");
    });
  });

  it("that are all without a place are an error, as is a range without any", async () => {
    await inFolder(tables, async (cwd) => {
      const none = await plot(cwd, "below.csv", "--x", "x", "--y", "y", "--log-y");
      expect(none).toMatchObject({ code: 2, stdout: "" });
      expect(none.stderr).toContain("nothing of it can be drawn");
      const away = await plot(cwd, "gap.csv", "--x", "x", "--y", "y", "--x-range", "100..200");
      expect(away).toMatchObject({ code: 2, stdout: "" });
      // Between two places that a line joins there is the line.
      expect(await plot(cwd, "gap.csv", "--x", "x", "--y", "y", "--x-range", "5.2..5.5")).toMatchObject({
        code: 0,
      });
    });
  });
});

it("a logarithmic axis of half a decade has several texts", async () => {
  await inFolder(tables, async (cwd) => {
    const { stdout } = await sevens(["plot", "short.csv", "--x", "x", "--y", "y", "--log-y"], { cwd });
    for (const text of ["20", "30", "40"]) expect(stdout).toContain(`>${text}</text>`);
  });
});

describe("sizes of pictures", () => {
  const plot = (cwd: string, output: string, ...args: readonly string[]) =>
    sevens(["plot", "short.csv", "--x", "x", "--y", "y", "-o", output, ...args], { cwd });

  it.each(["1e9", "0.5", "200.1", "0", "-3", "nan", "inf", ""])("refuse a width of %s", async (width) => {
    await inFolder(tables, async (cwd) => {
      const { code, stderr } = await plot(cwd, "a.png", "--width", width);
      expect(code).toBe(2);
      expect(stderr).toContain("It is not a width from 1 to 200 centimetres");
    });
  });

  it.each([
    ["200", "4"],
    ["200", "8.25"],
    ["12", "40"],
    ["1.5", "4"],
  ])("draw %s cm with text of %s points", async (width, size) => {
    await inFolder(tables, async (cwd) => {
      for (const file of ["a.png", "a.svg", "a.pdf"]) {
        const args = ["--width", width, "--font-size", size];
        expect(await plot(cwd, file, ...args)).toMatchObject({ code: 0 });
      }
      const [, drawn] = /<svg[^>]* width="([\d.]+)"/.exec(textIn(cwd, "a.svg")) ?? [];
      expect(Math.abs(Number(drawn) / (96 / 2.54) / Number(width) - 1)).toBeLessThan(0.05);
    });
  });

  it("refuse text that leaves no room, and a PNG of too many pixels", async () => {
    await inFolder(tables, async (cwd) => {
      const full = await plot(cwd, "a.svg", "--width", "2", "--font-size", "40");
      expect(full).toMatchObject({ code: 2 });
      expect(full.stderr).toContain("text of this size leaves no room");
      const large = await plot(cwd, "a.png", "--width", "200", "--font-size", "40");
      expect(large).toMatchObject({ code: 2 });
      expect(large.stderr).toContain("million of a PNG");
      expect(await plot(cwd, "a.svg", "--width", "200", "--font-size", "40")).toMatchObject({ code: 0 });
    });
  });
});
