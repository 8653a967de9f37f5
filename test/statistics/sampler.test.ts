import { describe, expect, test } from "vitest";
import {
  bulkEffectiveSize,
  errorOfMean,
  meanOf,
  rankRhat,
  tailEffectiveSize,
  varianceOf,
} from "../../runtime/chain-diagnostics.ts";
import { hamiltonianChain } from "../../runtime/hmc.ts";
import type { LogDensity } from "../../runtime/posterior.ts";
import { highestDensity, marginalOf } from "../../runtime/posterior-summary.ts";
import { RandomStream } from "../../runtime/random.ts";

/** Chains of a density, by coordinate and chain. */
function sampled(
  density: LogDensity,
  starts: readonly (readonly number[])[],
  { draws = 2000, acceptance = 0.9 } = {},
) {
  const scale = new Float64Array(density.size).fill(1);
  const chains = starts.map(
    (start, c) =>
      hamiltonianChain(
        density,
        { warmup: 1000, draws, acceptance, start: Float64Array.from(start), scale },
        new RandomStream(7, [c, 0]),
      ).draws,
  );
  return {
    chains,
    of: (k: number): number[][] => chains.map((chain) => chain.map(({ u }) => u[k]!)),
  };
}

describe("Hamiltonian chains", () => {
  test("of five correlated Gaussians have their means, variances and correlations", () => {
    // Neighbours correlated by 0.8, deviations from 0.1 to 10: the inverse covariance is a band.
    const n = 5;
    const deviations = [0.1, 1, 10, 3, 0.5];
    const rho = 0.8;
    const density: LogDensity = {
      size: n,
      at: (u, slopes) => {
        const z = Array.from(u, (one, i) => (one - i) / deviations[i]!);
        let log = 0;
        slopes.fill(0);
        for (let i = 0; i < n; i++) {
          const step = i === 0 ? z[0]! : (z[i]! - rho * z[i - 1]!) / Math.sqrt(1 - rho * rho);
          log -= (step * step) / 2;
          const width = i === 0 ? 1 : Math.sqrt(1 - rho * rho);
          slopes[i]! -= step / width / deviations[i]!;
          if (i > 0) slopes[i - 1]! += (rho * step) / width / deviations[i - 1]!;
        }
        return log;
      },
    };
    const { chains, of } = sampled(density, [
      [0, 0, 0, 0, 0],
      [1, 5, 30, 9, 6],
      [0, 1, 2, 3, 4],
      [0, -2, -20, 0, 3],
    ]);
    for (let k = 0; k < n; k++) {
      const all = of(k).flat();
      expect(Math.abs(meanOf(all) - k)).toBeLessThan(4 * errorOfMean(of(k)));
      expect(Math.sqrt(varianceOf(all)) / deviations[k]!).toBeCloseTo(1, 1);
      expect(rankRhat(of(k))).toBeLessThan(1.01);
      expect(bulkEffectiveSize(of(k))).toBeGreaterThan(1000);
    }
    const [a, b] = [of(1).flat(), of(2).flat()];
    const [ma, mb] = [meanOf(a), meanOf(b)];
    const covariance = meanOf(a.map((one, i) => (one - ma) * (b[i]! - mb)));
    expect(covariance / Math.sqrt(varianceOf(a) * varianceOf(b))).toBeCloseTo(rho, 1);
    expect(chains.flat().some(({ divergent }) => divergent)).toBe(false);
  });

  test("of a banana have its moments", () => {
    // x Gaussian, y = x² + Gaussian of width 0.5.
    const density: LogDensity = {
      size: 2,
      at: (u, slopes) => {
        const [x, y] = [u[0]!, u[1]!];
        const rest = (y - x * x) / 0.25;
        slopes[0] = -x + 2 * x * rest;
        slopes[1] = -rest;
        return -(x * x) / 2 - ((y - x * x) * rest) / 2;
      },
    };
    const { of } = sampled(
      density,
      [
        [0, 0],
        [2, 4],
        [-2, 4],
        [1, 1],
      ],
      { draws: 4000, acceptance: 0.97 },
    );
    expect(Math.abs(meanOf(of(0).flat()))).toBeLessThan(4 * errorOfMean(of(0)));
    expect(Math.abs(meanOf(of(1).flat()) - 1)).toBeLessThan(4 * errorOfMean(of(1)));
    expect(Math.abs(varianceOf(of(1).flat()) - 2.25)).toBeLessThan(0.5);
  });

  test("that stay in one of two far peaks are told by R-hat, and their highest density has two parts", () => {
    const peak = (x: number, at: number): number => Math.exp(-((x - at) ** 2) / 2);
    const density: LogDensity = {
      size: 1,
      at: (u, slopes) => {
        const [a, b] = [peak(u[0]!, -10), peak(u[0]!, 10)];
        slopes[0] = (-(u[0]! + 10) * a - (u[0]! - 10) * b) / (a + b);
        return Math.log(a + b);
      },
    };
    const { of } = sampled(density, [[-10], [10], [-9], [9]], { draws: 500 });
    expect(rankRhat(of(0))).toBeGreaterThan(1.5);
    const { intervals } = marginalOf(of(0), [0.68]);
    expect(intervals[0]!.highest).toHaveLength(2);
  });
});

describe("diagnostics of chains", () => {
  const random = new RandomStream(3, [0, 0]);
  const autoregressive = (rho: number, n: number): number[] => {
    let x = random.normal();
    return Array.from({ length: n }, () => {
      x = rho * x + Math.sqrt(1 - rho * rho) * random.normal();
      return x;
    });
  };

  test("independent draws count one by one", () => {
    const chains = [0, 1, 2, 3].map(() => autoregressive(0, 1000));
    expect(bulkEffectiveSize(chains) / 4000).toBeCloseTo(1, 0.5);
    expect(rankRhat(chains)).toBeLessThan(1.005);
    expect(tailEffectiveSize(chains)).toBeGreaterThan(3000);
  });

  test.each([0.3, 0.6, 0.9])(
    "an autoregressive series of rho = %d counts as N (1 - rho)/(1 + rho)",
    (rho) => {
      const chains = [0, 1, 2, 3].map(() => autoregressive(rho, 5000));
      const expected = (20000 * (1 - rho)) / (1 + rho);
      expect(Math.abs(bulkEffectiveSize(chains) / expected - 1)).toBeLessThan(0.15);
      expect(errorOfMean(chains)).toBeCloseTo(Math.sqrt(1 / expected), 2);
    },
  );

  test("a chain that is shifted, or wider, or drifts, is seen", () => {
    const good = [0, 1, 2].map(() => autoregressive(0, 500));
    const shifted = autoregressive(0, 500).map((x) => x + 1);
    const wider = autoregressive(0, 500).map((x) => 4 * x);
    const drifting = autoregressive(0, 500).map((x, i) => x + i / 200);
    for (const bad of [shifted, wider, drifting]) expect(rankRhat([...good, bad])).toBeGreaterThan(1.01);
  });
});

test("highest densities of a half-normal begin at its end", () => {
  const random = new RandomStream(5, [0, 0]);
  const draws = Array.from({ length: 20000 }, () => Math.abs(random.normal())).sort((a, b) => a - b);
  const [part] = highestDensity(draws, 0.6827);
  expect(part![0]).toBeLessThan(0.02);
  expect(part![1]).toBeCloseTo(1, 1);
});
