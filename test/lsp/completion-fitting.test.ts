/** What fits best stands first: units that lead to the dimension that is wanted, usual levels, calls with their bracket. */
import { describe, expect, test } from "vitest";
import { accepted, labels, preamble } from "./completion-support.ts";

const source = `${preamble}source Sun {
  parameter phi = 5e6/cm^2/s +- 10%
}
source Weaker from Sun {
  parameter phi = `;
const analysis = `${preamble}analysis Fit {
  model = Weak
  experiments = Run
`;

const lengths = ["fm", "pm", "nm", "um", "mm", "cm", "m", "km", "pc", "kpc"];
const areas = ["barn", "mb", "ub", "nb", "pb", "fb", "ab", "zb"];
const times = ["ns", "us", "ms", "s", "min", "hr", "day", "yr"];

describe("in a parameter that replaces that of the base", () => {
  test("units that lead to its dimension stand before constants", () => {
    const found = labels(`${source}1/¦\n}\n`);
    const first = found.slice(0, found.indexOf("two"));
    expect([...first].sort()).toEqual([...areas, ...lengths, ...times].sort());
    expect(labels(`${source}1/cm^2/¦\n}\n`).slice(0, times.length)).toEqual(times);
    expect(labels(`${source}1/cm^2/s*¦\n}\n`)).toContain("pi");
  });

  test("another unit is none of a new parameter", () => {
    expect(labels(`${preamble}source Sun {\n  parameter phi = 1/¦\n}\n`)[0]).toBe("two");
  });
});

test("the range of a parameter that stands behind its value tells the dimension", () => {
  expect(labels(`${analysis}  parameter R = 5 ¦ in 3 fm .. 8 fm\n}\n`).slice(0, lengths.length)).toEqual(
    lengths,
  );
  expect(labels(`${analysis}  parameter R = 5 f¦m in 0 fm .. 8 fm\n}\n`)).not.toContain("eV");
  expect(labels(`${analysis}  parameter R = 5 ¦ in 0 .. 8\n}\n`)).toContain("eV");
});

test("in formulas as well, behind the names of the declaration", () => {
  const found = labels(`${preamble}function f(x: energy): 1/us = 1/¦`);
  expect(found.slice(0, times.length + 1)).toEqual(["x", ...times]);
});

describe("functions", () => {
  test.each([
    ["constant a = ¦", "sin", "sin("],
    ["constant a = si¦", "sin", "sin("],
    ["constant a = ¦(2)", "sin", "sin(2)"],
    ["constant a = si¦ (2)", "sin", "sin (2)"],
    ["constant a = ¦", "integral", "integral("],
    ["constant a = ¦", "twice", "twice("],
    ["constant a = ¦", "two", "two"],
    ["function f(n: PE): 1/PE = ¦", "light", "light("],
    ["detector D {\n  let g(T: energy_nr) = 1\n  observable x: PE {\n    value(T) = ¦", "g", "g("],
  ])("go on with their bracket: %s", (text, label, expected) => {
    const whole = accepted(preamble + text, label);
    expect(whole.slice(whole.lastIndexOf("= ") + 2)).toBe(expected);
  });
});

test("signs that are there are not written twice", () => {
  expect(accepted(`${preamble}nucleus X {\n  protons = Ball(¦ = 3 fm)`, "R =")).toMatch(/Ball\(R = 3 fm\)$/);
  expect(accepted(`${preamble}material M = { ¦: 1 }`, "Cs133")).toMatch(/\{ Cs133: 1 \}$/);
});

test("levels of intervals", () => {
  const levels = ["68.27%", "90%", "95%", "95.45%", "99.73%", "1sigma", "2sigma", "3sigma"];
  const found = labels(`${analysis}  interval = ¦`);
  expect(found.slice(0, levels.length)).toEqual(levels);
  for (const name of ["G_F", "m_e", "hbarc"]) expect(found).not.toContain(name);
  expect(found).toContain("pi");
  expect(labels(`${analysis}  interval = 90%, ¦, 95%`).slice(0, 3)).toEqual(["68.27%", "95.45%", "99.73%"]);
  expect(labels(`${analysis}  interval = 1sigma, ¦`)).not.toContain("1sigma");
});
