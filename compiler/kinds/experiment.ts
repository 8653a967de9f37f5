import { block, either, exactlyOne, field, formula, kind, quantity, words } from "./build.ts";
import { inputValue, letField, parameter } from "./common.ts";
import type { FieldDescription, ValueType } from "./description.ts";

/** Numbers for the bins, the last axis fastest. */
const perBin: ValueType = { kind: "numbers", dimension: "number", file: true };
const inputs = block([], { open: inputValue });

/** A density over the binned observables, or a number per bin. */
const overBins = (keyword: string, doc: string, parts: Partial<FieldDescription> = {}): FieldDescription =>
  field(keyword, doc, {
    params: { kind: "arguments", names: [], given: [], each: "observable" },
    value: either(perBin, formula("1/observables", "strict")),
    clauses: ["where", "for"],
    ...parts,
  });

const background = field(
  "background",
  "Events that are not the signal: a shape over the bins times a total, or the events in each bin themselves.",
  {
    label: { kind: "name", meaning: "name of the background" },
    block: block(
      [
        overBins(
          "shape",
          "Density over the binned observables, in the order of the bins, `shape(x, y) = …`; or a number per bin from " +
            "a list or a file. Normalised to 1 over the bins.",
          { sample: { text: 'shape = "background.csv"' } },
        ),
        field(
          "total",
          "Expected number of events: a number, whose error makes it a constrained nuisance, or a formula of the " +
            "experiment's parameters.",
          {
            value: either(quantity("number", { low: 0, error: true }), formula("number", "strict")),
            sample: { text: "total = 1" },
          },
        ),
        field(
          "errors",
          "Errors of the numbers per bin from the limited statistics behind them, in their scale: each bin then has a shift of " +
            "its own, fitted in closed form.",
          { value: perBin },
        ),
        overBins(
          "events",
          "Expected events per unit of the binned observables, `events(x, y) = …`, or in each bin: not normalised.",
          { sample: { text: 'events = "background.csv"' } },
        ),
      ],
      { choices: [exactlyOne(["shape", "total"], ["events"])] },
    ),
    blockRequired: true,
    repeatable: true,
  },
);

const signal = field(
  "signal",
  "The distribution of the signal over the observables that the detector does not model, in every bin of those that it " +
    "does.",
  {
    block: block([
      overBins(
        "shape",
        "Density over the binned observables, `shape(x, y) = …`, or a number per bin. Normalised to 1 over the observables " +
          "without density in each bin of the others.",
        { required: true, sample: { text: 'shape = "signal.csv"' } },
      ),
    ]),
    blockRequired: true,
  },
);

const variation = (way: string): string =>
  `The shape at ${way} standard deviation, given like that of the component and normalised in the same way.`;

const systematic = field(
  "systematic",
  "A relative error of components, `12% on signal, BRN`: a nuisance that scales them. With a block in place of the " +
    "error: a variation of the shape of one component.",
  {
    label: { kind: "name", meaning: "name of the systematic" },
    value: quantity("number", { low: 0 }),
    valueRequired: false,
    clauses: ["on"],
    requiredClauses: ["on"],
    block: block([
      overBins("plus", variation("+1"), { required: true, sample: { text: 'plus = "plus.csv"' } }),
      overBins("minus", `${variation("-1")} Without it the variation is the mirror image of \`plus\`.`),
      field("interpolation", "What holds between the three shapes.", {
        value: words({
          smooth: "a parabola through the three, straight lines beyond one standard deviation",
          linear: "straight lines",
        }),
        default: "smooth",
      }),
    ]),
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
      sample: { text: "source SNS", uses: { module: "sources", name: "SNS" } },
      repeatable: true,
    }),
    field("detector", "The detector, with the values of its inputs.", {
      label: { kind: "reference", to: ["detector"] },
      block: inputs,
      required: true,
      sample: { text: "detector CsINa", uses: { module: "detectors", name: "CsINa" } },
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
    field(
      "events",
      "The observed events one by one: a row each, `[[x, y], …]` or a file, observables in the order of the bins and in " +
        "their units. What lies outside of the bins is left out. Counts of the bins follow from it.",
      { value: either({ kind: "rows" }, { kind: "string", meaning: "name of a data file" }) },
    ),
    field("errors", "Gaussian errors of the data, bin by bin: its likelihood is Gaussian.", {
      value: perBin,
    }),
    signal,
    background,
    systematic,
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
