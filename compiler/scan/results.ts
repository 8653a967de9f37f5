/** The points of work that are known so far. */
import type { Work, WorkPoint } from "./work.ts";

export class Results {
  readonly work: Work;
  readonly #known: Uint8Array;
  readonly #converged: Uint8Array;
  readonly #numbers: Float64Array;
  #count = 0;

  constructor(work: Work) {
    this.work = work;
    this.#known = new Uint8Array(work.total);
    this.#converged = new Uint8Array(work.total);
    this.#numbers = new Float64Array(work.total * work.found.length);
  }

  get total(): number {
    return this.work.total;
  }

  /** Points that are known. */
  get count(): number {
    return this.#count;
  }

  get complete(): boolean {
    return this.#count === this.total;
  }

  /** A point that is known already stays: whoever computes it, it comes out the same. One too many is left out. */
  add({ point, numbers, converged }: WorkPoint): void {
    if (!(point < this.total) || this.#known[point] !== 0) return;
    this.#known[point] = 1;
    this.#converged[point] = converged ? 1 : 0;
    this.#numbers.set(numbers, point * this.work.found.length);
    this.#count++;
  }

  /** One of the numbers of a point, which is known. */
  numberAt(point: number, k: number): number {
    return this.#numbers[point * this.work.found.length + k]!;
  }

  convergedAt(point: number): boolean {
    return this.#converged[point] === 1;
  }

  /** All points in their order, when they are known. */
  all(): readonly WorkPoint[] {
    if (!this.complete) throw new Error(`${this.total - this.#count} ${this.work.noun} are missing`);
    const width = this.work.found.length;
    return Array.from({ length: this.total }, (_, point) => ({
      point,
      numbers: [...this.#numbers.subarray(point * width, (point + 1) * width)],
      converged: this.#converged[point] === 1,
    }));
  }

  /** Chunks of which a point is missing. */
  missing(): readonly number[] {
    return Array.from({ length: this.work.chunks }, (_, chunk) => chunk).filter((chunk) =>
      this.work.pointsOf(chunk).some((point) => this.#known[point] === 0),
    );
  }
}
