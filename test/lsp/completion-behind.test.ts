/** What stands behind the place counts as what stands before it: neither is offered a second time. */
import { describe, expect, test } from "vitest";
import { labels, preamble } from "./completion-support.ts";

/** More text than what is read as a whole. */
const filling = "// nothing that could be named\n".repeat(1000);

describe.each([
  ["a short file", ""],
  ["a long file", filling],
])("in %s", (_, filled) => {
  const at = (text: string): readonly string[] => labels(preamble + filled + text);

  test("sources of an experiment", () => {
    expect(at("experiment E {\n  source ¦\n  source Beam { protons = 1 POT }\n}\n")).toEqual(["Second"]);
    expect(at("experiment E {\n  source Bea¦m\n  source Second\n}\n")).toEqual(["Beam"]);
    expect(at("experiment E {\n  source ¦\n}\nexperiment F {\n  source Beam\n}\n")).toEqual([
      "Beam",
      "Second",
    ]);
  });

  test("fields", () => {
    const behind =
      "  detector Plain\n  livetime = 1 yr\n  bins pe = [1, 2]\n}\nexperiment F {\n  rate = 1\n}\n";
    for (const word of ["", "d"]) {
      const found = at(`experiment E {\n  source Beam\n  ${word}¦\n${behind}`);
      expect(found).toEqual(expect.arrayContaining(["source", "parameter"]));
      for (const field of ["detector", "livetime"]) expect(found).not.toContain(field);
    }
    expect(at("source S {\n  ¦\n  flux = 1\n}\n")).not.toContain("fluence");
  });

  test("inputs", () => {
    expect(at("experiment E {\n  source Second {\n    ¦\n    distance = 1 m\n  }\n}\n")).toEqual(
      expect.arrayContaining(["protons", "delay"]),
    );
    expect(at("experiment E {\n  source Second {\n    ¦\n    distance = 1 m\n  }\n}\n")).not.toContain(
      "distance",
    );
  });

  test("fields of a copy", () => {
    const found = at("interaction I from Boson {\n  parameter ¦\n  parameter M_Zp = 1 MeV\n}\n");
    expect(found).toContain("g");
    expect(found).not.toContain("M_Zp");
  });

  test("species of spectra", () => {
    const found = at("source S {\n  spectrum[¦\n  spectrum[nu_e](E) = delta(E - 30 MeV)\n}\n");
    expect(found).toContain("nu_mu");
    expect(found).not.toContain("nu_e");
  });

  test("names in lists, sums and maps of the statement", () => {
    expect(at("analysis A {\n  experiments = ¦, Again\n}\n")).toEqual(["Run"]);
    expect(at("analysis A {\n  model = ¦ + Boson + Weak\n}\n")).toEqual(["Heavier"]);
    expect(at("constant c = {\n  ¦, mu: 1, tau: 2\n}\n")).not.toContain("mu");
    expect(at("experiment E from Run {\n  systematic s = 1% on ¦, Flat\n}\n")).not.toContain("Flat");
  });
});

describe("clauses and words of ranges", () => {
  const inParameter = (text: string): readonly string[] =>
    labels(`${preamble}interaction X {\n  parameter a = ${text} "so"\n}\n`);
  const clauses = (text: string): readonly string[] =>
    inParameter(text).filter((label) => ["in", "log"].includes(label));

  test.each([
    ["10 MeV ¦", ["in", "log"]],
    ["10 ¦MeV", ["in", "log"]],
    ["10 MeV in 1 keV .. 1 TeV ¦", ["log"]],
    ["10 MeV in 1 keV .. 1 ¦TeV", ["log"]],
    ["10 MeV log ¦", ["in"]],
    // What is behind the place is there already, and `log` stands behind the range.
    ["10 MeV ¦ in 1 keV .. 1 TeV", []],
    ["10 MeV ¦in 1 keV .. 1 TeV log", ["in"]],
    ["10 MeV l¦ in 1 keV .. 1 TeV", []],
    ["10 MeV ¦+- 1 MeV in 1 keV .. 1 TeV", []],
    ["10 ¦MeV +- 1 MeV", ["in", "log"]],
    ["10 MeV in 1 keV .. 1 TeV ¦ log", []],
    ["10 MeV ¦ log", ["in"]],
    // The word at the place is what is replaced.
    ["10 MeV i¦n 1 keV .. 1 TeV log", ["in"]],
    ["10 MeV in 1 keV .. 1 TeV log¦", ["log"]],
  ])("%j", (text, expected) => {
    expect(clauses(text)).toEqual(expected);
  });

  test("of the next statement none counts", () => {
    expect(
      labels(`${preamble}interaction X {\n  parameter a = 1 ¦\n  parameter b = 1 in 0 .. 2 log\n}\n`),
    ).toEqual(expect.arrayContaining(["in", "log"]));
  });

  test("before the value there is no clause", () => {
    const text = "parameter a: energy ¦= 10 MeV";
    expect(labels(`${preamble}interaction X {\n  ${text}\n}\n`)).toEqual([]);
  });

  test("step, then, else", () => {
    const bins = (text: string): readonly string[] =>
      labels(`${preamble}experiment X from Run {\n  bins time = [${text}] us\n}\n`);
    expect(bins("0, 0.125 .. 1 ¦")).toContain("step");
    expect(bins("0, 0.125 .. 1 ¦, 2")).toContain("step");
    expect(bins("0, 0.125 .. 1 ¦ step 0.125, 2")).not.toContain("step");
    expect(inParameter("if 1 < 2 ¦")).toContain("then");
    expect(inParameter("if 1 < 2 ¦ then 3 else 4")).not.toContain("then");
  });
});

test("names of `use`", () => {
  const more = {
    "/library/sources.sevens": "sevens 1\nsource A {\n}\nsource B {\n}\nsource C {\n}\n",
  };
  const at = (text: string): readonly string[] => labels(`sevens 1\n${text}`, more);
  expect(at("use sources { ¦, A, C }\n")).toEqual(["B"]);
  expect(at("use sources { A, ¦, C }\n")).toEqual(["B"]);
  expect(at("use sources {\n  ¦\n  A,\n  B as D,\n}\n")).toEqual(["C"]);
  expect(at("use sources { A, B¦ , C }\n")).toEqual(["B"]);
  expect(at("use sources { ¦\nexperiment X {\n  source B\n}\n")).toEqual(["A", "B", "C"]);
});

test("the version of the language", () => {
  expect(labels("¦\nsevens 1\n")).not.toContain("sevens 1");
  expect(labels("¦\nuse nuclei { Cs133 }\n")).toContain("sevens 1");
});
