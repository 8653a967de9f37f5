/** Modules, imports, `from` and the one flat set of declarations. */
import { describe, expect, it } from "vitest";
import { semanticText } from "../../compiler/interchange/hash.ts";
import { toDocument } from "../../compiler/interchange/write.ts";
import { freeNames } from "../../compiler/load/index.ts";
import type { Model } from "../../compiler/model/model.ts";
import type { Expr } from "../../grammar/syntax.ts";
import { codesOf, loadMain, marked, modelOf } from "./load-support.ts";

const library = {
  "/library/formfactors.sevens": `
constant s0 = 0.9 fm
formfactor Helm(R: length, s: length = s0) { F(q) = exp(-(q*R*s/s0)^2) }`,
  "/library/nuclei.sevens": `
use formfactors { Helm }
nucleus A1 {
  Z = 1
  A = 1
  atomic_mass = 1 u
  parameter Rn = 2 fm
  protons = Helm(R = 1 fm)
  neutrons = Helm(R = Rn)
}`,
  "/library/interactions/Toy.sevens": `
constant k = 2
interaction Toy {
  parameter g = 1
  charge[l] += g * k * Z
}`,
  "/library/interactions/Bad.sevens": "constant NotBad = 1",
};

function valueIn(text: string, declaration: string, files = {}): Expr | undefined {
  return modelOf(text, { ...library, ...files }).byName.get(declaration)?.statement.assign?.value;
}

const names = (expr: Expr | undefined): readonly string[] =>
  expr === undefined ? [] : freeNames(expr).map(({ text }) => text);

describe("modules", () => {
  it("takes what is reached and nothing else", () => {
    const model = modelOf("use nuclei { A1 }", library);
    expect(model.declarations.map(({ name }) => name)).toEqual(["A1", "Helm", "s0"]);
    expect(model.roots).toEqual(["A1"]);
  });

  it("finds folders of one file a name, and names a module imports itself", () => {
    const model = modelOf("use interactions { Toy }\nuse nuclei { Helm as H }\nconstant c = 1", library);
    expect(model.roots).toEqual(["Toy", "Helm", "c"]);
  });

  it("lets modules use one another in a circle", () => {
    const files = { "/project/a.sevens": 'use "./main.sevens" { x }\nconstant y = 2*x' };
    expect(codesOf('use "./a.sevens" { y }\nconstant x = 1', files)).toEqual([]);
  });

  it.each([
    ["use nucleii { A1 }", "SV1104", "nucleii"],
    ["use nuclei { A2 }", "SV1105", "A2"],
    ["use interactions { Toi }", "SV1105", "Toi"],
    ["use interactions { Bad }", "SV1105", "Bad"],
    ['use "./no.sevens" { x }', "SV1104", '"./no.sevens"'],
    ['use "no.sevens" { x }', "SV1104", '"no.sevens"'],
    ['use "../other/x.sevens" { x }', "SV1114", '"../other/x.sevens"'],
    ['use "/etc/passwd" { x }', "SV1114", '"/etc/passwd"'],
    ['use "@group/specs" { x }', "SV1117", '"@group/specs"'],
    ['use "./loop.sevens" { x }', "SV1106", "x"],
    ["use nuclei { A1 }\nconstant A1 = 1", "SV1102", "A1"],
    ["constant a = 1\nconstant a = 2", "SV1102", "a"],
  ])("%s", (text, code, span) => {
    const files = {
      ...library,
      "/other/x.sevens": "constant x = 1",
      "/project/loop.sevens": 'use "./pool.sevens" { x }',
      "/project/pool.sevens": 'use "./loop.sevens" { x }',
    };
    const own = codesOf(text, files);
    expect(own[0]).toEqual(code);
    expect(marked(text, files)[0]).toEqual(span);
  });

  it("suggests", () => {
    const helps = (text: string) => loadMain(text, library).diagnostics.map(({ help }) => help);
    expect(helps("use nucleii { A1 }")).toEqual(["did you mean `nuclei`?"]);
    expect(helps("use interactions { Toi }")).toEqual(["did you mean `Toy`?"]);
    expect(helps("use nuclei { Helmm }")).toEqual(["did you mean `Helm`?"]);
  });

  it.each([
    ["use nb { x }", "SV1104", 'write `"./nb.sevens"`'],
    ['use "./nb" { x }', "SV1104", 'write `"./nb.sevens"`'],
    ['use "nb" { x }', "SV1117", 'write `"./nb.sevens"`'],
    ['use "./nbb" { x }', "SV1104", "did you mean `./nb.sevens`?"],
    ["use ./nb { x }", "SV1005", 'write `use "./nb.sevens"`'],
    ["use nb.sevens { x }", "SV1005", 'write `use "./nb.sevens"`'],
    ["use { x }", "SV1005", undefined],
    ["use nuclei x", "SV1005", "write `use nuclei { Cs133, I127 }`"],
  ])("is of one finding, and silent about its names: %s", (text, code, help) => {
    const files = { ...library, "/project/nb.sevens": "constant x = 1" };
    const { diagnostics } = loadMain(`${text}\nconstant y = 2*x`, files);
    expect(diagnostics.map((one) => [one.code, one.help])).toEqual([[code, help]]);
    if (help === undefined) return;
    expect(diagnostics[0]?.fixes.length).toBeGreaterThan(0);
  });

  it("stays silent about what needs a name that could not be had", () => {
    const text = "use nuclei { A2 }\nmaterial M = { A2: 1 }\nconstant c = B\nconstnt B = 1";
    const { model } = loadMain(text, library);
    expect(codesOf(text, library)).toEqual(["SV1105", "SV1301"]);
    expect([...(model?.poisoned ?? [])].sort()).toEqual(["A2", "B"]);
  });

  it.each([
    ["material M = { Helm: 1 }\nuse formfactors { Helm }", "SV1109", "Helm"],
    ["material M = { X: 1 }", "SV1101", "X"],
    ["analysis An { model = Toi + Toy; experiments = Ex }\nuse interactions { Toy }", "SV1101", "Toi"],
  ])("%s", (text, code, span) => {
    expect(codesOf(text, library)[0]).toBe(code);
    expect(marked(text, library)[0]).toBe(span);
  });
});

describe("flat names", () => {
  it("renames the later of two declarations of one name, and its uses", () => {
    const model = modelOf("use interactions { Toy }\nconstant k = 3", library);
    expect(model.declarations.map(({ name }) => name)).toEqual(["k", "Toy", "k_Toy"]);
    expect(names(model.byName.get("Toy")?.fields.get("charge")?.[0]?.assign?.value)).toContain("k_Toy");
  });

  it("writes an alias as the name itself, unless that means something else there", () => {
    expect(names(valueIn('use "./a.sevens" { x as y }\nconstant z = 2*y', "z", a))).toEqual(["x"]);
    const caught = 'use "./a.sevens" { x as y }\nfunction f(x: number): number = x*y';
    expect(names(valueIn(caught, "f", a))).toEqual(["x", "x_main"]);
  });

  it("does not let a declaration catch a name that another file leaves to the language", () => {
    const files = { "/project/a.sevens": "constant x = alpha" };
    const text = 'use "./a.sevens" { x }\nconstant alpha = x';
    expect(names(valueIn(text, "x", files))).toEqual(["alpha"]);
    expect(modelOf(text, files).byName.has("alpha_main")).toBe(true);
  });

  it("do not depend on names of files, nor on the order of the text", () => {
    const one = "constant k = 2\nconstant alpha = 0.1\nconstant first = k*alpha";
    const other = "constant k = 3\nconstant second = 5*k*alpha";
    const uses = (a: string, b: string): readonly string[] => [
      `use "./${a}.sevens" { first }`,
      `use "./${b}.sevens" { second }`,
      "constant both = first + second",
    ];
    const meant = (lines: readonly string[], a: string, b: string): string =>
      semanticText(
        toDocument(
          modelOf(lines.join("\n"), { [`/project/${a}.sevens`]: one, [`/project/${b}.sevens`]: other }),
        ),
      );
    const expected = meant(uses("a", "b"), "a", "b");
    expect(expected).toContain("k_second");
    expect(expected).toContain("alpha_first");
    expect(meant(uses("b", "a"), "b", "a")).toBe(expected);
    expect(meant(uses("sub/z", "a"), "sub/z", "a")).toBe(expected);
    expect(meant([...uses("a", "b")].reverse(), "a", "b")).toBe(expected);
  });

  it("respects parameters, where, for, integrals and index variables", () => {
    const text = `
constant x = 1
constant l = 1
function f(x: number): number = x + y + integral(x*t, t = 0 .. x) where y = x
function g(a: flavor): number = m[a] + x
constant m = { e: 1, mu: 1, tau: 1 }
interaction I { let x = 2; charge[l] += x*Z*q }`;
    expect(names(valueIn(text, "g"))).toEqual(["m", "x"]);
    expect(modelOf(text).declarations).toHaveLength(6);
  });

  it("finds parameters of declarations that were not imported by their global names", () => {
    const text = `
use interactions { Toy }
use nuclei { A1 as Hydrogen }
analysis Fit { model = Toy; experiments = Ex; tie A1.Rn = 2*A1.Rn }
use "./e.sevens" { Ex }`;
    const files = { ...library, "/project/e.sevens": experiment };
    const tie = modelOf(text, files).byName.get("Fit")?.fields.get("tie")?.[0];
    expect(tie?.label?.parts.map((part) => part.text)).toEqual(["A1", "Rn"]);
  });
});

const a = { "/project/a.sevens": "constant x = 1" };
const experiment = `
use nuclei { A1 }
source S { fluence = 1 /cm^2; spectrum[nu_e](E) = delta(E - 1 MeV) }
detector D { target A1 = 1 kg; observable T: keVnr { value(T) = T } }
experiment Ex { source S; detector D }`;

/** What an analysis does with parameters: `free Toy.g`. */
function rolesIn(model: Model, analysis: string): string[] {
  const fields = model.byName.get(analysis)?.statement.block?.statements ?? [];
  const roles = fields.filter(({ keyword }) => ["free", "fix", "tie", "profile"].includes(keyword.text));
  return roles.map(
    ({ keyword, label }) => `${keyword.text} ${label?.parts.map(({ text }) => text).join(".")}`,
  );
}

describe("from", () => {
  it("replaces fields and keeps the rest", () => {
    const text = `
use nuclei { A1 }
nucleus A2 from A1 {
  A = 2
  nuclear_mass = 1876 MeV
  parameter Rn = 3 fm
}`;
    const copy = modelOf(text, library).byName.get("A2");
    expect([...(copy?.fields.keys() ?? [])]).toEqual([
      "Z",
      "A",
      "parameter",
      "protons",
      "neutrons",
      "nuclear_mass",
    ]);
    expect(copy?.fields.get("parameter")?.[0]?.assign?.value).toMatchObject({ text: "3" });
    expect(names(copy?.fields.get("neutrons")?.[0]?.assign?.value)).toEqual(["Helm", "Rn"]);
  });

  it.each([
    ["fix M = 1", "fix Boson.M = 2", ["fix Boson.M"]],
    ["fix Boson.M = 1", "free M", ["free M"]],
    ["profile Boson.M", "tie M = 1", ["tie M"]],
    ["fix Boson.eps[e, mu] = 1", "free eps[e,mu]", ["free eps"]],
    ["fix Boson.eps[e, mu] = 1", "free eps[e, e]", ["fix Boson.eps", "free eps"]],
    ["fix Boson.M = 1; fix Other.M = 1", "free Boson.M", ["free Boson.M", "fix Other.M"]],
    ["parameter M = 1; fix Boson.M = 1", "fix M = 2", ["fix Boson.M", "fix M"]],
    ["fix M = 1", "fix Boson.M = 2; free M", ["fix Boson.M", "free M"]],
  ])("of `%s`, `%s` replaces what is said of one parameter", (base, own, left) => {
    const model = modelOf(
      `${experiment}\nuse interactions { Toy }\nanalysis A { model = Toy; experiments = Ex; ${base} }\nanalysis B from A { ${own} }`,
      library,
    );
    expect(rolesIn(model, "B")).toEqual(left);
  });

  it.each([
    ["{ Toy as T }", "T", "{ Toy }", "fix T.g = 1", "free Toy.g", ["free Toy.g"]],
    ["{ Toy }", "Toy", "{ Toy as T }", "profile Toy.g", "tie T.g = 1", ["tie Toy.g"]],
    ["{ Toy as T }", "T", "{ Toy as U }", "free T.g", "fix U.g = 2", ["fix Toy.g"]],
    ["{ Toy as T }", "T", "{ A1 }", "fix T.g = 1", "free Toy.g", ["free Toy.g"]],
    // Each file means its own `T`.
    [
      "{ Toy as T, Two }",
      "T + Two",
      "{ Two as T }",
      "fix T.g = 1; fix Two.g = 3",
      "free T.g",
      ["fix Toy.g", "free Two.g"],
    ],
  ])("of %s (`%s`), %s with other names: `%s`, `%s`", (inBase, sum, inOwn, base, own, left) => {
    const files = {
      ...library,
      "/library/interactions/Two.sevens": "interaction Two {\n  parameter g = 1\n  charge[l] += g*Z\n}",
      "/project/base.sevens": `${experiment}\nuse interactions ${inBase}\nanalysis A { model = ${sum}; experiments = Ex; ${base} }`,
    };
    const module = inOwn === "{ A1 }" ? "nuclei" : "interactions";
    const model = modelOf(
      `use ${module} ${inOwn}\nuse "./base.sevens" { A }\nanalysis B from A { ${own} }`,
      files,
    );
    expect(rolesIn(model, "B").sort()).toEqual(left);
  });

  it("a part with another name is the same part", () => {
    const files = { ...library, "/project/base.sevens": experiment };
    const own = 'use nuclei { A1 as X }\nuse "./base.sevens" { D }\ndetector D2 from D { target X = 2 kg }';
    const targets = modelOf(own, files).byName.get("D2")?.fields.get("target");
    expect(targets?.map(({ assign }) => assign?.value)).toMatchObject([{ text: "2" }]);
  });

  it("needs nothing of its own", () => {
    expect(codesOf("formfactor G from Helm\nuse formfactors { Helm }", library)).toEqual([]);
    expect(codesOf("constant c from d\nconstant d = 2")).toEqual([]);
  });

  it.each([
    ["constant a from b\nconstant b from a", "SV1107"],
    ["constant a from a", "SV1107"],
    ["constant a from b\nmaterial b = { }", "SV1109"],
    ["constant a from b", "SV1101"],
  ])("%s", (text, code) => {
    expect(codesOf(text)).toEqual([code]);
  });
});
