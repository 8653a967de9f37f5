/** The pieces that the verbs are made of. */
import { describe, expect, it } from "vitest";
import { commandLine } from "../../compiler/cli/command-line.ts";
import { exitCodeOf } from "../../compiler/cli/exit.ts";
import { printCsv, printJson } from "../../compiler/cli/output.ts";
import { brief, figure, figures, figureWithError, printTable, shortened } from "../../compiler/cli/tables.ts";
import { diagnostic } from "../../compiler/diagnostics/index.ts";

describe("figures", () => {
  it("have so many significant digits", () => {
    expect([0, 12, 1234567, 0.123456789, 12345.6789, 1e-7, 1.5e9].map((x) => figure(x))).toEqual([
      "0",
      "12",
      "1234567",
      "0.12346",
      "12346",
      "1.0000e-7",
      "1.5000e9",
    ]);
    expect([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((x) => figure(x))).toEqual([
      "nan",
      "inf",
      "-inf",
    ]);
  });

  it("of a column have their points in line, and do not hide small numbers", () => {
    expect(figures([12.3456, 1.5, 0.00002, 0])).toEqual(["12.346", "1.500", "2.0e-5", "0.000"]);
    expect(figures([1, 20, 300])).toEqual(["1", "20", "300"]);
    expect(figures([0.5, Number.NaN])).toEqual(["0.50000", "nan"]);
  });

  it("of a result follow its error", () => {
    expect(figureWithError(5.4113711, [0.4256, 0.397])).toBe("5.4114");
    expect(figureWithError(0.2386, [Number.POSITIVE_INFINITY, 0.02])).toBe("0.23860");
    expect(figureWithError(1e-7, [0, Number.NaN])).toBe("1.00000e-7");
  });

  it("of what was given are as short as they can be", () => {
    expect([0.001, 30, 1 / 3].map((x) => brief(x))).toEqual(["0.001", "30", "0.333333"]);
  });
});

describe("tables", () => {
  it("have a rule below the head and above the total, and no border", () => {
    const columns = [{ title: "bin" }, { title: "n", align: "right" as const }];
    const text = printTable(
      columns,
      [
        ["a", "1"],
        ["b", "20"],
      ],
      { color: false, total: ["all", "21"] },
    );
    expect(text).toBe("bin   n\n───────\na     1\nb    20\n───────\nall  21\n");
  });

  it("without rows are a head", () => {
    expect(printTable([{ title: "a" }], [], { color: false })).toMatch(/^a\n─/);
  });

  it("shorten long lists, but not by one", () => {
    expect(shortened(["a", "b", "c"], 2)).toBe("a, b, c");
    expect(shortened(["a", "b", "c", "d"], 2)).toBe("a, b and 2 more");
  });
});

describe("printJson", () => {
  it("says the same as JSON.stringify", () => {
    const value = {
      a: [1, 2, { b: null, c: "x\n{" }],
      d: {},
      e: [],
      f: new Array(60).fill(0.5),
      g: undefined,
    };
    expect(JSON.parse(printJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
  });

  it("keeps lists of numbers on a line and makes null of what is no number", () => {
    expect(printJson({ counts: Float64Array.of(1, Number.NaN, 0.1) })).toBe(
      '{\n  "counts": [1, null, 0.1]\n}\n',
    );
  });
});

describe("printCsv", () => {
  it("quotes what needs it", () => {
    expect(printCsv([["a,b", 'say "x"', 1.5, Number.NaN]])).toBe('"a,b","say ""x""",1.5,nan\n');
  });
});

describe("the command line", () => {
  it("finds arguments and ends of arguments, quoted or not", () => {
    const line = commandLine(["rates", "a b.sevens", "--set=g=1", "g=2"]);
    expect(line.text).toBe("sevens rates 'a b.sevens' --set=g=1 g=2");
    const found = (value: string) => {
      const { start, end } = line.spanOf(value);
      return [start, line.text.slice(start, end)];
    };
    expect(found("a b.sevens")).toEqual([14, "a b.sevens"]);
    expect(found("g=1")).toEqual([32, "g=1"]);
    expect(found("g=2")).toEqual([36, "g=2"]);
  });
});

describe("exit codes", () => {
  const span = { file: "a.sevens", start: 0, end: 0 };
  const wrongSpec = diagnostic("SV1004", span, { problem: "x" });
  const notFinite = diagnostic("SV1801", span, { what: "x", found: "NaN", place: "y" });
  const usage = diagnostic("SV1901", span, { problem: "x" });
  it.each([
    [[], 0],
    [[diagnostic("SV1805", span, { experiment: "x", found: "1", tolerance: "2" })], 0],
    [[wrongSpec], 1],
    [[notFinite], 3],
    [[notFinite, wrongSpec], 1],
    [[notFinite, usage], 2],
    [[diagnostic("SV1807", span, {})], 1],
    [[{ ...wrongSpec, span: { ...span, file: "command line" } }], 2],
    [[diagnostic("SV1701", { ...span, file: "command line" }, { path: "x" })], 1],
  ])("case %#", (diagnostics, code) => {
    expect(exitCodeOf(diagnostics)).toBe(code);
  });
});
