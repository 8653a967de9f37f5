/**
 * Tick positions at round numbers.
 */

/** Steps between ticks, within a decade. */
const roundSteps = [1, 2, 5, 10];

/** Multiples of 1, 2 or 5 × 10ᵏ from `low` to `high`, about `count` of them and never more. */
export function ticks(low: number, high: number, count: number): number[] {
  const step = tickStep(high - low, count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/** The smallest round step that divides `range` into fewer than `count` parts. */
function tickStep(range: number, count: number): number {
  const atLeast = range / Math.max(1, count - 1);
  const decade = 10 ** Math.floor(Math.log10(atLeast));
  return decade * (roundSteps.find((step) => step * decade >= atLeast * (1 - 1e-9)) ?? 10);
}

/** The text of a tick at `value`; a true minus sign, no thousands separator. */
export function tickText(value: number): string {
  return String(value).replaceAll("-", "−");
}
