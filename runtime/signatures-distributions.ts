/** Signatures of probability densities and distribution functions. */
import type { Signature } from "./signature.ts";

const value = { name: "x", dim: "D" } as const;
const normalArguments = [value, { name: "mean", dim: "D" }, { name: "sigma", dim: "D" }] as const;
const gammaArguments = [
  value,
  { name: "shape", dim: "1", doc: "shape: mean²/variance" },
  { name: "scale", dim: "D", doc: "scale: variance/mean" },
] as const;
const emgArguments = [
  { name: "t", dim: "D" },
  { name: "mean", dim: "D", doc: "mean of the Gaussian" },
  { name: "sigma", dim: "D", doc: "standard deviation of the Gaussian" },
  { name: "tau", dim: "D", doc: "mean life" },
] as const;
const emg2Arguments = [
  ...emgArguments.slice(0, 3),
  { name: "tau1", dim: "D", doc: "mean life of the first decay" },
  { name: "tau2", dim: "D", doc: "mean life of the second decay" },
] as const;

const templateArguments = [
  { name: "nu", dim: "1", doc: "expected counts" },
  { name: "variance", dim: "1", doc: "variance of the expected counts" },
  { name: "n", dim: "1", doc: "observed counts" },
] as const;

/** S. Baker and R. D. Cousins, Nucl. Instrum. Meth. 221 (1984) 437. */
const BAKER_COUSINS = "doi:10.1016/0167-5087(84)90016-4";
const BARLOW_BEESTON = "doi:10.1016/0010-4655(93)90005-W";
const GRUSHKA = "doi:10.1021/ac60319a011";

/** τ² times the derivative by τ of τ emg_pdf(t, mean, sigma, τ). */
const decaySlope = (tau: string): string =>
  `(((t - mean)*${tau} - sigma^2)*emg_pdf(t, mean, sigma, ${tau}) + sigma^2*normal_pdf(t, mean, sigma))`;

/** Derivative by τ of τ² emg_pdf(t, mean, sigma, τ). */
const lateSlope = (tau: string): string =>
  `(${tau}*emg_pdf(t, mean, sigma, ${tau}) + ${decaySlope(tau)}/${tau})`;

/** m² + n variance at the best expectation m of a bin. */
const templateSlope = "((nu + variance*template_pull(nu, variance, n))^2 + n*variance)";

/** Gaussian, gamma, Poisson, exponential, and Gaussians convolved with exponentials. */
export const distributionSignatures = [
  {
    name: "normal_pdf",
    args: normalArguments,
    result: "1/D",
    doc: "Gaussian density",
    domain: "sigma > 0",
    derivatives: [
      "-normal_pdf(x, mean, sigma)*(x - mean)/sigma^2",
      "normal_pdf(x, mean, sigma)*(x - mean)/sigma^2",
      "normal_pdf(x, mean, sigma)*(((x - mean)/sigma)^2 - 1)/sigma",
    ],
    expand: "exp(-(((x - mean)/sigma)^2)/2)/(sqrt(2*pi)*sigma)",
    javascript: "normal_pdf",
  },
  {
    name: "normal_cdf",
    args: normalArguments,
    result: "1",
    doc: "probability of a Gaussian below x",
    domain: "sigma > 0",
    derivatives: [
      "normal_pdf(x, mean, sigma)",
      "-normal_pdf(x, mean, sigma)",
      "-normal_pdf(x, mean, sigma)*(x - mean)/sigma",
    ],
    expand: "erfc((mean - x)/(sqrt(2)*sigma))/2",
    javascript: "normal_cdf",
  },
  {
    name: "gamma_pdf",
    args: gammaArguments,
    result: "1/D",
    doc: "gamma density (x/θ)ᵏ⁻¹ exp(−x/θ)/(θ Γ(k)) with shape k and scale θ, for x > 0; 0 below",
    domain: "shape > 0 and scale > 0 and x > 0",
    derivatives: [
      "gamma_pdf(x, shape, scale)*((shape - 1)/x - 1/scale)",
      "gamma_pdf(x, shape, scale)*(ln(x/scale) - digamma(shape))",
      "gamma_pdf(x, shape, scale)*(x/scale - shape)/scale",
    ],
    expand: "exp((shape - 1)*(ln(x) - ln(scale)) - x/scale - lgamma(shape))/scale",
    javascript: "gamma_pdf",
  },
  {
    name: "gamma_cdf",
    args: gammaArguments,
    result: "1",
    doc: "probability of a gamma distribution below x",
    domain: "shape > 0 and scale > 0",
    derivatives: [
      "gamma_pdf(x, shape, scale)",
      "gammainc_a(shape, x/scale)",
      "-gamma_pdf(x, shape, scale)*x/scale",
    ],
    expand: "gammainc(shape, x/scale)",
    javascript: "gamma_cdf",
  },
  {
    name: "poisson_pmf",
    args: [
      { name: "n", dim: "1", doc: "count; real numbers interpolate" },
      { name: "mean", dim: "1" },
    ],
    result: "1",
    doc: "Poisson probability meanⁿ exp(−mean)/n!",
    domain: "n >= 0 and mean > 0",
    derivatives: ["poisson_pmf(n, mean)*(ln(mean) - digamma(n + 1))", "poisson_pmf(n, mean)*(n/mean - 1)"],
    expand: "exp(n*ln(mean) - mean - lgamma(n + 1))",
    javascript: "poisson_pmf",
  },
  {
    name: "exponential_pdf",
    args: [value, { name: "tau", dim: "D", doc: "mean life" }],
    result: "1/D",
    doc: "exponential density exp(−x/τ)/τ for x ≥ 0; 0 below",
    domain: "tau > 0",
    derivatives: ["-exponential_pdf(x, tau)/tau", "exponential_pdf(x, tau)*(x/tau - 1)/tau"],
    expand: "if x < 0 then 0 else exp(-x/tau)/tau",
    javascript: "exponential_pdf",
  },
  {
    name: "emg_pdf",
    args: emgArguments,
    result: "1/D",
    doc: "density of a Gaussian time plus an exponential delay",
    cite: GRUSHKA,
    domain: "sigma > 0 and tau > 0",
    derivatives: [
      "(normal_pdf(t, mean, sigma) - emg_pdf(t, mean, sigma, tau))/tau",
      "(emg_pdf(t, mean, sigma, tau) - normal_pdf(t, mean, sigma))/tau",
      "(sigma*(emg_pdf(t, mean, sigma, tau) - normal_pdf(t, mean, sigma))/tau - (t - mean)/sigma*normal_pdf(t, mean, sigma))/tau",
      `(${decaySlope("tau")}/tau^2 - emg_pdf(t, mean, sigma, tau))/tau`,
    ],
    javascript: "emg_pdf",
  },
  {
    name: "emg_cdf",
    args: emgArguments,
    result: "1",
    doc: "probability below t of a Gaussian time plus an exponential delay",
    cite: GRUSHKA,
    domain: "sigma > 0 and tau > 0",
    derivatives: [
      "emg_pdf(t, mean, sigma, tau)",
      "-emg_pdf(t, mean, sigma, tau)",
      "sigma*(normal_pdf(t, mean, sigma) - emg_pdf(t, mean, sigma, tau))/tau",
      `-${decaySlope("tau")}/tau^2`,
    ],
    expand: "normal_cdf(t, mean, sigma) - tau*emg_pdf(t, mean, sigma, tau)",
    javascript: "emg_cdf",
  },
  {
    name: "emg2_pdf",
    args: emg2Arguments,
    result: "1/D",
    doc: "density of a Gaussian time plus two exponential delays; derivatives by the mean lives need tau1 ≠ tau2",
    cite: GRUSHKA,
    domain: "sigma > 0 and tau1 > 0 and tau2 > 0",
    derivatives: [
      "(emg_pdf(t, mean, sigma, tau1) - emg2_pdf(t, mean, sigma, tau1, tau2))/tau2",
      "(emg2_pdf(t, mean, sigma, tau1, tau2) - emg_pdf(t, mean, sigma, tau1))/tau2",
      "sigma*((normal_pdf(t, mean, sigma) - emg_pdf(t, mean, sigma, tau1))/tau1 - (emg_pdf(t, mean, sigma, tau1) - emg2_pdf(t, mean, sigma, tau1, tau2))/tau2)/tau2",
      `(${decaySlope("tau1")}/tau1^2 - emg2_pdf(t, mean, sigma, tau1, tau2))/(tau1 - tau2)`,
      `(emg2_pdf(t, mean, sigma, tau1, tau2) - ${decaySlope("tau2")}/tau2^2)/(tau1 - tau2)`,
    ],
    javascript: "emg2_pdf",
  },
  {
    name: "emg2_cdf",
    args: emg2Arguments,
    result: "1",
    doc: "probability below t of a Gaussian time plus two exponential delays; derivatives by the mean lives need tau1 ≠ tau2",
    cite: GRUSHKA,
    domain: "sigma > 0 and tau1 > 0 and tau2 > 0",
    derivatives: [
      "emg2_pdf(t, mean, sigma, tau1, tau2)",
      "-emg2_pdf(t, mean, sigma, tau1, tau2)",
      "sigma*(emg_pdf(t, mean, sigma, tau1) - emg2_pdf(t, mean, sigma, tau1, tau2))/tau2",
      `(normal_cdf(t, mean, sigma) - emg2_cdf(t, mean, sigma, tau1, tau2) - ${lateSlope("tau1")})/(tau1 - tau2)`,
      `(${lateSlope("tau2")} + emg2_cdf(t, mean, sigma, tau1, tau2) - normal_cdf(t, mean, sigma))/(tau1 - tau2)`,
    ],
    javascript: "emg2_cdf",
  },
  {
    name: "poisson_deviance",
    args: [
      { name: "nu", dim: "1", doc: "expected counts" },
      { name: "n", dim: "1", doc: "observed counts" },
    ],
    result: "1",
    doc: "term of the Poisson χ², 2 (ν − n + n ln(n/ν))",
    cite: BAKER_COUSINS,
    domain: "nu > 0 and n >= 0",
    derivatives: ["2*(1 - n/nu)", "2*ln(n/nu)"],
    javascript: "poissonDeviance",
  },
  {
    name: "template_deviance",
    args: templateArguments,
    result: "1",
    doc: "the same of an expectation with a variance from limited statistics of templates, one best shift per bin",
    cite: BARLOW_BEESTON,
    domain: "nu > 0 and variance > 0 and n >= 0",
    derivatives: [
      "-2*template_pull(nu, variance, n)",
      "-template_pull(nu, variance, n)^2",
      "2*ln(n/(nu + variance*template_pull(nu, variance, n)))",
    ],
    javascript: "templateDeviance",
  },
  {
    name: "template_pull",
    args: templateArguments,
    result: "1",
    doc: "best shift of such a bin over its variance",
    cite: BARLOW_BEESTON,
    domain: "nu > 0 and variance > 0 and n > 0",
    derivatives: [
      `-n/${templateSlope}`,
      `-n*template_pull(nu, variance, n)/${templateSlope}`,
      `(nu + variance*template_pull(nu, variance, n))/${templateSlope}`,
    ],
    javascript: "templatePull",
  },
] as const satisfies readonly Signature[];
