/** What an export kept of the meaning of an analysis, part by part. */

import type { BinnedModel } from "./binned-model.ts";

/** In falling order. */
export const degrees = ["exact", "matched at ±1σ", "approximate", "unsupported"] as const;
export type Degree = (typeof degrees)[number];

/**
 * Largest differences from what the spec says, found by trying. Relative ones are in units of the Poisson error of the
 * bin, √ν.
 */
export interface Bound {
  /** Where it was looked: how far nuisances were moved, in standard deviations. */
  readonly within: number;
  /** Largest |Δν|/√ν of a bin. */
  readonly perError: number;
  /** Largest |Δν|/ν of a bin. */
  readonly relative: number;
  /** Largest change of a difference of χ², where that was looked at. */
  readonly chi2?: number;
}

export interface Fidelity {
  /** A parameter, a product of parameters, a likelihood, a constraint. */
  readonly subject: string;
  /** What it became in the format. */
  readonly as: string;
  readonly degree: Degree;
  /** Lost by what the format is: tables are of one point of the parameters. No warning says so. */
  readonly byNature?: true;
  readonly bounds?: readonly Bound[];
  readonly note?: string;
}

/** A difference that is rounding. */
export const exactTo = 1e-9;

/** That the data of a projection are its own expectation. */
export function projectionNotes({ channels }: BinnedModel): readonly Fidelity[] {
  return channels
    .filter(({ isMeasured }) => !isMeasured)
    .map(({ name }) => ({
      subject: `data of ${name}`,
      as: "expected counts at the values of the spec",
      degree: "exact",
      note: "a projection: nothing was observed",
    }));
}

/** The worst of all parts. */
export function worst(record: readonly Fidelity[]): Degree {
  const index = Math.max(0, ...record.map(({ degree }) => degrees.indexOf(degree)));
  return degrees[index]!;
}

/** A bound in words. */
export function boundText({ within, perError, relative, chi2 }: Bound): string {
  const size = (value: number): string => value.toExponential(1);
  const change = chi2 === undefined ? [] : [`differences of chi2 change by up to ${size(chi2)}`];
  const counts = `off by up to ${size(perError)} of the Poisson error of a bin (${size(relative)} of its counts)`;
  return `${[...(relative > 0 || chi2 === undefined ? [counts] : []), ...change].join(", ")} within ${within} sigma`;
}
