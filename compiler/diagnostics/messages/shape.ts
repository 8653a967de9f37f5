/** SV13xx: the shape of declarations, as their kind descriptions prescribe it. */
import type { Group } from "../definition.ts";

export const shapeMessages = {
  SV1301: {
    severity: "error",
    name: "unknown-keyword",
    message: "unknown kind of declaration `{keyword}`",
    page: {
      why: "A declaration begins with its kind: nucleus, material, formfactor, interaction, source, detector, experiment, analysis, ….",
      wrong: "nuclues Cs133 { … }",
      right: "nucleus Cs133 { … }",
    },
  },
  SV1302: {
    severity: "error",
    name: "unknown-field",
    message: "{owner} has no field `{field}`",
    page: {
      why: "Each kind of declaration has its own fields; the reference lists them.",
      wrong: "atomic_mas = 132.9 u",
      right: "atomic_mass = 132.9 u",
    },
  },
  SV1303: {
    severity: "error",
    name: "missing-field",
    message: "{owner} needs `{field}`",
    page: {
      why: "The field has no default.",
      wrong: "source SNS { protons = 3.2e23 POT }",
      right: "source SNS {\n  protons = 3.2e23 POT\n  distance = 19.3 m\n}",
    },
  },
  SV1304: {
    severity: "error",
    name: "field-twice",
    message: "`{field}` is given twice",
    page: {
      why: "Fields have no order, so a second value cannot replace the first.",
      wrong: "Z = 55\nZ = 53",
      right: "Z = 55",
    },
  },
  SV1305: {
    severity: "error",
    name: "contradictory-fields",
    message: "`{field}` and `{other}` exclude each other",
    help: "keep one of them",
    page: {
      why: "Both fields fix the same quantity.",
      wrong: "flux = 4.8e13 /cm^2/s\nfluence = 1e20 /cm^2",
      right: "flux = 4.8e13 /cm^2/s",
    },
  },
  SV1306: {
    severity: "error",
    name: "wrong-form",
    message: "`{keyword}` is not written like this",
    note: "its form is `{form}`",
    page: {
      why: "The statement has a part that this keyword does not take, or lacks one that it needs.",
      wrong: "mediator vector Zp { … }",
      right: "mediator Zp: vector { … }",
    },
  },
  SV1307: {
    severity: "error",
    name: "wrong-number-of-arguments",
    message: "`{callee}` takes {expected}, here it has {found}",
    page: {
      why: "The function has a fixed number of arguments.",
      wrong: "sphere(q, R)",
      right: "sphere(q*R)",
    },
  },
  SV1308: {
    severity: "error",
    name: "unknown-argument",
    message: "`{callee}` has no argument `{argument}`",
    page: {
      why: "Arguments may be given by name, and this name is none of them.",
      wrong: "Helm(radius = 4.8 fm)",
      right: "Helm(R = 4.8 fm)",
    },
  },
  SV1309: {
    severity: "error",
    name: "argument-twice",
    message: "argument `{argument}` of `{callee}` is given twice",
    page: {
      why: "An argument was given by its place and again by its name, or twice by name.",
      wrong: "Helm(4.8 fm, R = 4.7 fm)",
      right: "Helm(R = 4.7 fm)",
    },
  },
  SV1310: {
    severity: "error",
    name: "missing-argument",
    message: "`{callee}` needs the argument `{argument}`",
    page: {
      why: "The argument has no default value.",
      wrong: "Helm(s = 0.9 fm)",
      right: "Helm(R = 4.8 fm, s = 0.9 fm)",
    },
  },
  SV1311: {
    severity: "error",
    name: "not-a-choice",
    message: "`{field}` is one of {choices}, not `{found}`",
    page: {
      why: "The field takes one of a few words.",
      wrong: "likelihood = poison",
      right: "likelihood = poisson",
    },
  },
  SV1312: {
    severity: "error",
    name: "missing-label",
    message: "this {keyword} needs a name",
    help: "write `{keyword} Name`, the name being yours",
    page: {
      why: "Others refer to the declaration by its name.",
      wrong: "interaction { … }",
      right: "interaction Mine { … }",
    },
  },
  SV1313: {
    severity: "error",
    name: "misplaced-declaration",
    message: "`{keyword}` cannot stand in {place}",
    page: {
      why: "The keyword is known, and belongs into another kind of declaration.",
      wrong: "nucleus Cs133 { charge[l] += Z }",
      right: "interaction Mine { charge[l] += Z }",
    },
  },
  SV1314: {
    severity: "error",
    name: "wrong-indices",
    message: "`{name}` has {expected}, here it has {found}",
    page: {
      why: "A parameter with flavour indices is used with as many of them as it was declared with.",
      wrong: "parameter eps[l, k] = 0\ncharge[l] += eps[l] * Z",
      right: "parameter eps[l, k] = 0\ncharge[l -> k] += eps[l, k] * Z",
    },
  },
  SV1315: {
    severity: "error",
    name: "nothing-declared",
    message: "nothing is declared in `{file}`",
    note: "a file declares at least one nucleus, interaction, experiment, …, or uses one",
    page: {
      why: "The file is empty, or holds nothing but comments.",
      wrong: "sevens 1",
      right: "sevens 1\nuse experiments { CsI2021 }",
    },
  },
  SV1316: {
    severity: "error",
    name: "missing-choice",
    message: "{owner} needs one of {ways}",
    page: {
      why: "Several fields can fix this quantity, and one of them has to be there.",
      wrong: "nucleus Cs133 {\n  Z = 55\n  A = 133\n}",
      right: "nucleus Cs133 {\n  Z = 55\n  A = 133\n  atomic_mass = 132.9 u\n}",
    },
  },
  SV1317: {
    severity: "error",
    name: "unknown-key",
    message: "{field} has no key `{key}`",
    page: {
      why: "The keys of this map are words of the language: flavours, or the particles that may carry a charge.",
      wrong: "charges = { up: 1 }",
      right: "charges = { u: 1 }",
    },
  },
  SV1318: {
    severity: "error",
    name: "no-shape-to-vary",
    message: "{component} has no shape that `{systematic}` could vary",
    page: {
      why: "A systematic with `plus` and `minus` moves a `shape` between tables. What is computed has none: its shape changes with the parameters that it is computed from.",
      wrong: "background Flat { events(x) = A }\nsystematic tilt on Flat { plus = [1, 2] }",
      right: "background Flat {\n  shape = [1, 1]\n  total = A\n}\nsystematic tilt on Flat { plus = [1, 2] }",
    },
  },
  SV1319: {
    severity: "error",
    name: "electron-response",
    message: "{observable} does not say what it is for an electron",
    help: "add `value_e(T) = …` or `density_e(x | T) = …`, with T in keVee; or leave out what the detector says of electrons elsewhere",
    page: {
      why: "The detector says elsewhere that it sees electrons. It has to say so in every observable that the recoil decides, for an electron is not quenched as a nucleus is.",
      wrong: "efficiency_e(T) = 1\nobservable energy: keVee {\n  value(T) = 0.2 keVee/keVnr * T\n}",
      right:
        "efficiency_e(T) = 1\nobservable energy: keVee {\n  value(T) = 0.2 keVee/keVnr * T\n  value_e(T) = T\n}",
    },
  },
  SV1320: {
    severity: "error",
    name: "electrons-unseen",
    message: "{detector} of {experiment} does not see electrons, and nothing else is counted",
    help: "give its observables `value_e(T)` or `density_e(x | T)`, or leave `recoils` out",
    page: {
      why: "An analysis with `recoils = electrons` counts electrons alone. A detector that does not say how it answers to them has no signal at all.",
      wrong: "recoils = electrons\n// while the detector has value(T) alone",
      right: "observable energy: keVee {\n  value(T) = 0.2 keVee/keVnr * T\n  value_e(T) = T\n}",
    },
  },
  SV1321: {
    severity: "error",
    name: "two-flavor-changes",
    message: "{first} and {second} both change the flavour on the way",
    note: "write one interaction whose `flux[l -> k]` is the whole of it",
    page: {
      why: "Probabilities of two changes of flavour do not commute, and a sum of interactions has no order. Factors `flux[l] *= f` may be in any number of interactions.",
      wrong: "model = StandardModel + Sterile + SolarOscillation",
      right: "model = StandardModel + Sterile",
    },
  },
  SV1322: {
    severity: "error",
    name: "no-photoabsorption",
    message: "an interaction reads `sigma_gamma`, and {nucleus} has no photoabsorption",
    note: "give it `photoabsorption(T) = …`, or take an interaction that scatters on free electrons",
    page: {
      why: "`sigma_gamma(T)` is the cross section of the atom for absorbing a photon. Without data for an element there is no value to take in its place.",
      wrong: "nucleus Ge72 { … }",
      right: "nucleus Ge72 {\n  photoabsorption(T) = GePhotoabsorption(T)\n}",
    },
  },
} as const satisfies Group<"SV13">;
