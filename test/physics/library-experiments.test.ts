/** Experiments of the library: sound specs, and counts against published ones. */
import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { check, load } from "../../compiler/index.ts";
import { compiled, countsOf, difference, host, modelOfText, root, sum } from "./compile.ts";

/** Counts of scattering in an experiment of the library, to 1e-3. */
function events(module: string, experiment: string): number {
  const spec = `use interactions { StandardModel }
use ${module} { ${experiment} }
analysis Rates {
  model = StandardModel
  experiments = ${experiment}
  data = asimov
}`;
  const { analysis } = compiled(modelOfText(spec), { derivatives: "none", precision: 1e-3 });
  return sum(countsOf(analysis).components.CEvNS);
}

const library = ["interactions", "functions", "sources", "detectors", "experiments"].flatMap((folder) =>
  readdirSync(`${root}/models/${folder}`).map((file) => `${folder}/${file}`),
);

test.each(library)("%s has no problems", (file) => {
  const { model, diagnostics } = load(`${root}/models/${file}`, host);
  const found = [...diagnostics, ...(model === undefined ? [] : check(model))];
  expect(found.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
});

describe("a year of the ESS, by a table of arXiv:1911.00762", () => {
  test.each([
    ["ESSCsI", 8405],
    ["ESSSi", 80],
    ["ESSXe", 7770],
    ["ESSGe", 1610],
    ["ESSAr", 1380],
  ])("%s: %d recoils", (experiment, published) => {
    expect(difference(events("experiments/ESSProjections", experiment), published)).toBeLessThan(0.03);
  });

  test("ESSC3F8: 515 recoils, ours 9 % more", () => {
    expect(events("experiments/ESSProjections", "ESSC3F8") / 515).toBeCloseTo(1.09, 2);
  });
});

test("COHERENT Ar-750: 3000 events a year (arXiv:2204.04575)", () => {
  expect(difference(events("experiments", "LAr750"), 3000)).toBeLessThan(0.1);
});

test("CONUS+: 347 +- 59 events expected, as published (arXiv:2501.05206)", () => {
  const found = events("experiments", "CONUSPlus");
  expect(Math.abs(found - 347)).toBeLessThan(59);
});
