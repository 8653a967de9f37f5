import { describe, expect, it } from "vitest";
import { chunkCount, chunkPoints, pointValues, spacedValues } from "../../runtime/scan-grid.ts";

const axis = (parameter: string, count: number) => ({
  parameter,
  values: Array.from({ length: count }, (_, i) => i),
});

describe("the path through a grid", () => {
  for (const sizes of [[1], [41], [7, 5], [6, 4], [3, 4, 5], [2, 1, 9]]) {
    const axes = sizes.map((size, i) => axis(`p${i}`, size));
    const total = sizes.reduce((product, size) => product * size, 1);
    const path = Array.from({ length: chunkCount(total) }, (_, k) => chunkPoints(axes, k)).flat();

    it(`meets each point of ${sizes.join(" x ")} once`, () => {
      expect([...path].sort((a, b) => a - b)).toEqual(Array.from({ length: total }, (_, i) => i));
    });

    it(`goes from neighbour to neighbour in ${sizes.join(" x ")}`, () => {
      const places = path.map((point) => pointValues(axes, point));
      places.slice(1).forEach((place, i) => {
        const steps = place.map((value, k) => Math.abs(value - places[i]![k]!));
        expect(steps.reduce((sum, step) => sum + step, 0)).toBe(1);
      });
    });
  }

  it("numbers points with the last axis fastest", () => {
    expect(pointValues([axis("a", 2), axis("b", 3)], 4)).toEqual([1, 1]);
  });
});

describe("spaced values", () => {
  it("meets the ends", () => {
    expect(spacedValues(0.1, 0.3, 3, false)).toEqual([0.1, 0.2, 0.3]);
    expect(spacedValues(1e-7, 1, 8, true)).toEqual([1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1]);
  });
});
