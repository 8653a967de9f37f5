/** Files of numbers: tables and data become part of the model. */
import { describe, expect, it } from "vitest";
import type { Expr } from "../../grammar/syntax.ts";
import { codesOf, loadMain, marked, modelOf } from "./load-support.ts";

const table = (more = "") => `table f(x: cm): cm {
  file = "f.csv"
  columns = x, y
  ${more}
}`;

const experiment = (fields: string) => `
source S { fluence = 1 /cm^2; spectrum[nu_e](E) = delta(E - 1 MeV) }
detector D { target X = 1 kg; observable pe: PE { value(T) = 1 PE }; observable time: us { density(t) = arrival(t) } }
material X = { }
experiment Ex { source S; detector D; ${fields} }`;

function texts(expr: Expr | undefined): unknown {
  if (expr?.kind === "list") return expr.items.map(texts);
  if (expr?.kind === "unary") return `-${texts(expr.operand)}`;
  return expr?.kind === "number" ? expr.text : undefined;
}

describe("tables", () => {
  it("reads columns by name, with the digits of the file", () => {
    const files = { "/project/f.csv": "# comment\nx, z, y\n0.50,1,-2.30e1\n\n1.5,1,.5\n" };
    const points = modelOf(table(), files).byName.get("f")?.fields.get("points")?.[0]?.assign?.value;
    expect(texts(points)).toEqual([
      ["0.50", "-2.30e1"],
      ["1.5", "0.5"],
    ]);
  });

  it.each([
    ["", "SV1712", '"f.csv"'],
    ["x,y\n", "SV1712", '"f.csv"'],
    ["x,y\n1,2\n1,3", "SV1705", "1"],
    ["x,y\n1,2\n2,a", "SV1703", "a"],
    ["x,y\n1,2\n2,3,4", "SV1703", "2"],
    ["x,yy\n1,2", "SV1704", "y"],
    ["1,2\n2,3", "SV1704", "x"],
  ])("%j", (text, code, span) => {
    const files = { "/project/f.csv": text };
    expect(codesOf(table(), files)[0]).toBe(code);
    expect(marked(table(), files)[0]).toBe(span);
  });

  it("reads the edges of a histogram", () => {
    const files = { "/project/f.csv": "x,z,y\n0,1,5\n1,2,6\n" };
    const text = table("interpolation = histogram").replace("x, y", "x, z, y");
    const points = modelOf(text, files).byName.get("f")?.fields.get("points")?.[0]?.assign?.value;
    expect(texts(points)).toEqual([
      ["0", "1", "5"],
      ["1", "2", "6"],
    ]);
  });

  it("reports missing files, files elsewhere and a wrong number of columns", () => {
    expect(codesOf(table())).toEqual(["SV1701"]);
    const near = loadMain(table(), { "/project/ff.csv": "" }).diagnostics;
    expect(near.map(({ help }) => help)).toEqual(["did you mean `ff.csv`?"]);
    const outside = table().replace("f.csv", "../f.csv");
    expect(codesOf(outside, { "/f.csv": "x,y\n1,2" })).toEqual(["SV1114"]);
    expect(codesOf(table().replace("x, y", "x"), { "/project/f.csv": "x,y\n1,2" })).toEqual(["SV1306"]);
  });
});

describe("data", () => {
  const bins = "bins pe = [0, 8, 12] PE; bins time = [0, 1 .. 3 step 1] us;";
  const rows = [
    [
      "0,8,0,1,1",
      "0,8,1000,2000,2",
      "0,8,2000,3000,3",
      "8,12,0,1000,4",
      "8,12,1000,2000,5",
      "8,12,2000,3000,6",
    ],
  ].flat();
  const file = (lines: readonly string[]) => ({
    "/project/d.csv": ["pe_lo,pe_hi,t_lo_ns,t_hi_ns,count", ...lines]
      .join("\n")
      .replace("0,8,0,1,1", "0,8,0,1000,1"),
  });
  const dataOf = (text: string, files = {}) =>
    texts(modelOf(text, files).byName.get("Ex")?.fields.get("data")?.[0]?.assign?.value);
  const text = experiment(`${bins} data = "d.csv"`);

  it("puts rows into the order of the bins, edges in the unit of the column", () => {
    const expected = ["1", "2", "3", "4", "5", "6"];
    expect(dataOf(text, file(rows))).toEqual(expected);
    expect(dataOf(text, file([...rows].reverse()))).toEqual(expected);
  });

  it("does so for the shapes of backgrounds, of the signal and of systematics", () => {
    const blocks = `background B { shape = "d.csv"; total = 1 }
      background C { events = "d.csv" }
      signal { shape = "d.csv" }
      systematic tilt on B { plus = "d.csv"; minus = "d.csv" }`;
    const files = file([...rows].reverse());
    const { statement } = modelOf(experiment(`${bins} ${blocks}`), files).byName.get("Ex") ?? {};
    const found = (statement?.block?.statements ?? [])
      .flatMap(({ block }) => block?.statements ?? [])
      .filter(({ keyword }) => ["shape", "events", "plus", "minus"].includes(keyword.text))
      .map(({ assign }) => texts(assign?.value));
    expect(found).toEqual(Array.from({ length: 5 }, () => ["1", "2", "3", "4", "5", "6"]));
  });

  it("takes a list of numbers as it stands", () => {
    expect(dataOf(text, { "/project/d.csv": "6\n5\n4\n3\n2\n1" })).toEqual(["6", "5", "4", "3", "2", "1"]);
  });

  it.each([
    [rows.slice(1), "SV1407"],
    [rows.map((row) => row.replace("8,12,0,1000", "8,13,0,1000")), "SV1711"],
    [rows.map((row) => row.replace("8,12,0,1000", "0,8,0,1000")), "SV1703"],
  ])("checks the edges", (lines, code) => {
    expect(codesOf(text, file(lines))).toEqual([code]);
  });

  it("counts the numbers of a list, also of shapes", () => {
    expect(codesOf(experiment("bins pe = [0, 8, 12] PE; data = [1, 2, 3]"))).toEqual(["SV1407"]);
    expect(codesOf(experiment("data = [1, 2]"))).toEqual(["SV1407"]);
    expect(codesOf(experiment("bins pe = [0, 8] PE; background B { shape = [1, 2]; total = 1 }"))).toEqual([
      "SV1407",
    ]);
    expect(
      codesOf(experiment("bins pe = [0, 8] PE; background B { shape(n) = 1/(8 PE); total = 1 +- 10% }")),
    ).toEqual([]);
  });

  it("asks which column is meant", () => {
    const files = { "/project/d.csv": "pe_lo,pe_hi,on,off\n0,8,1,2" };
    expect(codesOf(experiment('bins pe = [0, 8] PE; data = "d.csv"'), files)).toEqual(["SV1713"]);
  });
});
