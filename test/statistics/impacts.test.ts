import { expect, test } from "vitest";
import { fit as fitTo } from "../../runtime/fit.ts";
import { impacts } from "../../runtime/impacts.ts";
import { TOY_DATA, toyAnalysis } from "./toy.ts";

test("an impact is the covariance over the error of the nuisance, as far as the fit is linear", () => {
  const analysis = toyAnalysis({ data: TOY_DATA });
  const result = fitTo(analysis);
  const found = impacts(analysis, result);
  expect(found).toHaveLength(result.parameters.length * result.nuisances.length);
  for (const { nuisance, parameter, shifts } of found) {
    const [i, k] = [result.fitted.indexOf(parameter), result.fitted.indexOf(nuisance)];
    const expected = result.covariance[i]![k]! / Math.sqrt(result.covariance[k]![k]!);
    const sigma = Math.sqrt(result.covariance[i]![i]!);
    const mean = (shifts[1] - shifts[0]) / 2;
    expect(Math.abs(mean - expected) / sigma).toBeLessThan(0.03);
  }
  // The largest of each parameter first.
  const sizes = found.filter(({ parameter }) => parameter === found[0]!.parameter);
  expect(Math.abs(sizes[0]!.shifts[1])).toBeGreaterThan(Math.abs(sizes.at(-1)!.shifts[1]) - 1e-12);
});

test("the evidence of convergence: distance left, evaluations, condition of the correlations", () => {
  const { edm, evaluations, condition } = fitTo(toyAnalysis({ data: TOY_DATA }));
  expect(Math.abs(edm)).toBeLessThan(1e-6);
  expect(evaluations).toBeGreaterThan(10);
  expect(condition).toBeGreaterThan(1);
});
