/** SV11xx: names, where they come from, and whether they are used. */
import type { Group } from "../definition.ts";

export const nameMessages = {
  SV1101: {
    severity: "error",
    name: "unknown-name",
    message: "unknown name `{name}`",
    page: {
      why: "Nothing of this name is declared here, used from a module, or part of the language. The nearest known name is suggested.",
      wrong: "F(q) = spere(q*R)",
      right: "F(q) = sphere(q*R)",
    },
  },
  SV1102: {
    severity: "error",
    name: "duplicate-declaration",
    message: "`{name}` is declared twice",
    page: {
      why: "Declarations have no order, so a second one of the same name cannot replace the first.",
      wrong: "parameter g = 1\nparameter g = 2",
      right: "parameter g = 1\nparameter h = 2",
    },
  },
  SV1103: {
    severity: "error",
    name: "ambiguous-name",
    message: "`{name}` could be {candidates}",
    help: "write the owner in front: `{example}`",
    page: {
      why: "Several declarations have a member of this name. Say which one is meant.",
      wrong: "free Rn",
      right: "free Cs133.Rn",
    },
  },
  SV1104: {
    severity: "error",
    name: "unknown-module",
    message: "no module `{path}`",
    page: {
      why: "A bare name is a module of the standard library; a file is written as a string that begins with ./ or ../; a package as a string with its name.",
      wrong: 'use "our-detector.sevens" { GeArray }',
      right: 'use "./our-detector.sevens" { GeArray }',
    },
  },
  SV1105: {
    severity: "error",
    name: "not-in-module",
    message: "`{module}` declares no `{name}`",
    page: {
      why: "The module was found and has nothing of this name.",
      wrong: "use nuclei { Cs13 }",
      right: "use nuclei { Cs133 }",
    },
  },
  SV1106: {
    severity: "error",
    name: "circular-use",
    message: "these files use one another in a circle: {cycle}",
    page: {
      why: "Files may use each other, but a name has to be declared in one of them.",
      wrong: 'a.sevens: use "./b.sevens" { X }\nb.sevens: use "./a.sevens" { X }',
      right: 'a.sevens: use "./b.sevens" { X }\nb.sevens: constant X = 1',
    },
  },
  SV1107: {
    severity: "error",
    name: "circular-definition",
    message: "`{name}` is defined through itself: {cycle}",
    page: {
      why: "Every program ends, so nothing may be defined through itself, not even on a detour.",
      wrong: "let a = b + 1\nlet b = a + 1",
      right: "let a = 1\nlet b = a + 1",
    },
  },
  SV1108: {
    severity: "warning",
    name: "unused-name",
    message: "`{name}` is never used",
    page: {
      why: "A name that nothing reads is often a misspelt one, or what is left of an earlier version.",
      wrong: "let R0 = 2*R\nF(q) = sphere(q*R)",
      right: "let R0 = 2*R\nF(q) = sphere(q*R0)",
    },
  },
  SV1109: {
    severity: "error",
    name: "wrong-kind",
    message: "`{name}` is {found}, but {expected} is due here",
    page: {
      why: "The name is known and stands for a declaration of another kind.",
      wrong: "detector Cs133",
      right: "detector CsINa",
    },
  },
  SV1110: {
    severity: "error",
    name: "unknown-index",
    message: "the index `{name}` is not bound here",
    help: "an index is bound on the left: `{example}`; else it is one of `e`, `mu`, `tau`",
    page: {
      why: "A flavour index is bound by the left-hand side of a formula. Elsewhere a flavour has to be named: e, mu or tau.",
      wrong: "dsigma/dT += G_F^2*M * eps[l]^2 * Fp^2",
      right: "dsigma/dT [l] += G_F^2*M * eps[l]^2 * Fp^2",
    },
  },
  SV1111: {
    severity: "error",
    name: "unknown-member",
    message: "`{owner}` has no `{name}`",
    page: {
      why: "The detector has no observable, or the experiment no component, of this name.",
      wrong: "bins pee = [8, 12] PE",
      right: "bins pe = [8, 12] PE",
    },
  },
  SV1112: {
    severity: "error",
    name: "reserved-name",
    message: "`{name}` already means {meaning} here",
    help: "choose another name",
    page: {
      why: "Formulas refer to the nucleus and to the kinematics by fixed names such as Z, N, E, T and q. A declaration may not hide them. Nor may anything be called as what every object of JavaScript has, from constructor, toString and valueOf to __proto__: generated code and results have objects by these names.",
      wrong: "parameter E = 1 MeV",
      right: "parameter E0 = 1 MeV",
    },
  },
  SV1113: {
    severity: "warning",
    name: "unused-import",
    message: "`{name}` is imported from `{module}` and never used",
    page: {
      why: "The list behind `use` should say what the file really needs.",
      wrong: "use nuclei { Cs133, I127 }\nmaterial Caesium = { Cs133: 1 }",
      right: "use nuclei { Cs133 }\nmaterial Caesium = { Cs133: 1 }",
    },
  },
  SV1114: {
    severity: "error",
    name: "outside-project",
    message: "`{path}` lies outside the project",
    note: "copy the file into the project, or put it into a package",
    page: {
      why: "A spec reads only files of its own project and of the packages it uses, so that it can be shared and means the same elsewhere.",
      wrong: 'use "/home/me/x.sevens" { X }',
      right: 'use "./x.sevens" { X }',
    },
  },
  SV1115: {
    severity: "warning",
    name: "unused-allowance",
    message: "`allow {lint}` has nothing to allow here",
    help: "remove it",
    page: {
      why: "The lint that is allowed on this line does not occur there any more, so the stated reason is out of date.",
      wrong: "// allow unused-name: kept for the talk\nconstant two = 2",
      right: "constant two = 2",
    },
  },
  SV1116: {
    severity: "warning",
    name: "unknown-allowance",
    message: "there is no lint `{lint}`",
    page: {
      why: "An allowance names a lint of the compiler; errors cannot be allowed.",
      wrong: "// allow unit-formfactor: pointlike target",
      right: "// allow unit-form-factor: pointlike target",
    },
  },
  SV1117: {
    severity: "error",
    name: "package-not-found",
    message: "no package `{name}` in the project",
    note: "`npm install {name}` in the project, with `--install-links` for a folder outside of it",
    page: {
      why: "Packages are looked for in the `node_modules` folders from the file that uses them up to the project, the folder with the `package.json`. Links that lead out of the project are not followed; each workspace of npm or pnpm is a project of its own, where a package of another one is installed from what `npm pack` makes of it.",
      wrong: 'use "@group/leptoquark" { S1 }',
      right: 'use "@group/leptoquarks" { S1 }',
    },
  },
  SV1118: {
    severity: "warning",
    name: "allowance-without-reason",
    message: "`allow {lint}` gives no reason and is not heeded",
    help: "say why it is right here, `// allow {lint}: …`, or remove it",
    page: {
      why: "A lint that is switched off without a reason puzzles the next reader.",
      wrong: "// allow unit-form-factor",
      right: "// allow unit-form-factor: a point-like target for comparison",
    },
  },
  SV1119: {
    severity: "error",
    name: "no-spec-package",
    message: "`{name}` cannot be used as a package of specs: {problem}",
    page: {
      why: 'A package of specs has a field `sevens` in its package.json with the folder of its specs and the version of the language: `"sevens": { "specs": "./specs", "language": 1 }`.',
      wrong: 'use "lodash" { S1 }',
      right: 'use "@group/leptoquarks" { S1 }',
    },
  },
  SV1120: {
    severity: "warning",
    name: "empty-use",
    message: "`use {module}` brings no name",
    help: "name what the file needs of it, or remove it",
    page: {
      why: "The list behind `use` says which names come into the file; without one, the statement does nothing.",
      wrong: "use nuclei { }",
      right: "use nuclei { Cs133 }",
    },
  },
} as const satisfies Group<"SV11">;
