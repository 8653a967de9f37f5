/** Results as a bundle records them, why some are none, and the bundle. */
import { type Diagnostic, diagnostic } from "../diagnostics/index.ts";
import type { Unit } from "../index.ts";
import { nodeSha256 } from "../interchange/hash-node.ts";
import { type Bundle, type BundleParts, bundleOf } from "../share/bundle.ts";
import { notNumber, type RecordedResult, resultOf } from "../share/results.ts";
import { citationsOf } from "./citations.ts";
import type { Context } from "./context.ts";
import { impossibleCounts, ratesOfSpec } from "./counts.ts";
import { documentOf } from "./document.ts";
import { progressOn } from "./progress.ts";
import { placeOf, type Spec } from "./spec.ts";
import { failuresOf } from "./verbs/fit.ts";

export interface Computed {
  readonly results: readonly RecordedResult[];
  /** Counts that are no numbers, fits that did not converge: there is nothing to record, or to compare with. */
  readonly failures: readonly Diagnostic[];
}

/** Computes all units of a spec, and fits its analyses if asked. */
export function computed({ io }: Context, spec: Spec, units: readonly Unit[], fitting: boolean): Computed {
  const progress = progressOn(io);
  const found = units.map((unit): Computed => {
    progress.show(`computing ${unit.name}`);
    const { result, fit } = resultOf(unit, fitting);
    const reasons = [
      fit === undefined ? [] : failuresOf(spec, fit),
      impossibleCounts(spec, unit, ratesOfSpec(unit)),
      oddNumbers(spec, result),
    ];
    return { results: [result], failures: reasons.find((one) => one.length > 0) ?? [] };
  });
  progress.clear();
  return {
    results: found.flatMap(({ results }) => results),
    failures: found.flatMap(({ failures }) => failures),
  };
}

/** A bundle of a spec with its results; `license` is that of the project. */
export function bundleOfSpec(
  { model, library }: Spec,
  parts: Pick<BundleParts, "precision" | "results" | "license">,
): Bundle {
  const hash = documentOf(model).hash ?? "";
  const citations = [...citationsOf(model)].map(([key, by]) => ({ key, by }));
  return bundleOf({ model, library, hash, citations, ...parts }, nodeSha256);
}

function oddNumbers(spec: Spec, result: RecordedResult): readonly Diagnostic[] {
  const odd = notNumber(result);
  if (odd === undefined) return [];
  const { what, found } = odd;
  return [diagnostic("SV1801", placeOf(spec, result.name), { what, found, place: result.name })];
}
