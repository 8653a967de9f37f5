/** Parameter points at which all codes of the CsI likelihood are timed and compared. */
import type { Objective } from "../../runtime/index.ts";
import type { Point } from "./direct.ts";

/** In the order of the C++ and Python commands. */
export const parameters = [
  ...["Cs133.Rn", "I127.Rn", "s2w", "g_Zp", "M_Zp"],
  ...["CsI2021.norm", "CsI2021.SSB", "CsI2021.BRN", "CsI2021.NIN"],
];
const start = [5.09, 5.03, 0.23857, 1e-4, 10, 0, 0, 0, 0];

/** Nine numbers that all differ from those of the step before; the other codes move the same way. */
export function valuesAt(step: number): readonly number[] {
  const d = 1e-4 * (step % 7);
  return start.map((value, i) => (i < 5 ? value * (1 + d) : d));
}

export function pointOf(values: readonly number[]): Point {
  const [cs, iodine, s2w, g, M, a, b, c, d] = values;
  return { radii: [cs!, iodine!], s2w: s2w!, g: g!, M: M!, shifts: [a!, b!, c!, d!] };
}

/** Writes the values of a step into the vector of the compiled analysis. */
export function mover(
  objective: Objective,
  names: readonly string[],
): (x: Float64Array, step: number) => void {
  const indices = names.map((name) => objective.names.indexOf(name));
  const places = names.map((name) => parameters.indexOf(name));
  const table = Array.from({ length: 7 }, (_, step) => valuesAt(step));
  return (x, step) => {
    const values = table[step % 7]!;
    for (let i = 0; i < indices.length; i++) x[indices[i]!] = values[places[i]!]!;
  };
}
