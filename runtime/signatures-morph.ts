/** Signatures of the interpolations between a nominal value and its variations. */
import type { Signature } from "./signature.ts";

const variations = [
  { name: "x", dim: "1", doc: "standard deviations" },
  { name: "low", dim: "D", doc: "value at -1" },
  { name: "nominal", dim: "D", doc: "value at 0" },
  { name: "high", dim: "D", doc: "value at 1" },
] as const;

/** Factors of high - nominal and low - nominal; they are written out so that they are hoisted out of loops. */
const share = {
  high: "(if x < -1 then -(x + 1)/2 else if x > 1 then (3*x - 1)/2 else x*(x + 1)/2)",
  low: "(if x > 1 then (x - 1)/2 else if x < -1 then -(3*x + 1)/2 else x*(x - 1)/2)",
};
const slope = {
  high: "(if x < -1 then -1/2 else if x > 1 then 3/2 else x + 1/2)",
  low: "(if x > 1 then 1/2 else if x < -1 then -3/2 else x - 1/2)",
};

export const morphSignatures: readonly Signature[] = [
  {
    name: "morph",
    args: variations,
    result: "D",
    doc: "value with a variation of one standard deviation: a parabola between -1 and 1, straight lines beyond",
    cite: "arXiv:1103.0354",
    derivatives: [
      `${slope.high}*(high - nominal) + ${slope.low}*(low - nominal)`,
      share.low,
      `1 - ${share.high} - ${share.low}`,
      share.high,
    ],
    expand: `nominal + ${share.high}*(high - nominal) + ${share.low}*(low - nominal)`,
    javascript: "morph",
  },
  {
    name: "morph_linear",
    args: variations,
    result: "D",
    doc: "value with a variation of one standard deviation: straight lines through the three values",
    cite: "arXiv:1103.0354",
    derivatives: ["if x > 0 then high - nominal else nominal - low", "max(-x, 0)", "1 - abs(x)", "max(x, 0)"],
    expand: "nominal + max(x, 0)*(high - nominal) + max(-x, 0)*(low - nominal)",
    javascript: "morph_linear",
  },
];
