/** Valleys of a profile that have a minimum only where its parameter is held: no fit ends in them. */
import { orUndefined } from "./errors.ts";
import { bestFit, OF_INTEREST } from "./fit-search.ts";
import type { Objective } from "./likelihood.ts";
import type { Minimum } from "./minimise.ts";
import type { Profile } from "./profile-sample.ts";
import { type ProfileScan, type ScanOptions, scanProfile } from "./profile-scan.ts";

/** Samples at which valleys are looked for, and starting points beyond that of the sample. */
const MOST_PLACES = 12;
const EXTRA_STARTS = 2;
/** What is lower by less is the same minimum. */
const LOWER = 1e-3;

/** Samples the profile of parameter `index`, once more where other unconstrained parameters have lower minima at some of the samples. */
export function scanWithHeldValleys(
  objective: Objective,
  minimum: Minimum,
  index: number,
  options: ScanOptions,
): ProfileScan {
  const scan = scanProfile(objective, minimum, index, options);
  const valleys = heldValleys(objective, scan.profile);
  if (valleys.length === 0) return scan;
  const again = scanProfile(objective, minimum, index, {
    ...options,
    seeds: [...(options.seeds ?? []), ...valleys],
  });
  again.profile.evaluations += scan.profile.evaluations;
  return again;
}

/** All parameters at minima of the others that are lower than the profile was there, looked for at samples over all of it. */
function heldValleys(objective: Objective, profile: Profile): readonly Float64Array[] {
  const { index, minimum } = profile;
  const fitted = objective.fitted.filter((i) => i !== index);
  if (!fitted.some((i) => objective.roles[i] === "free")) return [];
  const held = { ...objective, fitted, fixed: new Set(objective.fixed).add(index) };
  const samples = profile.samples.filter(({ height }) => height < OF_INTEREST);
  const step = Math.max(1, (samples.length - 1) / (MOST_PLACES - 1));
  const chosen = samples.filter((_, i) => i === 0 || Math.floor(i / step) > Math.floor((i - 1) / step));
  return chosen.flatMap(({ x, height }) => {
    const found = orUndefined(() => bestFit({ ...held, start: x }, EXTRA_STARTS, { descents: false }));
    profile.evaluations += found?.evaluations ?? 0;
    if (!found?.minimum.converged) return [];
    return found.minimum.value - minimum.value < height - LOWER ? [found.minimum.x] : [];
  });
}
