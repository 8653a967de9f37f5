/** Counts at the values of the spec, which need no code, against generated code. */
import { describe, expect, test } from "vitest";
import { compiled, countsOf, difference, modelOfExample } from "../physics/compile.ts";

describe.each(["coherent-csi/neutron-radius.sevens", "second-zprime/second-zprime.sevens"])("%s", (file) => {
  const { unit, analysis } = compiled(modelOfExample(file), { derivatives: "none" });
  const { expectation } = unit;

  test("every count is that of the code", () => {
    for (const { name } of expectation.experiments) {
      const code = countsOf(analysis);
      const found = expectation.counts[name];
      expect(found?.total.length).toBe(99);
      found?.total.forEach((value, bin) => {
        expect(difference(value, code.total[bin])).toBeLessThan(1e-12);
      });
      for (const part of ["components", "channels"] as const) {
        expect(Object.keys(found?.[part] ?? {})).toEqual(Object.keys(code[part]));
        for (const [key, values] of Object.entries(found?.[part] ?? {})) {
          values.forEach((value, bin) => {
            expect(difference(value, code[part][key]?.[bin]), `${key} ${bin}`).toBeLessThan(1e-11);
          });
        }
      }
    }
  });

  test("so are parameters, experiments and data", () => {
    expect(expectation.parameters).toEqual(
      analysis.parameters.map(({ name, unit, value }) => ({ name, unit, value })),
    );
    expect(expectation.experiments).toEqual(analysis.experiments);
  });
});
