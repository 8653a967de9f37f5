/** What is not offered, since the grammar or what is written already leaves no room for it. */
import { describe, expect, test } from "vitest";
import { labels, preamble } from "./completion-support.ts";

const analysis = `${preamble}analysis Fit {
  model = Weak + Boson
  experiments = Run
  parameter R = 5 fm +- 1 fm in 3 fm .. 8 fm
`;

describe("behind a power", () => {
  test.each(["1 eV^2 ¦", "1 eV^-2 ¦", "[1] eV^2 ¦", "two^2 ¦", "two^-2 ¦", "2*1 eV^2 ¦"])(
    "stands no unit: %s",
    (value) => {
      expect(labels(`${preamble}constant a = ${value}`)).toEqual(["where"]);
    },
  );

  test("of the low end of a range neither", () => {
    expect(labels(`${analysis}  free Boson.M_Zp in 1 eV^2 ¦`)).toEqual([]);
  });

  test("another number has its unit", () => {
    expect(labels(`${preamble}constant a = 1 eV^2 * 2 ¦`)).toContain("fm");
    expect(labels(`${preamble}constant a = 1 eV^2 + 2 ¦`)).toContain("fm");
  });
});

describe("clauses in the next line", () => {
  test.each([
    ["free Boson.g in 0 .. 1", "log"],
    ["free Boson.g", "in"],
    ["parameter x = 1", "log"],
  ])("go on with `%s` where the line stands further in", (statement, clause) => {
    expect(labels(`${analysis}  ${statement}\n  ¦`)).not.toContain(clause);
    expect(labels(`${analysis}  ${statement}\n¦`)).not.toContain(clause);
    expect(labels(`${analysis}  ${statement}\n    ¦`)).toEqual(expect.arrayContaining([clause, "free"]));
    expect(labels(`${analysis}  ${statement} ¦`)).toContain(clause);
  });
});

describe("in a product of units that is a type", () => {
  const words = ["number", "energy", "flavor", "two", "pi"];

  test.each(["1/¦", "PE*¦", "1/(¦", "1/(MeV*¦", "1/M¦"])("there are units alone: %s", (type) => {
    for (const text of [
      `table t(E: MeV): ${type}`,
      `table t(E: ${type}`,
      `detector D {\n  observable x: ${type}`,
    ]) {
      const found = labels(preamble + text);
      expect(found, text).toEqual(expect.arrayContaining(["MeV", "PE"]));
      for (const word of words) expect(found, text).not.toContain(word);
    }
  });

  test("an exponent is a number", () => {
    expect(labels(`${preamble}table t(E: MeV): PE^¦`)).toEqual([]);
  });
});
