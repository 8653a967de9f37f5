import { describe, expect, test } from "vitest";
import { parse, printStatement } from "../../grammar/index.ts";
import { good, only } from "./support.ts";

describe("a file", () => {
  test("begins with its version and what it uses", () => {
    const tree = good(`sevens 1
use nuclei { Cs133, I127 as Iodine }
use experiments/sub { X }
use "./f.sevens" { X, }`);
    expect(tree.version?.number).toBe(1);
    expect(tree.uses.map((use) => [use.path, use.quoted])).toEqual([
      ["nuclei", false],
      ["experiments/sub", false],
      ["./f.sevens", true],
    ]);
    expect(tree.uses[0]?.names.map((used) => [used.name.text, used.alias?.text])).toEqual([
      ["Cs133", undefined],
      ["I127", "Iodine"],
    ]);
  });

  test("separates statements by lines, `;` and braces", () => {
    const tree = good("a = 1; b = 2\nc { d = 3 } e = 4");
    expect(tree.statements.map((s) => s.keyword.text)).toEqual(["a", "b", "c", "e"]);
  });

  test("may use `sevens` and `log` as names", () => {
    expect(good("a = 1\nsevens = 2\nlog = 3\nparameter log = log(4)").statements).toHaveLength(4);
  });
});

describe("a statement", () => {
  test.each([
    "dsigma/dT += pi*alpha^2/m_e^2*(1/T - 1/E)*Z^2",
    "charge[l -> k] += eps[l, k]*Z*Fp(q)",
    "F(q) = 3*j1(q*R0)/(q*R0)",
    "density(n | T) = gamma_pdf(n, a, b) where a = 1 + 9.56*Eee(T)/keVee, b = 2",
    "flux[nu_e](E) = 192*E^2/m_mu^3*(1/2 - E/m_mu) for E in 0 MeV .. m_mu/2",
    'parameter mu[l] = 0 mu_B in 0 mu_B .. 1e-8 mu_B "note" @cite arXiv:2202.11002',
    "parameter g = 1e-4 in 1e-7 .. 1 log",
    "tie Cs133.Rn = Rn",
    "free s2w in 0.1 .. 0.4",
    "systematic norm = 12% on signal, BRN",
    "charges = { u: 1, d: 1, nu: 1 }",
    "interval = 68.27%, 90%",
    "model = StandardModel + NSI",
    "bins pe = [0, 8, 12, 0.125 .. 1 step 0.125] PE",
    "spin = 7/2",
    "function gVp(l: flavor, s2: number = 0.2): number = 1 - 4*s2 where phi = 2, f(x) = x^2",
    "material CsI = { Cs133: 1, I127: 1 }",
    "table t(E: MeV): 1/MeV = [[0, 1], [2, 3]]",
    'input protons: POT "protons on target"',
    "parameter Rp = 4.821 +- 0.005 fm",
    "x = integral(f(x), x = 0 .. 1)",
    "p = if t < 520 ns then 1 else exp(-t/us)",
    "charge[mu] -= mix(q)",
    "flux[e] *= 1 - x",
    "f() = 1",
  ])("%s", (text) => {
    expect(printStatement(only(text))).toBe(text);
  });

  test("has a block with statements", () => {
    const s = only("mediator Zp: vector { mass = M_Zp; coupling = g }");
    expect(s.type).toMatchObject({ kind: "path" });
    expect(s.block?.statements.map((one) => one.keyword.text)).toEqual(["mass", "coupling"]);
  });

  test("may start from another one", () => {
    expect(only("nucleus X from Cs133 { neutrons = none }").clauses).toMatchObject([{ kind: "from" }]);
  });

  test("`log` behind a value is a clause, never a unit", () => {
    const clauses = [{ kind: "in" }, { kind: "log" }];
    expect(only("parameter g = 1e-4 in 1e-7 .. 1 log").clauses).toMatchObject(clauses);
    expect(only("parameter g = 1e-4\n  in 1e-7 .. 1\n  log").clauses).toMatchObject(clauses);
  });

  test("goes on over lines, and ends where a line begins with a name", () => {
    const tree = good("a = 1\n  + 2\n  in 0 .. 1\n  where b = 1,\n  c = 2\nd = 3");
    expect(tree.statements.map((s) => printStatement(s))).toEqual([
      "a = 1 + 2 in 0 .. 1 where b = 1, c = 2",
      "d = 3",
    ]);
  });

  test("a unit is never taken from the next line", () => {
    expect(good("A = 133\nfm = 2").statements).toHaveLength(2);
  });

  test("parameters behind the bar are given", () => {
    expect(only("density(n | T, t) = 1").params?.map((p) => p.given)).toEqual([false, true, true]);
  });
});

describe("doc comments and citations", () => {
  test("stand before their statement", () => {
    const s = only(
      "/// The weak charge.\n///\n///   Indented.\n/// @cite PDG, arXiv:1\nx = 1 @cite doi:10.1/2",
    );
    expect(s.doc?.text).toBe("The weak charge.\n\n  Indented.");
    expect(s.cites.map((cite) => cite.key)).toEqual(["PDG", "arXiv:1", "doi:10.1/2"]);
  });

  test("a key has a span of its own", () => {
    const text = "x = 1 @cite A,  BC";
    expect(only(text).cites.map((c) => text.slice(c.span.start, c.span.end))).toEqual(["A", "BC"]);
  });

  test("belong to a `use` as well", () => {
    expect(good("/// Nuclei.\nuse nuclei { X }").uses[0]?.doc?.text).toBe("Nuclei.");
  });

  test("anywhere else they are plain comments", () => {
    const tree = good("/// file\nsevens 1\nx = 1 /// behind\n  /// inside\n  + 2\n/// end");
    expect(tree.comments.map((c) => [c.text, c.ownLine])).toEqual([
      ["/// file", true],
      ["/// behind", false],
      ["/// inside", true],
      ["/// end", true],
    ]);
  });

  test("a line of slashes is a plain comment", () => {
    expect(good("//////////\nx = 1").statements[0]?.doc).toBeUndefined();
  });

  test("a citing line holds keys only", () => {
    const { problems } = parse("/// @cite A see table 2\nx = 1", "f");
    expect(problems.map((p) => p.message)).toEqual(["expected `,` or the end of the line behind the key"]);
  });
});
