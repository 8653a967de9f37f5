import { describe, expect, test } from "vitest";
import {
  codes,
  conversionHelp,
  definitionOf,
  diagnostic,
  fromSyntax,
  hasErrors,
  isCode,
  lintNamed,
  pageOf,
  sortDiagnostics,
} from "../../compiler/diagnostics/index.ts";
import { base, dimension, none } from "../../compiler/units/index.ts";
import type { SyntaxProblem } from "../../grammar/syntax.ts";

const span = { file: "a.sevens", start: 0, end: 1 };

describe("the table of messages", () => {
  test("codes are four digits behind SV, in rising order, names are unique kebab case", () => {
    expect(codes).toEqual([...codes].sort());
    for (const code of codes) {
      expect(code).toMatch(/^SV[12]\d{3}$/);
      expect(definitionOf(code).name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    }
    expect(new Set(codes.map((code) => definitionOf(code).name)).size).toBe(codes.length);
  });

  test.each(codes)("%s reads well and has a page", (code) => {
    const { message, help, page } = definitionOf(code);
    for (const text of [message, help ?? "x"]) {
      expect(text).not.toMatch(/[.!]$|^[A-Z][a-z]/);
      expect(text.replace(/\{\w+\}/g, "")).not.toMatch(/[{}]/);
    }
    expect(page.why).toMatch(/[.]$/);
    expect(page.wrong).not.toBe(page.right);
    expect(page.right).not.toBe("");
    expect(pageOf(code)).toContain(page.why);
  });

  test("lints, and only lints, are found by name", () => {
    expect(lintNamed("unit-form-factor")).toBe("SV1601");
    expect(lintNamed("unknown-name")).toBeUndefined();
    expect(isCode("SV1203")).toBe(true);
    expect(isCode("toString")).toBe(false);
  });
});

describe("building a diagnostic", () => {
  test("message and help take the parameters; text of the user is never a template", () => {
    const made = diagnostic("SV1204", span, { field: "{expected}", expected: "energy", example: "10 MeV" });
    expect(made.message).toBe("`{expected}` is energy, this number has no unit");
    expect(made.help).toBe("write for example `10 MeV`");
    expect(made).toMatchObject({ severity: "error", labels: [], notes: [], span });
  });

  test("a help of its own replaces that of the table", () => {
    const made = diagnostic(
      "SV1204",
      span,
      { field: "M", expected: "energy", example: "" },
      { help: "mine" },
    );
    expect(made.help).toBe("mine");
  });

  test("a wrong code or a missing parameter does not compile", () => {
    // @ts-expect-error no such code
    expect(() => diagnostic("SV9999", span, {})).toThrow();
    // @ts-expect-error `found` is missing
    diagnostic("SV1202", span, { field: "distance", expected: "length" });
    // @ts-expect-error `example` belongs to the help
    diagnostic("SV1204", span, { field: "M", expected: "energy" });
    // @ts-expect-error no such parameter
    diagnostic("SV1101", span, { name: "x", nmae: "x" });
  });

  test("sorting goes by file and place", () => {
    const at = (file: string, start: number) =>
      diagnostic("SV1101", { file, start, end: start }, { name: file });
    const sorted = sortDiagnostics([at("b", 0), at("a", 9), at("a", 1)]);
    expect(sorted.map(({ span }) => `${span.file}${span.start}`)).toEqual(["a1", "a9", "b0"]);
    expect(hasErrors(sorted)).toBe(true);
  });
});

test("each kind of syntax problem has its code", () => {
  const problem: SyntaxProblem = { kind: "unclosed", message: "`(` is never closed", help: "add `)`", span };
  expect(fromSyntax(problem)).toMatchObject({ code: "SV1006", message: problem.message, help: problem.help });
  expect(fromSyntax({ kind: "bad-number", message: "bad", span })).not.toHaveProperty("help");
});

test("the conversion that mends a unit error", () => {
  expect(conversionHelp(base.energy, base.energy)).toBeUndefined();
  expect(conversionHelp(base.energy, none)).toBe("a unit such as MeV is missing");
  expect(conversionHelp(base.ee, base.nr)).toContain("quenching");
  expect(conversionHelp(dimension({ energy: -3 }), dimension({ energy: -2 }))).toBe(
    "a factor of dimension 1/energy is missing",
  );
  expect(conversionHelp(base.mass, base.energy)).toContain("powers of c are missing");
  expect(conversionHelp(base.length, dimension({ energy: -1 }))).toContain("hbar and c");
});
