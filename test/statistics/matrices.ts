import fc from "fast-check";

/** M Mᵀ + shift for a random M: symmetric and positive definite. */
export const positive = (n: number): fc.Arbitrary<Float64Array> =>
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: n * n, maxLength: n * n }).map((m) => {
    const a = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        for (let k = 0; k < n; k++) a[i * n + j]! += m[i * n + k]! * m[j * n + k]!;
        if (i === j) a[i * n + j]! += 0.05;
      }
    }
    return a;
  });
