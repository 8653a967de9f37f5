/** Do parts and lines hold the share that they are labelled with? Counted on other draws of the same, known density. */
import { describe, expect, test } from "vitest";
import { cornerCsv } from "../../compiler/plot/index.ts";
import { highestDensity } from "../../runtime/posterior-summary.ts";
import { RandomStream } from "../../runtime/random.ts";

type Place = readonly [number, number];

const draws = 8000;
const labels = [0.6827, 0.9, 0.9545];

/** What a share of so many draws may be off by: of its own draws by their number, of others by what both leave open. */
const own = 0.004;
const others = (share: number): number => 4 * Math.sqrt((2 * share * (1 - share)) / draws) + 0.004;

describe("parts of highest density", () => {
  const normal = (random: RandomStream): number => random.normal();
  const cases: Readonly<
    Record<string, { of: (random: RandomStream) => number; limits?: Place; parts?: number }>
  > = {
    "one peak": { of: normal },
    "two peaks": { of: (r) => (r.uniform() < 0.5 ? -1.4 : 1.4) + 0.25 * r.normal(), parts: 2 },
    "two peaks far apart": { of: (r) => (r.uniform() < 0.45 ? -40 : 40) + r.normal(), parts: 2 },
    "a narrow and a wide peak": { of: (r) => (r.uniform() < 0.5 ? 0.02 * r.normal() : 5 + r.normal()) },
    "half a peak at a bound": { of: (r) => Math.abs(r.normal()), limits: [0, 10], parts: 1 },
    "an exponential at a bound": { of: (r) => -Math.log(1 - r.uniform()), limits: [0, 50], parts: 1 },
    "three decades, even in the logarithm": { of: (r) => 10 ** (-3 * r.uniform()), limits: [1e-3, 1] },
  };
  test.each(Object.keys(cases))("of %s hold their share", (name) => {
    const { of, limits, parts } = cases[name]!;
    const random = new RandomStream(11, [name.length, 0]);
    const sample = (): number[] => Array.from({ length: draws }, () => of(random)).sort((a, b) => a - b);
    const [known, fresh] = [sample(), sample()];
    for (const share of labels) {
      const found = highestDensity(known, share, limits);
      const held = (all: readonly number[]): number =>
        all.filter((x) => found.some(([low, high]) => x >= low && x <= high)).length / draws;
      expect(Math.abs(held(known) - share)).toBeLessThan(own);
      expect(Math.abs(held(fresh) - share)).toBeLessThan(others(share));
      if (parts !== undefined) expect(found).toHaveLength(parts);
    }
  });

  test("begin at a bound where the density there is high, and only there", () => {
    const random = new RandomStream(5, [0, 0]);
    const half = Array.from({ length: draws }, () => 2 + Math.abs(random.normal())).sort((a, b) => a - b);
    const [part] = highestDensity(half, 0.6827, [2, 10]);
    expect(part![0]).toBe(2);
    expect(Math.abs(part![1] - 3)).toBeLessThan(0.05);
    const whole = Array.from({ length: draws }, () => 5 + random.normal()).sort((a, b) => a - b);
    const [middle] = highestDensity(whole, 0.6827, [0, 10]);
    expect(Math.abs(middle![0] - 4)).toBeLessThan(0.1);
    expect(Math.abs(middle![1] - 6)).toBeLessThan(0.1);
  });

  test("are those of the density itself: two peaks of x^2 = 2 +- 1", () => {
    // Density exp(-(x² - 2)²/2), drawn by rejection; edges from its integral on 60,000 places.
    const random = new RandomStream(8, [0, 0]);
    const draw = (): number => {
      for (;;) {
        const x = 6 * random.uniform() - 3;
        if (random.uniform() < Math.exp(-((x * x - 2) ** 2) / 2)) return x;
      }
    };
    const sample = Array.from({ length: 20000 }, draw).sort((a, b) => a - b);
    const places = Array.from({ length: 60000 }, (_, i) => -3 + (i + 0.5) / 10000);
    const density = places.map((x) => Math.exp(-((x * x - 2) ** 2) / 2));
    const total = density.reduce((a, b) => a + b, 0);
    const order = places.map((_, i) => i).sort((a, b) => density[b]! - density[a]!);
    let held = 0;
    const inside = order.filter((i) => {
      held += density[i]!;
      return held < 0.6827 * total;
    });
    const right = inside.map((i) => places[i]!).filter((x) => x > 0);
    const found = highestDensity(sample, 0.6827, [-3, 3]);
    expect(found).toHaveLength(2);
    expect(Math.abs(found[1]![0] - Math.min(...right))).toBeLessThan(0.03);
    expect(Math.abs(found[1]![1] - Math.max(...right))).toBeLessThan(0.03);
  });
});

test("edges of two peaks are those of each by itself", () => {
  const random = new RandomStream(15, [0, 0]);
  const sample = Array.from(
    { length: 20000 },
    () => (random.uniform() < 0.5 ? -1.4 : 1.4) + random.normal(0, 0.25),
  );
  const found = highestDensity(
    sample.sort((a, b) => a - b),
    0.9,
    [-4, 4],
  ).flat();
  // 90% of a Gaussian is within 1.6449 standard deviations.
  const edges = [-1.4, 1.4].flatMap((peak) => [peak - 1.6449 * 0.25, peak + 1.6449 * 0.25]);
  expect(found).toHaveLength(edges.length);
  found.forEach((edge, i) => {
    expect(Math.abs(edge - edges[i]!)).toBeLessThan(0.018);
  });
});

const unbounded: Place = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

function parametersOf(known: readonly Place[], ranges: readonly Place[] = [unbounded, unbounded]) {
  return ranges.map((range, k) => ({
    name: `p${k}`,
    unit: "",
    range,
    draws: known.map((place) => place[k]!),
  }));
}

/** Inside of lines, each closed by the straight way from its end to its beginning: even and odd. */
function isInside([x, y]: Place, lines: readonly (readonly Place[])[]): boolean {
  let inside = false;
  for (const line of lines) {
    line.forEach(([x0, y0], i) => {
      const [x1, y1] = line[(i + 1) % line.length]!;
      if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside;
    });
  }
  return inside;
}

/** The lines of each level in the numbers behind a corner picture. */
function linesIn(csv: string, level: string): readonly (readonly Place[])[] {
  const lines = new Map<string, Place[]>();
  for (const row of csv.split("\n")) {
    const [kind, , , name, line, x, y] = row.split(",");
    if (kind !== "contour" || name !== level) continue;
    lines.set(line!, [...(lines.get(line!) ?? []), [Number(x), Number(y)]]);
  }
  return [...lines.values()];
}

describe("lines of pairs", () => {
  const correlated =
    (rho: number) =>
    (r: RandomStream): Place => {
      const x = r.normal();
      return [x, rho * x + Math.sqrt(1 - rho * rho) * r.normal()];
    };
  const cases: Readonly<Record<string, (random: RandomStream) => Place>> = {
    "a Gaussian": correlated(0),
    "a Gaussian of rho = 0.9": correlated(0.9),
    "a Gaussian of rho = -0.99": (r) => {
      const [x, y] = correlated(0.99)(r);
      return [1e-9 * x, 100 - 1000 * y];
    },
    "a Gaussian of rho = 0.9999": correlated(0.9999),
    "two correlated peaks": (r) => {
      const x = (r.uniform() < 0.45 ? -1.4 : 1.4) + 0.25 * r.normal();
      return [x, x + 0.2 * r.normal()];
    },
    "two ridges, one beside the other": (r) => {
      const [x, y] = correlated(0.99)(r);
      return [x, y + (r.uniform() < 0.5 ? 0 : 2)];
    },
    "a ring": (r) => {
      const [radius, angle] = [3 + 0.2 * r.normal(), 2 * Math.PI * r.uniform()];
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    },
    "half a Gaussian at a bound": (r) => {
      const [x, y] = correlated(0.8)(r);
      return x < 0 ? [-x, -y] : [x, y];
    },
  };
  const bounded = new Set(["half a Gaussian at a bound"]);
  test.each(Object.keys(cases))("of %s hold their share", (name) => {
    const random = new RandomStream(12, [name.length, 0]);
    const sample = (): Place[] => Array.from({ length: draws }, () => cases[name]!(random));
    const [known, fresh] = [sample(), sample()];
    const csv = cornerCsv({
      parameters: parametersOf(
        known,
        bounded.has(name) ? [[0, Number.POSITIVE_INFINITY], unbounded] : undefined,
      ),
      levels: labels.map((share) => ({ label: `${share}`, share })),
    });
    for (const share of labels) {
      const lines = linesIn(csv, `${share}`);
      const held = (all: readonly Place[]): number =>
        all.filter((place) => isInside(place, lines)).length / draws;
      expect(Math.abs(held(known) - share)).toBeLessThan(2 * own);
      expect(Math.abs(held(fresh) - share)).toBeLessThan(others(share) + own);
    }
  });

  test("a curve ends at the range that is declared, not where the draws happen to", () => {
    const random = new RandomStream(14, [0, 0]);
    // A floor of a fortieth of the peak ends at 0, which a look at the draws takes for no wall.
    const place = (): Place => {
      const x = random.uniform() < 0.2 ? 4 * random.uniform() : 2 + 0.2 * random.normal();
      return [x, random.normal()];
    };
    const known = Array.from({ length: draws }, place);
    const first = (ranges: readonly Place[]): number => {
      const csv = cornerCsv({ parameters: parametersOf(known, ranges), levels: [] });
      const row = csv
        .split("\n")
        .find((line) => line.startsWith("density,p0"))!
        .split(",");
      return Number(row.at(-1));
    };
    expect(Math.abs(first([[0, 4], unbounded]) / 0.05 - 1)).toBeLessThan(0.25);
    expect(first([unbounded, unbounded])).toBeLessThan(0.75 * 0.05);
  });

  test("of a Gaussian of rho = 0.9 are its ellipses", () => {
    const random = new RandomStream(13, [0, 0]);
    const known = Array.from({ length: 20000 }, () => correlated(0.9)(random));
    const csv = cornerCsv({
      parameters: parametersOf(known),
      levels: [{ label: "inner", share: 0.6827 }],
    });
    const [line, second] = linesIn(csv, "inner");
    expect(second).toBeUndefined();
    // The radius of a share of a Gaussian in two dimensions.
    const radius = Math.sqrt(-2 * Math.log(1 - 0.6827));
    for (const [x, y] of line!) {
      const z = (y - 0.9 * x) / Math.sqrt(1 - 0.81);
      expect(Math.abs(Math.hypot(x, z) / radius - 1)).toBeLessThan(0.12);
    }
  });
});
