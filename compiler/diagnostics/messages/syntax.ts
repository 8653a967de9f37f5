/** SV10xx: text that cannot be read. One code per kind of problem the parser reports. */
import type { Group } from "../definition.ts";

export const syntaxMessages = {
  SV1001: {
    severity: "error",
    name: "unexpected-character",
    message: "{problem}",
    page: {
      why: "The language has no use for this character. Formulas are plain text: `*` for a product, `^2` for a square.",
      wrong: "constant a = 2 × 3",
      right: "constant a = 2 * 3",
    },
  },
  SV1002: {
    severity: "error",
    name: "unterminated-string",
    message: "{problem}",
    page: {
      why: "A string ends on the line where it begins, with the same quote.",
      wrong: 'data = "csi-2021.csv',
      right: 'data = "csi-2021.csv"',
    },
  },
  SV1003: {
    severity: "error",
    name: "unterminated-comment",
    message: "{problem}",
    page: {
      why: "A comment that begins with /* reaches to the next */; without one it would swallow the rest of the file.",
      wrong: "/* shell model",
      right: "/* shell model */",
    },
  },
  SV1004: {
    severity: "error",
    name: "unexpected-token",
    message: "{problem}",
    page: {
      why: "The text up to here was understood, and this word or sign cannot follow it. The message says what could.",
      wrong: "constant g = 2 3",
      right: "constant g = 2 * 3",
    },
  },
  SV1005: {
    severity: "error",
    name: "missing-token",
    message: "{problem}",
    page: {
      why: "Something that belongs here was left out. Reading went on as if it stood there.",
      wrong: "use nuclei Cs133",
      right: "use nuclei { Cs133 }",
    },
  },
  SV1006: {
    severity: "error",
    name: "unclosed",
    message: "{problem}",
    page: {
      why: "A bracket was opened and never closed. The place where it was opened is marked.",
      wrong: "F(q) = exp(-(q*s)^2 / 2",
      right: "F(q) = exp(-(q*s)^2 / 2)",
    },
  },
  SV1007: {
    severity: "error",
    name: "bad-number",
    message: "{problem}",
    page: {
      why: "Numbers are written like 12, 0.5 or 3.198e23, with digits on both sides of the one decimal point.",
      wrong: "constant s2w = 0.2.386",
      right: "constant s2w = 0.2386",
    },
  },
  SV1008: {
    severity: "error",
    name: "nesting-too-deep",
    message: "{problem}",
    page: {
      why: "Brackets are nested deeper than any formula needs. Give parts of the formula names of their own.",
      wrong: "constant x = ((((…))))",
      right: "constant y = a + b\nconstant x = y^2",
    },
  },
  SV1009: {
    severity: "error",
    name: "too-many-problems",
    message: "{problem}",
    page: {
      why: "The file is so long, or has so many syntax errors, that it is hardly a spec. Of the errors the first ones are shown; mend those and try again.",
      wrong: "a file of another language",
      right: "sevens 1",
    },
  },
  SV1010: {
    severity: "error",
    name: "unsupported-version",
    message:
      "the file is written in version {version} of the language, this compiler reads version {supported}",
    help: "install a newer sevens, or change the head line to `sevens {supported}`",
    page: {
      why: "The head line names the version of the language. A newer file may mean things this compiler does not know.",
      wrong: "sevens 99",
      right: "sevens 1",
    },
  },
  SV1011: {
    severity: "warning",
    name: "missing-version",
    message: "the file does not say in which version of the language it is written",
    help: "begin it with `sevens 1`",
    page: {
      why: "A file without a head line is read as the newest version of the language, and may mean something else to a later compiler.",
      wrong: "nucleus Cs133 { … }",
      right: "sevens 1\nnucleus Cs133 { … }",
    },
  },
  SV1012: {
    severity: "error",
    name: "version-is-whole",
    message: "a version of the language is a whole number in digits, not `{found}`",
    help: "begin the file with `sevens {supported}`",
    page: {
      why: "Versions of the language are counted: 1, 2, 3. What lies between them is none, and other ways to write a number are not those of a head line.",
      wrong: "sevens 0.5",
      right: "sevens 1",
    },
  },
} as const satisfies Group<"SV10">;
