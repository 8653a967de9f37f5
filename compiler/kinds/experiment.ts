import { block, field, formula, kind, quantity } from "./build.ts";
import { inputValue, letField, parameter } from "./common.ts";
import type { ValueType } from "./description.ts";

/** Numbers for the bins, the last axis fastest. */
const perBin: ValueType = { kind: "numbers", dimension: "number", file: true };
const inputs = block([], { open: inputValue });

const background = field(
  "background",
  "Events that are not the signal: a shape over the bins times a total.",
  {
    label: { kind: "name", meaning: "name of the background" },
    block: block([
      field(
        "shape",
        "Density over the binned observables, in the order of the bins, `shape(x, y) = …`; or a number per bin from a " +
          "list or a file. Normalised to 1 over the bins.",
        {
          params: { kind: "arguments", names: [], given: [], each: "observable" },
          value: { kind: "either", options: [perBin, formula("1/observables", "strict")] },
          clauses: ["where", "for"],
          required: true,
        },
      ),
      field("total", "Expected number of events; an error makes it a constrained nuisance.", {
        value: quantity("number", { low: 0, error: true }),
        required: true,
      }),
    ]),
    blockRequired: true,
    repeatable: true,
  },
);

export const experiment = kind({
  keyword: "experiment",
  doc: "Sources, a detector and an exposure; the bins, the data, the backgrounds and the systematics.",
  block: block([
    field("source", "A source the detector sees, with the values of its inputs.", {
      label: { kind: "reference", to: ["source"] },
      block: inputs,
      required: true,
      repeatable: true,
    }),
    field("detector", "The detector, with the values of its inputs.", {
      label: { kind: "reference", to: ["detector"] },
      block: inputs,
      required: true,
    }),
    field("bins", "Edges of the bins of one observable. Without bins there is one count.", {
      label: { kind: "observable" },
      value: { kind: "numbers", dimension: "target", file: false },
      repeatable: true,
      ordered: true,
    }),
    field("livetime", "Time of exposure; needed when a source gives a flux.", {
      value: quantity("time", { low: 0 }),
    }),
    field("data", "Observed counts, the last axis fastest. Without data the experiment is a projection.", {
      value: perBin,
    }),
    field("errors", "Gaussian errors of the data, bin by bin.", { value: perBin }),
    background,
    field(
      "systematic",
      "A relative error of components, `12% on signal, BRN`: a nuisance that scales them.",
      {
        label: { kind: "name", meaning: "name of the systematic" },
        value: quantity("number", { low: 0 }),
        clauses: ["on"],
        requiredClauses: ["on"],
        repeatable: true,
      },
    ),
    parameter,
    letField("strict"),
  ]),
  example: `sevens 1
use "./facility.sevens" { PionsAtRest, Simple }

experiment Run1 {
  source PionsAtRest {
    pions = 2.7e22
    distance = 19.3 m
  }
  detector Simple
  bins pe = [8, 12, 16, 20, 24] PE
  data = [31, 25, 12, 7]
  background Neutrons {
    shape = [0.4, 0.3, 0.2, 0.1]
    total = 6 +- 1.5
  }
  systematic norm = 10% on signal
}
`,
});
