import type { HessianSource } from "../../../runtime/minimise.ts";
import type { CrossingStatus } from "../../../runtime/minos.ts";
import {
  anyNumber,
  count,
  described,
  flag,
  listOf,
  number,
  oneOf,
  published,
  record,
  text,
  textOrNull,
  tuple,
} from "./schema.ts";

/** What `sevens fit --format json` prints. A fit that did not converge has no numbers. */
export interface FitOutput {
  readonly analyses: readonly AnalysisFit[];
}

export interface AnalysisFit {
  readonly name: string;
  readonly minimum: number | null;
  readonly converged: boolean;
  /** Why not; null when it did. */
  readonly reason: string | null;
  readonly degreesOfFreedom: number | null;
  readonly pValue: number | null;
  readonly parameters: readonly ParameterFit[];
  readonly nuisances: readonly NuisanceFit[];
  readonly intervals: readonly IntervalFit[];
  readonly correlation: {
    readonly names: readonly string[];
    readonly matrix: readonly (readonly (number | null)[])[];
  };
  /** Products of the units of its row and column. */
  readonly covariance: {
    readonly names: readonly string[];
    readonly units: readonly string[];
    readonly matrix: readonly (readonly (number | null)[])[];
  };
  /** How the second derivatives behind `correlation`, `covariance`, `parabolic` and errors of nuisances were taken. */
  readonly covarianceFrom: HessianSource | null;
  readonly undetermined: readonly string[];
  /** Evidence of convergence: distance left by estimate, evaluations, condition of the correlations. */
  readonly edm: number | null;
  readonly evaluations: number | null;
  readonly condition: number | null;
  /** Null when they were not asked for. */
  readonly impacts:
    | readonly {
        readonly parameter: string;
        readonly nuisance: string;
        readonly below: number | null;
        readonly above: number | null;
      }[]
    | null;
  readonly otherMinima: readonly {
    readonly above: number;
    readonly values: Readonly<Record<string, number>>;
  }[];
  /** Null when there were none. */
  readonly randomStarts: {
    readonly count: number;
    readonly seed: number;
    readonly endedIn: readonly number[];
    readonly higher: number;
    readonly failed: number;
  } | null;
  readonly notFinite: {
    readonly count: number;
    readonly values: Readonly<Record<string, number>> | null;
  };
}

type Ends<T> = readonly [T, T];

export interface ParameterFit {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Distances down and up; null where there is no such end. */
  readonly errors: Ends<number | null>;
  readonly status: Ends<CrossingStatus>;
  readonly parabolic: number | null;
  readonly atBound: boolean;
  /** Minima of the profile over the range, the lowest first. */
  readonly minima: readonly {
    readonly value: number;
    readonly above: number;
    readonly valley?: Ends<number>;
  }[];
}

export interface NuisanceFit {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly pull: number | null;
  readonly error: number | null;
  readonly profile: readonly [minus: number | null, plus: number | null] | null;
}

export interface IntervalFit {
  readonly parameter: string;
  readonly level: number;
  readonly regions: readonly {
    readonly low: number | null;
    readonly high: number | null;
    readonly status: Ends<CrossingStatus>;
  }[];
}

const status = oneOf("found", "at-bound", "not-finite", "open", "new-minimum", "failed");
const ends = described("How the lower and the upper end were found.", tuple(status, status));

const parameter = record({
  name: described("The name that the analysis uses.", text),
  value: number,
  unit: text,
  errors: described(
    "Distances down and up to where the profile of chi2 has risen by 1; null where it never does.",
    tuple(anyNumber, anyNumber),
  ),
  status: ends,
  parabolic: described("Error from the second derivatives.", anyNumber),
  atBound: flag,
  minima: described(
    "Minima of the profile over the range, its ends included, less than 9 above the lowest, which is first.",
    listOf(
      record(
        {
          value: number,
          above: described("chi2 above the lowest minimum.", number),
          valley: described("From where to where chi2 is as low.", tuple(number, number)),
        },
        ["valley"],
      ),
    ),
  ),
});

const nuisance = record({
  name: text,
  value: number,
  unit: text,
  pull: described("(value - mean)/sigma of its constraint.", anyNumber),
  error: described("From the second derivatives.", anyNumber),
  profile: described(
    "Distances down and up to where the profile of chi2 has risen by 1, where chi2 is no parabola in it: errors instead of that above; null elsewhere.",
    { anyOf: [tuple(anyNumber, anyNumber), { type: "null" }] },
  ),
});

const interval = record({
  parameter: text,
  level: described("Confidence level as a fraction.", number),
  regions: described(
    "The parts of the range below the level, rising and disjoint; null is an end without limit or not found.",
    listOf(record({ low: anyNumber, high: anyNumber, status: ends })),
  ),
});

export const analysisFit = record({
  name: text,
  minimum: described("chi2 at the minimum; null when the fit did not converge.", anyNumber),
  converged: flag,
  reason: described("Why the fit did not converge.", textOrNull),
  degreesOfFreedom: { type: ["integer", "null"] },
  pValue: described("Null for a projection, and without degrees of freedom.", anyNumber),
  parameters: listOf(parameter),
  nuisances: listOf(nuisance),
  intervals: listOf(interval),
  correlation: record({ names: listOf(text), matrix: listOf(listOf(anyNumber)) }),
  covariance: described(
    "Each element in the product of the units of its row and column.",
    record({ names: listOf(text), units: listOf(text), matrix: listOf(listOf(anyNumber)) }),
  ),
  covarianceFrom: described(
    "How the second derivatives of chi2 behind correlations, parabolic errors and errors of nuisances were taken.",
    oneOf("gradient-differences", "value-differences", null),
  ),
  undetermined: described("Parameters that the data do not fix, alone or in a combination.", listOf(text)),
  edm: described("Estimated distance to the minimum that is left, in chi2.", anyNumber),
  evaluations: described("Evaluations of chi2 and of its gradient.", { anyOf: [count, { type: "null" }] }),
  condition: described("Largest eigenvalue of the correlation matrix over the smallest.", anyNumber),
  impacts: described(
    "Shifts of free parameters with a nuisance held one error below and above; null unless asked.",
    {
      anyOf: [
        listOf(record({ parameter: text, nuisance: text, below: anyNumber, above: anyNumber })),
        { type: "null" },
      ],
    },
  ),
  otherMinima: listOf(
    record({
      above: described("chi2 above the best minimum.", number),
      values: { type: "object", additionalProperties: number },
    }),
  ),
  randomStarts: described(
    "Where minimisations from random points of the ranges ended; null without `--starts`.",
    {
      anyOf: [
        { type: "null" },
        record({
          count,
          seed: count,
          endedIn: described("In the best minimum, then in each of `otherMinima`.", listOf(count)),
          higher: described("In minima more than 9 above the best in chi2.", count),
          failed: described("Did not converge.", count),
        }),
      ],
    },
  ),
  notFinite: record({
    count: described("Points met on the way at which chi2 was NaN or infinite.", count),
    values: described("All parameters at the first of them; null without one.", {
      anyOf: [{ type: "null" }, { type: "object", additionalProperties: number }],
    }),
  }),
});

export const fitSchema = published(
  "fit",
  "Output of `sevens fit --format json`",
  record({ analyses: listOf(analysisFit) }),
);
