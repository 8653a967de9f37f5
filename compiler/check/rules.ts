/** The rules, in the order in which they run. */
import { analysisFormulas } from "./analysis-formulas.ts";
import type { Rule } from "./checking.ts";
import { constantFormulas } from "./constant-formulas.ts";
import { detectorFormulas } from "./detector-formulas.ts";
import { experimentFormulas } from "./experiment-formulas.ts";
import { formfactorFormulas } from "./formfactor-formulas.ts";
import { interactionFormulas } from "./interaction-formulas.ts";
import { materialParts } from "./material-parts.ts";
import { nucleusFormulas } from "./nucleus-formulas.ts";
import { sourceFormulas } from "./source-formulas.ts";

/** What has to be right. The analyses come last: they are made as a whole only when nothing is wrong. */
export const errorRules: readonly Rule[] = [
  constantFormulas,
  formfactorFormulas,
  nucleusFormulas,
  materialParts,
  interactionFormulas,
  sourceFormulas,
  detectorFormulas,
  experimentFormulas,
  analysisFormulas,
];

/** What is legal and suspicious. */
export const lintRules: readonly Rule[] = [];
