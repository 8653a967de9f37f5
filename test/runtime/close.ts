import { expect } from "vitest";

/** Asserts |actual − expected| ≤ relative · |expected| + absolute. */
export function expectClose(actual: number, expected: number, relative: number, absolute = 0): void {
  const error = Math.abs(actual - expected);
  const allowed = relative * Math.abs(expected) + absolute;
  expect(error <= allowed, `${actual} is ${error} from ${expected}, allowed ${allowed}`).toBe(true);
}

/** Central difference of fourth order with step h. */
export function slope(f: (x: number) => number, x: number, h: number): number {
  return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h);
}
