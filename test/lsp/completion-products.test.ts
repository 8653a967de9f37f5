/** Units in products: those first that can still lead to the dimension of the whole. */
import { describe, expect, test } from "vitest";
import { offered, preamble } from "./completion-support.ts";

const analysis = `${preamble}analysis Fit {
  model = Weak + Boson
  experiments = Run
`;

const units = (text: string): readonly string[] =>
  offered(text)
    .filter(({ kind }) => kind === "unit")
    .map(({ label }) => label);

const energies = ["eV", "keV", "MeV", "GeV", "TeV", "J"];
const lengths = ["fm", "pm", "nm", "um", "mm", "cm", "m", "km", "pc", "kpc"];
const times = ["ns", "us", "ms", "s", "min", "hr", "day", "yr"];
const areas = lengths.map((one) => `${one}^2`);

/** The units that come first, in whatever order, and one that comes later. */
describe("come first where they complete the dimension", () => {
  test.each([
    ["fix Boson.M_Zp = ", "2*¦", energies, "fm"],
    ["fix Boson.M_Zp = ", "1 MeV^2/¦", energies, "fm"],
    ["fix Boson.M_Zp = ", "1 MeV^2/(1 ¦", energies, "fm"],
    ["fix Boson.M_Zp = ", "1 MeV^2/(¦", energies, "fm"],
    ["fix Boson.M_Zp = ", "wide + 1 MeV^2/1 ¦", energies, "fm"],
    ["fix Boson.M_Zp = ", "2*(1 ¦", energies, "fm"],
    ["fix Boson.M_Zp = ", "1 MeV*fm^-1*¦", lengths, "MeV"],
    ["fix Boson.M_Zp = ", "hbarc/¦", lengths, "PE"],
    ["fix Run.slope = ", "two*1 ¦", times, "fm"],
    ["fix Cs133.Rn = ", "sqrt(2)*1 ¦", lengths, "MeV"],
  ])("%s%s", (statement, value, first, later) => {
    const found = units(`${analysis}  ${statement}${value}`);
    expect(found.slice(0, first.length)).toEqual(first);
    expect(found).toContain(later);
    expect(new Set(found).size).toBe(found.length);
  });

  test("with powers of units, where the dimension is one", () => {
    const found = units(`${preamble}function f(x: energy): area = 2*1 ¦`);
    expect(Math.max(...areas.map((one) => found.indexOf(one)))).toBeLessThan(found.indexOf("MeV"));
    expect(found).toEqual(expect.arrayContaining(areas));
  });

  test("of arguments, with types of their own", () => {
    expect(units(`${preamble}constant a = twice(2*1 ¦`)[0]).toBe("eV");
    expect(units(`${preamble}nucleus X {\n  protons = Ball(s = 2*1 ¦`)[0]).toBe("fm");
    expect(units(`${preamble}function f(x: length = 2*1 ¦`)[0]).toBe("fm");
  });
});

test("those that bring the product nearer come before the others", () => {
  const found = units(`${preamble}function f(x: energy): 1/(PE*us) = 1/(¦`);
  const at = (unit: string): number => found.indexOf(unit);
  expect(Math.max(...["PE", ...times].map(at))).toBeLessThan(Math.min(...[...energies, ...lengths].map(at)));
});

test("all units are there where the dimension of a factor is not known", () => {
  const found = units(`${analysis}  fix Boson.M_Zp = R*1 ¦`);
  expect(found).toEqual(units(`${analysis}  parameter x = 1 ¦`));
});
