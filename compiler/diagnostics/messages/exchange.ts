/** SV20xx: what other formats cannot say, or not quite. */
import type { Group } from "../definition.ts";

export const exchangeMessages = {
  SV2001: {
    severity: "warning",
    name: "lost-in-export",
    message: "{format} cannot say all of {analysis}: {parts} left out or held",
    page: {
      why: "The format has no words for a part of the likelihood. A parameter is held at its value, a constraint is left out; the record of the export says which.",
      wrong: "sevens export radius.sevens --to pyhf -o radius.json   with a radius that is fitted",
      right:
        'sevens export radius.sevens --to pyhf --grid "Rn in 4 fm .. 7 fm 31 points" --inspire ins1234567 -o radius.json',
    },
  },
  SV2002: {
    severity: "warning",
    name: "approximate-export",
    message: "{format} says {parts} of {analysis} approximately",
    page: {
      why: "The format interpolates or combines variations in another way. How far off that is, is in the notes and in the record of the export.",
      wrong: "two shape systematics of one background, in pyhf: their shifts add",
      right: "the same with --to hs3, or with one of them fixed",
    },
  },
  SV2003: {
    severity: "error",
    name: "not-exportable",
    message: "{what} cannot be written as {format}: {reason}",
    page: {
      why: "The format has nothing that stands for it, not even approximately.",
      wrong: "data with Gaussian errors of which one is negative, in pyhf, which has Poisson counts alone",
      right: "sevens export x.sevens --to hs3",
    },
  },
} as const satisfies Group<"SV20">;
