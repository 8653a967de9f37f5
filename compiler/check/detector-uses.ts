/** Detectors as experiments use them: with bins and the values of their inputs; by themselves when none does. */
import type { Site } from "../elaborate/expression.ts";
import { axesOf, inputsOf, labelOf } from "../lower/experiment.ts";
import { lowerResponse, makeAxis, type ObservableParts } from "../lower/response.ts";
import { type Declaration, field, fieldsOf } from "../model/model.ts";
import { type Checking, declarationsOf } from "./checking.ts";
import { detectorSite } from "./detector-formulas.ts";

export interface DetectorUse {
  readonly detector: Declaration;
  readonly experiment?: Declaration;
  readonly site: Site;
  /** Observables that are binned; all of them, with an edge at 0 and 1, when there is no experiment. */
  readonly parts: readonly ObservableParts[];
}

export function detectorUses(checking: Checking): readonly DetectorUse[] {
  const { library, value, graph } = checking;
  const uses = declarationsOf(checking, "experiment").flatMap((experiment): readonly DetectorUse[] => {
    const use = field(experiment, "detector");
    const detector = library.declaration(labelOf(use));
    if (detector?.kind !== "detector") return [];
    const outer = library.inside(experiment, "strict", value);
    const site = library.inside(detector, "strict", value, inputsOf(detector, use, outer));
    const axes = axesOf(library, experiment, detector, outer);
    return [{ detector, experiment, site, parts: lowerResponse(library, detector, site, axes).parts }];
  });
  const used = new Set(uses.map(({ detector }) => detector));
  const unused = declarationsOf(checking, "detector").filter((one) => !used.has(one));
  return [
    ...uses,
    ...unused.map((detector): DetectorUse => {
      const site = detectorSite(checking, detector);
      const axes = fieldsOf(detector, "observable").flatMap((observable) => {
        const axis = makeAxis(graph, detector.name, observable, observable, "", [0, 1], site);
        return axis === undefined ? [] : [axis];
      });
      return { detector, site, parts: lowerResponse(library, detector, site, axes).parts };
    }),
  ];
}
