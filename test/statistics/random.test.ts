import { describe, expect, it } from "vitest";
import { chiSquareSurvival } from "../../runtime/chi-square.ts";
import { normalAbove, normalBelow, normalQuantile } from "../../runtime/normal.ts";
import { philox, RandomStream } from "../../runtime/random.ts";

const hex = (words: readonly number[]): string =>
  words.map((word) => word.toString(16).padStart(8, "0")).join(" ");

describe("Philox", () => {
  it("gives the known answers of its authors' library, Random123", () => {
    expect(hex(philox([0, 0, 0, 0], [0, 0]))).toBe("6627e8d5 e169c58d bc57ac4c 9b00dbd8");
    const all = 0xffffffff;
    expect(hex(philox([all, all, all, all], [all, all]))).toBe("408f276d 41c83b0e a20bc7c6 6d5451fd");
    const pi = philox([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0]);
    expect(hex(pi)).toBe("d16cfe09 94fdcceb 5001e420 24126ea1");
  });
});

/** χ² of numbers against probabilities of classes, as a p-value. */
function pOf(observed: readonly number[], expected: readonly number[]): number {
  const chi2 = observed.reduce((sum, n, i) => sum + (n - expected[i]!) ** 2 / expected[i]!, 0);
  return chiSquareSurvival(chi2, observed.length - 1);
}

/** Classes of Poisson numbers with at least ten expected, the tails in the first and last one. */
function poissonP(mean: number, draws: number): number {
  const random = new RandomStream(7, [3, Math.round(1000 * mean)]);
  const count = new Map<number, number>();
  for (let i = 0; i < draws; i++) {
    const n = random.poisson(mean);
    count.set(n, (count.get(n) ?? 0) + 1);
  }
  const [observed, expected]: [number[], number[]] = [[], []];
  let [seen, wanted, log] = [0, 0, -mean];
  const last = Math.ceil(mean + 12 * Math.sqrt(mean) + 20);
  for (let n = 0; n <= last; n++) {
    seen += count.get(n) ?? 0;
    wanted += draws * Math.exp(log);
    log += Math.log(mean / (n + 1));
    if (wanted < 10) continue;
    observed.push(seen);
    expected.push(wanted);
    [seen, wanted] = [0, 0];
  }
  observed.push(observed.pop()! + seen);
  expected.push(expected.pop()! + wanted);
  expect(observed.reduce((a, b) => a + b, 0)).toBe(draws);
  return pOf(observed, expected);
}

describe("a stream", () => {
  it("depends on seed and stream alone, and no two are the same", () => {
    const first = (seed: number, stream: readonly [number, number]) =>
      new RandomStream(seed, stream).uniform();
    expect(first(1, [2, 3])).toBe(first(1, [2, 3]));
    const some = [first(1, [2, 3]), first(2, [2, 3]), first(1, [3, 2]), first(2 ** 32 + 1, [2, 3])];
    expect(new Set(some).size).toBe(4);
    expect(() => new RandomStream(-1, [0, 0])).toThrow(RangeError);
    expect(() => new RandomStream(0.5, [0, 0])).toThrow(RangeError);
  });

  it("has even numbers between 0 and 1, in a stream and across streams", () => {
    const parts = 50;
    const within = Array.from({ length: parts }, () => 0);
    const across = Array.from({ length: parts }, () => 0);
    const one = new RandomStream(11, [0, 0]);
    for (let i = 0; i < 50_000; i++) {
      within[Math.floor(parts * one.uniform())]!++;
      across[Math.floor(parts * new RandomStream(11, [i, 1]).uniform())]!++;
    }
    const expected = Array.from({ length: parts }, () => 50_000 / parts);
    expect(pOf(within, expected)).toBeGreaterThan(1e-3);
    expect(pOf(across, expected)).toBeGreaterThan(1e-3);
  });

  it("has Gaussian numbers", () => {
    const random = new RandomStream(5, [0, 0]);
    const edges = Array.from({ length: 41 }, (_, i) => -2.05 + (4.1 * i) / 40);
    const count = Array.from({ length: 42 }, () => 0);
    for (let i = 0; i < 100_000; i++) {
      const z = (random.normal(3, 2) - 3) / 2;
      count[edges.findLastIndex((edge) => z >= edge) + 1]!++;
    }
    const below = [0, ...edges.map(normalBelow), 1];
    const expected = count.map((_, i) => 100_000 * (below[i + 1]! - below[i]!));
    expect(pOf(count, expected)).toBeGreaterThan(1e-3);
  });

  it.each([1e-3, 0.3, 3, 9.99, 10, 17.5, 300, 12_345.6])("has Poisson numbers of mean %d", (mean) => {
    expect(poissonP(mean, 60_000)).toBeGreaterThan(1e-3);
  });

  it("has no Poisson numbers of impossible means", () => {
    const random = new RandomStream(5, [0, 0]);
    expect(random.poisson(0)).toBe(0);
    for (const mean of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => random.poisson(mean)).toThrow(RangeError);
    }
  });
});

describe("the normal distribution", () => {
  it("has the known quantiles", () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
    expect(normalQuantile(0.05)).toBeCloseTo(-1.6448536269514722, 12);
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalAbove(5)).toBeCloseTo(2.866515718791933e-7, 20);
    for (const z of [-2, -0.3, 1.7]) expect(normalQuantile(normalBelow(z))).toBeCloseTo(z, 10);
  });
});
