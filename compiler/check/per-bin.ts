/** Numbers per bin, for an experiment that lacks them. */
import { listNumbers } from "../lower/lists.ts";
import { type Declaration, field, fieldsOf } from "../model/model.ts";
import { shown } from "./checking.ts";

/** Longer lists are better kept in a file. */
const longest = 12;

/** A number for every bin, from what was counted there; a file for many bins. */
export function perBin(experiment: Declaration, file: string, from: (count: number) => number): string {
  const edges = fieldsOf(experiment, "bins").map(({ assign }) => (assign ? listNumbers(assign.value) : []));
  const bins = edges.reduce((product, { length }) => product * (length - 1), 1);
  if (!(bins >= 1 && bins <= longest)) return `"${file}"`;
  const data = field(experiment, "data")?.assign?.value;
  const counts = data === undefined ? [] : listNumbers(data);
  const numbers = Array.from({ length: bins }, (_, bin) => shown(from(counts[bin] ?? 1), 2));
  return `[${numbers.join(", ")}]`;
}
