import { describe, expect, test } from "vitest";
import {
  type Diagnostic,
  diagnostic,
  type Extra,
  printDiagnostic,
  printDiagnostics,
  summary,
  toJson,
} from "../../compiler/diagnostics/index.ts";
import type { Span } from "../../grammar/syntax.ts";

const FILE = "model.sevens";

/** The span of the first occurrence of a word behind another one. */
function spanOf(text: string, word: string, behind = ""): Span {
  const start = text.indexOf(word, text.indexOf(behind) + behind.length);
  return { file: FILE, start, end: start + word.length };
}

function wrongUnit(span: Span, extra?: Extra): Diagnostic {
  return diagnostic("SV1202", span, { field: "distance", expected: "length", found: "time" }, extra);
}

function print(text: string, one: Diagnostic): string {
  return `\n${printDiagnostic(one, new Map([[FILE, text]]))}\n`;
}

describe("printing for people", () => {
  test("one marked place with help", () => {
    const text = "sevens 1\nparameter M = 10\n";
    const made = diagnostic(
      "SV1204",
      spanOf(text, "10"),
      { field: "M", expected: "energy", example: "10 MeV" },
      { label: "no unit" },
    );
    expect(print(text, made)).toBe(`
error[SV1204]: \`M\` is energy, this number has no unit
 --> model.sevens:2:15
  |
2 | parameter M = 10
  |               ^^ no unit
  |
  = help: write for example \`10 MeV\`
`);
  });

  test("a conflict with two ends on one line, and a note of two lines", () => {
    const text = "let x = t + 5 keVee";
    const made = diagnostic(
      "SV1201",
      spanOf(text, "+"),
      { verb: "add", left: "time", right: "electron-equivalent energy" },
      {
        labels: [
          { span: spanOf(text, "t", "= "), text: "time" },
          { span: spanOf(text, "5 keVee"), text: "electron-equivalent energy" },
        ],
        notes: ["t is the time after the pulse\nof the source"],
      },
    );
    expect(print(text, made)).toBe(
      `
error[SV1201]: cannot add time and electron-equivalent energy
 --> model.sevens:1:11
  |
1 | let x = t + 5 keVee
  |         - ^ ------- electron-equivalent energy
  |         |
  |         time
  |
  = note: t is the time after the pulse
          of the source
`.replace(":1:9", ":1:11"),
    );
  });

  test("labels on other lines and in other files", () => {
    const text = "Z 55\nA 133\nN 78\nmass 1 u\n\n\n\n\n\nZ 53\n";
    const made = diagnostic(
      "SV1304",
      spanOf(text, "Z", "mass"),
      { field: "Z" },
      {
        label: "again",
        labels: [
          { span: spanOf(text, "Z 55"), text: "first given here" },
          { span: { file: "base.sevens", start: 8, end: 9 }, text: "declared here" },
        ],
      },
    );
    const sources = new Map([
      [FILE, text],
      ["base.sevens", "nucleus X {}"],
    ]);
    expect(`\n${printDiagnostic(made, sources)}\n`).toBe(`
error[SV1304]: \`Z\` is given twice
  --> model.sevens:10:1
   |
 1 | Z 55
   | ---- first given here
...
10 | Z 53
   | ^ again
   |
  ::: base.sevens:1:9
   |
 1 | nucleus X {}
   |         - declared here
`);
  });

  test("a span over several lines shows its ends", () => {
    const text = "let x = (a\n  + b\n  + c\n  + d)\n";
    expect(
      print(text, wrongUnit({ file: FILE, start: 8, end: text.length }, { label: "all of this" })),
    ).toBe(`
error[SV1202]: \`distance\` is length, this is time
 --> model.sevens:1:9
  |
1 | let x = (a
  |         ^^
...
4 |   + d)
  |   ^^^^ all of this
`);
  });

  test("tabs, wide characters and control characters keep their columns", () => {
    const text = "\tx\u001b // 漢字 19.3 s";
    expect(
      print(text, wrongUnit(spanOf(text, "19.3 s"), { labels: [{ span: spanOf(text, "漢字"), text: "" }] })),
    ).toBe(`
error[SV1202]: \`distance\` is length, this is time
 --> model.sevens:1:11
  |
1 |     x\ufffd // 漢字 19.3 s
  |           ---- ^^^^^^
`);
  });

  test("a long line is cut to a window around the place", () => {
    const text = `${"x".repeat(5000)} 19.3 s ${"y".repeat(5000)}`;
    const lines = print(text, wrongUnit(spanOf(text, "19.3 s"))).split("\n");
    expect(lines[4]).toMatch(/^1 \| …x{20,40} 19\.3 s y{40,}…$/);
    expect(lines[5]?.indexOf("^^^^^^")).toBe(lines[4]?.indexOf("19.3 s"));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(120);
  });

  test("the end of the file, and an empty span", () => {
    const text = "source X {\n";
    const made = diagnostic(
      "SV1006",
      { file: FILE, start: text.length, end: text.length },
      { problem: "`{` is never closed" },
      { labels: [{ span: spanOf(text, "{"), text: "opened here" }] },
    );
    expect(print(text, made)).toBe(`
error[SV1006]: \`{\` is never closed
 --> model.sevens:2:1
  |
1 | source X {
  |          - opened here
2 |
  | ^
`);
  });

  test("without the text only the file is named; a JSON pointer says where", () => {
    const span = { file: "model.json", start: 0, end: 0 };
    const made = wrongUnit(span, { pointer: "/sources/0/distance", help: "give a length" });
    expect(printDiagnostic(made, new Map())).toBe(`error[SV1202]: \`distance\` is length, this is time
 --> model.json at /sources/0/distance
  = help: give a length`);
  });

  test("colours are there when asked for, and only then", () => {
    const text = "distance 19.3 s";
    const made = wrongUnit(spanOf(text, "19.3 s"), { label: "this is time" });
    const plain = printDiagnostic(made, new Map([[FILE, text]]));
    const colored = printDiagnostic(made, new Map([[FILE, text]]), { color: true });
    expect(colored).toContain("\u001b[31m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are what is looked for
    expect(colored.replace(/\u001b\[\d+m/g, "")).toBe(plain);
  });

  test("a list ends with a summary", () => {
    const lint = diagnostic("SV1606", spanOf("", ""), { parameter: "g" });
    const error = wrongUnit(spanOf("", ""));
    expect(printDiagnostics([error, lint, error], new Map()).endsWith("\n\n2 errors, 1 warning\n")).toBe(
      true,
    );
    expect(summary([lint])).toBe("1 warning");
    expect(printDiagnostics([], new Map())).toBe("");
  });
});

test("JSON for programs", () => {
  const text = "sevens 1\ndistance 19.3 s\n";
  const span = spanOf(text, "19.3 s");
  const fix = { title: "write metres", edits: [{ span, text: "19.3 m" }], safe: false };
  const head = {
    title: "two places",
    edits: [{ span: spanOf(text, "1"), text: "2" }, ...fix.edits],
    safe: true,
  };
  const made = wrongUnit(span, {
    fixes: [fix, head],
    labels: [{ span: spanOf(text, "distance"), text: "a length" }],
  });
  const metres = { file: FILE, line: 2, column: 10, endLine: 2, endColumn: 16, replacement: "19.3 m" };
  expect(toJson(made, new Map([[FILE, text]]))).toEqual({
    code: "SV1202",
    name: "wrong-unit",
    severity: "error",
    message: "`distance` is length, this is time",
    file: FILE,
    line: 2,
    column: 10,
    endLine: 2,
    endColumn: 16,
    label: null,
    labels: [{ file: FILE, line: 2, column: 1, endLine: 2, endColumn: 9, text: "a length" }],
    help: null,
    notes: [],
    fix: { ...metres, title: fix.title, safe: false },
    fixes: [
      { title: fix.title, safe: false, edits: [metres] },
      {
        title: "two places",
        safe: true,
        edits: [{ file: FILE, line: 1, column: 8, endLine: 1, endColumn: 9, replacement: "2" }, metres],
      },
    ],
    pointer: null,
    docs: "diagnostics/SV1202",
  });
  expect(toJson(made, new Map())).toMatchObject({ file: FILE, line: 0, column: 0, fix: null, fixes: [] });
});
