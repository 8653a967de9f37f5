import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cholesky,
  dot,
  eigenSymmetric,
  invertSymmetric,
  multiply,
  solveSymmetric,
} from "../../runtime/linear-algebra.ts";
import { positive } from "./matrices.ts";

describe("linear algebra", () => {
  it("solves and inverts random positive definite systems", () => {
    fc.assert(
      fc.property(
        positive(5),
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 5, maxLength: 5 }),
        (a, b) => {
          const x = solveSymmetric(a, 5, b)!;
          multiply(a, 5, x).forEach((value, i) => {
            expect(value).toBeCloseTo(b[i]!, 9);
          });
          multiply(invertSymmetric(a, 5)!, 5, b).forEach((value, i) => {
            expect(value).toBeCloseTo(x[i]!, 9);
          });
        },
      ),
    );
  });

  it("finds eigenvectors that are orthonormal and reproduce the matrix", () => {
    fc.assert(
      fc.property(positive(6), (a) => {
        const { values, vectors } = eigenSymmetric(a, 6);
        vectors.forEach((v, k) => {
          multiply(a, 6, v).forEach((value, i) => {
            expect(value).toBeCloseTo(values[k]! * v[i]!, 11);
          });
          vectors.forEach((w, l) => {
            expect(dot(v, w)).toBeCloseTo(k === l ? 1 : 0, 12);
          });
        });
      }),
    );
  });

  it("refuses what is not positive definite, whatever the units of its rows", () => {
    expect(cholesky(Float64Array.of(1, 2, 2, 1), 2)).toBeUndefined();
    expect(cholesky(Float64Array.of(1e-30, 1e-15, 1e-15, 1), 2)).toBeUndefined();
    expect(cholesky(Float64Array.of(Number.NaN, 0, 0, 1), 2)).toBeUndefined();
    expect(cholesky(Float64Array.of(1e-30, 0.5e-15, 0.5e-15, 1), 2)).toBeDefined();
  });
});
