/** Bundles record numbers only: without a fit, or with infinite counts, there is nothing to record, or to compare with. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { notNumber } from "../../compiler/share/results.ts";
import { inFolder, sevens } from "../cli/harness.ts";

const name = "fit.sevens-bundle";

/** An analysis with a background of a formula of `k`. */
const specWith = (k: string, events: string): string => `sevens 1
use interactions { StandardModel }
use materials { Ge }
use sources { SNS }

detector Small {
  target Ge = 100 kg
  observable recoil: keVnr {
    density(x | T) = normal_pdf(x, T, 0.3 keVnr)
  }
}

experiment Run {
  source SNS {
    protons = 1.5e23 POT
    distance = 20 m
  }
  parameter k = ${k} in 0 .. 2
  detector Small
  bins recoil = [1, 4, 9] keVnr
  background Flat {
    events(x) = ${events}
  }
  data = [500, 100]
}

analysis Angle {
  model = StandardModel
  experiments = Run
  free Run.k in 0 .. 2
}
`;

/** The data want a place behind the wall at 1, beyond which there are no numbers. */
const stuck = specWith("0.5", "(20 - 50*k + 1e-9*sqrt(1 - k)) / keVnr");
const infinite = specWith("0", "3 / k / keVnr");

test.each([
  ["a fit that does not converge", stuck, [], "SV1803"],
  ["an infinite likelihood", infinite.replace("free Run.k in 0 .. 2", "free s2w in 0 .. 0.5"), [], "SV1803"],
  ["infinite counts where a fit converges", infinite, [], "SV1801"],
  ["infinite counts that are not fitted", infinite, ["--no-fit"], "SV1801"],
])("%s is no bundle", (_, spec, options, said) =>
  inFolder({ "fit.sevens": spec }, async (cwd) => {
    const { code, stderr } = await sevens(["bundle", "fit.sevens", "-o", name, ...options], { cwd });
    expect({ code, said: stderr.slice(0, 13) }).toEqual({ code: 3, said: `error[${said}]` });
    expect(existsSync(join(cwd, name))).toBe(false);
  }),
);

test("a fit that does not converge is never the same", () =>
  inFolder({ "fit.sevens": stuck }, async (cwd) => {
    const { stdout } = await sevens(["bundle", "fit.sevens", "--no-fit"], { cwd });
    const text = stdout.replace(
      '"fitted":false,"name":"Angle","numbers":{',
      '"fitted":true,"name":"Angle","numbers":{"converged":[0],',
    );
    expect(text).not.toBe(stdout);
    const verify = await sevens(["verify", "-"], { cwd, stdin: text });
    expect({ ...verify, stderr: verify.stderr.slice(0, 13) }).toMatchObject({
      code: 3,
      stdout: "",
      stderr: "error[SV1803]",
    });
  }));

test.each([
  ["best k, errors", [1, "Infinity", 2], undefined],
  ["interval of k at 0.9", [1, "Infinity"], undefined],
  ["best k, errors", [1, "NaN", 2], "NaN"],
  ["best k, errors", ["Infinity", 1, 2], "Infinity"],
  ["chi2 of the best fit", ["-Infinity"], "-Infinity"],
  ["interval of k at 0.9", ["NaN", 1], "NaN"],
] as const)("of %s %j the odd one is %s", (what, numbers, found) =>
  expect(notNumber({ name: "A", fitted: true, numbers: { [what]: numbers } })?.found).toBe(found),
);
