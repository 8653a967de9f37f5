import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compareExact,
  type Exact,
  exact,
  multiplyExact,
  parseDecimal,
  powerExact,
  type Quantity,
  readQuantity,
  toNumber,
} from "../../compiler/units/index.ts";

function decimal(text: string): Exact {
  const value = parseDecimal(text);
  if (typeof value === "string") throw new Error(`${value}: ${text}`);
  return value;
}

/** Reads `19.3 m`, `1 eV^2`. */
function quantity(text: string): Quantity {
  const [number = "", unit = ""] = text.split(" ");
  const [name = "", power = "1"] = unit.split("^");
  const read = readQuantity({
    text: number,
    ...(name === "" ? {} : { unit: { name, power: Number(power) } }),
  });
  if (typeof read === "string") throw new Error(`${read}: ${text}`);
  return read;
}

describe("decimals", () => {
  test("every double is read back from its shortest text", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(toNumber(decimal(`${value}`))).toBe(value === 0 ? 0 : value);
      }),
      { numRuns: 1000 },
    );
  });

  test("long decimals round as the JavaScript parser rounds them, subnormal ones too", () => {
    const digits = fc.stringMatching(/^\d{1,40}$/);
    fc.assert(
      fc.property(digits, digits, fc.integer({ min: -340, max: 300 }), (whole, fraction, exponent) => {
        const text = `${whole}.${fraction}e${exponent}`;
        expect(toNumber(decimal(text))).toBe(Number(text));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    "4.9406564584124654e-324",
    "2.4703282292062327e-324",
    "2.4703282292062328e-324",
    "9007199254740993",
  ])("%s, at an edge of rounding", (text) => {
    expect(toNumber(decimal(text))).toBe(Number(text));
  });

  test("products, powers and order agree with fractions of big integers", () => {
    const number = fc.tuple(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.integer({ min: 0, max: 30 }));
    fc.assert(
      fc.property(number, number, fc.integer({ min: 0, max: 5 }), ([m, i], [n, j], k) => {
        const [a, b] = [decimal(`${m}e-${i}`), decimal(`${n}e-${j}`)];
        const product = multiplyExact(a, b);
        expect(product.numerator * 10n ** BigInt(i + j)).toBe(m * n * product.denominator);
        expect(Math.sign(compareExact(a, b))).toBe(sign(m * 10n ** BigInt(j) - n * 10n ** BigInt(i)));
        const raised = powerExact(a, k);
        expect(raised && raised.numerator * 10n ** BigInt(i * k)).toBe(
          m ** BigInt(k) * (raised?.denominator ?? 0n),
        );
      }),
    );
  });

  test("a power undoes its inverse", () => {
    const [up, down] = [powerExact(exact("197.3269804"), 3), powerExact(exact("197.3269804"), -3)];
    expect(up && down && compareExact(multiplyExact(up, down), exact("1"))).toBe(0);
  });

  test.each(["", ".", "e5", "1e", "1.2.3", "0x10", "1_000", "Infinity", "NaN"])(
    "`%s` is malformed",
    (text) => {
      expect(parseDecimal(text)).toBe("malformed");
    },
  );

  test.each(["1e999999999", "1e-999999999", "1e99999999999999999999999", "9".repeat(100_000)])(
    "absurd numbers are answered at once",
    (text) => {
      expect(parseDecimal(text)).toBe("out-of-range");
    },
  );
});

function sign(value: bigint): number {
  return value < 0n ? -1 : value > 0n ? 1 : 0;
}

describe("quantities do not depend on the unit they are written in", () => {
  test.each([
    ["19.3 m", "1930 cm"],
    ["30 ns", "0.03 us"],
    ["0.1 keVee", "100 eVee"],
    ["1.2 barn", "1.2e-24 cm^2"],
    ["14.6 kg", "14600 g"],
    ["1 yr", "8766 hr"],
    ["1.4 MW", "1400 kW"],
    ["1 Hz", "1e-6 us^-1"],
    ["1 eV^2", "1e-6 keV^2"],
  ])("%s = %s", (one, other) => {
    expect(quantity(one)).toEqual(quantity(other));
  });

  test("whatever the digits", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 ** 9 }),
        fc.integer({ min: -20, max: 20 }),
        (digits, exponent) => {
          expect(quantity(`${digits}e${exponent} m`)).toEqual(quantity(`${digits}e${exponent + 2} cm`));
          expect(quantity(`${digits}e${exponent} us`)).toEqual(quantity(`${digits}e${exponent + 3} ns`));
        },
      ),
    );
  });
});

describe("internal numbers are powers of MeV", () => {
  test.each([
    ["1 keV", 1e-3],
    ["5 PE", 5],
    ["2 mu_B", 2],
    ["1 u", 931.49410242],
    ["1 kg", 5.609588603804452e29],
    ["197.3269804 fm", 1],
    ["1 J", 6.241509074460763e12],
    ["1 GW", 6.241509074460763e15 / (299792458e9 / 197.3269804)],
  ])("%s", (text, expected) => {
    expect(quantity(text).internal / expected).toBeCloseTo(1, 14);
  });

  test("a second is the distance of 299792458 m", () => {
    expect(quantity("1 s").internal).toBe(quantity("299792458 m").internal);
  });

  test("percent", () => {
    expect(readQuantity({ text: "2.1", percent: true })).toMatchObject({ canonical: 0.021, internal: 0.021 });
  });

  test("what cannot be represented is said, not rounded away", () => {
    expect(readQuantity({ text: "1e-310", unit: { name: "eV" } })).toMatchObject({ canonical: 1e-316 });
    expect(readQuantity({ text: "1e-320", unit: { name: "eV" } })).toBe("out-of-range");
    expect(readQuantity({ text: "1e300", unit: { name: "kpc" } })).toBe("out-of-range");
    expect(readQuantity({ text: "1", unit: { name: "eV", power: 999999999 } })).toBe("out-of-range");
    expect(readQuantity({ text: "1", unit: { name: "keV_nr" } })).toBe("unknown-unit");
  });

  test("a plain number is read as the exact one is", () => {
    const plain = fc.tuple(fc.integer(), fc.nat(), fc.integer({ min: -99, max: 99 }));
    fc.assert(
      fc.property(plain, ([whole, fraction, exponent]) => {
        const text = `${whole}.${fraction}e${exponent}`;
        const value = toNumber(decimal(text));
        expect(readQuantity({ text })).toMatchObject({ canonical: value, internal: value });
      }),
    );
    expect(readQuantity({ text: "-0.0" })).toMatchObject({ canonical: 0, internal: 0 });
  });
});
