/** What is not offered, since the grammar or what is written already leaves no room for it. */
import { describe, expect, test } from "vitest";
import { accepted, files, labels, offered, preamble } from "./completion-support.ts";

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

describe("a parameter that has a role in the analysis", () => {
  test("may get another one in a derived analysis, and is offered first", () => {
    const base = `${analysis}  free g\n  fix Boson.M_Zp = 1 MeV\n}\nanalysis Derived from Fit {\n`;
    for (const keyword of ["free", "fix"]) {
      const first = labels(`${base}  ${keyword} ¦\n}\n`).slice(0, 2);
      expect([...first].sort()).toEqual(["Boson.M_Zp", "Boson.g"]);
    }
    expect(labels(`${base}  free Boson.¦\n}\n`).slice(0, 2)).toEqual(["g", "M_Zp"]);
    expect(labels(`${base}  fix Boson.g = 1\n  free Boson.¦\n}\n`)).not.toContain("g");
  });

  test("gets no other one, wherever that stands", () => {
    const role = "fix Boson.g = 1\n";
    for (const keyword of ["free", "fix", "tie"]) {
      for (const text of [`  ${role}  ${keyword} ¦`, `  ${keyword} ¦\n  ${role}}\n`]) {
        expect(labels(analysis + text), text).not.toContain("Boson.g");
        expect(labels(analysis + text), text).toEqual(expect.arrayContaining(["Boson.M_Zp", "Heavier.g"]));
      }
      expect(labels(`${analysis}  ${role}  ${keyword} Boson.¦`)).not.toContain("g");
    }
    expect(labels(`${analysis}  profile Weak.s2w\n  profile ¦`)).not.toContain("Weak.s2w");
    expect(labels(`${analysis}  ${role}}\nanalysis Other {\n  free ¦`)).toContain("Boson.g");
  });

  test("neither by its short name", () => {
    expect(labels(`${analysis}  fix s2w = 0.2\n  free ¦`)).not.toContain("Weak.s2w");
    expect(labels(`${analysis}  fix R = 4 fm\n  fix ¦`)).not.toContain("R");
  });

  test("is offered where it is written itself", () => {
    expect(labels(`${analysis}  free Boson.g¦\n  fix Weak.s2w = 1\n}\n`)).toContain("g");
    expect(labels(`${analysis}  free ¦Boson.g\n}\n`)).toContain("Boson.g");
  });

  test("of a family is the one with that index", () => {
    const taken = `${analysis}  fix Boson.eps[e, mu] = 0\n`;
    expect(labels(`${taken}  free Boson.¦`)).not.toContain("eps[e, mu]");
    expect(labels(`${taken}  free Boson.¦`)).toContain("eps[e, e]");
    expect(labels(`${taken}  free Boson.eps[e, ¦`)).toEqual(["e", "tau"]);
  });

  test("in formulas means what it is", () => {
    expect(labels(`${analysis}  fix Boson.g = 1\n  tie Weak.s2w = ¦`)).toContain("Boson.g");
  });
});

describe("a family of parameters", () => {
  test("is named with an index in an analysis", () => {
    const found = labels(`${analysis}  free ¦`);
    expect(found).toContain("Boson.eps[e, mu]");
    expect(found).not.toContain("Boson.eps");
    expect(accepted(`${analysis}  free Boson.ep¦`, "eps[mu, tau]")).toMatch(/free Boson\.eps\[mu, tau\]$/);
  });

  test("goes on with flavours of one that there is", () => {
    expect(labels(`${analysis}  free Boson.eps[¦`)).toEqual(["e", "mu", "tau"]);
    expect(labels(`${analysis}  free Boson.eps[mu, ¦`)).toEqual(["mu", "tau"]);
    expect(labels(`${analysis}  free Boson.g[¦`)).toEqual([]);
  });

  test("takes an index in formulas of its declaration", () => {
    const start = `${preamble}interaction I {\n  parameter eps[l, k] = 0\n  charge[l -> k] += `;
    expect(accepted(`${start}ep¦`, "eps")).toMatch(/\+= eps\[$/);
  });
});

test("an analysis fixes and profiles parameters of its own, which are free", () => {
  for (const keyword of ["fix", "profile"]) expect(labels(`${analysis}  ${keyword} ¦`)[0]).toBe("R");
  for (const keyword of ["free", "tie"]) expect(labels(`${analysis}  ${keyword} ¦`)).not.toContain("R");
});

test("a species has one spectrum", () => {
  const found = labels(
    `${preamble}source S {\n  fluence = 1\n  spectrum[nu_e](E) = delta(E - 30 MeV)\n  spectrum[¦`,
  );
  expect(found).toContain("nu_mu");
  expect(found).not.toContain("nu_e");
});

test("parameters of what is read but not made use of are not offered", () => {
  const library = {
    ...files,
    "/library/experiments/Pair.sevens":
      "sevens 1\nuse sources { Lamp }\nexperiment One {\n  parameter level = 1 in 0 .. 2\n  source Lamp\n}\n" +
      "experiment Two {\n  parameter height = 1 in 0 .. 2\n}\n",
    "/library/sources/Lamp.sevens": "sevens 1\nsource Lamp {\n  parameter light = 1 in 0 .. 2\n}\n",
  };
  const text = "sevens 1\nuse experiments/Pair { One }\nanalysis Fit {\n  experiments = One\n  free ¦";
  const found = offered(text, library).map(({ label }) => label);
  expect(found).toEqual(expect.arrayContaining(["One.level", "Lamp.light"]));
  expect(found).not.toContain("Two.height");
});
