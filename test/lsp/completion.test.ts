/** What is offered where: names, members, units, files, and what is replaced by it. */
import { describe, expect, test } from "vitest";
import { keywords } from "../../grammar/index.ts";
import { accepted, labels, offered, preamble } from "./completion-support.ts";

const analysis = `${preamble}analysis Fit {
  model = Weak + Boson
  experiments = Run
  parameter R = 5 fm in 3 fm .. 8 fm
`;

describe("behind a dot", () => {
  const family = ["e, e", "e, mu", "e, tau", "mu, mu", "mu, tau", "tau, tau"].map((key) => `eps[${key}]`);
  const ofBoson = ["g", "M_Zp", ...family];

  test.each(["free", "fix", "tie"])("of `%s` stand the parameters of what is before it", (keyword) => {
    expect(labels(`${analysis}  ${keyword} Boson.¦`)).toEqual(ofBoson);
    expect(labels(`${analysis}  ${keyword} Boson.g¦`)).toEqual(ofBoson);
    expect(labels(`${analysis}  ${keyword} Weak.¦`)).toEqual(["s2w"]);
    expect(labels(`${analysis}  ${keyword} Nothing.¦`)).toEqual([]);
  });

  test("of `profile` stand those with errors", () => {
    expect(labels(`${analysis}  profile Boson.¦`)).toEqual([]);
    expect(labels(`${analysis}  profile Weak.¦`)).toEqual(["s2w"]);
    expect(labels(`${analysis}  profile Cs133.¦`)).toEqual(["Rn"]);
    expect(labels(`${analysis}  profile Run.¦`)).toEqual(["Flat", "norm"]);
  });

  test("those that it has from another one as well", () => {
    expect([...labels(`${analysis}  free Heavier.¦`)].sort()).toEqual([...ofBoson].sort());
    const both = analysis.replace("experiments = Run", "experiments = Run, Again");
    expect([...labels(`${both}  free Again.¦`)].sort()).toEqual(["Flat", "norm", "slope"]);
  });

  test("errors of experiments that the analysis has not are none of it", () => {
    expect(labels(`${analysis}  free Again.¦`)).toEqual(["slope"]);
    expect(labels(`${preamble}analysis Fit {\n  free Again.¦`)).toEqual(
      expect.arrayContaining(["slope", "Flat", "norm"]),
    );
  });

  test("those of a declaration that is used under another name, or only by what is used", () => {
    const renamed = analysis
      .replace("{ Cs133 }", "{ Cs133 as Caesium }")
      .replace("{ Cs133: 1 }", "{ Caesium: 1 }");
    expect(labels(`${renamed}  free Caesium.¦`)).toEqual(["Rp", "Rn"]);
    const indirect = 'sevens 1\nuse "./other.sevens" { CsI }\nanalysis A {\n  free Cs133.¦';
    const other = { "/project/specs/other.sevens": "use nuclei { Cs133 }\nmaterial CsI = { Cs133: 1 }\n" };
    expect(labels(indirect, other)).toEqual(["Rp", "Rn"]);
  });

  test("in formulas, ranges and constraints", () => {
    for (const text of [
      "  tie Cs133.Rn = Boson.¦",
      "  tie Cs133.Rn = 2*(R +\n    Boson.¦",
      "  fix R = sqrt(Boson.¦",
      "  constraint C {\n    value = Boson.g*Boson.¦",
      "  let a = Boson.¦",
    ])
      expect(labels(analysis + text), text).toEqual(ofBoson);
  });

  test("what is accepted replaces the short name alone", () => {
    expect(accepted(`${analysis}  free Boson.¦`, "M_Zp")).toMatch(/free Boson\.M_Zp$/);
    expect(accepted(`${analysis}  free Boson.M¦`, "M_Zp")).toMatch(/free Boson\.M_Zp$/);
    expect(accepted(`${analysis}  free Bo¦ in 0 .. 1`, "Boson.g")).toMatch(/free Boson\.g in 0 \.\. 1$/);
  });

  test("a parameter is no member of a number, nor of a member", () => {
    expect(labels(`${analysis}  fix R = 3.¦`)).toEqual([]);
    expect(labels(`${analysis}  free Boson.g.¦`)).toEqual([]);
  });
});

/** As docs/language.md lists them. */
const energies = ["eV", "keV", "MeV", "GeV", "TeV", "J"];
const lengths = ["fm", "pm", "nm", "um", "mm", "cm", "m", "km", "pc", "kpc"];
const times = ["ns", "us", "ms", "s", "min", "hr", "day", "yr"];
const words: readonly string[] = [...keywords, "log"];

const units = (text: string): readonly string[] => labels(text).filter((label) => !words.includes(label));

describe("units", () => {
  test.each([
    ["fix M_Zp = 1 ¦", energies],
    ["fix Boson.M_Zp = 1 ¦", energies],
    ["fix Heavier.M_Zp = 1 Me¦", energies],
    ["tie Boson.M_Zp = -1 ¦", energies],
    ["free Boson.M_Zp in 1 ¦", energies],
    ["free Boson.M_Zp in 1 MeV .. 20 ¦", energies],
    ["free Cs133.Rn in 1 ¦", lengths],
    ["free R in 1 ¦", lengths],
    ["fix Run.slope = 1 ¦", times],
    ["fix Boson.g = 1 ¦", ["events", "counts"]],
    ["fix Run.norm = 1 ¦", ["events", "counts"]],
    ["fix Beam.yield = 1 ¦", ["POT^-1"]],
    ["parameter m = 5 fm +- 1 ¦", lengths],
    ["parameter m = 5 fm in 1 ¦", lengths],
    ["parameter m = 5 fm in 1 fm .. 1 ¦", lengths],
    ["parameter m = 0 in 1 us .. 1 ¦", times],
    ["parameter m = wide in 1 ¦", energies],
  ])("of an analysis: %s", (text, expected) => {
    expect(units(`${analysis}  ${text}`)).toEqual(expected);
  });

  test.each([
    ["experiment E {\n source Beam { protons = 1 ¦", ["POT"]],
    ["experiment E {\n source Beam {\n protons = 1 POT\n distance = 1 ¦", lengths],
    ["experiment E {\n source Second {\n distance = 1 ¦", lengths],
    ["experiment E {\n source Second {\n delay = 1 ¦", times],
    ["experiment E {\n detector Crystal\n bins pe = [1, 2] ¦", ["PE"]],
    ["experiment E {\n detector Crystal\n bins time = [1 ¦", times],
    ["experiment E from Run {\n bins time = [1, 2] ¦", times],
    ["experiment E {\n livetime = 1 ¦", times],
    [
      "experiment E {\n detector Crystal\n bins time = [0, 1] us\n background B {\n shape(t) = 1 for t in 1 ¦",
      times,
    ],
    ["experiment E {\n parameter a = 3 us in 1 ¦", times],
    ["detector D {\n target CsI = 1 ¦", ["u", "g", "kg", "tonne", ...energies]],
    ["detector D {\n observable x: fm {\n value(T) = 1 ¦", lengths],
    ["detector D {\n observable x: fm {\n efficiency(x) = 1 for x in 1 ¦", lengths],
    ["detector D {\n efficiency(T) = 1 for T in 1 ¦", ["eVnr", "keVnr", "MeVnr", "GeVnr"]],
    ["detector D {\n efficiency_e(T) = 1 for T in 1 ¦", ["eVee", "keVee", "MeVee", "GeVee"]],
    ["source S {\n spectrum[nu_e](E) = 1 for E in 1 ¦", energies],
    ["source S {\n spectrum[nu_e](E) = 1 for E in 1 MeV .. 3 ¦", energies],
    ["nucleus X {\n atomic_mass = 1 ¦", ["u", "g", "kg", "tonne", ...energies]],
    ["nucleus X {\n protons = Ball(R = 1 ¦", lengths],
    ["nucleus X {\n protons = Ball(1 ¦", lengths],
    ["interaction I {\n mediator V: vector {\n mass = 1 ¦", energies],
    ["function f(x: energy): length = 1 ¦", lengths],
    ["function f(x: energy): length = x for x in 1 ¦", energies],
    ["function f(x: length = 1 ¦", lengths],
    ["constant a = twice(1 ¦", energies],
  ])("of other declarations: %s", (text, expected) => {
    expect(units(preamble + text)).toEqual(expected);
  });

  test("behind the error of a bare number, whose unit is that of both", () => {
    expect(units(`${analysis}  parameter m = 5 +- 1 ¦`)).toEqual(expect.arrayContaining(["fm", "MeV"]));
  });

  test("of any dimension in products, where a factor may have any", () => {
    for (const text of ["fix M_Zp = 2*(1 ¦", "fix M_Zp = R*1 ¦", "parameter x = 1 ¦"])
      expect(units(`${analysis}  ${text}`), text).toEqual(expect.arrayContaining(["fm", "MeV", "PE"]));
    expect(labels(`${analysis}  fix M_Zp = 1/¦`)).toEqual(expect.arrayContaining(["fm", "MeV", "R"]));
  });

  test("a range takes numbers, no parameters", () => {
    for (const text of ["  free Boson.g in ¦", "  free Boson.g in 0 .. ¦", "  parameter x = 1 in ¦"]) {
      expect(labels(analysis + text), text).toEqual(expect.arrayContaining(["two", "pi"]));
      expect(labels(analysis + text), text).not.toContain("Boson.g");
    }
    expect(labels(`${analysis}  free Boson.g in 1¦`)).toEqual([]);
  });
});

describe("names in scope", () => {
  test("of formulas: arguments, names behind `where`, fields around, of other declarations, of the language", () => {
    const inner = labels(
      `${preamble}detector D {\n  input gain: number\n  let a(T) = T\n  observable pe: PE {\n    let b = 1\n    density(n | T) = c*¦ where c = 2\n  }\n}\n`,
    );
    expect(inner.slice(0, 3)).toEqual(["c", "n", "T"]);
    expect(inner).toEqual(
      expect.arrayContaining([
        "arrival",
        "gain",
        "a",
        "b",
        "two",
        "twice",
        "light",
        "m_e",
        "sqrt",
        "integral",
      ]),
    );
    expect(inner).not.toContain("Boson.g");
    expect(labels(`${preamble}formfactor F(R: length) {\n  F(q) = ¦`)).toEqual(
      expect.arrayContaining(["q", "R"]),
    );
    expect(labels(`${preamble}interaction I {\n  charge[l] += a where f(y) = 1, a = ¦`)).toEqual(
      expect.arrayContaining(["f", "Z", "Fp"]),
    );
    expect(labels(`${preamble}interaction I {\n  charge[l] += a where f(y) = ¦`)).toContain("y");
  });

  test("of copies: what they have from the other one", () => {
    expect(labels(`${preamble}source S from Beam {\n  fluence = ¦`)).toEqual(
      expect.arrayContaining(["yield", "protons", "distance"]),
    );
    expect(labels(`${preamble}experiment E from Run {\n  systematic s = 1% on ¦`)).toEqual(
      expect.arrayContaining(["signal", "Flat", "Walls"]),
    );
    expect(labels(`${preamble}experiment E from Run {\n  background ¦`)).toEqual(
      expect.arrayContaining(["Flat", "Walls"]),
    );
    expect(labels(`${preamble}experiment E from Run {\n  bins ¦`)).toEqual(["pe", "time"]);
  });

  test("context names only where a formula has them", () => {
    const mediator = labels(
      `${preamble}interaction I {\n  parameter m = 1 MeV\n  mediator V: vector {\n    mass = ¦`,
    );
    expect(mediator).toContain("m");
    expect(mediator).not.toContain("Z");
    const flux = labels(`${preamble}interaction I {\n  flux[l] *= ¦`);
    expect(flux).toContain("L");
    expect(flux).not.toContain("Z");
  });

  test("flavours in brackets, in comparisons and for arguments that are flavours", () => {
    const start = `${preamble}interaction I {\n  parameter eps[l, k] = 0\n  charge[l -> k] += `;
    expect(labels(`${start}eps[¦`)).toEqual(["e", "mu", "tau", "l", "k"]);
    expect(labels(`${start}if l == ¦`)).toEqual(expect.arrayContaining(["e", "mu", "tau", "k"]));
    expect(labels(`${start}twice(E, ¦`)).toEqual(expect.arrayContaining(["tau", "l"]));
    expect(labels(`${start}if ¦`)).toEqual(expect.arrayContaining(["l", "k"]));
    expect(labels(`${start}sum(eps[l, m], m = ¦`)).toContain("flavors");
    expect(labels(`${start}sum(eps[l, ¦], m = flavors)`)).toContain("m");
    expect(labels(`${start}if l == k ¦`)).toEqual(expect.arrayContaining(["then", "and", "or"]));
    expect(labels(`${start}if l == k then 1 ¦`)).toContain("else");
  });

  test("names of arguments where something is called", () => {
    expect(labels(`${preamble}nucleus X {\n  protons = Ball(¦`).slice(0, 2)).toEqual(["R =", "s ="]);
    expect(labels(`${preamble}nucleus X {\n  protons = Ball(R = 1 fm, ¦`)[0]).toBe("s =");
    expect(accepted(`${preamble}constant a = normal_pdf(1, ¦`, "sigma =")).toMatch(
      /normal_pdf\(1, sigma = $/,
    );
  });

  test("inputs of a source or a detector, those that it has not got yet", () => {
    expect(labels(`${preamble}experiment E {\n  source Beam { ¦`)).toEqual(["protons", "distance"]);
    expect(labels(`${preamble}experiment E {\n  source Beam { protons = 2 POT; ¦ } }`)).toEqual(["distance"]);
    expect([...labels(`${preamble}experiment E {\n  source Second {\n    ¦`)].sort()).toEqual([
      "delay",
      "distance",
      "protons",
    ]);
    expect(labels(`${preamble}experiment E {\n  detector Crystal {\n    ¦`)).toEqual(["gain"]);
  });

  test("variables of integrals, words of ranges and conditions, types of arguments", () => {
    expect(labels(`${preamble}constant a = integral(¦*x, x = 0 .. 1)`)).toContain("x");
    expect(labels(`${preamble}experiment E {\n  bins pe = [1 .. 9 ¦`)).toContain("step");
    expect(labels(`${preamble}function f(x: number): number = if x < 1\n  ¦`)).toContain("then");
    expect(labels(`${preamble}function f(x: number): number = if x < 1\n  then 2\n  ¦`)).toContain("else");
    expect(labels(`${preamble}constant a = g(1) where g(y: ¦`)).toEqual(
      expect.arrayContaining(["energy", "flavor"]),
    );
    expect(labels(`${preamble}function f(x: number = ¦`)).toEqual(expect.arrayContaining(["two", "pi"]));
    expect(labels(`${preamble}interaction I {\n  let a = ¦`)).toEqual(expect.arrayContaining(["Z", "L"]));
    expect(labels(`${preamble}interaction I {\n  parameter a[¦`)).toEqual(["e", "mu", "tau", "l", "k"]);
    expect(labels(`${analysis}  free Boson.eps[e, ¦`)).toEqual(["e", "mu", "tau"]);
  });

  test("fields that others exclude are not offered", () => {
    const found = labels(`${preamble}source S {\n  fluence = 1\n  ¦`);
    expect(found).toContain("spectrum");
    expect(found).not.toContain("flux");
  });
});

describe("statements that go on in the next line", () => {
  test("offer what the expression may hold", () => {
    for (const text of [
      "  tie R =\n    ¦",
      "  tie R = 2 *\n    ¦",
      "  tie R = sqrt(\n    ¦",
      "  tie R = (R +\n    ¦",
      "  tie R = max(R,\n ¦",
    ]) {
      expect(labels(analysis + text), text).toEqual(expect.arrayContaining(["Boson.g", "sqrt"]));
      expect(labels(analysis + text), text).not.toContain("interval");
    }
    expect(labels(`${analysis}  experiments = Run,\n    ¦`)).toEqual(["Again"]);
    expect(labels(`${analysis}  model = Weak +\n    ¦`)).toEqual(["Boson", "Heavier"]);
    expect(labels("sevens 1\nuse nuclei {\n  ¦")).toEqual(["Cs133"]);
  });

  test("behind a value that is complete: fields, or what may go on", () => {
    expect(labels(`${preamble}interaction I {\n  charge[l] += 2*Z\n    ¦`)).toEqual(
      expect.arrayContaining(["charge", "where"]),
    );
    expect(labels(`${analysis}  model = Weak\n  ¦`)).toEqual(expect.arrayContaining(["free", "interval"]));
  });
});

describe("texts and quiet places", () => {
  test("data files, and the columns in them", () => {
    expect(labels(`${preamble}experiment E {\n  data = "¦`)).toEqual(["counts.csv"]);
    expect(accepted(`${preamble}experiment E {\n  data = "co¦"`, "counts.csv")).toMatch(
      /data = "counts\.csv"$/,
    );
    expect(accepted(`${preamble}experiment E {\n  data = ¦`, '"counts.csv"')).toMatch(
      /data = "counts\.csv"$/,
    );
    expect(labels(`${preamble}table t(x: us): PE {\n  file = "counts.csv"\n  columns = x_us, ¦`)).toEqual([
      "y",
    ]);
  });

  test("nothing in comments, notes, citations and numbers", () => {
    for (const text of [
      "// free ¦",
      "/* free ¦",
      'parameter a = 1 "no¦',
      "parameter a = 1 @cite X¦",
      "parameter a = 1¦",
      "parameter a = 1.5¦",
    ])
      expect(labels(`${analysis}  ${text}`), text).toEqual([]);
    expect(labels(`${analysis}  /* a */ ¦`)).toContain("free");
    expect(labels(`${analysis}  // a\n  ¦`)).toContain("free");
  });

  test("a new name comes with the fields that its block needs", () => {
    expect(accepted(`${analysis}  constraint ¦`, "Name { … }")).toMatch(
      / {2}constraint Name \{\n {4}value = \n {4}measured = \n {2}\}$/,
    );
    expect(accepted(`${preamble}interaction I {\n  mediator ¦`, "Name: vector { … }")).toMatch(
      /mediator Name: vector \{\n {4}mass = \n {4}coupling = \n {4}charges = \n {2}\}$/,
    );
  });

  test("a field that is misspelt has the values of the one that is meant", () => {
    expect(labels(`${analysis}  modle = ¦`)).toEqual(["Boson", "Heavier", "Weak"]);
    expect(labels(`${analysis}  likelyhood = ¦`)).toContain("poisson");
    expect(labels(`${preamble}interaction I {\n  mediater V: ¦`)).toEqual(["vector", "scalar"]);
  });
});

test("names of the file stand before those that it uses, and these before the others that were read", () => {
  expect(labels(`${analysis}  model = ¦`)).toEqual(["Boson", "Heavier", "Weak"]);
  const free = labels(`${analysis}  free ¦`);
  expect(free.indexOf("Boson.g")).toBeLessThan(free.indexOf("Cs133.Rn"));
  const formula = labels(`${analysis}  tie Cs133.Rn = ¦`);
  expect(formula[0]).toBe("R");
  expect(formula.indexOf("two")).toBeLessThan(formula.indexOf("pi"));
});

test("no name is offered twice", () => {
  for (const text of [
    `${analysis}  tie R = ¦`,
    `${preamble}use ¦`,
    `${preamble}interaction I {\n  charge[l] += l/¦`,
  ]) {
    const found = labels(text);
    expect(new Set(found).size).toBe(found.length);
    expect(offered(text).every(({ start }) => start === text.indexOf("¦"))).toBe(true);
  }
});

describe("text that is broken elsewhere", () => {
  test("a brace that is missing before leaves the rest as it is", () => {
    const open = "interaction Open {\n  parameter a = 1\n";
    expect(labels(`${preamble}${open}analysis A {\n  model = ¦`)).toEqual(
      expect.arrayContaining(["Boson", "Weak"]),
    );
    expect(labels(`${preamble}${open}analysis A {\n  ¦`)).toContain("experiments");
  });

  test("what follows is no hindrance", () => {
    const more = "\n  fix Boson.g = 1\n}\nanalysis Other {\n  model = Weak\n}\n";
    expect(labels(`${analysis}  free Boson.¦${more}`)).toEqual(
      expect.arrayContaining(["M_Zp", "eps[e, mu]"]),
    );
    expect(labels(`${analysis}  tie R = ¦${more}`)).toContain("Boson.g");
    expect(labels(`${analysis}  constraint C { ¦${more}`)).toEqual(["value", "measured"]);
  });

  test("an empty file may begin with the version", () => {
    expect(labels("¦")[0]).toBe("sevens 1");
    expect(labels("// a\n/* b */\n¦")[0]).toBe("sevens 1");
    expect(labels("sevens 1\n¦")[0]).toBe("use");
  });

  test("observables are those of any detector until the experiment has one", () => {
    expect(labels(`${preamble}experiment E {\n  bins ¦`)).toEqual(["pe", "time"]);
  });
});
