/** The rules, in the order in which they run. */
import { analysisFormulas } from "./analysis-formulas.ts";
import { arrivalNorm } from "./arrival-norm.ts";
import { beyondCoherentRange } from "./beyond-coherent-range.ts";
import type { Rule } from "./checking.ts";
import { constantFormulas } from "./constant-formulas.ts";
import { countedTwice } from "./counted-twice.ts";
import { dataAsimov } from "./data-asimov.ts";
import { detectorFormulas } from "./detector-formulas.ts";
import { divisionBeforeUnit } from "./division-before-unit.ts";
import { efficiencyRange } from "./efficiency-range.ts";
import { electronResponse } from "./electron-response.ts";
import { electronsOfAtom } from "./electrons-of-atom.ts";
import { electronsPerAtom } from "./electrons-per-atom.ts";
import { emptyUses } from "./empty-uses.ts";
import { eventRows } from "./event-rows.ts";
import { experimentBins } from "./experiment-bins.ts";
import { experimentFormulas } from "./experiment-formulas.ts";
import { experimentInputs } from "./experiment-inputs.ts";
import { fieldLimits } from "./field-limits.ts";
import { fluxBelowThreshold } from "./flux-below-threshold.ts";
import { formFactorPower } from "./form-factor-power.ts";
import { formfactorAboveOne } from "./formfactor-above-one.ts";
import { formfactorAtZero } from "./formfactor-at-zero.ts";
import { formfactorFormulas } from "./formfactor-formulas.ts";
import { formfactorRadius } from "./formfactor-radius.ts";
import { gaussianErrors } from "./gaussian-errors.ts";
import { headLine } from "./head-line.ts";
import { interactionFormulas } from "./interaction-formulas.ts";
import { materialParts } from "./material-parts.ts";
import { mediatorLimit } from "./mediator-limit.ts";
import { nucleusFormfactor } from "./nucleus-formfactor.ts";
import { nucleusFormulas } from "./nucleus-formulas.ts";
import { nucleusMass } from "./nucleus-mass.ts";
import { observableDensity } from "./observable-density.ts";
import { oneTransition } from "./one-transition.ts";
import { parameterRange } from "./parameter-range.ts";
import { parameterRoles } from "./parameter-roles.ts";
import { positiveValues } from "./positive-values.ts";
import { reservedName } from "./reserved-name.ts";
import { shapeValues } from "./shape-values.ts";
import { signalShape } from "./signal-shape.ts";
import { sourceFormulas } from "./source-formulas.ts";
import { sourceNeeds } from "./source-needs.ts";
import { spectrumNorm } from "./spectrum-norm.ts";
import { systematicTargets } from "./systematic-targets.ts";
import { unbinnedEvents } from "./unbinned-events.ts";
import { unitFormFactor } from "./unit-form-factor.ts";
import { unusedImports } from "./unused-imports.ts";
import { unusedNames } from "./unused-names.ts";

/** Names, units and values: each declaration by itself. */
export const declarationRules: readonly Rule[] = [
  constantFormulas,
  parameterRange,
  reservedName,
  formfactorFormulas,
  nucleusFormulas,
  materialParts,
  interactionFormulas,
  sourceFormulas,
  detectorFormulas,
  electronResponse,
  oneTransition,
  experimentBins,
  experimentInputs,
  sourceNeeds,
  systematicTargets,
  signalShape,
  experimentFormulas,
  shapeValues,
  parameterRoles,
  fieldLimits,
  positiveValues,
  nucleusMass,
  formfactorAtZero,
  formfactorAboveOne,
  analysisFormulas,
  gaussianErrors,
  eventRows,
  unbinnedEvents,
];

/** What shows when numbers are put in; only where names and units are right. */
export const physicsRules: readonly Rule[] = [
  nucleusFormfactor,
  electronsOfAtom,
  spectrumNorm,
  arrivalNorm,
  observableDensity,
  efficiencyRange,
  unitFormFactor,
  beyondCoherentRange,
  fluxBelowThreshold,
  formfactorRadius,
  formFactorPower,
  electronsPerAtom,
  mediatorLimit,
  countedTwice,
];

/** What is legal and suspicious in the text itself. */
export const textRules: readonly Rule[] = [
  headLine,
  unusedNames,
  unusedImports,
  emptyUses,
  divisionBeforeUnit,
  dataAsimov,
];
