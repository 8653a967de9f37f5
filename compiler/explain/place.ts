import type { IntegralPurpose } from "../rate/node.ts";

/** In the order in which they are told. */
export const purposes: readonly IntegralPurpose[] = [
  "energy",
  "recoil",
  "observable",
  "background",
  "general",
];

/** Where in the spec something is written. */
export interface Place {
  /** `formfactors.sevens:12`; null for what the compiler made itself. */
  readonly place: string | null;
  /** Beginning of the formula there. */
  readonly formula: string | null;
}

/** Takes a line of `Context.lineOf` apart. */
export function placeOf(line: string | null | undefined): Place {
  const [, place, formula] = /^(.*?:\d+): (.*)$/s.exec(line ?? "") ?? [];
  return { place: place ?? null, formula: formula ?? null };
}
