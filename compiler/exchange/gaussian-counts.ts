/**
 * Gaussian bins as Poisson ones: counts n ± σ become n s with s = n/σ², whose Poisson error is the same part of them. χ² has the
 * same minimum at ν = n and the same curvature there; it differs in the third order of ν − n (G. Bohm and G. Zech, Nucl.
 * Instrum. Meth. A 748 (2014) 1, scaled Poisson distribution).
 */
import { gaussianChiSquare, poissonChiSquare } from "../../runtime/likelihood.ts";
import type { BinnedModel, ModelChannel } from "./binned-model.ts";
import type { Fidelity } from "./fidelity.ts";
import type { HistModel } from "./histfactory.ts";

/** Factors of the bins; undefined for a Poisson channel. */
export function countScale({ likelihood, observed, errors }: ModelChannel): Float64Array | undefined {
  if (likelihood !== "gaussian" || errors === undefined) return undefined;
  return observed.map((count, bin) => count / errors[bin]! ** 2);
}

/** Bins that no Poisson distribution stands for, counted from 1. */
export function hopelessBins(channel: ModelChannel): readonly number[] {
  return [...(countScale(channel) ?? [])].flatMap((scale, bin) =>
    scale > 0 && Number.isFinite(scale) ? [] : [bin + 1],
  );
}

/**
 * How much differences of χ² change: from where the model stands to each nuisance moved by a standard deviation, and each norm
 * by as much as the data alone tell.
 */
export function gaussianFidelity(model: BinnedModel, hist: HistModel, channel: ModelChannel): Fidelity {
  const scale = countScale(channel)!;
  const errors = channel.errors!;
  const observed = channel.observed.map((count, bin) => count * scale[bin]!);
  const excess = (at: ReadonlyMap<string, number>): number => {
    const counts = model.evaluate(channel.total, channel.over, at);
    const scaled = counts.map((count, bin) => count * scale[bin]!);
    return poissonChiSquare(scaled, observed) - gaussianChiSquare(counts, channel.observed, errors);
  };
  const moves = [...pullMoves(hist), ...normMoves(model, hist, channel)];
  const start = excess(new Map());
  const chi2 = Math.max(0, ...moves.map((move) => Math.abs(excess(move) - start)));
  return {
    subject: channel.name,
    as: "Poisson counts with the relative errors of the data",
    degree: "approximate",
    bounds: [{ within: 1, perError: 0, relative: 0, chi2 }],
    note: "HistFactory has no Gaussian bins: all yields are times data/error^2",
  };
}

function pullMoves({ pulls }: HistModel): readonly ReadonlyMap<string, number>[] {
  return pulls.flatMap(({ key, value, sigma }) =>
    [-1, 1].map((pull) => new Map([[key, value + pull * sigma]])),
  );
}

function normMoves(
  model: BinnedModel,
  { norms }: HistModel,
  { total, over, errors }: ModelChannel,
): readonly ReadonlyMap<string, number>[] {
  return norms.flatMap(({ parameter: { key, value, factor } }) => {
    const step = (Math.abs(value) || factor) * 1e-3;
    const counts = [-1, 1].map((sign) => model.evaluate(total, over, new Map([[key, value + sign * step]])));
    const information = errors!.reduce(
      (sum, error, bin) => sum + ((counts[1]![bin]! - counts[0]![bin]!) / (2 * step * error)) ** 2,
      0,
    );
    if (!(information > 0)) return [];
    const sigma = information ** -0.5;
    return [-1, 1].map((sign) => new Map([[key, value + sign * sigma]]));
  });
}
