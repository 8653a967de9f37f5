/**
 * Hamiltonian Monte Carlo without U-turns (M. D. Hoffman and A. Gelman, J. Mach. Learn. Res. 15 (2014) 1593) with points of a
 * trajectory chosen by their weights (M. Betancourt, arXiv:1701.02434, appendix A.3). The step is adapted by dual averaging, the mass
 * matrix is diagonal in coordinates that a linear map has made alike.
 */

import { dot } from "./linear-algebra.ts";
import type { LogDensity } from "./posterior.ts";
import { power, square } from "./power.ts";
import type { RandomStream } from "./random.ts";

/** One draw of a chain. */
export interface Draw {
  readonly u: Float64Array;
  readonly log: number;
  /** The trajectory left the region where its energy holds: the draw may be biased. */
  readonly divergent: boolean;
  /** Steps of the trajectory. */
  readonly steps: number;
  /** Mean acceptance along it. */
  readonly acceptance: number;
}

export interface ChainOptions {
  readonly warmup: number;
  readonly draws: number;
  readonly start: Float64Array;
  /** Rough standard deviations of the coordinates. */
  readonly scale: Float64Array;
  /** Acceptance that the step is adapted to, 0.9 unless given. */
  readonly acceptance?: number;
}

export interface Chain {
  readonly draws: readonly Draw[];
  readonly step: number;
}

/** Energy may err by so much before a trajectory counts as divergent. */
const LARGEST_ERROR = 1000;
/** Trajectories have 2 to this power steps at most. */
const LARGEST_DEPTH = 10;

/** A place with its momentum, density and slope. */
interface State {
  readonly u: Float64Array;
  readonly p: Float64Array;
  readonly log: number;
  readonly slopes: Float64Array;
}

/** A chain of draws. The same stream of random numbers gives the same chain. A start without density is a RangeError. */
export function hamiltonianChain(density: LogDensity, options: ChainOptions, random: RandomStream): Chain {
  const sampler = new Sampler(density, random, options.scale);
  let current = sampler.stateAt(options.start);
  if (!Number.isFinite(current.log)) throw new RangeError("the density is zero where the chain begins");
  const adaptation = new StepAdaptation(sampler.firstStep(current), options.acceptance ?? 0.9);
  const spread = new Spread(density.size);
  const windows = windowEnds(options.warmup);
  for (let i = 0; i < options.warmup; i++) {
    const { state, acceptance } = sampler.next(current, adaptation.step);
    current = state;
    adaptation.learn(acceptance);
    if (i >= windows.first && i < windows.last) spread.add(current.u);
    if (windows.ends.has(i)) {
      sampler.setScale(spread.deviations());
      spread.clear();
      adaptation.restart(sampler.firstStep(current));
    }
  }
  const step = options.warmup > 0 ? adaptation.settled : adaptation.step;
  const draws = Array.from({ length: options.draws }, (): Draw => {
    const { state, acceptance, divergent, steps } = sampler.next(current, step);
    current = state;
    return { u: state.u, log: state.log, divergent, steps, acceptance };
  });
  return { draws, step };
}

/** When the scale is learnt: in windows that double, between a beginning and an end that only the step is learnt in. */
function windowEnds(warmup: number): {
  readonly first: number;
  readonly last: number;
  readonly ends: ReadonlySet<number>;
} {
  const [first, last] = [Math.floor(0.15 * warmup), Math.floor(0.9 * warmup)];
  const ends = new Set<number>();
  let width = Math.max(10, Math.floor(0.05 * warmup));
  for (let at = first; at < last; ) {
    // A window that the next one would not fit behind takes all that is left.
    const end = at + 3 * width > last ? last : at + width;
    ends.add(end - 1);
    at = end;
    width *= 2;
  }
  return { first, last, ends };
}

class Sampler {
  readonly #density: LogDensity;
  readonly #random: RandomStream;
  #scale: Float64Array;

  constructor(density: LogDensity, random: RandomStream, scale: Float64Array) {
    this.#density = density;
    this.#random = random;
    this.#scale = scale;
  }

  setScale(scale: Float64Array): void {
    this.#scale = scale;
  }

  stateAt(u: Float64Array): State {
    const slopes = new Float64Array(u.length);
    const log = this.#density.at(u, slopes);
    return { u, p: new Float64Array(u.length), log, slopes };
  }

  /** A step at which half of the energy's error is about one, by doubling. */
  firstStep(from: State): number {
    let step = 1;
    const ratio = (): number => {
      const start = this.#kicked(from);
      return this.#energy(start) - this.#energy(this.#leap(start, step));
    };
    const grows = ratio() > Math.log(0.5);
    for (let i = 0; i < 50; i++) {
      const change = ratio();
      const better = Number.isFinite(change) && change > Math.log(0.5);
      if (better !== grows) break;
      step *= grows ? 2 : 0.5;
    }
    return step;
  }

  /** The next draw. */
  next(
    from: State,
    step: number,
  ): Omit<Tree, "left" | "right"> & { readonly state: State; readonly acceptance: number } {
    const start = this.#kicked(from);
    const energy = this.#energy(start);
    let tree: Tree = {
      left: start,
      right: start,
      chosen: start,
      logWeight: 0,
      turns: false,
      divergent: false,
      accepted: 0,
      steps: 0,
    };
    for (let depth = 0; depth < LARGEST_DEPTH && !tree.turns && !tree.divergent; depth++) {
      const forward = this.#random.uniform() < 0.5;
      const grown = this.#grow(forward ? tree.right : tree.left, depth, forward ? step : -step, energy);
      const joined = this.#join(tree, grown, forward, true);
      tree = joined;
    }
    return { ...tree, state: tree.chosen, acceptance: tree.steps === 0 ? 0 : tree.accepted / tree.steps };
  }

  /** 2^depth steps from one end. */
  #grow(from: State, depth: number, step: number, energy: number): Tree {
    if (depth === 0) {
      const state = this.#leap(from, step);
      const change = energy - this.#energy(state);
      const error = Number.isNaN(change) ? Number.NEGATIVE_INFINITY : change;
      return {
        left: state,
        right: state,
        chosen: state,
        logWeight: error,
        turns: false,
        divergent: error < -LARGEST_ERROR,
        accepted: Math.min(1, Math.exp(error)),
        steps: 1,
      };
    }
    const inner = this.#grow(from, depth - 1, step, energy);
    if (inner.turns || inner.divergent) return inner;
    const outer = this.#grow(step > 0 ? inner.right : inner.left, depth - 1, step, energy);
    return this.#join(inner, outer, step > 0, false);
  }

  /** Two neighbouring parts of a trajectory; the newer one is preferred at the top. */
  #join(old: Tree, grown: Tree, forward: boolean, top: boolean): Tree {
    const [left, right] = forward ? [old.left, grown.right] : [grown.left, old.right];
    const logWeight = logSum(old.logWeight, grown.logWeight);
    const usable = !grown.turns && !grown.divergent;
    const odds = grown.logWeight - (top ? old.logWeight : logWeight);
    const takes = usable && Math.log(this.#random.uniform()) < odds;
    return {
      left,
      right,
      chosen: takes ? grown.chosen : old.chosen,
      logWeight: usable ? logWeight : old.logWeight,
      turns: grown.turns || this.#turns(left, right),
      divergent: grown.divergent,
      accepted: old.accepted + grown.accepted,
      steps: old.steps + grown.steps,
    };
  }

  /** Whether a trajectory goes back on itself. */
  #turns(left: State, right: State): boolean {
    const way = right.u.map((u, i) => u - left.u[i]!);
    return dot(way, left.p) < 0 || dot(way, right.p) < 0;
  }

  #kicked({ u, log, slopes }: State): State {
    const p = Float64Array.from(u, (_, i) => this.#random.normal() / this.#scale[i]!);
    return { u, p, log, slopes };
  }

  #energy({ p, log }: State): number {
    let kinetic = 0;
    for (let i = 0; i < p.length; i++) kinetic += square(p[i]! * this.#scale[i]!);
    return kinetic / 2 - log;
  }

  #leap({ u, p, slopes }: State, step: number): State {
    const half = p.map((one, i) => one + (step / 2) * slopes[i]!);
    const place = u.map((one, i) => one + step * square(this.#scale[i]!) * half[i]!);
    const next = this.stateAt(place);
    return { ...next, p: half.map((one, i) => one + (step / 2) * next.slopes[i]!) };
  }
}

/** A part of a trajectory. */
interface Tree {
  readonly left: State;
  readonly right: State;
  /** One of its places, chosen by the weights. */
  readonly chosen: State;
  /** Logarithm of the sum of the weights, relative to the start. */
  readonly logWeight: number;
  readonly turns: boolean;
  readonly divergent: boolean;
  /** Sum of the acceptances of its steps. */
  readonly accepted: number;
  readonly steps: number;
}

function logSum(a: number, b: number): number {
  const [large, small] = a > b ? [a, b] : [b, a];
  return large === Number.NEGATIVE_INFINITY ? large : large + Math.log1p(Math.exp(small - large));
}

/** Dual averaging of the logarithm of the step (Hoffman and Gelman, section 3.2, with their constants). */
class StepAdaptation {
  readonly #wanted: number;
  #shrunkTo: number;
  #log: number;
  #average = 0;
  #error = 0;
  #count = 0;

  constructor(step: number, wanted: number) {
    this.#wanted = wanted;
    this.#log = Math.log(step);
    this.#shrunkTo = Math.log(10 * step);
  }

  get step(): number {
    return Math.exp(this.#log);
  }

  get settled(): number {
    return Math.exp(this.#average);
  }

  restart(step: number): void {
    this.#log = Math.log(step);
    this.#shrunkTo = Math.log(10 * step);
    this.#average = 0;
    this.#error = 0;
    this.#count = 0;
  }

  learn(acceptance: number): void {
    this.#count++;
    const weight = 1 / (this.#count + 10);
    this.#error = (1 - weight) * this.#error + weight * (this.#wanted - acceptance);
    this.#log = this.#shrunkTo - (Math.sqrt(this.#count) / 0.05) * this.#error;
    const part = power(this.#count, -0.75);
    this.#average = part * this.#log + (1 - part) * this.#average;
  }
}

/** Standard deviations of what was seen (B. P. Welford, Technometrics 4 (1962) 419), drawn towards small ones where little was. */
class Spread {
  #count = 0;
  readonly #mean: Float64Array;
  readonly #squares: Float64Array;

  constructor(size: number) {
    this.#mean = new Float64Array(size);
    this.#squares = new Float64Array(size);
  }

  add(u: Float64Array): void {
    this.#count++;
    u.forEach((one, i) => {
      const before = one - this.#mean[i]!;
      this.#mean[i]! += before / this.#count;
      this.#squares[i]! += before * (one - this.#mean[i]!);
    });
  }

  clear(): void {
    this.#count = 0;
    this.#mean.fill(0);
    this.#squares.fill(0);
  }

  deviations(): Float64Array {
    const n = this.#count;
    return this.#squares.map((squares) => {
      const variance = n > 1 ? squares / (n - 1) : 1;
      return Math.sqrt((n / (n + 5)) * variance + 1e-3 * (5 / (n + 5)));
    });
  }
}
