/** Valleys of a profile that have a minimum only where its parameter is held: no fit ends in them. */
import { orUndefined } from "./errors.ts";
import { OF_INTEREST, scanStarts } from "./fit-search.ts";
import type { Objective } from "./likelihood.ts";
import { type Minimum, minimise } from "./minimise.ts";
import type { Profile } from "./profile-sample.ts";
import { type ProfileScan, type ScanOptions, scanProfile } from "./profile-scan.ts";

/** Samples at which valleys are looked for, and starting points beyond that of the sample. */
const MOST_PLACES = 12;
const EXTRA_STARTS = 2;
/** What is lower by less, in units of the rise of the largest level, is the same minimum; of a height the profile may be so far off. */
const LOWER = 1e-2;
const ROUGHNESS = 2e-2;
/** Valleys are of interest up to this height, in the same units. */
const FAR = 4;
/** Minimisations that only look for valleys. */
const ROUGH = { tolerance: 1e-3, verify: false };

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
  const { index, minimum, up } = profile;
  const fitted = objective.fitted.filter((i) => i !== index);
  if (!fitted.some((i) => objective.roles[i] === "free")) return [];
  const held = { ...objective, fitted, fixed: new Set(objective.fixed).add(index) };
  const samples = profile.samples.filter(({ height }) => height < OF_INTEREST);
  const step = Math.max(1, (samples.length - 1) / (MOST_PLACES - 1));
  const chosen = samples.filter((_, i) => i === 0 || Math.floor(i / step) > Math.floor((i - 1) / step));
  return chosen.flatMap(({ x, height, metric }) => {
    const level = minimum.value + height;
    const wanted = Math.min(level - LOWER * up - ROUGHNESS * height, minimum.value + FAR * up);
    const places = orUndefined(() => {
      const scan = scanStarts({ ...held, start: x }, level, EXTRA_STARTS);
      profile.evaluations += scan.evaluations;
      const ends = scan.starts.map((start) => minimise({ ...held, start }, { ...ROUGH, metric }));
      for (const end of ends) profile.evaluations += end.evaluations + end.gradients;
      return ends.flatMap((end) => (end.converged && end.value < wanted ? [end.x] : []));
    });
    return places ?? [];
  });
}
