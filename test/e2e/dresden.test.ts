/** The reactor experiment Dresden-II through the command line: a background of unknown form is fitted with the signal. */
import { describe, expect, test } from "vitest";
import { sevens, violations } from "../cli/harness.ts";
import { root } from "../physics/compile.ts";

const example = (name: string): string => `${root}/examples/dresden-ii/${name}.sevens`;

describe("Dresden-II", { timeout: 120_000 }, () => {
  test.each(["iron-filtered", "photoneutrons", "lindhard"])("%s has no problems", async (name) => {
    expect(await sevens(["check", example(name)])).toMatchObject({ code: 0, stdout: "" });
  });

  test("fit: 1.07 +- 0.41 of the prediction, with six numbers of the background", async () => {
    const options = ["--precision", "1e-4", "--format", "json"];
    const { code, stdout, stderr } = await sevens(["fit", example("iron-filtered"), ...options]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(violations("fit", stdout)).toBeUndefined();
    const [analysis] = JSON.parse(stdout).analyses;
    expect(analysis).toMatchObject({ converged: true, minimum: expect.closeTo(103.76, 1) });
    expect(analysis.parameters).toHaveLength(7);
    expect(analysis.parameters).toContainEqual(
      expect.objectContaining({
        name: "DresdenII.norm",
        value: expect.closeTo(0.07, 1),
        errors: [expect.closeTo(0.41, 1), expect.closeTo(0.4, 1)],
      }),
    );
  });
});
