import { describe, expect, it } from "vitest";
import { chiSquare } from "../../runtime/likelihood.ts";
import { minimise } from "../../runtime/minimise.ts";
import { TOY_BINS, TOY_DATA, toyAnalysis, toyCounts } from "./toy.ts";

/** What is used of nlopt-js, which has no types of its own. */
interface Nlopt {
  readonly ready: Promise<void>;
  readonly Algorithm: { readonly LN_BOBYQA: unknown; readonly LN_SBPLX: unknown };
  readonly Optimize: new (
    algorithm: unknown,
    size: number,
  ) => {
    setMinObjective(f: (x: ArrayLike<number>) => number, tolerance: number): void;
    setLowerBounds(bounds: readonly number[]): void;
    setUpperBounds(bounds: readonly number[]): void;
    setMaxeval(calls: number): void;
    optimize(start: readonly number[]): { success: boolean; x: readonly number[]; value: number };
  };
  readonly GC: { flush(): void };
}

async function load(): Promise<Nlopt | undefined> {
  try {
    const name: string = "nlopt-js";
    const { default: nlopt }: { default: Nlopt } = await import(name);
    await nlopt.ready;
    return nlopt;
  } catch {
    return undefined;
  }
}

const nlopt = await load();

describe.skipIf(!nlopt)("a second optimiser, NLopt", () => {
  const spectra: readonly (readonly [name: string, data: readonly number[]])[] = [
    ["the toy's data", TOY_DATA],
    ["data without a signal", new Array(TOY_BINS).fill(18)],
    ["few events", [3, 1, 0, 2, 0, 0, 1, 0, 0, 0, 1, 0]],
    ["an excess", Array.from(toyCounts([2.5, 0.15, 0.2, 0.1]).signal, (s) => Math.round(s) + 25)],
  ];

  it.each(spectra)("finds the same minimum for %s", (_, data) => {
    const objective = chiSquare(toyAnalysis({ data }));
    const ours = minimise(objective);
    const values = [];
    for (const algorithm of ["LN_BOBYQA", "LN_SBPLX"] as const) {
      const optimiser = new nlopt!.Optimize(nlopt!.Algorithm[algorithm], 4);
      optimiser.setMinObjective((x) => objective.value(Float64Array.from(x)), 1e-12);
      optimiser.setLowerBounds([0, 0.01, -0.9, -0.9]);
      optimiser.setUpperBounds([5, 2, 2, 2]);
      optimiser.setMaxeval(20000);
      values.push(optimiser.optimize([1, 0.3, 0, 0]).value);
    }
    nlopt!.GC.flush();
    expect(ours.converged).toBe(true);
    const theirs = Math.min(...values);
    expect(ours.value).toBeLessThan(theirs + 1e-5);
    expect(ours.value).toBeGreaterThan(theirs - 1e-3);
  });
});
