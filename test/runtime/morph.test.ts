import fc from "fast-check";
import { describe, it } from "vitest";
import { morph, morph_linear } from "../../runtime/index.ts";
import { expectClose, slope } from "./close.ts";

const value = fc.double({ min: -10, max: 10, noNaN: true });

describe.each([
  ["morph", morph],
  ["morph_linear", morph_linear],
])("%s", (_, by) => {
  it("has the three values at -1, 0 and 1", () => {
    fc.assert(
      fc.property(value, value, value, (low, nominal, high) => {
        expectClose(by(-1, low, nominal, high), low, 1e-12, 1e-12);
        expectClose(by(0, low, nominal, high), nominal, 1e-12, 1e-12);
        expectClose(by(1, low, nominal, high), high, 1e-12, 1e-12);
      }),
    );
  });

  it("keeps the sum of shapes that are normalised", () => {
    for (const x of [-2.5, -0.3, 0.7, 1.9])
      expectClose(by(x, 0.2, 0.5, 0.6) + by(x, 0.8, 0.5, 0.4), 1, 1e-14);
  });

  it("is a straight line where the variations are opposite", () => {
    for (const x of [-3, -0.4, 0.6, 2]) expectClose(by(x, 1.5, 2, 2.5), 2 + x / 2, 1e-14);
  });
});

describe("beyond one standard deviation", () => {
  it.each([-1, 1])("morph goes on with its slope at %d", (x) => {
    const f = (at: number): number => morph(at, 1.2, 2, 3.1);
    expectClose(slope(f, x * 1.01, 1e-3), slope(f, x * 3, 1e-3), 1e-8);
    expectClose(slope(f, x * 0.999, 1e-4), slope(f, x * 1.001, 1e-4), 1e-3);
  });
});
