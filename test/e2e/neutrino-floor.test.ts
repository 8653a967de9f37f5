/** Recoils of the neutrinos of nature through the command line: the shoulder of boron-8, and parts that add up. */
import { describe, expect, test } from "vitest";
import { sevens, violations } from "../cli/harness.ts";
import { root } from "../physics/compile.ts";

const spec = `${root}/examples/neutrino-floor/neutrino-floor.sevens`;

interface Rates {
  readonly experiments: readonly {
    readonly name: string;
    readonly axes: readonly { readonly edges: readonly number[] }[];
    readonly components: { readonly CEvNS: { readonly counts: readonly number[] } };
  }[];
}

describe("the neutrino floor", { timeout: 120_000 }, () => {
  test("of xenon, germanium and argon has the shoulder of boron-8, and that of xenon is the sum of its sources", async () => {
    const { code, stdout, stderr } = await sevens(["rates", spec, "--format", "json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(violations("rates", stdout)).toBeUndefined();
    const { experiments }: Rates = JSON.parse(stdout);
    const edges = experiments[0]?.axes[0]?.edges ?? [];
    const countsOf = (name: string): readonly number[] =>
      experiments.find((one) => one.name === name)?.components.CEvNS.counts ?? [];
    /** Events between two edges of bins, in keV. */
    const between = (name: string, low: number, high: number): number =>
      countsOf(name).reduce(
        (total, count, bin) =>
          (edges[bin] ?? 0) >= low && (edges[bin + 1] ?? 0) <= high ? total + count : total,
        0,
      );

    const parts = ["XeSolarBelow2MeV", "XeB8", "XeHep", "XeDSNB", "XeGeoneutrinos", "XeAtmospheric"];
    countsOf("NaturalXe").forEach((count, bin) => {
      const sum = parts.reduce((total, part) => total + (countsOf(part)[bin] ?? 0), 0);
      expect(Math.abs(sum / count - 1)).toBeLessThan(1e-5);
    });

    // Boron-8 neutrinos end at 16.4 MeV, their recoils at 2E²/M: flat below, ten thousand times less beyond.
    for (const [name, mass] of [
      ["NaturalXe", 122_870],
      ["NaturalGe", 68_857],
      ["NaturalAr", 37_224],
    ] as const) {
      const end = (2 * 16.4 ** 2 * 1e3) / mass;
      const density = (at: number): number => {
        const bin = edges.findLastIndex((edge) => edge <= at);
        return (countsOf(name)[bin] ?? 0) / ((edges[bin + 1] ?? 0) - (edges[bin] ?? 0));
      };
      expect(density(end / 30) / density(end / 10)).toBeLessThan(3);
      expect(density(end / 10) / density(1.4 * end)).toBeGreaterThan(1e4);
    }
    expect(between("XeB8", 0.1, 5) / between("NaturalXe", 0.1, 5)).toBeGreaterThan(0.99);
    expect(between("XeAtmospheric", 10, 100) / between("NaturalXe", 10, 100)).toBeCloseTo(0.98, 2);
    expect(between("NaturalXe", 0.1, 5)).toBeCloseTo(781, 0);
  });
});
