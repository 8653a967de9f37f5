/**
 * Elastic scattering of a massless neutrino of energy E on a nucleus (or electron) of mass M at rest, which recoils
 * with kinetic energy T. All energies and masses in one unit, ħ = c = 1.
 */

/** Largest recoil energy at neutrino energy E: 2E²/(M + 2E). */
export function T_max(E: number, M: number): number {
  return (2 * E * E) / (M + 2 * E);
}

/** Smallest neutrino energy that gives the recoil energy T: (T + √(T² + 2MT))/2, the inverse of `T_max`. */
export function E_min(T: number, M: number): number {
  return (T + Math.sqrt(T * (T + 2 * M))) / 2;
}

/** Momentum transfer √(2MT), the leading term of √(2MT + T²) for T ≪ M. */
export function q(T: number, M: number): number {
  return Math.sqrt(2 * M * T);
}

/** Names of the kinematic factors, as a spec chooses them. */
export type KinematicFactor = "leading" | "exact" | "spin-half";

/**
 * Dependence of dσ/dT on E and T beside the weak charge and form factor; zero beyond `T_max`.
 * `leading`: 1 − MT/2E²; `exact`: 1 − T/E − MT/2E², a nucleus of spin 0; `spin-half`: adds T²/2E²
 * (Lindner, Rodejohann and Xu, arXiv:1612.04150).
 */
export const kinematicFactors: Readonly<
  Record<KinematicFactor, (E: number, T: number, M: number) => number>
> = {
  leading: (E, T, M) => allowed(E, T, M, 1 - (M * T) / (2 * E * E)),
  exact: (E, T, M) => allowed(E, T, M, 1 - T / E - (M * T) / (2 * E * E)),
  "spin-half": (E, T, M) => allowed(E, T, M, 1 - T / E - (M * T) / (2 * E * E) + (T * T) / (2 * E * E)),
};

/** The factor within the allowed range, where rounding must not take it below zero. */
function allowed(E: number, T: number, M: number, factor: number): number {
  return T >= 0 && T <= T_max(E, M) ? Math.max(0, factor) : 0;
}
