import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  emg_cdf,
  emg_pdf,
  emg2_cdf,
  emg2_pdf,
  exponential_pdf,
  gamma_cdf,
  gamma_pdf,
  normal_cdf,
  normal_pdf,
  step,
} from "../../runtime/distributions.ts";
import { lgamma, poisson_pmf } from "../../runtime/gamma.ts";
import { integrate } from "../../runtime/quadrature.ts";
import { expectClose } from "./close.ts";

// [t, mean, sigma, tau1, tau2, emg pdf and cdf with tau2, emg2 pdf and cdf], mpmath with 50 digits
const EMG = [
  [
    0.6, 0.5, 0.15, 0.026, 2.197, 0.31613950201018054, 0.052948976536710324, 0.292087987549343,
    0.04535468886042741,
  ],
  [
    0.2, 0.5, 0.15, 0.026, 2.197, 0.01009721993515243, 0.0005665397506493152, 0.0070677537574527355,
    0.0003827781529555441,
  ],
  [
    3, 0.5, 0.15, 0.026, 2.197, 0.14621496163656153, 0.6787657292844743, 0.14796603902143052,
    0.6749186122699171,
  ],
  [1, 0.5, 0.15, 1, 1, 0.6129461371061232, 0.3866248025606799, 0.2929131223176175, 0.09371168024306237],
  [
    1, 0.5, 0.15, 1, 1.00001, 0.6129429367863702, 0.38662187345106497, 0.29291096148828233,
    0.09371091196278268,
  ],
  [
    40, 0.5, 0.15, 0.026, 2.197, 7.095362617301279e-9, 0.9999999844114883, 7.18033701990369e-9,
    0.9999999842247995,
  ],
] as const;

const accurate = { relative: 1e-12, absolute: 1e-14 };
const scale = fc.double({ min: 0.05, max: 5, noNaN: true });
const place = fc.double({ min: -2, max: 8, noNaN: true });

describe("densities and distribution functions", () => {
  it("normal_cdf is the integral of normal_pdf", () => {
    fc.assert(
      fc.property(place, scale, (x, sigma) => {
        const { value } = integrate((t) => normal_pdf(t, 0.7, sigma), 0.7 - 10 * sigma, x, {
          ...accurate,
          splits: [0.7],
        });
        expectClose(normal_cdf(x, 0.7, sigma), value, 1e-11, 1e-13);
      }),
    );
    expectClose(normal_cdf(-20, 0, 1), 2.7536241186062337e-89, 1e-13);
  });

  it("gamma_cdf is the integral of gamma_pdf", () => {
    for (const [shape, theta] of [
      [1, 2],
      [2.5, 0.4],
      [40, 1.3],
    ] as const) {
      for (const x of [0.3, 2, 50]) {
        const { value } = integrate((t) => gamma_pdf(t, shape, theta), 0, x, accurate);
        expectClose(gamma_cdf(x, shape, theta), value, 1e-11, 1e-13);
      }
    }
  });

  it("gamma_pdf equals its formula, and has the right edge", () => {
    const [x, shape, theta] = [3.1, 4.2, 0.9];
    const logarithm = (shape - 1) * Math.log(x / theta) - x / theta - lgamma(shape);
    expectClose(gamma_pdf(x, shape, theta), Math.exp(logarithm) / theta, 1e-14);
    expect([gamma_pdf(0, 1, 2), gamma_pdf(0, 2, 2), gamma_pdf(0, 0.5, 2), gamma_pdf(-1, 2, 2)]).toEqual([
      0.5,
      0,
      Number.POSITIVE_INFINITY,
      0,
    ]);
  });

  it("poisson_pmf equals the product of its factors", () => {
    for (const mean of [0.01, 0.5, 7, 300]) {
      let probability = Math.exp(-mean);
      for (let n = 0; n < 300; n++) {
        expectClose(poisson_pmf(n, mean), probability, 1e-12, 1e-290);
        probability *= mean / (n + 1);
      }
    }
    expect([poisson_pmf(0, 0), poisson_pmf(3, 0), poisson_pmf(-1, 2)]).toEqual([1, 0, 0]);
  });

  it("step and exponential_pdf start at zero", () => {
    expect([step(-1e-300), step(0), step(2)]).toEqual([0, 1, 1]);
    expect([exponential_pdf(-1, 2), exponential_pdf(0, 2)]).toEqual([0, 0.5]);
  });
});

describe("Gaussians convolved with exponentials", () => {
  it("agree with 50-digit arithmetic", () => {
    for (const [t, mean, sigma, tau1, tau2, pdf, cdf, pdf2, cdf2] of EMG) {
      expectClose(emg_pdf(t, mean, sigma, tau2), pdf, 1e-14);
      expectClose(emg_cdf(t, mean, sigma, tau2), cdf, 0, 1e-15);
      expectClose(emg2_pdf(t, mean, sigma, tau1, tau2), pdf2, 1e-13);
      expectClose(emg2_cdf(t, mean, sigma, tau1, tau2), cdf2, 0, 1e-14);
    }
  });

  it("emg_pdf is the convolution", () => {
    fc.assert(
      fc.property(place, scale, scale, (t, sigma, tau) => {
        // over the Gaussian in units of its width, so that no peak is narrow
        const { value } = integrate(
          (z) => normal_pdf(z, 0, 1) * exponential_pdf(t - 0.5 - sigma * z, tau),
          -9,
          Math.max(-9, Math.min(9, (t - 0.5) / sigma)),
          { ...accurate, splits: [-3, 0, 3] },
        );
        expectClose(emg_pdf(t, 0.5, sigma, tau), value, 1e-10, 1e-12);
      }),
    );
  });

  it("emg2_pdf is emg_pdf convolved once more, for near and equal mean lives as well", () => {
    for (const ratio of [1, 1 + 1e-8, 1.1, 1.19, 1.21, 3, 80]) {
      const tau1 = 0.3;
      const tau2 = tau1 * ratio;
      for (const t of [0, 0.6, 2.5]) {
        const { value } = integrate((s) => emg_pdf(t - s, 0.5, 0.15, tau1) * exponential_pdf(s, tau2), 0, 8, {
          ...accurate,
          splits: [t - 1, t - 0.5, t],
        });
        expectClose(emg2_pdf(t, 0.5, 0.15, tau1, tau2), value, 1e-10, 1e-12);
        expectClose(emg2_pdf(t, 0.5, 0.15, tau2, tau1), value, 1e-10, 1e-12);
      }
    }
  });

  it("cdfs are the integrals of the pdfs", () => {
    for (const t of [0.1, 0.5, 1.3, 6]) {
      const splits = [0.2, 0.5, 0.8];
      const one = integrate((s) => emg_pdf(s, 0.5, 0.15, 2.197), -2, t, { ...accurate, splits });
      const two = integrate((s) => emg2_pdf(s, 0.5, 0.15, 0.026, 2.197), -2, t, { ...accurate, splits });
      expectClose(emg_cdf(t, 0.5, 0.15, 2.197), one.value, 1e-11, 1e-13);
      expectClose(emg2_cdf(t, 0.5, 0.15, 0.026, 2.197), two.value, 1e-11, 1e-13);
    }
  });

  it("do not overflow far from the pulse", () => {
    for (const t of [-1e4, -30, 30, 1e4]) {
      for (const tau of [1e-3, 1, 1e3]) {
        for (const value of [emg_pdf(t, 0, 0.1, tau), emg2_pdf(t, 0, 0.1, tau, 2), emg_cdf(t, 0, 0.1, tau)]) {
          expect(Number.isFinite(value) && value >= 0).toBe(true);
        }
      }
    }
  });
});
