/** The numbers of COHERENT CENNS-10 on liquid argon through the command line, from the text of an example. */
import { describe, expect, test } from "vitest";
import { sevens, violations } from "../cli/harness.ts";
import { root } from "../physics/compile.ts";

const example = (name: string): string => `${root}/examples/coherent-lar/${name}.sevens`;

async function printed(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await sevens([...args, "--format", "json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

describe("COHERENT CENNS-10", { timeout: 120_000 }, () => {
  test.each(["free-normalisation", "shape-systematics", "neutron-radius"])(
    "%s has no problems",
    async (name) => {
      expect(await sevens(["check", example(name)])).toMatchObject({ code: 0, stdout: "" });
    },
  );

  test("rates: 135.26 events of the Standard Model from first principles", async () => {
    const energies = ["--observables", "energy", "--set", "calibration=0"];
    const text = await printed(["rates", example("neutron-radius"), ...energies]);
    expect(violations("rates", text)).toBeUndefined();
    expect(JSON.parse(text)).toMatchObject({
      experiments: [{ name: "LAr2020", components: { CEvNS: { total: expect.closeTo(135.26, 2) } } }],
    });
  });

  test("fit: R_n = R_p + 0.68 fm, counted from R_p", async () => {
    const text = await printed(["fit", example("neutron-radius")]);
    expect(violations("fit", text)).toBeUndefined();
    const radius = { name: "Ar40.Rn", value: 3.448, errors: [0, expect.closeTo(0.68, 2)], atBound: true };
    expect(JSON.parse(text)).toMatchObject({ analyses: [{ parameters: [radius] }] });
  });
});
