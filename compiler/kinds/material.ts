import { block, field, kind, quantity } from "./build.ts";
import type { ValueType } from "./description.ts";

/** Nuclei or materials with a number for each. */
const composition = (high?: number): ValueType => ({
  kind: "map",
  keys: { kind: "reference", to: ["nucleus", "material"] },
  value: quantity("number", high === undefined ? { low: 0 } : { low: 0, high }),
});

export const material = kind({
  keyword: "material",
  doc:
    "What a target is made of: atoms per formula unit, `{ Na23: 1, I127: 1 }`, or a mixture by number fractions. " +
    "Parts are nuclei or other materials.",
  value: composition(),
  block: block([
    field("mixture", "Number fractions of the parts; they add up to 1 within 1e-3.", {
      value: composition(1),
      required: true,
      sample: { text: "mixture = { Cs133: 1 }", uses: { module: "nuclei", name: "Cs133" } },
    }),
  ]),
  example: `sevens 1
use nuclei { Cs133, I127 }

material CsI = { Cs133: 1, I127: 1 }
`,
});
