import { power } from "../../runtime/power.ts";
import { integrate } from "../../runtime/quadrature.ts";
import { diagnostic } from "../diagnostics/index.ts";
import { axesOf } from "../lower/experiment.ts";
import { lowerResponse, type ObservableParts, seesElectrons } from "../lower/response.ts";
import { type Checking, declarationsOf, functionOf, nameSpan, orNaN, shown, valueAt } from "./checking.ts";
import { type Reach, reachOf } from "./reach.ts";

/** Fractions of the largest recoil at which a response is looked for: even steps, and eight decades of even ratios. */
const fractions = Array.from({ length: 40 }, (_, i) => [(i + 1) / 40, power(10, -(i + 1) / 5)]).flat();

/**
 * The largest recoil of a source is seen in some bin: if it lies below the threshold, every count is zero. Electrons
 * take far more energy than nuclei, so a detector that sees them has counts all the same.
 */
export function fluxBelowThreshold(checking: Checking): void {
  const { library, value } = checking;
  for (const experiment of declarationsOf(checking, "experiment")) {
    for (const reach of reachOf(checking, experiment)) {
      if (seesElectrons(reach.detector)) continue;
      const site = library.inside(experiment, "strict", value);
      const axes = axesOf(library, experiment, reach.detector, site);
      const { parts } = lowerResponse(library, reach.detector, reach.detectorSite, axes);
      const blind = parts.find((part) => part.dependsOnRecoil && isBlind(checking, reach, part));
      if (blind === undefined) continue;
      const parameters = { source: `\`${reach.source.name}\``, detector: `\`${reach.detector.name}\`` };
      const largest = Math.max(...reach.nuclei.map(reach.recoil));
      const notes = [
        `neutrinos reach ${shown(reach.energy, 3)} MeV, recoils ${shown(largest * 1e3, 3)} keVnr, and nothing of it falls into the bins of \`${blind.axis.name}\``,
      ];
      checking.report(diagnostic("SV1604", nameSpan(experiment), parameters, { notes }));
    }
  }
}

function isBlind(checking: Checking, reach: Reach, part: ObservableParts): boolean {
  return reach.nuclei.every((nucleus) => {
    const top = reach.recoil(nucleus);
    return fractions.every((fraction) => probability(checking, part, top * fraction) < 1e-9);
  });
}

/** Probability that a recoil falls into the bins; NaN, which is not below anything, when it cannot be said. */
function probability(
  checking: Checking,
  { axis, density, value, efficiency }: ObservableParts,
  recoil: number,
): number {
  const { graph } = checking;
  const T = graph.variable("T");
  const [low, high] = [axis.internalEdges[0] ?? 0, axis.internalEdges.at(-1) ?? 0];
  const accepted = (x: number): number => valueAt(checking, efficiency(), [[axis.variable, x]]);
  const sharp = value(T);
  if (sharp !== undefined) {
    const x = valueAt(checking, sharp, [[T, recoil]]);
    return x >= low && x < high ? accepted(x) : Number.isNaN(x) ? x : 0;
  }
  const node = density(T, undefined);
  if (node === undefined) return Number.NaN;
  const body = graph.multiply(node, efficiency());
  const at = functionOf(checking, body, axis.variable, [[T, recoil]]);
  const splits = axis.internalEdges.slice(1, -1);
  return orNaN(() => integrate(at, low, high, { relative: 1e-2, absolute: 1e-10, limit: 30, splits }).value);
}
