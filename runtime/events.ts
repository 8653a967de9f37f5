/** Events one by one, and the places of compiled code that they are put into. */

/** Events of one experiment. */
export interface EventList {
  /** By observable, in the order and the units of the axes. */
  readonly values: readonly Float64Array[];
  /** For how many events each stands: one for those that were observed or drawn, any number for those of Asimov data. */
  readonly weights: Float64Array;
}

/** An array of compiled code, and what it holds of each event. */
export type PlaceArray = { readonly array: Float64Array } & (
  | { readonly what: "observable"; readonly axis: number; readonly factor: number }
  | { readonly what: "bin"; readonly list: readonly number[] }
  | { readonly what: "weight" | "share" }
);

/** The places of an experiment. */
export interface EventPlaces {
  /** Puts events in; false when they are there already, or none are given. Too many of them are a RangeError. */
  put(events: EventList | undefined): boolean;
}

/** So many places of events in bins with these edges, filled with none. */
export function eventPlaces(
  edges: readonly (readonly number[])[],
  size: number,
  arrays: readonly PlaceArray[],
): EventPlaces {
  let here: EventList | undefined;
  const fill = (events: EventList): void => {
    const bins = new BinsOfEvents(edges, events);
    const total = sumOf(events.weights);
    for (const one of arrays) {
      for (let k = 0; k < size; k++) one.array[k] = elementOf(one, k, events, bins, total);
    }
  };
  fill(noEvents(edges.length));
  return {
    put(events) {
      if (events === undefined || events === here) return false;
      const count = events.weights.length;
      if (count > size) throw new RangeError(`${count} events in ${size} places`);
      fill(events);
      here = events;
      return true;
    },
  };
}

export function noEvents(observables: number): EventList {
  const values = Array.from({ length: observables }, () => new Float64Array(0));
  return { values, weights: new Float64Array(0) };
}

/** Without cancellation (W. Kahan, Comm. ACM 8 (1965) 40). */
export function sumOf(values: ArrayLike<number>): number {
  let [sum, lost] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const term = values[i]! - lost;
    const next = sum + term;
    lost = next - sum - term;
    sum = next;
  }
  return sum;
}

/** What an array holds at a place. One without an event has no weight, and is where the first event is, or the first bin. */
function elementOf(
  one: PlaceArray,
  place: number,
  { values, weights }: EventList,
  bins: BinsOfEvents,
  total: number,
): number {
  const at = place < weights.length ? place : 0;
  switch (one.what) {
    case "observable":
      return (values[one.axis]![at] ?? bins.middle(one.axis)) * one.factor;
    case "bin":
      return one.list[bins.of(at)] ?? 0;
    case "weight":
      return weights[place] ?? 0;
    case "share":
      return total > 0 ? 1 / total : 1;
  }
}

/** In which bin each event is, found when it is asked for. */
class BinsOfEvents {
  readonly #edges: readonly (readonly number[])[];
  readonly #events: EventList;
  readonly #known: Int32Array;

  constructor(edges: readonly (readonly number[])[], events: EventList) {
    this.#edges = edges;
    this.#events = events;
    this.#known = new Int32Array(events.weights.length).fill(-1);
  }

  /** The middle of the first bin. */
  middle(axis: number): number {
    const [low, high] = this.#edges[axis]!;
    return (low! + high!) / 2;
  }

  of(event: number): number {
    const known = this.#known[event];
    if (known === undefined) return 0;
    if (known >= 0) return known;
    const bin = this.#edges.reduce((before, edges, i) => {
      const last = edges.length - 2;
      return before * (last + 1) + binIn(edges, this.#events.values[i]![event]!, last);
    }, 0);
    this.#known[event] = bin;
    return bin;
  }
}

/** Bins have their lower edge, the last one both. */
function binIn(edges: readonly number[], value: number, last: number): number {
  let [low, high] = [0, last + 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= value) low = middle;
    else high = middle;
  }
  return low;
}
