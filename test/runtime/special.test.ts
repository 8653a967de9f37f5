import * as cephes from "cephes";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { erf, erfc, erfcx } from "../../runtime/error-function.ts";
import {
  digamma,
  gammainc,
  gammainc_a,
  gammaincc,
  lgamma,
  poisson_pmf,
  trigamma,
} from "../../runtime/gamma.ts";
import { expectClose, slope } from "./close.ts";

// [x, erf, erfc, exp(x²) erfc(x)], mpmath with 50 digits
const ERROR_FUNCTIONS = [
  [-3, -0.9999779095030014, 1.9999779095030015, 16205.988853999586],
  [-0.6, -0.6038560908479259, 1.6038560908479258, 2.2988541117340935],
  [1e-9, 1.1283791670955127e-9, 0.9999999988716208, 0.9999999988716208],
  [0.3, 0.3286267594591274, 0.6713732405408726, 0.7345993345676551],
  [0.4999, 0.5204119951613866, 0.4795880048386134, 0.6157416166688975],
  [0.7499, 0.7110913357245858, 0.2889086642754142, 0.5069744498720216],
  [0.7501, 0.7112199219384784, 0.28878007806152156, 0.5069008553334308],
  [2, 0.9953222650189527, 0.004677734981047266, 0.25539567631050575],
  [5.5, 0.9999999999999927, 7.357847917974398e-15, 0.10096221839949909],
  [26, 1, 5.663192408856143e-296, 0.021683584850562907],
] as const;

// [x, ln |Γ|, ψ, ψ′], mpmath with 50 digits
const GAMMA = [
  [-3.7, -1.3797399049658245, -0.8450768588704194, 14.84242186412428],
  [-0.25, 1.589575312551186, 2.9141391202135276, 18.541879647671607],
  [0.001, 6.907178885383853, -1000.5755719318103, 1000001.6425331958],
  [0.4999, 0.5725613186041184, -1.9640035904016993, 4.936485567383169],
  [0.9999999, 5.772157468444193e-8, -0.5772158293949515, 1.6449343072596394],
  [1.5001, -0.12077858396397449, 0.03658345005488259, 0.934719327925132],
  [1.9999999, -4.2278430309861296e-8, 0.4227842706050584, 0.6449341072596095],
  [2.4999, 0.28461255726068263, 0.7031076036885755, 0.49038137762498063],
  [2.5001, 0.2847531885887332, 0.7032056752398703, 0.49033413681454757],
  [7.25, 7.0521854507385395, 1.910453526883736, 0.14787923315893217],
  [9.9999, 12.801602305348396, 2.2517420723779034, 0.10516744067678245],
  [10.0001, 12.802052655866206, 2.2517631056450407, 0.10516523070978806],
  [1234.5, 7550.550901077895, 7.118016231827998, 0.0008103727271269667],
] as const;

// [a, x, P, Q, ∂P/∂a], mpmath with 50 digits
const INCOMPLETE = [
  [0.5, 0.1, 0.345279153981423, 0.654720846018577, -0.8229360969795988],
  [1, 3, 0.950212931632136, 0.049787068367863944, -0.09648294199134635],
  [3.7, 2, 0.18627467088905394, 0.8137253291109461, -0.15948300756607284],
  [3.7, 9, 0.9848140883443061, 0.015185911655693935, -0.017607157781015403],
  [30, 12, 8.870138799144693e-6, 0.9999911298612009, -8.442479343603667e-6],
  [100, 130, 0.9972495916326934, 0.002750408367306526, -0.00081013002856229],
  [1000, 1031.6, 0.8412134532618379, 0.15878654673816206, -0.007617297410264287],
  [9999, 10100, 0.8437524197050417, 0.15624758029495833, -0.0023916505133330995],
  [20000, 19800, 0.07830049501217735, 0.9216995049878226, -0.0010360143813339612],
] as const;

// Imported as a module, cephes compiles its WebAssembly asynchronously, in Node as well.
beforeAll(async () => {
  await cephes.compiled;
});

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe("error functions", () => {
  it("agree with 50-digit arithmetic", () => {
    for (const [x, value, complement, scaled] of ERROR_FUNCTIONS) {
      expectClose(erf(x), value, 4e-16);
      expectClose(erfc(x), complement, 1e-15);
      expectClose(erfcx(x), scaled, 1e-15);
    }
  });

  it("agree with cephes", () => {
    fc.assert(
      fc.property(between(-6, 26), (x) => {
        expectClose(erf(x), cephes.erf(x), 1e-15);
        expectClose(erfc(x), cephes.erfc(x), 1e-12);
      }),
    );
  });

  it("is odd, and never decreases", () => {
    fc.assert(
      fc.property(between(0, 10), between(0, 1), (x, gap) => {
        expect(erf(-x)).toBe(-erf(x));
        expect(erf(x + gap)).toBeGreaterThanOrEqual(erf(x) - 2e-16);
      }),
    );
  });

  it("have their limits", () => {
    const infinity = Number.POSITIVE_INFINITY;
    expect([erf(0), erf(infinity), erf(-infinity), erfc(infinity), erfc(-infinity)]).toEqual([
      0, 1, -1, 0, 2,
    ]);
    expect([erfcx(infinity), erf(Number.NaN), erfc(Number.NaN)]).toEqual([0, Number.NaN, Number.NaN]);
    expectClose(erfcx(1e10), 1 / (Math.sqrt(Math.PI) * 1e10), 1e-15);
  });
});

describe("gamma function", () => {
  it("agrees with 50-digit arithmetic", () => {
    for (const [x, logarithm, psi, psi1] of GAMMA) {
      expectClose(lgamma(x), logarithm, 2e-15);
      expectClose(digamma(x), psi, 1e-14);
      expectClose(trigamma(x), psi1, 1e-14);
    }
  });

  it("gives factorials", () => {
    let logarithm = 0;
    for (let n = 1; n <= 170; n++) {
      expectClose(lgamma(n), logarithm, 1e-15);
      logarithm += Math.log(n);
    }
  });

  it("agrees with cephes", () => {
    fc.assert(
      fc.property(between(1e-3, 300), (x) => {
        expectClose(lgamma(x), cephes.lgam(x), 1e-14, 1e-15);
        expectClose(digamma(x), cephes.psi(x), 1e-13, 1e-15);
      }),
    );
  });

  it("obeys its recurrences", () => {
    fc.assert(
      fc.property(between(0.01, 50), (x) => {
        expectClose(lgamma(x + 1), lgamma(x) + Math.log(x), 1e-14, 1e-14);
        expectClose(digamma(x + 1), digamma(x) + 1 / x, 1e-14, 1e-13);
        expectClose(trigamma(x + 1), trigamma(x) - 1 / x ** 2, 1e-14, 1e-11);
      }),
    );
  });

  it("says where its poles are", () => {
    expect([lgamma(0), lgamma(-3), digamma(-2), trigamma(0)]).toEqual([
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.NaN,
      Number.POSITIVE_INFINITY,
    ]);
    expect(lgamma(Number.NaN)).toBeNaN();
  });
});

describe("incomplete gamma functions", () => {
  it("agree with 50-digit arithmetic", () => {
    for (const [a, x, lower, upper, slopeA] of INCOMPLETE) {
      expectClose(gammainc(a, x), lower, 3e-14);
      expectClose(gammaincc(a, x), upper, 3e-14);
      expectClose(gammainc_a(a, x), slopeA, 1e-12);
    }
  });

  it("agree with cephes to what cephes can do", () => {
    fc.assert(
      fc.property(between(0.05, 500), between(-6, 6), (a, deviations) => {
        const x = Math.max(1e-3, a + deviations * Math.sqrt(a));
        expectClose(gammainc(a, x), cephes.igam(a, x), 1e-9, 1e-11);
        expectClose(gammaincc(a, x), cephes.igamc(a, x), 1e-9, 1e-11);
      }),
    );
  });

  it("add up to one, and are continuous where the method changes", () => {
    fc.assert(
      fc.property(between(0.05, 3e4), between(-5, 5), (a, deviations) => {
        const x = Math.max(1e-3, a + deviations * Math.sqrt(a));
        expectClose(gammainc(a, x) + gammaincc(a, x), 1, 1e-14);
      }),
    );
    for (const x of [9900, 10000, 10050])
      expectClose(gammainc(1e4, x), gammainc(1e4 * (1 + 1e-15), x), 1e-12);
  });

  it("has the derivative by the shape that differences give", () => {
    fc.assert(
      fc.property(between(0.5, 200), between(-4, 4), (a, deviations) => {
        const x = Math.max(0.01, a + deviations * Math.sqrt(a));
        expectClose(
          gammainc_a(a, x),
          slope((b) => gammainc(b, x), a, 2e-3 * a),
          1e-7,
          1e-9,
        );
      }),
    );
  });

  it("has its limits", () => {
    const infinity = Number.POSITIVE_INFINITY;
    expect([gammainc(2, 0), gammaincc(2, 0), gammainc(2, infinity), gammaincc(2, infinity)]).toEqual([
      0, 1, 1, 0,
    ]);
    expect([gammainc(0, 1), gammaincc(-1, 1), gammainc_a(2, 0)]).toEqual([Number.NaN, Number.NaN, 0]);
    expect([gammainc(1e6, 2e6), gammainc(1e6, 1)]).toEqual([1, 0]);
  });

  it("sums the Poisson probabilities", () => {
    let sum = 0;
    for (let n = 0; n <= 60; n++) {
      sum += poisson_pmf(n, 47.3);
      expectClose(gammaincc(n + 1, 47.3), sum, 1e-13);
    }
  });
});
