/** Detectors as experiments use them: with bins and the values of their inputs; by themselves when none does. */
import type { Site } from "../elaborate/expression.ts";
import { axesOf, inputsOf, labelOf } from "../lower/experiment.ts";
import {
  type BinnedAxis,
  lowerResponse,
  makeAxis,
  type ObservableParts,
  seesElectrons,
} from "../lower/response.ts";
import { type Declaration, field, fieldsOf } from "../model/model.ts";
import { type Checking, declarationsOf } from "./checking.ts";
import { detectorSite } from "./detector-formulas.ts";

export interface DetectorUse {
  readonly detector: Declaration;
  readonly experiment?: Declaration;
  readonly site: Site;
  /** Observables that are binned; all of them, with an edge at 0 and 1, when there is no experiment. */
  readonly parts: readonly ObservableParts[];
  /** The same as electrons are seen in them; none when they are not. */
  readonly electronParts: readonly ObservableParts[];
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
    return [{ detector, experiment, site, ...partsOf(checking, detector, site, axes) }];
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
      return { detector, site, ...partsOf(checking, detector, site, axes) };
    }),
  ];
}

function partsOf(
  { library }: Checking,
  detector: Declaration,
  site: Site,
  axes: readonly BinnedAxis[],
): Pick<DetectorUse, "parts" | "electronParts"> {
  const { parts } = lowerResponse(library, detector, site, axes);
  const electrons = lowerResponse(library, detector, site, axes, "electron");
  return { parts, electronParts: seesElectrons(detector) ? electrons.parts : [] };
}
