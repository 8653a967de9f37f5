/** SV12xx: units and types of expressions. */
import type { Group } from "../definition.ts";

export const unitMessages = {
  SV1201: {
    severity: "error",
    name: "sum-of-different-units",
    message: "cannot {verb} {left} and {right}",
    page: {
      why: "Both sides of a sum or difference have one dimension. In formulas hbar = c = 1 holds, so mass and energy, or length and 1/energy, do go together.",
      wrong: "t + 5 keVee",
      right: "t + 5 ns",
    },
  },
  SV1202: {
    severity: "error",
    name: "wrong-unit",
    message: "`{field}` is {expected}, this is {found}",
    page: {
      why: "Every field has a dimension, and its value has to be written in a unit of that dimension.",
      wrong: "distance = 19.3 s",
      right: "distance = 19.3 m",
    },
  },
  SV1203: {
    severity: "error",
    name: "wrong-unit-of-formula",
    message: "`{target}` is {expected}, this term is {found}",
    page: {
      why: "A term that adds to a cross section, a charge or a spectrum has its dimension, with hbar = c = 1. A wrong power of T or E shows here.",
      wrong: "dsigma/dT += pi*alpha^2/m_e^2 * Z^2",
      right: "dsigma/dT += pi*alpha^2/m_e^2 * (1/T - 1/E) * Z^2",
    },
  },
  SV1204: {
    severity: "error",
    name: "missing-unit",
    message: "`{field}` is {expected}, this number has no unit",
    help: "write for example `{example}`",
    page: {
      why: "A number without a unit is a pure number. Where a quantity is due the unit is never guessed.",
      wrong: "parameter M = 10",
      right: "parameter M = 10 MeV",
    },
  },
  SV1205: {
    severity: "error",
    name: "unknown-unit",
    message: "unknown unit `{unit}`",
    page: {
      why: "Each unit has one spelling: keV, keVnr for nuclear recoils, keVee for electron-equivalent energies, us, hr, kg, PE, POT, mu_B, ….",
      wrong: "constant threshold = 0.2 keV_ee",
      right: "constant threshold = 0.2 keVee",
    },
  },
  SV1206: {
    severity: "error",
    name: "recoil-and-equivalent-energy",
    message: "{found} stands where {expected} is due",
    note: "apply the quenching of the detector to get from nuclear-recoil to electron-equivalent energy",
    page: {
      why: "A nuclear recoil of 10 keVnr is seen as about 1 keVee. The quenching factor between the two is physics, not a conversion of units.",
      wrong: "bins energy = [0.2, 1, 1.5] keVnr",
      right: "bins energy = [0.2, 1, 1.5] keVee",
    },
  },
  SV1207: {
    severity: "error",
    name: "wrong-unit-of-argument",
    message: "argument `{argument}` of `{callee}` is {expected}, this is {found}",
    page: {
      why: "Functions know the dimensions of their arguments; exp, log and the like take pure numbers.",
      wrong: "exp(-q^2*s / 2)",
      right: "exp(-(q*s)^2 / 2)",
    },
  },
  SV1208: {
    severity: "error",
    name: "unit-in-exponent",
    message: "an exponent is a number, this is {found}",
    page: {
      why: "Only a pure number can stand in an exponent; divide by a scale of the same dimension.",
      wrong: "2^t",
      right: "2^(t/us)",
    },
  },
  SV1209: {
    severity: "error",
    name: "varying-power-of-unit",
    message: "{found} cannot be raised to a power that is not a fixed fraction",
    note: "divide by a scale first, so that the base is a pure number",
    page: {
      why: "The dimension of a power has to be known when the spec is compiled, so a quantity with a unit takes only exponents like 2 or 1/2.",
      wrong: "E^n",
      right: "(E/MeV)^n",
    },
  },
  SV1210: {
    severity: "error",
    name: "comparison-of-different-units",
    message: "cannot compare {left} with {right}",
    note: "both sides need one dimension; nuclear-recoil, electron-equivalent and plain energies differ",
    page: {
      why: "Quantities of different dimensions have no order.",
      wrong: "if t < 520 keVee then 1 else 0",
      right: "if t < 520 ns then 1 else 0",
    },
  },
  SV1211: {
    severity: "error",
    name: "not-a-number",
    message: "expected a number, found {found}",
    page: {
      why: "This place wants a value to calculate with.",
      wrong: "2 * (t < 520 ns)",
      right: "if t < 520 ns then 2 else 0",
    },
  },
  SV1212: {
    severity: "error",
    name: "not-a-condition",
    message: "expected a condition, found {found}",
    help: "compare it with something, as in `… > 0`",
    page: {
      why: "Between `if` and `then`, and beside `and`, `or` and `not`, stands a comparison.",
      wrong: "if T then 1 else 0",
      right: "if T > 1 keVnr then 1 else 0",
    },
  },
  SV1213: {
    severity: "error",
    name: "branches-of-different-units",
    message: "the branches differ: {left} after `then`, {right} after `else`",
    page: {
      why: "A conditional has one dimension, whichever branch is taken.",
      wrong: "if E > 1 MeV then E else 0 s",
      right: "if E > 1 MeV then E else 0 MeV",
    },
  },
  SV1214: {
    severity: "error",
    name: "unit-on-a-pure-number",
    message: "`{field}` is a pure number, this is {found}",
    page: {
      why: "The field takes no unit.",
      wrong: "Z = 55 MeV",
      right: "Z = 55",
    },
  },
  SV1215: {
    severity: "error",
    name: "range-of-different-units",
    message: "the range begins with {left} and ends with {right}",
    page: {
      why: "Both ends of a range have one dimension.",
      wrong: "integral(x, x = 1 MeV .. 2 PE)",
      right: "integral(x, x = 1 MeV .. 2 MeV)",
    },
  },
  SV1216: {
    severity: "error",
    name: "error-of-different-unit",
    message: "the value is {left}, its error is {right}",
    page: {
      why: "An error has the dimension of its value, or is a percentage of it.",
      wrong: "4.821 fm +- 0.005 MeV",
      right: "4.821 +- 0.005 fm",
    },
  },
  SV1217: {
    severity: "error",
    name: "mixed-units-in-list",
    message: "this list has numbers in {first} and in {other}",
    note: "write the unit once, behind the bracket: `[…] {first}`",
    page: {
      why: "The numbers of a list are taken as they stand, in one unit for all of them.",
      wrong: "bins time = [0 ns, 125 ns, 1 us]",
      right: "bins time = [0, 0.125, 1] us",
    },
  },
} as const satisfies Group<"SV12">;
