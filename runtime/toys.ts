/**
 * Pseudo-experiments of an analysis, each fitted twice: with the tested parameters free, and with them held. The difference
 * of the two χ² is the test statistic
 *
 * t = χ²(tested, the others at their best values) − χ²(all at their best values) = −2 ln λ(tested),
 *
 * where the best values respect the ranges of the spec: at the end of a range it is t̃ of arXiv:1007.1727 (section 2.2), and
 * the ordering of G. J. Feldman and R. D. Cousins, arXiv:physics/9711021, with nuisances at their best values.
 */
import type { CompiledAnalysis } from "./compiled.ts";
import { orUndefined, RuntimeError } from "./errors.ts";
import { bestFit, OF_INTEREST } from "./fit-search.ts";
import { chiSquare, type Objective } from "./likelihood.ts";
import { type Minimum, minimise } from "./minimise.ts";
import { type Expected, expectedAt, fluctuated, withErrors, withMeasured } from "./pseudo-experiment.ts";
import { RandomStream } from "./random.ts";

/** Data drawn at a truth, tested at values of the tested parameters. */
export interface Hypothesis {
  /** Which of the truths. Hypotheses of the same truth are tested with the same data. */
  readonly truth: number;
  readonly tested: readonly number[];
}

/** What pseudo-experiments are made. Plain numbers, so that it can be sent to other threads and machines. */
export interface ToyRequest {
  /** Names of the tested parameters. */
  readonly parameters: readonly string[];
  /** Values of all parameters, in the order of the analysis. */
  readonly truths: readonly (readonly number[])[];
  readonly hypotheses: readonly Hypothesis[];
  readonly seed: number;
  /** Pseudo-experiments of each hypothesis. */
  readonly count: number;
}

/** A pseudo-experiment after its fits. */
export interface Toy {
  /** Its number: pseudo-experiment k of hypothesis h of n is k n + h, however many there are. */
  readonly point: number;
  /** t ≥ 0; NaN when a fit did not converge. */
  readonly statistic: number;
  /** χ² of the best fit, for the goodness of fit. */
  readonly chi2: number;
  /** Best values of the parameters without a constraint, in the order of `estimatedParameters`. */
  readonly values: readonly number[];
  readonly converged: boolean;
}

/** Pseudo-experiments of a chunk: neighbours of one hypothesis. */
const CHUNK = 16;
/** Starting points beside the truth, as fits of data have them. */
const EXTRA_STARTS = 2;

export function toyCount({ hypotheses, count }: ToyRequest): number {
  return hypotheses.length * count;
}

export function toyChunks({ hypotheses, count }: ToyRequest): number {
  return hypotheses.length * Math.ceil(count / CHUNK);
}

/** Numbers of the pseudo-experiments of a chunk. They do not depend on how many there are, but for the last one. */
export function toysOfChunk({ hypotheses, count }: ToyRequest, chunk: number): readonly number[] {
  const n = hypotheses.length;
  const first = Math.floor(chunk / n) * CHUNK;
  const length = Math.max(0, Math.min(CHUNK, count - first));
  return Array.from({ length }, (_, k) => (first + k) * n + (chunk % n));
}

/** Indices of the parameters that a pseudo-experiment estimates: those without a constraint, and the tested ones. */
export function estimatedParameters(
  analysis: CompiledAnalysis,
  parameters: readonly string[],
): readonly number[] {
  const { fitted, roles, names } = withFree(analysis, parameters);
  return fitted.filter((index) => roles[index] === "free" || parameters.includes(names[index]!));
}

/** χ² with the tested parameters free. */
function withFree(analysis: CompiledAnalysis, parameters: readonly string[]): Objective {
  const held = analysis.parameters.filter(({ name, role }) => parameters.includes(name) && role === "fixed");
  return chiSquare(analysis, { free: held.map(({ name }) => name) });
}

/** A function that makes and fits the pseudo-experiments of a chunk. */
export function toyComputer(
  compiled: CompiledAnalysis,
  request: ToyRequest,
): (chunk: number) => readonly Toy[] {
  const analysis = withErrors(compiled);
  const estimated = estimatedParameters(analysis, request.parameters);
  const expected = new Map<number, Truth>();
  const expectation = (truth: number): Truth => {
    const known = expected.get(truth) ?? truthOf(analysis, request, request.truths[truth]!);
    expected.set(truth, known);
    return known;
  };
  return (chunk) => {
    const points = toysOfChunk(request, chunk);
    const hypothesis = request.hypotheses[chunk % request.hypotheses.length]!;
    const measured = orUndefined(() => expectation(hypothesis.truth));
    if (measured === undefined) return points.map((point) => failed(point, estimated.length));
    analysis.forget?.();
    return points.map((point): Toy => {
      const number = Math.floor(point / request.hypotheses.length);
      const random = new RandomStream(request.seed, [number, hypothesis.truth]);
      const toy = withMeasured(analysis, fluctuated(analysis, measured.expected, random));
      const fitted = fittedTwice(toy, request, hypothesis, measured.descents);
      if (fitted === undefined) return failed(point, estimated.length);
      const { held, best } = fitted;
      return {
        point,
        statistic: Math.max(0, held.value - best.value),
        chi2: best.value,
        values: estimated.map((index) => best.x[index]!),
        converged: true,
      };
    });
  };
}

function failed(point: number, width: number): Toy {
  const values = Array.from({ length: width }, () => Number.NaN);
  return { point, statistic: Number.NaN, chi2: Number.NaN, values, converged: false };
}

/** What is expected at a truth. */
interface Truth {
  readonly expected: Expected;
  /** Whether the expectation itself has several minima: then they are looked for in every toy. */
  readonly descents: boolean;
}

function truthOf(analysis: CompiledAnalysis, { parameters }: ToyRequest, truth: ArrayLike<number>): Truth {
  const expected = expectedAt(analysis, truth);
  const asimov = withFree(withMeasured(analysis, expected), parameters);
  const start = Float64Array.from(truth);
  const { others } = bestFit({ ...asimov, start }, EXTRA_STARTS, { height: OF_INTEREST });
  return { expected, descents: others.length > 0 };
}

interface Fitted {
  readonly held: Minimum;
  readonly best: Minimum;
}

/** Undefined when a fit did not converge, or left a table. */
function fittedTwice(
  toy: CompiledAnalysis,
  { parameters, truths }: ToyRequest,
  { truth, tested }: Hypothesis,
  descents: boolean,
): Fitted | undefined {
  try {
    const held = chiSquare(toy, { fix: parameters });
    const start = Float64Array.from(truths[truth]!);
    parameters.forEach((name, i) => {
      start[held.names.indexOf(name)] = tested[i]!;
    });
    const below = conditional({ ...held, start }, descents);
    if (!below.converged || !Number.isFinite(below.value)) return undefined;
    const free = withFree(toy, parameters);
    const best = patiently(free, bestFit({ ...free, start: below.x }, EXTRA_STARTS, { descents }).minimum);
    if (!best.converged || !Number.isFinite(best.value)) return undefined;
    // Rounding apart, the free fit cannot be worse: its start is the other one.
    return { held: below, best: best.value < below.value ? best : below };
  } catch (error) {
    if (error instanceof RuntimeError) return undefined;
    throw error;
  }
}

/** How often a fit goes on whose evaluations have run out. */
const ROUNDS = 4;

/** A fit that has run out of evaluations in a long valley goes on from there. */
function patiently(objective: Objective, ended: Minimum): Minimum {
  let minimum = ended;
  for (let round = 0; round < ROUNDS && minimum.reason === "call-limit"; round++)
    minimum = minimise({ ...objective, start: minimum.x });
  return minimum;
}

/** The minimum with the tested parameters held. Where others are free there may be several. */
function conditional(objective: Objective, descents: boolean): Minimum {
  const hasValleys = objective.fitted.some((i) => objective.roles[i] === "free");
  if (hasValleys) return bestFit(objective, EXTRA_STARTS, { descents }).minimum;
  const quick = minimise(objective, { verify: false });
  return quick.converged ? quick : bestFit(objective, 0).minimum;
}
