/** Statements against the kind descriptions: one mistake, one diagnostic. */
import { describe, expect, it } from "vitest";
import { codesOf, marked } from "./load-support.ts";

const nucleus = (fields: string) => `sevens 1
formfactor F(R: length) { F(q) = 1 }
nucleus X {
  Z = 1
  A = 1
  atomic_mass = 1 u
  protons = F(R = 1 fm)
  neutrons = F(R = 1 fm)
  ${fields}
}
`;

describe("shape of declarations", () => {
  it("accepts what the descriptions describe", () => {
    expect(codesOf(nucleus("parameter Rn = 5 +- 1 fm in 3 fm .. 8 fm log"))).toEqual([]);
  });

  it.each([
    ["nuclues X { }", "SV1301", "nuclues"],
    ["parameter g = 1", "SV1313", "parameter"],
    ["interaction { charge[l] += 1 }", "SV1312", "interaction"],
    ["", "SV1315", ""],
    ["// nothing\n", "SV1315", ""],
    [nucleus("masss = 1 u"), "SV1302", "masss"],
    [nucleus("target CsI = 1 kg"), "SV1313", "target"],
    [nucleus("Z = 2"), "SV1304", "Z"],
    [nucleus("nuclear_mass = 1 u"), "SV1305", "nuclear_mass"],
    [nucleus("spin[l] = 1"), "SV1306", "[l]"],
    [nucleus("spin += 1"), "SV1306", "spin"],
    [nucleus('spin = "half"'), "SV1306", '"half"'],
    [nucleus("spin"), "SV1306", "spin"],
    [nucleus("parameter Rn = 1 fm   parameter Rn = 1 fm".replace("   ", "\n")), "SV1102", "Rn"],
    [nucleus("parameter Rn = 1 fm\nlet Rn = 1 fm"), "SV1102", "Rn"],
    ["formfactor G(R) { F(q) = 1 }", "SV1306", "R"],
    ["formfactor G(R: length) { let x = 1 }", "SV1303", "G"],
    ["interaction I { charge += 1 }", "SV1306", "charge"],
    ["interaction I { charge[l] = 1 }", "SV1306", "charge[l]"],
    ["interaction I { charge[l, k] += 1 }", "SV1306", "[l, k]"],
    ["interaction I { dsigma/dE += 1 }", "SV1302", "dsigma/dE"],
    [
      "interaction I { mediator Zp: tensor { mass = 1 MeV; coupling = 1; charges = { u: 1 } } }",
      "SV1311",
      "tensor",
    ],
    [
      "interaction I { mediator Zp: vector { mass = 1 MeV; coupling = 1; charges = { up: 1 } } }",
      "SV1317",
      "up",
    ],
    ["interaction I { mediator Zp: vector { mass = 1 MeV; coupling = 1 } }", "SV1303", "mediator"],
    ["constant m = { e: 1, mu: 2 }", "SV1303", "{ e: 1, mu: 2 }"],
    ["constant m = { e: 1, mu: 2, tau: 3, e: 4 }", "SV1304", "e"],
    ["source S { fluence = 1 /cm^2; spectrum[nu_x](E) = 1/E }", "SV1311", "nu_x"],
    ["source S { spectrum[nu_e](E) = 1/E }", "SV1316", "S"],
    ["source S { fluence = 1; spectrum[nu_e](E) = 1/E; spectrum[nu_e](E) = 2/E }", "SV1304", "spectrum"],
    [
      "detector D { target X = 1 kg; observable n: PE { value(T) = 1 PE; density(n) = 1 /PE } }\nmaterial X = { }",
      "SV1305",
      "density",
    ],
    ["table t(x: cm): cm { points = [[1, 2]]; interpolation = cubic }", "SV1311", "cubic"],
    ['table t(x: cm): cm { file = "x.csv" }', "SV1303", "t"],
  ])("%s", (text, code, span) => {
    expect(codesOf(text)).toEqual([code]);
    expect(marked(text)).toEqual([span]);
  });

  it("finds every mistake of a file", () => {
    const text = nucleus("masss = 1 u\nspinn = 0\nabundance = { a: 1 }");
    expect(codesOf(text)).toEqual(["SV1302", "SV1302", "SV1306"]);
  });

  it("says nothing about what the parser has said", () => {
    expect(codesOf(nucleus("spin = "))).toEqual(["SV1005"]);
    expect(codesOf(nucleus("spin = * 2"))).toHaveLength(1);
  });
});
