/** SV14xx: values that their field does not allow. */
import type { Group } from "../definition.ts";

export const valueMessages = {
  SV1401: {
    severity: "error",
    name: "out-of-range",
    message: "`{field}` lies in {range}, not at {found}",
    page: {
      why: "The field has a range outside of which it means nothing.",
      wrong: "abundance = 130%",
      right: "abundance = 13.0%",
    },
  },
  SV1402: {
    severity: "error",
    name: "not-positive",
    message: "`{field}` is positive, not {found}",
    note: "give a value above zero",
    page: {
      why: "A mass, a radius, an exposure or a distance is greater than zero.",
      wrong: "atomic_mass = -132.9 u",
      right: "atomic_mass = 132.9 u",
    },
  },
  SV1403: {
    severity: "error",
    name: "abundance-sum",
    message: "the abundances of {owner} add up to {sum}, not to 100%",
    page: {
      why: "Natural abundances are fractions of atoms and add up to one within their rounding.",
      wrong: "mixture = { Ge70: 20.5%, Ge72: 27.4% }",
      right: "mixture = { Ge70: 20.52%, Ge72: 27.45%, Ge73: 7.76%, Ge74: 36.52%, Ge76: 7.75% }",
    },
  },
  SV1404: {
    severity: "error",
    name: "not-an-integer",
    message: "`{field}` is a whole number, not {found}",
    page: { why: "The field counts something.", wrong: "Z = 55.5", right: "Z = 55" },
  },
  SV1405: {
    severity: "error",
    name: "empty-bins",
    message: "the axis `{axis}` has no bin",
    note: "an axis of n bins has n + 1 edges",
    page: { why: "Two edges make a bin.", wrong: "bins pe = [8] PE", right: "bins pe = [8, 12] PE" },
  },
  SV1406: {
    severity: "error",
    name: "unsorted-bins",
    message: "the edges of `{axis}` do not rise: {found} follows {previous}",
    page: {
      why: "Bin edges are listed in rising order, each once.",
      wrong: "bins pe = [8, 16, 12] PE",
      right: "bins pe = [8, 12, 16] PE",
    },
  },
  SV1407: {
    severity: "error",
    name: "wrong-data-length",
    message: "{data} has {found} values for {expected} bins",
    note: "one value per bin, the last axis fastest",
    page: {
      why: "Data and background shapes have one value per bin, the last axis running fastest.",
      wrong: "bins pe = [8, 12, 16] PE\ndata = [1, 2, 3]",
      right: "bins pe = [8, 12, 16] PE\ndata = [1, 2]",
    },
  },
  SV1408: {
    severity: "error",
    name: "not-finite",
    message: "{what} is not a finite number",
    page: {
      why: "The value of a constant overflowed, or a function in it left its domain.",
      wrong: "constant huge = 1e200 * 1e200",
      right: "constant large = 1e20 * 1e20",
    },
  },
  SV1409: {
    severity: "error",
    name: "empty-range",
    message: "the range ends at {high}, before it begins at {low}",
    page: { why: "A range rises.", wrong: "in 8 fm .. 3 fm", right: "in 3 fm .. 8 fm" },
  },
  SV1410: {
    severity: "error",
    name: "number-out-of-range",
    message: "`{text}` is beyond the range of numbers",
    page: {
      why: "Numbers lie between about 1e-308 and 1e308 in the units of the compiler, and have at most a few hundred digits.",
      wrong: "constant protons = 1e999",
      right: "constant protons = 1e23",
    },
  },
  SV1411: {
    severity: "error",
    name: "default-outside-range",
    message: "the value {found} of `{parameter}` lies outside its range {range}",
    page: {
      why: "A parameter starts from its value, which has to lie in the range that is searched.",
      wrong: "parameter g = 2 in 0 .. 1",
      right: "parameter g = 0.5 in 0 .. 1",
    },
  },
  SV1412: {
    severity: "error",
    name: "error-not-positive",
    message: "the error of `{field}` is {found}",
    help: "an error is greater than zero; leave it out for an exact value",
    page: { why: "An error is a standard deviation.", wrong: "4.8 +- 0 fm", right: "4.8 +- 0.1 fm" },
  },
  SV1413: {
    severity: "error",
    name: "step-does-not-fit",
    message: "the step {step} does not divide the range {range}",
    page: {
      why: "A range with a step has to reach its end in whole steps, so that no bin is cut.",
      wrong: "bins x = [0 .. 1 step 0.3]",
      right: "bins x = [0 .. 1 step 0.25]",
    },
  },
  SV1414: {
    severity: "error",
    name: "log-of-non-positive-range",
    message: "`{parameter}` is logarithmic and its range begins at {low}",
    page: {
      why: "The logarithm of a parameter needs a range above zero.",
      wrong: "parameter g = 1e-4 in 0 .. 1 log",
      right: "parameter g = 1e-4 in 1e-7 .. 1 log",
    },
  },
  SV1415: {
    severity: "error",
    name: "no-error-given",
    message: "`{parameter}` has no error to be constrained by",
    page: {
      why: "A profiled parameter or a constraint enters the likelihood with a Gaussian term, which needs a standard deviation.",
      wrong: "parameter onset = 0 ns\n// in an analysis\nprofile onset",
      right: "parameter onset = 0 ns +- 20 ns\n// in an analysis\nprofile onset",
    },
  },
  SV1416: {
    severity: "error",
    name: "implausible-mass",
    message: "{nucleus} weighs {found}, which no nucleus of {A} nucleons does",
    note: "the mass is within 1% of A atomic mass units (1 u = 931.494 MeV)",
    page: {
      why: "The mass of a nucleus is about A u. A mass that is off by more than binding energies explain belongs to another isotope or is in another unit.",
      wrong: "nucleus Cs133 {\n  Z = 55\n  A = 133\n  atomic_mass = 126.9 u\n}",
      right: "nucleus Cs133 {\n  Z = 55\n  A = 133\n  atomic_mass = 132.905 u\n}",
    },
  },
  SV1417: {
    severity: "error",
    name: "contradictory-roles",
    message: "`{parameter}` is {first} and {second}",
    help: "keep one of the two",
    page: {
      why: "A parameter is free, profiled, fixed or tied to a formula. A parameter that an analysis declares is free already.",
      wrong: "free s2w\nfix s2w = 0.2386",
      right: "free s2w",
    },
  },
  SV1418: {
    severity: "error",
    name: "empty-shape",
    message: "`{field}` of {component} holds nothing in {place}",
    note: "say how events there are spread, or leave the bins out",
    page: {
      why: "A shape is a share of the events: of all of a background, or of the signal in one bin of the observables that the detector models. Nothing can be shared out by a shape of zeros.",
      wrong: "bins energy = [0, 10, 20] keVee\nbins f90 = [0.5, 0.7, 0.9]\nsignal { shape = [1, 3, 0, 0] }",
      right: "bins energy = [0, 10, 20] keVee\nbins f90 = [0.5, 0.7, 0.9]\nsignal { shape = [1, 3, 1, 4] }",
    },
  },
  SV1419: {
    severity: "error",
    name: "event-row",
    message: "an event has {found} numbers, where the bins are over {expected}",
    page: {
      why: "An event is a row of the values of the binned observables.",
      wrong: "bins pe = [8, 12, 16] PE\nbins time = [0, 2, 6] us\nevents = [[9.1], [14.2]]",
      right: "bins pe = [8, 12, 16] PE\nbins time = [0, 2, 6] us\nevents = [[9.1, 0.4], [14.2, 3.1]]",
    },
  },
  SV1420: {
    severity: "error",
    name: "other-counts",
    message: "`data` has {found} in bin {bin}, the events give {events}",
    help: "leave `data` out: the counts follow from the events",
    page: {
      why: "Events and counts are the same measurement. Where they differ, binned and unbinned fits are of different data.",
      wrong: "bins pe = [8, 12, 16] PE\nevents = [[9.1], [14.2]]\ndata = [2, 0]",
      right: "bins pe = [8, 12, 16] PE\nevents = [[9.1], [14.2]]",
    },
  },
  SV1421: {
    severity: "error",
    name: "no-density-at-events",
    message: "events of {experiment} cannot be fitted one by one: {found}",
    help: "write `likelihood = poisson`, which fits the counts of the bins",
    page: {
      why: "An unbinned likelihood is made of the density at each event. Where an observable is not smeared, or a component is known bin by bin only, there is none.",
      wrong: "observable pe: PE { value(T) = 1.2 PE/keVnr * T }\n…\nlikelihood = unbinned",
      right:
        "observable pe: PE { density(n | T) = normal_pdf(n, 1.2 PE/keVnr * T, 2 PE) }\n…\nlikelihood = unbinned",
    },
  },
  SV1422: {
    severity: "error",
    name: "too-many",
    message: "{what} has {found} {items}, {most} at most",
    note: "use fewer, or split the spec",
    page: {
      why: "A spec may hold a limited number of numbers in a list, rows in a file and bins in an experiment, and only so many copies of copies, files that use files, and integrals in integrals, so that one from elsewhere cannot use up the memory or the time. No analysis comes near the limits.",
      wrong: "bins energy = [0.5 .. 3 step 1e-7] keVee",
      right: "bins energy = [0.5 .. 3 step 0.1] keVee",
    },
  },
} as const satisfies Group<"SV14">;
