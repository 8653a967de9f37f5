import fc from "fast-check";
import { expect, describe as suite, test } from "vitest";
import {
  base,
  baseDimensions,
  canonicalUnits,
  type Dimension,
  describe,
  dimension,
  dimensionOfWord,
  dimensionWords,
  divide,
  equal,
  findUnit,
  isNone,
  multiply,
  natural,
  naturallyEqual,
  none,
  power,
  rational,
  rationalOf,
  sqrt,
  unitNames,
  units,
} from "../../compiler/units/index.ts";

const anyDimension = (): fc.Arbitrary<Dimension> =>
  fc
    .dictionary(fc.constantFrom(...baseDimensions), fc.integer({ min: -6, max: 6 }), { maxKeys: 4 })
    .map((exponents) => dimension(exponents));
const anyFraction = () =>
  fc
    .tuple(fc.integer({ min: -6, max: 6 }), fc.integer({ min: 1, max: 4 }))
    .map(([num, den]) => rational(num, den));

suite("dimensions form a group", () => {
  test("multiplication is associative and commutative, a number is neutral", () => {
    fc.assert(
      fc.property(anyDimension(), anyDimension(), anyDimension(), (a, b, c) => {
        expect(multiply(multiply(a, b), c)).toBe(multiply(a, multiply(b, c)));
        expect(multiply(a, b)).toBe(multiply(b, a));
        expect(multiply(a, none)).toBe(a);
      }),
    );
  });

  test("division undoes multiplication", () => {
    fc.assert(
      fc.property(anyDimension(), anyDimension(), (a, b) => {
        expect(divide(multiply(a, b), b)).toBe(a);
        expect(isNone(divide(a, a))).toBe(true);
      }),
    );
  });

  test("powers obey their laws, fractions included", () => {
    fc.assert(
      fc.property(anyDimension(), anyDimension(), anyFraction(), anyFraction(), (a, b, m, n) => {
        expect(power(multiply(a, b), m)).toBe(multiply(power(a, m), power(b, m)));
        expect(power(power(a, m), n)).toBe(power(power(a, n), m));
        expect(multiply(sqrt(a), sqrt(a))).toBe(a);
      }),
    );
  });

  test("natural units respect products and are reached in one step", () => {
    fc.assert(
      fc.property(anyDimension(), anyDimension(), (a, b) => {
        expect(natural(multiply(a, b))).toBe(multiply(natural(a), natural(b)));
        expect(natural(natural(a))).toBe(natural(a));
      }),
    );
  });

  test("absurd powers saturate instead of overflowing", () => {
    let square = base.energy;
    for (let times = 0; times < 100; times++) square = power(square, 2);
    expect(square.key).toBe("energy^1000000");
    let root = base.energy;
    for (let times = 0; times < 100; times++) root = sqrt(root);
    expect(root.key).toBe("energy^(1/1000000)");
  });
});

suite("hbar = c = 1", () => {
  test.each([
    [base.mass, base.energy],
    [base.nr, base.energy],
    [base.length, power(base.energy, -1)],
    [base.time, base.length],
    [dimension({ length: 2, nr: -1 }), power(base.energy, -3)],
  ])("%# %o", (a, b) => {
    expect(equal(a, b)).toBe(false);
    expect(naturallyEqual(a, b)).toBe(true);
  });

  test("an electron-equivalent energy never becomes a recoil energy, nor PE a number", () => {
    expect(naturallyEqual(base.ee, base.nr)).toBe(false);
    expect(naturallyEqual(base.ee, base.energy)).toBe(false);
    for (const counted of [base.PE, base.POT, base.magneton, base.charge, base.electrons, base.amount]) {
      expect(natural(counted)).toBe(counted);
    }
  });
});

suite("words for people", () => {
  test.each<[Dimension, string]>([
    [none, "number"],
    [base.energy, "energy"],
    [base.nr, "nuclear-recoil energy"],
    [base.ee, "electron-equivalent energy"],
    [power(base.energy, -1), "1/energy"],
    [power(base.energy, -3), "energy^-3"],
    [dimension({ length: -2, time: -1 }), "1/(length^2 time)"],
    [dimension({ length: 2, energy: -1 }), "length^2/energy"],
    [dimension({ PE: 1, ee: -1 }), "photoelectrons/electron-equivalent energy"],
    [sqrt(base.energy), "energy^(1/2)"],
  ])("%#: $1", (d, text) => {
    expect(describe(d)).toBe(text);
  });

  test("type annotations take a dimension word or a unit", () => {
    expect(dimensionOfWord("energy_nr")).toBe(base.nr);
    expect(dimensionOfWord("keVnr")).toBe(base.nr);
    expect(dimensionOfWord("PE")).toBe(base.PE);
    expect(dimensionOfWord("flavor")).toBeUndefined();
    expect([...dimensionWords.keys()].filter((word) => findUnit(word) !== undefined)).toEqual([]);
  });
});

suite("the table of units", () => {
  test("names are unique and documented", () => {
    expect(new Set(unitNames()).size).toBe(unitNames().length);
    expect(units().filter((unit) => unit.doc === "")).toEqual([]);
  });

  test("each canonical unit is 1 of its dimension", () => {
    for (const name of baseDimensions.filter((one) => one !== "mass")) {
      const unit = findUnit(canonicalUnits[name]);
      expect(unit?.dimension).toBe(base[name]);
      expect(unit?.factor).toEqual({ numerator: 1n, denominator: 1n });
    }
  });

  test("there is one spelling of each", () => {
    for (const other of ["keV_nr", "kevnr", "hour", "b", "toString", "__proto__"]) {
      expect(findUnit(other)).toBeUndefined();
    }
  });
});

test("a double is read as the small fraction it stands for", () => {
  expect(rationalOf(0.5)).toEqual({ num: 1, den: 2 });
  expect(rationalOf(1 / 3)).toEqual({ num: 1, den: 3 });
  expect(rationalOf(-2)).toEqual({ num: -2, den: 1 });
  expect(rationalOf(0)).toEqual({ num: 0, den: 1 });
  expect(rationalOf(0.37)).toBeUndefined();
  expect(rationalOf(Number.NaN)).toBeUndefined();
});
