/** Ends of panels, and short texts that tell their rules apart. */

/** From one number to another, with the splits between them as ends of panels. */
export function panelsBetween(low: number, high: number, splits: readonly number[]): readonly number[] {
  const inside = splits.filter((split) => split > low && split < high);
  return [low, ...rising(inside), high];
}

/** Each number once, in rising order. */
export function rising(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** A short text that tells different rules apart (FNV-1a of their numbers). */
export function fingerprint(
  boundaries: readonly (readonly number[])[],
  order: number | readonly number[],
): string {
  const numbers = boundaries.flatMap((row) => [row.length, ...row]);
  let hash = 0x811c9dc5;
  for (const byte of new Uint8Array(Float64Array.from([order, numbers].flat()).buffer)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash.toString(36);
}
