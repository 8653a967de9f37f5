/** An interaction of the reader's own in twenty lines: its limits are known. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  compiled,
  countsOf,
  difference,
  modelOfExample,
  modelOfText,
  mustFit,
  root,
  rowSums,
} from "./compile.ts";

const path = "second-zprime/second-zprime.sevens";
const { analysis } = compiled(modelOfExample(path));

const eventsWith = (interactions: string, statements: string): readonly number[] => {
  const text = `use interactions { StandardModel, NSI }
use experiments { CsI2021 }
analysis Other { model = ${interactions}
  experiments = CsI2021
${statements} }`;
  return countsOf(compiled(modelOfText(text)).analysis).components.CEvNS ?? [];
};

/** Fermi constant, 1/MeV². */
const fermi = 1.1663788e-11;

describe("two vector bosons", () => {
  test("take no more than twenty lines", () => {
    const text = readFileSync(`${root}/examples/${path}`, "utf8");
    expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(20);
  });

  test("without couplings are the Standard Model", () => {
    const expected = eventsWith("StandardModel", "");
    countsOf(analysis, { g1: 0, g2: 0 }).components.CEvNS?.forEach((events, bin) => {
      expect(difference(events, expected[bin])).toBeLessThan(1e-12);
    });
  });

  test("of a TeV are a contact interaction: eps_q = g^2 Q_nu Q_q/(sqrt(2) G_F M^2)", () => {
    const M = 1e6;
    const [g1, g2] = [0.9, 1.2];
    const eps1 = (g1 ** 2 * -1 * (1 / 3)) / (Math.SQRT2 * fermi * M ** 2);
    const eps2 = g2 ** 2 / (Math.SQRT2 * fermi * M ** 2);
    const diagonal = (quark: "u" | "d", muon: number): string =>
      [
        ["e", eps1],
        ["mu", eps1 + muon],
        ["tau", eps1],
      ]
        .map(([l, value]) => `  fix NSI.eps_${quark}[${l}, ${l}] = ${value}`)
        .join("\n");
    const expected = eventsWith("StandardModel + NSI", `${diagonal("u", eps2)}\n${diagonal("d", 0)}`);
    const found = countsOf(analysis, { g1, g2, "TwoBosons.M1": M, "TwoBosons.M2": M }).components.CEvNS;
    expect(found).toHaveLength(expected.length);
    const light = rowSums(expected, 11);
    rowSums(found, 11).forEach((events, row) => {
      expect(difference(events, light[row])).toBeLessThan(1e-6);
    });
    found?.forEach((events, bin) => {
      expect(difference(events, expected[bin])).toBeLessThan(1e-5);
    });
  });

  test("the second one touches muon flavour alone", () => {
    const before = countsOf(analysis, { g1: 0, g2: 0 }).channels;
    const after = countsOf(analysis, { g1: 0, g2: 3e-4 }).channels;
    expect(after["CEvNS/nu_e"]).toEqual(before["CEvNS/nu_e"]);
    expect(after["CEvNS/nu_mu"]).not.toEqual(before["CEvNS/nu_mu"]);
    expect(after["CEvNS/nubar_mu"]).not.toEqual(before["CEvNS/nubar_mu"]);
  });

  test("fit the data a little better than the Standard Model, as two more parameters do", () => {
    const best = mustFit(analysis, { errors: false });
    const without = mustFit(analysis, { fix: ["g1", "g2"], errors: false });
    expect(without.minimum).toBeCloseTo(84.4425, 3);
    expect(without.minimum - best.minimum).toBeGreaterThan(0);
    expect(without.minimum - best.minimum).toBeLessThan(4);
  });
});
