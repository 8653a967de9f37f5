/** SV15xx: statements that contradict physics. SV16xx: lints, for what is legal and suspicious. */
import type { Group } from "../definition.ts";

export const physicsMessages = {
  SV1501: {
    severity: "error",
    name: "form-factor-at-zero",
    message: "F(0) of {owner} is {found}, not 1",
    page: {
      why: "A form factor is normalised to 1 at q = 0, where the probe sees the whole charge.",
      wrong: "F(q) = 2 * sphere(q*R)",
      right: "F(q) = sphere(q*R)",
    },
  },
  SV1502: {
    severity: "warning",
    name: "spectrum-not-normalised",
    message: "the spectrum of {flavor} integrates to {found}, not to 1",
    page: {
      why: "The spectrum of a flavour is a density in E; how many neutrinos there are is said by the normalisation.",
      wrong: "spectrum[nu_e](E) = 96*E^2/m_mu^3 * (1/2 - E/m_mu) for E in 0 MeV .. m_mu/2",
      right: "spectrum[nu_e](E) = 192*E^2/m_mu^3 * (1/2 - E/m_mu) for E in 0 MeV .. m_mu/2",
    },
  },
  SV1503: {
    severity: "warning",
    name: "density-not-normalised",
    message: "the density of {observable} integrates to {found} at {place}, not to 1",
    page: {
      why: "A smearing moves events and neither makes nor loses them; losses belong into an efficiency.",
      wrong: "density(n | T) = 2 * normal_pdf(n, light(T), 2 PE)",
      right: "density(n | T) = normal_pdf(n, light(T), 2 PE)",
    },
  },
  SV1504: {
    severity: "error",
    name: "negative-spectrum",
    message: "{what} is negative at {place}",
    page: {
      why: "A flux, a density or an efficiency cannot be negative. Often the range of a formula is too wide.",
      wrong: "spectrum[nu_e](E) = 192*E^2/m_mu^3 * (1/2 - E/m_mu) for E in 0 MeV .. m_mu",
      right: "spectrum[nu_e](E) = 192*E^2/m_mu^3 * (1/2 - E/m_mu) for E in 0 MeV .. m_mu/2",
    },
  },
  SV1505: {
    severity: "error",
    name: "efficiency-above-one",
    message: "the efficiency reaches {found} at {place}",
    page: {
      why: "An efficiency is a probability between 0 and 1.",
      wrong: "efficiency(n) = n / (20 PE)",
      right: "efficiency(n) = min(1, n / (20 PE))",
    },
  },
  SV1506: {
    severity: "error",
    name: "line-not-linear",
    message: "a line of spectrum[{species}] is not of the form weight * delta(E - E0)",
    note: "write `delta(E - E0)`, with E0 and the weight free of E",
    page: {
      why: "A line is integrated in closed form, so its position has to be readable from the formula.",
      wrong: "spectrum[nu_mu](E) = delta(2*E - 60 MeV)",
      right: "spectrum[nu_mu](E) = delta(E - 30 MeV)",
    },
  },
  SV1507: {
    severity: "error",
    name: "spectrum-without-range",
    message: "the spectrum of {species} has no range of energies",
    help: "add `for E in 0 MeV .. 53 MeV`, the range in which the formula holds",
    page: {
      why: "A formula alone does not say where the spectrum ends. A spectrum read from a table has the range of the table.",
      wrong: "spectrum[nu_e](E) = 192*E^2/m_mu^3 * (1/2 - E/m_mu)",
      right: "spectrum[nu_e](E) = 192*E^2/m_mu^3 * (1/2 - E/m_mu) for E in 0 MeV .. m_mu/2",
    },
  },
  SV1508: {
    severity: "error",
    name: "form-factor-above-one",
    message: "{what} is {found} at {place}",
    note: "a form factor falls off from 1: look at the sign of its exponent",
    page: {
      why: "A form factor is the Fourier transform of a density that is normalised to 1, so it is never above 1. A wrong sign of the exponent makes it grow.",
      wrong: "F(q) = sphere(q*R0) * exp((q*s)^2 / 2)",
      right: "F(q) = sphere(q*R0) * exp(-(q*s)^2 / 2)",
    },
  },
  SV1509: {
    severity: "error",
    name: "electrons-of-atom",
    message: "{nucleus} has {found} electrons that {place} can free, of Z = {Z}",
    page: {
      why: "An atom has Z electrons. An energy transfer frees those whose binding energy it exceeds, and all of them when it is large.",
      wrong: "Z = 32\nelectrons(T) = if T < 11.1 keV then 28 else 30",
      right: "Z = 32\nelectrons(T) = if T < 11.1 keV then 30 else 32",
    },
  },
} as const satisfies Group<"SV15">;

export const lintMessages = {
  SV1601: {
    severity: "warning",
    name: "unit-form-factor",
    message: "{nucleus} has F = 1, but qR reaches {found} in {experiment}",
    page: {
      why: "Coherence is lost when qR is not small against 1, and the rate falls by F(q)^2.",
      wrong: "protons = none(R = 4.821 fm)",
      right: "protons = Helm(R = 4.821 fm)",
    },
  },
  SV1602: {
    severity: "warning",
    name: "beyond-coherent-range",
    message: "recoils up to {found} enter {experiment}, beyond the coherent range of {nucleus} ({limit})",
    page: {
      why: "At large momentum transfer the nucleus no longer stays in its ground state, and the elastic cross section is not the whole signal.",
      wrong: "a 300 MeV beam on xenon",
      right: "a 30 MeV beam on xenon, or a cut on T",
    },
  },
  SV1604: {
    severity: "warning",
    name: "flux-below-threshold",
    message: "no neutrino of {source} leaves a recoil above the threshold of {detector}",
    page: {
      why: "The largest recoil is 2 E^2 / (M + 2 E). If it lies below the threshold, every count is zero.",
      wrong: "an 8 MeV reactor spectrum with a threshold of 10 keVnr on germanium",
      right: "a threshold of 1 keVnr",
    },
  },
  SV1605: {
    severity: "warning",
    name: "mediator-in-point-like-limit",
    message:
      "the mass of `{mediator}` stays above q in all experiments ({found}); only coupling/mass matters",
    page: {
      why: "When M is far above the momentum transfer the data fix g/M alone, and a fit of both does not converge.",
      wrong: "parameter mZ = 100 GeV in 10 GeV .. 1 TeV\n// in an analysis\nfree g\nfree mZ",
      right: "free g",
    },
  },
  SV1606: {
    severity: "warning",
    name: "unused-parameter",
    message: "parameter `{parameter}` enters no formula",
    page: {
      why: "No count depends on it, so a fit leaves it undetermined.",
      wrong: "parameter g = 1\ncharge[l] += Z",
      right: "parameter g = 1\ncharge[l] += g * Z",
    },
  },
  SV1607: {
    severity: "warning",
    name: "division-before-unit",
    message: "`{text}` is read as {reading}",
    help: "write `{alternative}` if a fraction of the unit is meant",
    page: {
      why: "A unit belongs to the number before it, so in 1/2 fm the unit is in the denominator.",
      wrong: "let s = 1/2 fm",
      right: "let s = 0.5 fm",
    },
  },
  SV1608: {
    severity: "warning",
    name: "data-asimov",
    message: "{experiment} has no data, {analysis} uses the expected counts in their place",
    help: "write `data = asimov` in the analysis to say that a projection is meant",
    page: {
      why: "Without data an analysis is a projection. It has to say so, lest a forgotten file pass for a result.",
      wrong: "experiments = CryoCsI2",
      right: "experiments = CryoCsI2\ndata = asimov",
    },
  },
  SV1609: {
    severity: "warning",
    name: "uncertainty-counted-twice",
    message: "`{first}` and `{second}` both scale the signal of {experiment}",
    help: "profile one of them; `fix` the other at 0 if both belong to the same error",
    page: {
      why: "A normalisation error of the signal usually has the error of the neutrino flux in it. Profiling the flux as well counts that error twice.",
      wrong: "profile SNS.yield\n// while CsI2021 has: systematic norm = 12% on signal",
      right: "profile SNS.yield\nfix CsI2021.norm = 0",
    },
  },
  SV1610: {
    severity: "warning",
    name: "form-factor-power",
    message: "this term of {what} goes with the form factor to the power of {found}, not {expected}",
    page: {
      why: "The weak charge is an amplitude and linear in the form factors; a cross section is its square. A single F in dsigma/dT makes the rate too large by 1/F.",
      wrong: "dsigma/dT += c * Z^2 * Fp(q)",
      right: "dsigma/dT += c * Z^2 * Fp(q)^2",
    },
  },
  SV1611: {
    severity: "warning",
    name: "radius-of-form-factor",
    message: "`{formfactor}` with R = {given} fm has an rms radius of {found} fm",
    note: "near q = 0 a form factor is 1 - (q R)^2 / 6: look at the signs and at what R stands for",
    page: {
      why: "R is the rms radius of every form factor of the library, so that one can replace another. The radius is read off the slope at q = 0; a wrong sign or a sphere's radius in its place shows there.",
      wrong: "F(q) = sphere(q*R)",
      right: "F(q) = sphere(q*sqrt(5/3)*R)",
    },
  },
  SV1612: {
    severity: "warning",
    name: "electrons-per-atom",
    message: "this term of dsigma_e/dT is the same for every atom, whatever its electrons",
    help: "multiply it by `Zeff(T)`, the electrons that T can free",
    page: {
      why: "dsigma_e/dT is the cross section of a whole atom. A formula that reads neither Zeff nor Z holds for one electron, and the rate is too small by their number.",
      wrong: "dsigma_e/dT += pi*alpha^2/m_e^2 * (1/T - 1/E) * (mu_nu/mu_B)^2",
      right: "dsigma_e/dT += pi*alpha^2/m_e^2 * (1/T - 1/E) * Zeff(T) * (mu_nu/mu_B)^2",
    },
  },
  SV1613: {
    severity: "warning",
    name: "events-outside",
    message: "events outside of the bins over {axes}: {outside} of {all}",
    help: "they are left out; say so with `// allow events-outside: …` when the bins are the selection",
    page: {
      why: "The bins are the region that is fitted, and events outside of it are not. A wrong unit or order of columns looks the same.",
      wrong: "bins pe = [8, 12, 16] PE\nevents = [[9.1], [42.0]]",
      right:
        "bins pe = [8, 12, 16] PE\n// allow events-outside: above 16 PE the background is not known\nevents = [[9.1], [42.0]]",
    },
  },
} as const satisfies Group<"SV16">;
