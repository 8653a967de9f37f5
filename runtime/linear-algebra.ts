/**
 * Dense linear algebra for the few dozen parameters of a fit. A matrix is a `Float64Array` of n² numbers, row
 * after row; symmetric ones hold both triangles.
 */
import { square } from "./power.ts";

/** An n × n matrix, row after row. */
export type SquareMatrix = Float64Array;

/**
 * Lower triangle L of a = L Lᵀ, or undefined when `a` is not positive definite to working precision: each
 * pivot must exceed n·2⁻⁵⁰ of its diagonal element, so that the answer does not depend on the units of the rows.
 */
export function cholesky(a: SquareMatrix, n: number): SquareMatrix | undefined {
  const lower = new Float64Array(n * n);
  const threshold = n * 2 ** -50;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= lower[i * n + k]! * lower[j * n + k]!;
      if (i > j) {
        lower[i * n + j] = sum / lower[j * n + j]!;
      } else {
        if (!(sum > threshold * a[i * n + i]!) || !Number.isFinite(sum)) return undefined;
        lower[i * n + i] = Math.sqrt(sum);
      }
    }
  }
  return lower;
}

/** Solution x of L Lᵀ x = b for a factor from `cholesky`. */
export function solveCholesky(lower: SquareMatrix, n: number, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i * n + k]! * x[k]!;
    x[i]! /= lower[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= lower[k * n + i]! * x[k]!;
    x[i]! /= lower[i * n + i]!;
  }
  return x;
}

/** Solution of a x = b for a symmetric positive definite `a`, undefined when it is not. */
export function solveSymmetric(a: SquareMatrix, n: number, b: ArrayLike<number>): Float64Array | undefined {
  const lower = cholesky(a, n);
  return lower && solveCholesky(lower, n, b);
}

/** Inverse of a symmetric positive definite matrix, undefined when it is not. */
export function invertSymmetric(a: SquareMatrix, n: number): SquareMatrix | undefined {
  const lower = cholesky(a, n);
  if (!lower) return undefined;
  const inverse = new Float64Array(n * n);
  const unit = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    unit.fill(0);
    unit[j] = 1;
    const column = solveCholesky(lower, n, unit);
    for (let i = 0; i <= j; i++) {
      inverse[i * n + j] = column[i]!;
      inverse[j * n + i] = column[i]!;
    }
  }
  return inverse;
}

/** Product of a matrix and a vector. */
export function multiply(a: SquareMatrix, n: number, x: ArrayLike<number>): Float64Array {
  const result = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += a[i * n + j]! * x[j]!;
    result[i] = sum;
  }
  return result;
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** The rows and columns `keep` of an n × n matrix. */
export function submatrix(a: SquareMatrix, n: number, keep: readonly number[]): SquareMatrix {
  const size = keep.length;
  const result = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const row = keep[i]! * n;
    for (let j = 0; j < size; j++) result[i * size + j] = a[row + keep[j]!]!;
  }
  return result;
}

/** Eigenvalues (ascending) and eigenvectors of a symmetric matrix. */
export interface Eigensystem {
  readonly values: Float64Array;
  /** One unit vector per eigenvalue. */
  readonly vectors: readonly Float64Array[];
}

/** Eigensystem of a symmetric matrix by cyclic Jacobi rotations (Golub & Van Loan, section 8.5). */
export function eigenSymmetric(matrix: SquareMatrix, n: number): Eigensystem {
  const a = Float64Array.from(matrix);
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  const scale = Math.sqrt(dot(a, a));
  for (let sweep = 0; sweep < 50; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += square(a[p * n + q]!);
    if (!(Math.sqrt(off) > 1e-16 * scale)) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[i * n + i]! - a[j * n + j]!);
  return {
    values: Float64Array.from(order, (i) => a[i * n + i]!),
    vectors: order.map((i) => Float64Array.from({ length: n }, (_, k) => v[k * n + i]!)),
  };
}

/** Rotates rows and columns p and q of `a` so that a[p, q] vanishes; accumulates the rotation in `v`. */
function rotate(a: SquareMatrix, v: SquareMatrix, n: number, p: number, q: number): void {
  const apq = a[p * n + q]!;
  if (apq === 0) return;
  const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const kp = a[k * n + p]!;
    const kq = a[k * n + q]!;
    a[k * n + p] = c * kp - s * kq;
    a[k * n + q] = s * kp + c * kq;
  }
  for (let k = 0; k < n; k++) {
    const pk = a[p * n + k]!;
    const qk = a[q * n + k]!;
    a[p * n + k] = c * pk - s * qk;
    a[q * n + k] = s * pk + c * qk;
    const vp = v[k * n + p]!;
    const vq = v[k * n + q]!;
    v[k * n + p] = c * vp - s * vq;
    v[k * n + q] = s * vp + c * vq;
  }
}

/** A symmetric matrix measured in the units `scale`: element (i, j) times scaleᵢ scaleⱼ. */
export function rescale(a: SquareMatrix, n: number, scale: ArrayLike<number>): SquareMatrix {
  return a.map((value, k) => value * scale[Math.floor(k / n)]! * scale[k % n]!);
}
