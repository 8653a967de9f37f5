import { block, field, formula, kind, quantity, wordList, words } from "./build.ts";
import { letField, parameter } from "./common.ts";
import type { IndexType, LabelType } from "./description.ts";

const target: LabelType = { kind: "parameter" };
/** `free mu_nu[e]`. */
const member: IndexType = { kind: "flavor", least: 0, most: 2, arrow: false };

const usualLevels = wordList({
  "68.27%": "one standard deviation",
  "90%": "usual for limits",
  "95%": "about two standard deviations",
  "95.45%": "two standard deviations",
  "99.73%": "three standard deviations",
  "1sigma": "one standard deviation of one parameter",
  "2sigma": "two standard deviations of one parameter",
  "3sigma": "three standard deviations of one parameter",
});

export const analysis = kind({
  keyword: "analysis",
  doc: "Which model is fitted to which experiments, what is free, and what is asked.",
  block: block([
    field("model", "Sum of the interactions.", {
      value: { kind: "sum", of: "interaction" },
      required: true,
      sample: { text: "model = StandardModel", uses: { module: "interactions", name: "StandardModel" } },
    }),
    field("experiments", "The experiments that are fitted together.", {
      value: { kind: "reference", to: ["experiment"], several: true },
      required: true,
      sample: { text: "experiments = CsI2021", uses: { module: "experiments", name: "CsI2021" } },
    }),
    field("kinematics", "Which recoil kinematics the cross section has.", {
      value: words({
        leading: "leading order in T/E",
        exact: "all orders, spin 0",
        spin_half: "all orders, spin 1/2",
      }),
      default: "leading",
    }),
    field("recoils", "Which recoils are counted, of detectors that see both.", {
      value: words({
        all: "nuclei, and electrons where the detector sees them",
        nuclei: "nuclei alone",
        electrons: "electrons alone",
      }),
      default: "all",
    }),
    field(
      "likelihood",
      "Statistics of the data, of all experiments alike. Without it experiments whose data have errors are Gaussian, the " +
        "others Poisson.",
      {
        value: words({
          poisson: "Poisson counts",
          gaussian: "Gaussian errors, given with the data",
          unbinned:
            "the density at each event and a Poisson number of them, of experiments that list their events",
        }),
      },
    ),
    field("formfactor", "Replaces the form factor of every nucleus; called with its R only.", {
      value: { kind: "reference", to: ["formfactor"] },
    }),
    parameter,
    letField("natural"),
    field("free", "Frees a parameter, within a range if one is given.", {
      label: target,
      index: member,
      clauses: ["in", "log"],
      repeatable: true,
    }),
    field("tie", "Ties a parameter to a formula of others.", {
      label: target,
      index: member,
      value: formula("target", "natural"),
      repeatable: true,
    }),
    field("profile", "Frees a parameter within its error, as a nuisance.", {
      label: target,
      index: member,
      repeatable: true,
    }),
    field("fix", "Fixes a parameter or a nuisance.", {
      label: target,
      index: member,
      value: formula("target", "natural"),
      repeatable: true,
    }),
    field("constraint", "A measurement of some combination of parameters.", {
      label: { kind: "name", meaning: "name of the constraint" },
      block: block([
        field("value", "The combination.", {
          value: formula("any", "natural"),
          clauses: ["where"],
          required: true,
          sample: { text: "value = 1" },
        }),
        field("measured", "Its measured value with error.", {
          value: quantity("any", { error: true }),
          required: true,
          sample: { text: "measured = 1 +- 10%" },
        }),
      ]),
      blockRequired: true,
      repeatable: true,
    }),
    field("interval", "Confidence levels of the intervals: `90%`, or in standard deviations, `2sigma`.", {
      value: { kind: "sequence", item: quantity("number", { low: 0, high: 1, usual: usualLevels }) },
      reports: true,
    }),
    field("data", "What is fitted instead of the experiments' data.", {
      value: words({ asimov: "the prediction at the defaults of all parameters" }),
    }),
  ]),
  example: `sevens 1
use interactions { TreeLevel }
use "./run1.sevens" { Run1 }

analysis MixingAngle {
  model = TreeLevel
  experiments = Run1
  free s2w
  interval = 68.27%, 90%
}
`,
});
