/** The points of a scan that are known so far. */
import { chunkCount, chunkPoints, pointCount, type ScanAxis, type ScanPoint } from "../../runtime/scan.ts";

export class ScanResults {
  readonly axes: readonly ScanAxis[];
  readonly total: number;
  readonly chunks: number;
  readonly #profiled: number;
  readonly #known: Uint8Array;
  readonly #chi2: Float64Array;
  readonly #values: Float64Array;
  #count = 0;

  constructor(axes: readonly ScanAxis[], profiled: number) {
    this.axes = axes;
    this.total = pointCount(axes);
    this.chunks = chunkCount(this.total);
    this.#profiled = profiled;
    this.#known = new Uint8Array(this.total);
    this.#chi2 = new Float64Array(this.total);
    this.#values = new Float64Array(this.total * profiled);
  }

  /** Points that are known. */
  get count(): number {
    return this.#count;
  }

  get complete(): boolean {
    return this.#count === this.total;
  }

  /** A point that is known already stays: whoever computes it, it comes out the same. */
  add({ point, chi2, values }: ScanPoint): void {
    if (this.#known[point] !== 0) return;
    this.#known[point] = 1;
    this.#chi2[point] = chi2;
    this.#values.set(values, point * this.#profiled);
    this.#count++;
  }

  /** All points in the order of the grid, when they are known. */
  all(): readonly ScanPoint[] {
    if (!this.complete) throw new Error(`${this.total - this.#count} points of the scan are missing`);
    return Array.from(this.#chi2, (chi2, point) => {
      const first = point * this.#profiled;
      const values = [...this.#values.subarray(first, first + this.#profiled)];
      return { point, chi2, values, converged: Number.isFinite(chi2) };
    });
  }

  /** Chunks of which a point is missing. */
  missing(): readonly number[] {
    return Array.from({ length: this.chunks }, (_, chunk) => chunk).filter((chunk) =>
      chunkPoints(this.axes, chunk).some((point) => this.#known[point] === 0),
    );
  }
}
