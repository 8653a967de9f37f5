import { expect, describe as suite, test } from "vitest";
import {
  type Dimension,
  describe,
  dimension,
  displayUnit,
  none,
  parseUnitText,
} from "../../compiler/units/index.ts";
import * as constants from "../../runtime/constants.ts";

function parsed(text: string) {
  const unit = parseUnitText(text);
  if ("problem" in unit) throw new Error(`${unit.problem}: ${text}`);
  return unit;
}

suite("units as text", () => {
  test.each([
    ["1", "number", 1],
    ["keVee", "electron-equivalent energy", 1e-3],
    ["1/GeV^2", "energy^-2", 1e-6],
    ["GeV^-2", "energy^-2", 1e-6],
    ["MeV*fm", "energy length", 1 / 197.3269804],
    ["cm^2/MeV", "length^2/energy", (1e13 / 197.3269804) ** 2],
    ["PE/keVee", "photoelectrons/electron-equivalent energy", 1e3],
    ["1/cm^2/s", "1/(length^2 time)", 197.3269804 ** 3 / 1e26 / 299792458e15],
    ["1/(cm^2 s)", "1/(length^2 time)", 197.3269804 ** 3 / 1e26 / 299792458e15],
  ])("%s", (text, words, internal) => {
    const unit = parsed(text);
    expect(describe(unit.dimension)).toBe(words);
    expect(unit.factorToInternal / internal).toBeCloseTo(1, 14);
  });

  test("what is not a unit says why", () => {
    expect(parseUnitText("1/kev")).toEqual({ problem: "unknown-unit", name: "kev" });
    for (const text of [
      "",
      "MeV/",
      "/MeV",
      "MeV^",
      "(MeV",
      "MeV)",
      "2 MeV",
      "MeV**fm",
      "MeV^99",
      "(".repeat(1e4),
    ]) {
      expect(parseUnitText(text)).toEqual({ problem: "malformed" });
    }
  });

  test("all constants of the runtime have a unit we know", () => {
    for (const { unit } of constants.constants) parsed(unit);
  });
});

suite("the unit to print in", () => {
  test.each<[string, Dimension, string | undefined, string]>([
    ["the preferred one", dimension({ energy: -3 }), "cm^2/MeV", "cm^2/MeV"],
    ["not one that does not fit", dimension({ ee: 1 }), "keVnr", "keVee"],
    ["a customary one", dimension({ length: -2, time: -1 }), undefined, "1/(cm^2 s)"],
    ["canonical ones", dimension({ PE: 1, ee: -1 }), undefined, "PE/MeVee"],
    ["none for a number", none, undefined, ""],
  ])("%s", (_, d, preferred, text) => {
    expect(displayUnit(d, preferred).text).toBe(text);
  });
});
