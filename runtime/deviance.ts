/**
 * Term of the Poisson likelihood-ratio χ² of n observed where ν are expected, 2 [ν − n + n ln(n/ν)] (S. Baker and
 * R. D. Cousins, Nucl. Instrum. Meth. 221 (1984) 437). Near n = ν it is summed without cancellation. An expectation
 * that is negative, or zero where something was observed, is impossible: +∞.
 */
export function poissonDeviance(nu: number, n: number): number {
  if (n === 0) return nu >= 0 ? 2 * nu : impossible(nu);
  if (!(nu > 0)) return impossible(nu);
  const s = (n - nu) / (n + nu);
  const z = s * s;
  if (z > 1 / 9) return 2 * (nu - n + n * Math.log(n / nu));
  return 2 * ((n + nu) * z * (1 + (1 + s) * s * atanhTail(z)));
}

/** (atanh s − s)/s³ = 1/3 + z/5 + z²/7 + … with z = s² ≤ 1/9, in two interleaved chains; relative error 1e-16. */
function atanhTail(z: number): number {
  const y = z * z;
  const even =
    1 / 3 + y * (1 / 7 + y * (1 / 11 + y * (1 / 15 + y * (1 / 19 + y * (1 / 23 + y * (1 / 27 + y / 31))))));
  const odd = 1 / 5 + y * (1 / 9 + y * (1 / 13 + y * (1 / 17 + y * (1 / 21 + y * (1 / 25 + y / 29)))));
  return even + z * odd;
}

/** The term of an impossible expectation; NaN stays NaN, so that a fault of the model is not hidden. */
function impossible(nu: number): number {
  return Number.isNaN(nu) ? Number.NaN : Number.POSITIVE_INFINITY;
}

/**
 * Poisson χ² of a bin whose expectation ν is itself known with an error only, of that `variance`, from the limited
 * statistics of its templates: one free shift η per bin, Gaussian, at its best value,
 * min_η [2 (ν + η − n + n ln(n/(ν + η))) + η²/variance] (R. Barlow and C. Beeston, Comput. Phys. Commun. 77 (1993) 219,
 * with one parameter per bin as J. S. Conway, arXiv:1103.0354, section 5). Without variance it is `poissonDeviance`.
 */
export function templateDeviance(nu: number, variance: number, n: number): number {
  if (!(variance > 0)) return poissonDeviance(nu, n);
  const pull = templatePull(nu, variance, n);
  return poissonDeviance(Math.max(0, nu + variance * pull), n) + variance * pull * pull;
}

/**
 * η/variance at the best shift η of a bin: the root m = ν + η of m² − (ν − variance) m − n variance = 0 that is not
 * negative. Half of what χ² falls by per unit of ν.
 */
export function templatePull(nu: number, variance: number, n: number): number {
  const d = nu - variance;
  const root = Math.sqrt(d * d + 4 * n * variance);
  // Of the two forms of the root, the one that adds.
  const m = d >= 0 ? (d + root) / 2 : (2 * n * variance) / (root - d);
  if (m > 0) return n / m - 1;
  return variance > 0 ? -nu / variance : -1;
}
