import { describe, expect, it } from "vitest";
import { poissonInterval } from "../../compiler/plot/poisson-interval.ts";

/** Probability beyond +1σ of a normal variable. */
const tail = 0.15865525393145705;

/** Probability of `n` or fewer counts at a mean, summed term by term. */
function atMost(n: number, mean: number): number {
  let term = Math.exp(-mean);
  let sum = term;
  for (let k = 1; k <= n; k++) {
    term *= mean / k;
    sum += term;
  }
  return sum;
}

describe("poissonInterval", () => {
  it("leaves out the tail of one standard deviation on each side, below ten counts", () => {
    for (let n = 0; n < 10; n++) {
      const [low, high] = poissonInterval(n);
      expect(atMost(n, high)).toBeCloseTo(tail, 12);
      if (n > 0) expect(1 - atMost(n - 1, low)).toBeCloseTo(tail, 12);
    }
  });

  it("of no counts goes from zero to −ln of that tail", () => {
    const [low, high] = poissonInterval(0);
    expect(low).toBe(0);
    expect(high).toBeCloseTo(-Math.log(tail), 12);
  });

  it("is n ± √n from ten counts on", () => {
    expect(poissonInterval(10)).toEqual([10 - Math.sqrt(10), 10 + Math.sqrt(10)]);
    expect(poissonInterval(100)).toEqual([90, 110]);
  });

  it("runs between the whole counts for an Asimov count", () => {
    const [low, high] = poissonInterval(1.5);
    expect(low).toBeCloseTo((poissonInterval(1)[0] + poissonInterval(2)[0]) / 2, 12);
    expect(high).toBeCloseTo((poissonInterval(1)[1] + poissonInterval(2)[1]) / 2, 12);
    expect(poissonInterval(0.1)[0]).toBeGreaterThanOrEqual(0);
  });

  it("has no value for a negative count", () => {
    expect(poissonInterval(-1)).toEqual([Number.NaN, Number.NaN]);
  });
});
