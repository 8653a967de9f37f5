import { describe, expect, it } from "vitest";
import { chiSquare, minimise } from "../../runtime/index.ts";
import { chunkCount, scanner, scanStart, spacedValues } from "../../runtime/scan.ts";
import { compiled, modelOfExample } from "../physics/compile.ts";

describe("the profile of the neutron radius", () => {
  const { analysis } = compiled(modelOfExample("coherent-csi/neutron-radius.sevens"));
  const axes = [{ parameter: "Rn", values: spacedValues(4, 7, 41, false) }];
  const start = scanStart(analysis, axes);
  const compute = scanner(analysis, axes, start);
  const points = Array.from({ length: chunkCount(41) }, (_, chunk) => compute(chunk)).flat();

  it("is what independent fits with the radius held give", () => {
    for (const [i, Rn] of axes[0]!.values.entries()) {
      const { value, converged, x } = minimise(chiSquare(analysis, { fix: ["Rn"], values: { Rn } }));
      expect(converged).toBe(true);
      expect(points[i]!.chi2).toBeCloseTo(value, 6);
      const norm = analysis.parameters.findIndex(({ name }) => name === "CsI2021.norm");
      expect(points[i]!.values[0]).toBeCloseTo(x[norm]!, 4);
    }
  });

  it("touches the best fit", () => {
    const smallest = Math.min(...points.map(({ chi2 }) => chi2));
    expect(smallest).toBeGreaterThanOrEqual(start.chi2!);
    expect(smallest).toBeLessThan(start.chi2! + 0.02);
  });

  it("does not depend on what was computed before", () => {
    const fresh = scanner(analysis, axes, start);
    expect(fresh(3)).toEqual(points.slice(12, 16));
  });

  it("scans a parameter that the analysis holds", () => {
    const held = [{ parameter: "StandardModel.s2w", values: [0.2, 0.23857, 0.28] }];
    const [a, b, c] = scanner(analysis, held, scanStart(analysis, held))(0);
    expect(a!.chi2).not.toBeCloseTo(b!.chi2, 3);
    expect(b!.chi2).toBeCloseTo(start.chi2!, 5);
    expect(c!.converged).toBe(true);
  });
});
