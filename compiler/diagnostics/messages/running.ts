/** SV18xx: numbers that did not come out. SV19xx: a command that cannot be carried out. */
import type { Group } from "../definition.ts";

export const evaluationMessages = {
  SV1801: {
    severity: "error",
    name: "result-not-finite",
    message: "{what} is {found} at {place}",
    page: {
      why: "A formula left its domain for these values of the parameters: a division by zero or an overflow.",
      wrong: "dsigma/dT += 1 / (T - T)",
      right: "dsigma/dT += 1 / (T + T0)",
    },
  },
  SV1803: {
    severity: "error",
    name: "fit-not-converged",
    message: "the fit of {analysis} did not converge: {reason}",
    page: {
      why: "No minimum was found, so there is no result to print. Narrow the ranges, fix degenerate parameters, or start elsewhere.",
      wrong: "free g\nfree M_Zp\n// with g/M_Zp determined alone",
      right: "free g",
    },
  },
  SV1804: {
    severity: "error",
    name: "negative-counts",
    message: "{experiment} expects {found} events in bin {bin}",
    page: {
      why: "A Poisson likelihood needs expectations that are not negative. A background norm or an interference term may be out of bounds.",
      wrong: "parameter A = 0 in -10 .. 10",
      right: "parameter A = 0 in 0 .. 10",
    },
  },
  SV1805: {
    severity: "warning",
    name: "precision-not-reached",
    message: "{experiment} is accurate to {found} only, {tolerance} was asked for",
    page: {
      why: "The quadrature error of a bin is above the tolerance; more nodes or split points are needed.",
      wrong: "precision 1e-12",
      right: "precision 1e-8",
    },
  },
  SV1806: {
    severity: "error",
    name: "outside-domain",
    message: "`{callee}` is not defined at {found}",
    page: {
      why: "Square roots want arguments that are not negative, logarithms positive ones.",
      wrong: "sqrt(3*s^2 - 5/3 * R^2)",
      right: "sqrt(5/3 * R^2 - 3*s^2)",
    },
  },
  SV1807: {
    severity: "error",
    name: "too-much-work",
    message: "this spec needs more steps to read than any analysis does",
    page: {
      why: "Functions that call functions several times each multiply up, and hundreds of definitions that each need the next pile up. The compiler stops before it runs out of memory.",
      wrong:
        "function f(x: number): number = g(x) + g(x + 1) + g(x + 2)   with g written the same way, and so on",
      right: "a table, or fewer levels",
    },
  },
  SV1808: {
    severity: "error",
    name: "chains-differ",
    message: "the chains of {analysis} did not find the same distribution: {reason}",
    page: {
      why: "Chains that begin at different places have to end in the same distribution. Where R-hat is above 1.01 they have not: they are too short, or the posterior has several peaks between which they do not pass, so that nothing is known of their shares.",
      wrong: "sevens sample nsi.sevens --draws 100",
      right:
        "sevens sample nsi.sevens --draws 5000\n// or a range around one of the peaks: free eps in -0.1 .. 0.1",
    },
  },
  SV1809: {
    severity: "warning",
    name: "poor-sample",
    message: "the sample of {analysis} is poor: {reason}",
    page: {
      why: "Neighbouring draws are alike, so that they count for less than their number; and a trajectory that loses its energy (a divergence) comes from a place that is too steep for the step, where draws are missing then.",
      wrong: "sevens sample radius.sevens --draws 50",
      right: "sevens sample radius.sevens --draws 2000",
    },
  },
  SV1810: {
    severity: "error",
    name: "needs-bins",
    message: "events of {analysis} can be neither drawn nor expected one by one: {reason}",
    help: "give the bins edges where the density steps, or write `likelihood = poisson` in the analysis",
    page: {
      why: "Toys of an unbinned likelihood draw the places of events from their density, and Asimov data are weights at points that stand for it. Inside of each bin the density is looked at in cells that are cut in halves until their integrals stay; where they still miss the counts of the bins by more than a thousandth of all events, it has steps or peaks that were not found.",
      wrong:
        "bins time = [0, 6] us\n// with a density that is zero but for the 4 ns after a pulse\nlikelihood = unbinned\n// sevens toys radius.sevens",
      right:
        "bins time = [0, 0.5, 0.504, 6] us\n// the pulse in a bin of its own\nlikelihood = unbinned\n// sevens toys radius.sevens",
    },
  },
  SV1811: {
    severity: "error",
    name: "no-prior",
    message: "{names} has no range, over which a prior could be even",
    help: "give one, `free NAME in a .. b`, or a constraint to a nuisance",
    page: {
      why: "The posterior of a free parameter is the likelihood times a prior that is even in its range. An even density over all numbers cannot be normalised.",
      wrong: "parameter shift = 0",
      right: "parameter shift = 0 in -0.1 .. 0.1",
    },
  },
  SV1812: {
    severity: "warning",
    name: "few-toys",
    message:
      "of {count} toys at each value only {beyond} lie beyond the level: its critical value is hardly known",
    page: {
      why: "A level of 90 % is the value that a tenth of the toys exceeds. With fewer than ten of them beyond it an end of an interval is known to a third of a standard deviation at best, and its error as little.",
      wrong: "sevens limit bl.sevens --method feldman-cousins --level 3sigma --toys 20 --grid …",
      right: "sevens limit bl.sevens --method feldman-cousins --level 3sigma --toys 10000 --grid …",
    },
  },
  SV1813: {
    severity: "warning",
    name: "contours-not-settled",
    message: "the contours of {analysis} may lack lines, or have them in pieces: {reason}",
    help: "narrow the ranges of the grids, give them more points, or cut oftener with `--refine`",
    page: {
      why: "Cells are made smaller until every minimum that was found below a level has a line around it, and until a further cut leaves the number of lines and their ends where they are. That was not reached with the fits that are made at most: a region is narrower than the cells.",
      wrong: '--grid "a in -1 .. 1 5 points"\n// where the region is 0.0001 wide',
      right: '--grid "a in 0.12 .. 0.13 5 points"',
    },
  },
  SV1814: {
    severity: "warning",
    name: "look-elsewhere",
    message:
      "{others} {verb} nothing at {tested}: chi2 does not follow its distribution of many events there",
    help: "fix it, `fix {example} = …`, for a limit at each value, or make toys: `sevens limit --toys 1000 --grid …`",
    page: {
      why: "By the theorem of Wilks, and by the formulas of limits in the limit of many events, a difference of chi2 follows a known distribution. That holds where every fitted parameter changes what is expected. The mass of a mediator does not when its coupling is zero: fits of data without a signal choose the mass with the largest fluctuation, so that chi2 falls further than for one parameter (the look-elsewhere effect). A limit at a fixed mass is one question, a search at any mass another, whose distribution toys give.",
      wrong:
        "free g_Zp in 0 .. 1e-4\nfree M_Zp in 1 MeV .. 1 GeV\n// sevens limit zprime.sevens --parameter g_Zp",
      right: "free g_Zp in 0 .. 1e-4\nfix M_Zp = 10 MeV\n// sevens limit zprime.sevens --parameter g_Zp",
    },
  },
  SV1815: {
    severity: "warning",
    name: "points-chosen-elsewhere",
    message:
      "at {place} the counts of {experiment} are off by {found} standard deviations: the points of integrals were chosen at the values of the spec",
    help: "have them chosen there: `{setting}`",
    page: {
      why: "How many points an integral gets is found out once, at the values of the spec, and serves for all others. A fit that moves a parameter far from there may make something narrow that was wide: a peak, a decay, a resonance. The counts at the result are therefore compared with those that twice the points give, all bins together, in units of their statistical errors.",
      wrong: "parameter tau = 3 us in 0.01 us .. 10 us\n// where the data want 0.02 us",
      right: "parameter tau = 0.03 us in 0.01 us .. 10 us\n// or: sevens fit decay.sevens --set tau=0.02us",
    },
  },
  SV1816: {
    severity: "warning",
    name: "limit-of-several-minima",
    message:
      "an upper limit counts from one minimum, but the likelihood has several in {parameter}: {places}",
    help: "restrict the range to one of them, `free {parameter} in … .. …`, or take the regions of `sevens fit`",
    page: {
      why: "The test of an upper limit is one-sided: values below the best one are never excluded, those above it are by how much chi2 rises. Where the likelihood has several minima, such as one for each sign of a coupling whose square is seen, which of them is the best one may be chance, and what is called a limit belongs to it alone.",
      wrong: "free g in -1e-3 .. 1e-3\n// the counts grow with g^2",
      right: "free g in 0 .. 1e-3",
    },
  },
} as const satisfies Group<"SV18">;

export const usageMessages = {
  SV1901: {
    severity: "error",
    name: "bad-command-line",
    message: "{problem}",
    page: {
      why: "The command was not understood; `sevens help VERB` shows its options.",
      wrong: "sevens rate x.sevens",
      right: "sevens rates x.sevens",
    },
  },
  SV1902: {
    severity: "error",
    name: "nothing-to-do",
    message: "{what} has no {needed}",
    page: {
      why: "The command works on declarations of one kind, and the spec has none.",
      wrong: "sevens fit model.sevens   without an analysis",
      right: "sevens fit analysis.sevens",
    },
  },
  SV1903: {
    severity: "error",
    name: "no-such-declaration",
    message: "the spec has no {kind} `{name}`",
    page: {
      why: "An option names a declaration that the spec does not have.",
      wrong: "sevens rates x.sevens --experiment CsI2012",
      right: "sevens rates x.sevens --experiment CsI2021",
    },
  },
  SV1904: {
    severity: "error",
    name: "bad-setting",
    message: "`{text}` does not set a parameter",
    help: "write `--set name=value`, the value with its unit: `--set M=10MeV`",
    page: {
      why: "A setting is a name, an equals sign and a value in the language.",
      wrong: "--set M:10",
      right: '--set "M=10 MeV"',
    },
  },
  SV1905: {
    severity: "error",
    name: "unknown-code",
    message: "there is no diagnostic `{code}`",
    page: {
      why: "Codes look like SV1203; lints also have names.",
      wrong: "sevens explain SV9999",
      right: "sevens explain SV1203",
    },
  },
} as const satisfies Group<"SV19">;
