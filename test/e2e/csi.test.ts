/** The headline numbers through the command line, from the text of an example to what is printed. */
import { describe, expect, test } from "vitest";
import { inFolder, sevens, violations } from "../cli/harness.ts";
import { root } from "../physics/compile.ts";

const example = (name: string): string => `${root}/examples/${name}.sevens`;
const radius = example("coherent-csi/neutron-radius");

async function printed(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await sevens([...args, "--format", "json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

describe("COHERENT CsI[Na]", { timeout: 120_000 }, () => {
  test.each([
    "coherent-csi/free-normalisation",
    "coherent-csi/neutron-radius",
    "coherent-csi/response-systematics",
    "coherent-csi/weak-mixing-angle",
    "second-zprime/second-zprime",
  ])("%s has no problems", async (name) => {
    expect(await sevens(["check", example(name)])).toMatchObject({ code: 0, stdout: "" });
  });

  test("rates: 320.805 events of the Standard Model", async () => {
    const text = await printed(["rates", example("coherent-csi/weak-mixing-angle")]);
    expect(violations("rates", text)).toBeUndefined();
    expect(JSON.parse(text)).toMatchObject({
      experiments: [{ name: "CsI2021", components: { CEvNS: { total: expect.closeTo(320.805, 2) } } }],
    });
  });

  test("fit: R_n = 5.411 +0.397 -0.426 fm", async () => {
    const text = await printed(["fit", radius]);
    expect(violations("fit", text)).toBeUndefined();
    expect(JSON.parse(text)).toMatchObject({
      analyses: [
        {
          minimum: expect.closeTo(83.744, 2),
          parameters: [
            {
              name: "Rn",
              value: expect.closeTo(5.411, 2),
              errors: [expect.closeTo(0.426, 2), expect.closeTo(0.397, 2)],
            },
          ],
        },
      ],
    });
  });

  test("the table of a fit shows the pulls of every response uncertainty", async () => {
    const { stdout } = await sevens(["fit", example("coherent-csi/response-systematics")]);
    for (const name of ["SNS.yield", "SNS.onset", "CsINa.qf0", "CsINa.qf1", "CsINa.eff"]) {
      expect(stdout).toMatch(new RegExp(`${name.replace(".", "\\.")} .*[+-]\\d\\.\\d\\d`));
    }
    expect(stdout).not.toContain("CsI2021.norm");
  });

  test("a spec that was exported as one JSON document gives the same fit", async () => {
    const document = await sevens(["export", radius, "--to", "json"]);
    expect(document.code).toBe(0);
    await inFolder({ "radius.json": document.stdout }, async (cwd) => {
      const again = await sevens(["fit", "radius.json", "--format", "json"], { cwd });
      expect(again.stdout).toBe(await printed(["fit", radius]));
    });
  });
});
