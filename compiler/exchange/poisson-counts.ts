/**
 * Other likelihoods as Poisson counts in bins. Gaussian bins n ± σ become n s with s = n/σ², whose Poisson error is the same part of
 * them: χ² has the same minimum at ν = n and the same curvature there, and differs in the third order of ν − n (G. Bohm and
 * G. Zech, Nucl. Instrum. Meth. A 748 (2014) 1, scaled Poisson distribution). Events are counted in their bins.
 */
import { power, square } from "../../runtime/power.ts";
import type { BinnedModel, ModelChannel, ModelParameter } from "./binned-model.ts";
import { type Place, poissonChiSquareOf, specChiSquare } from "./chi-square.ts";
import type { Fidelity } from "./fidelity.ts";

/** Factors of the bins; undefined where counts are as they are. */
export function countScale({ likelihood, observed, errors }: ModelChannel): Float64Array | undefined {
  if (likelihood !== "gaussian" || errors === undefined) return undefined;
  return observed.map((count, bin) => count / square(errors[bin]!));
}

/** Bins that no Poisson distribution stands for, counted from 1. */
export function hopelessBins(channel: ModelChannel): readonly number[] {
  return [...(countScale(channel) ?? [])].flatMap((scale, bin) =>
    scale > 0 && Number.isFinite(scale) ? [] : [bin + 1],
  );
}

/**
 * How much differences of χ² change: from where the model stands to each nuisance moved by a standard deviation, and each of the
 * free parameters by as much as the data of the channel tell. Nothing for Poisson counts.
 */
export function countsFidelity(
  model: BinnedModel,
  free: readonly ModelParameter[],
  channel: ModelChannel,
): readonly Fidelity[] {
  if (channel.likelihood === "poisson") return [];
  const scale = countScale(channel);
  const excess = (at: Place): number =>
    poissonChiSquareOf(model, channel, scale, at) - specChiSquare(model, channel, at);
  const start = excess(new Map());
  const moves = [...pullMoves(model), ...freeMoves(model, free, channel, scale)];
  const chi2 = Math.max(0, ...moves.map((move) => Math.abs(excess(move) - start)));
  const [as, note] =
    channel.likelihood === "unbinned"
      ? ["Poisson counts in the bins", "where events are within a bin is not kept"]
      : ["Poisson counts with the relative errors of the data", "all yields are times data/error^2"];
  const bounds = [{ within: 1, perError: 0, relative: 0, chi2 }];
  return [{ subject: channel.name, as, degree: "approximate", bounds, note }];
}

function pullMoves({ parameters }: BinnedModel): readonly Place[] {
  const nuisances = parameters.filter(({ kind }) => kind === "nuisance");
  return nuisances.flatMap(({ key, value, sigma }) =>
    [-1, 1].map((pull) => new Map([[key, value + pull * sigma]])),
  );
}

function freeMoves(
  model: BinnedModel,
  free: readonly ModelParameter[],
  { total, over, observed }: ModelChannel,
  scale: Float64Array | undefined,
): readonly Place[] {
  return free.flatMap(({ key, value, factor }) => {
    const step = (Math.abs(value) || factor) * 1e-3;
    const [low, high] = [-1, 1].map((sign) =>
      model.evaluate(total, over, new Map([[key, value + sign * step]])),
    );
    const information = observed.reduce((sum, count, bin) => {
      const slope = (high![bin]! - low![bin]!) / (2 * step);
      const variance = scale === undefined ? Math.max(count, 1) : count / scale[bin]!;
      return sum + square(slope) / variance;
    }, 0);
    if (!(information > 0)) return [];
    return [-1, 1].map((sign) => new Map([[key, value + sign * power(information, -0.5)]]));
  });
}
