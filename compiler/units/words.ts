/** Words for dimensions in type annotations: `R: length`, `T: energy_nr`. A unit name does as well: `n: PE`. */
import { base, type Dimension, dimension, none } from "./dimension.ts";
import { findUnit } from "./units.ts";

export const dimensionWords: ReadonlyMap<string, Dimension> = new Map([
  ["number", none],
  ["energy", base.energy],
  ["energy_nr", base.nr],
  ["energy_ee", base.ee],
  ["momentum", base.energy],
  ["mass", base.mass],
  ["length", base.length],
  ["time", base.time],
  ["area", dimension({ length: 2 })],
  ["cross_section", dimension({ length: 2 })],
  ["flux", dimension({ length: -2, time: -1 })],
  ["frequency", dimension({ time: -1 })],
  ["power", dimension({ energy: 1, time: -1 })],
  ["charge", base.charge],
  ["magnetic_moment", base.magneton],
  ["amount", base.amount],
]);

/** What a type annotation of one name means: a dimension word, or the dimension of a unit. */
export function dimensionOfWord(word: string): Dimension | undefined {
  return dimensionWords.get(word) ?? findUnit(word)?.dimension;
}
