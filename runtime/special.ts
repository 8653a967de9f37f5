/** The special functions of the language, one file per family. All are synchronous and need no start-up. */
export { dsphere, fermi, fermi_x, fermi_y, j0, j1, sphere } from "./bessel.ts";
export { poissonDeviance, templateDeviance, templatePull } from "./deviance.ts";
export {
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
} from "./distributions.ts";
export { erf, erfc, erfcx } from "./error-function.ts";
export { digamma, gammainc, gammainc_a, gammaincc, lgamma, poisson_pmf, trigamma } from "./gamma.ts";
export { morph, morph_linear } from "./morph.ts";
