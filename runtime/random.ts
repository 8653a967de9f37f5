/**
 * Random numbers by counting: Philox4x32-10 of J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw, "Parallel random
 * numbers: as easy as 1, 2, 3", SC11 (2011), doi:10.1145/2063384.2063405. A number is a function of the seed, the stream and its place in
 * the stream, so that pseudo-experiments with a stream each come out the same whoever computes them, in whatever order.
 */

import { lgamma } from "./gamma.ts";
import { square } from "./power.ts";

/** Multipliers of the rounds, and what the keys grow by in each: the constants of the publication. */
const MULTIPLIERS = [0xd2511f53, 0xcd9e8d57] as const;
const WEYL = [0x9e3779b9, 0xbb67ae85] as const;
const ROUNDS = 10;

/** Seeds are whole numbers from 0 on that a double has exactly. */
export const LARGEST_SEED = Number.MAX_SAFE_INTEGER;

/** Four words of 32 bits. */
export type Block = readonly [number, number, number, number];

/** The upper half of the product of two words. */
function upperHalf(a: number, b: number): number {
  const [aLow, aHigh] = [a & 0xffff, a >>> 16];
  const [bLow, bHigh] = [b & 0xffff, b >>> 16];
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const other = aLow * bHigh + (middle % 0x10000);
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(other / 0x10000)) >>> 0;
}

/** Ten rounds of Philox over a counter, by a key. */
export function philox(counter: Block, key: readonly [number, number]): Block {
  let [a, b, c, d] = counter;
  let [left, right] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const [first, second] = [upperHalf(MULTIPLIERS[0], a), upperHalf(MULTIPLIERS[1], c)];
    [a, b, c, d] = [
      (second ^ b ^ left) >>> 0,
      Math.imul(MULTIPLIERS[1], c) >>> 0,
      (first ^ d ^ right) >>> 0,
      Math.imul(MULTIPLIERS[0], a) >>> 0,
    ];
    left = (left + WEYL[0]) >>> 0;
    right = (right + WEYL[1]) >>> 0;
  }
  return [a, b, c, d];
}

/** Means from which on Poisson numbers are drawn by rejection instead of by adding up probabilities. */
const LARGE_MEAN = 10;

/** The numbers of one stream, one after the other. */
export class RandomStream {
  readonly #key: readonly [number, number];
  readonly #stream: readonly [number, number];
  #blocks = 0;
  /** Words of the last block that have not been given out. */
  #words: number[] = [];

  /** A stream of a seed, by two whole numbers below 2^32, such as those of a hypothesis and a pseudo-experiment. */
  constructor(seed: number, stream: readonly [number, number]) {
    if (!(Number.isInteger(seed) && seed >= 0 && seed <= LARGEST_SEED)) {
      throw new RangeError(`a seed is a whole number from 0 to ${LARGEST_SEED}, not ${seed}`);
    }
    this.#key = [seed >>> 0, Math.floor(seed / 2 ** 32)];
    this.#stream = [stream[0] >>> 0, stream[1] >>> 0];
  }

  #word(): number {
    if (this.#words.length === 0) {
      const block = philox([this.#blocks, 0, ...this.#stream], this.#key);
      this.#blocks++;
      this.#words = [block[3], block[2], block[1], block[0]];
    }
    return this.#words.pop() ?? 0;
  }

  /** Evenly between 0 and 1, never either of them: the middles of 2^52 equal parts. */
  uniform(): number {
    const [high, low] = [this.#word() >>> 6, this.#word() >>> 6];
    return (high * 2 ** 26 + low + 0.5) * 2 ** -52;
  }

  /** Gaussian, by the method of G. E. P. Box and M. E. Muller, Ann. Math. Statist. 29 (1958) 610. */
  normal(mean = 0, sigma = 1): number {
    const radius = Math.sqrt(-2 * Math.log(this.uniform()));
    return mean + sigma * radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** A Poisson number. A mean that is negative, infinite or no number is a RangeError. */
  poisson(mean: number): number {
    if (!(mean >= 0 && mean < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`there are no Poisson numbers of mean ${mean}`);
    }
    return mean < LARGE_MEAN ? this.#byAddition(mean) : this.#byRejection(mean);
  }

  /** The first number whose probabilities, added up from zero, exceed an even number. */
  #byAddition(mean: number): number {
    const wanted = this.uniform();
    let [n, term] = [0, Math.exp(-mean)];
    let sum = term;
    // Beyond, the terms no longer change the sum.
    while (sum < wanted && n < 200) {
      n++;
      term *= mean / n;
      sum += term;
    }
    return n;
  }

  /** The transformed rejection PTRS of W. Hörmann, Insur. Math. Econ. 12 (1993) 39, with its constants. */
  #byRejection(mean: number): number {
    const [root, log] = [Math.sqrt(mean), Math.log(mean)];
    const b = 0.931 + 2.53 * root;
    const a = -0.059 + 0.02483 * b;
    const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
    const sure = 0.9277 - 3.6224 / (b - 2);
    for (;;) {
      const u = this.uniform() - 0.5;
      const v = this.uniform();
      const edge = 0.5 - Math.abs(u);
      const n = Math.floor((2 * a * u) / edge + b * u + mean + 0.43);
      if (edge >= 0.07 && v <= sure) return n;
      if (n < 0 || (edge < 0.013 && v > edge)) continue;
      const height = Math.log((v * inverseAlpha) / (a / square(edge) + b));
      if (height <= n * log - mean - lgamma(n + 1)) return n;
    }
  }
}
