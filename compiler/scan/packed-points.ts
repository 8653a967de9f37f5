/** Points of a scan as one array of numbers, which threads exchange more quickly than objects. */
import type { ScanPoint } from "../../runtime/scan.ts";

/** Numbers of a point before its values: its own number, chi^2, whether it converged. */
const head = 3;

export function packed(points: readonly ScanPoint[]): Float64Array {
  const width = head + (points[0]?.values.length ?? 0);
  const numbers = new Float64Array(points.length * width);
  points.forEach(({ point, chi2, converged, values }, i) => {
    const first = i * width;
    numbers[first] = point;
    numbers[first + 1] = chi2;
    numbers[first + 2] = converged ? 1 : 0;
    numbers.set(values, first + head);
  });
  return numbers;
}

/** `profiled` is how many values each point has. */
export function unpacked(numbers: Float64Array, profiled: number): readonly ScanPoint[] {
  const width = head + profiled;
  return Array.from({ length: numbers.length / width }, (_, i) => {
    const first = i * width;
    const values = Array.from({ length: profiled }, (_, k) => numbers[first + head + k]!);
    return { point: numbers[first]!, chi2: numbers[first + 1]!, converged: numbers[first + 2] === 1, values };
  });
}
