/** What pseudo-experiments say: critical values, p-values, coverage, each with the error of so many of them. */

/**
 * Statistics that differ by less than this are the same: fits find them to some 1e-7, and experiments with few counts have
 * only few different values.
 */
export const SAME_STATISTIC = 1e-6;

/** A share of pseudo-experiments. */
export interface Share {
  readonly value: number;
  /** Its binomial standard deviation; with none or all of them, that of one more. */
  readonly error: number;
}

export function shareOf(part: number, all: number): Share {
  const value = part / all;
  const shifted = part === 0 ? 1 / (all + 1) : part === all ? all / (all + 1) : value;
  return { value, error: Math.sqrt((shifted * (1 - shifted)) / all) };
}

/** The share of pseudo-experiments that are at least as far from the hypothesis as what was observed. */
export function pValueOf(statistics: readonly number[], observed: number): Share {
  return shareOf(statistics.filter((one) => one >= observed - SAME_STATISTIC).length, statistics.length);
}

/** The share with a statistic up to a critical value: of their intervals, those that hold the tested value. */
export function coverageOf(statistics: readonly number[], critical: number): Share {
  return shareOf(statistics.filter((one) => one <= critical + SAME_STATISTIC).length, statistics.length);
}

/** A critical value: up to it the statistic of a share `level` of the pseudo-experiments, or a little more. */
export interface CriticalValue {
  readonly value: number;
  /** Critical values one standard deviation of the share lower and higher. */
  readonly low: number;
  readonly high: number;
}

/** NaN without pseudo-experiments. */
export function criticalValue(statistics: readonly number[], level: number): CriticalValue {
  const sorted = [...statistics].sort((a, b) => a - b);
  const n = sorted.length;
  const at = (share: number): number => {
    // 0.9 of 1000 is 900, whatever the last digit of the product.
    const rank = Math.ceil(share * n - 1e-9);
    return sorted[Math.min(n, Math.max(1, rank)) - 1] ?? Number.NaN;
  };
  const error = Math.sqrt((level * (1 - level)) / n);
  return { value: at(level), low: at(level - error), high: at(level + error) };
}

/** The value below which a share of sorted or unsorted numbers lies, interpolated between neighbours; NaN without numbers. */
export function quantileOf(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  if (sorted.length === 0) return Number.NaN;
  const place = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return low === high ? low : low + (place - Math.floor(place)) * (high - low);
}
