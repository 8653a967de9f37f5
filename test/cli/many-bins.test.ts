/** Work that takes long is told of before it begins. */
import { expect, test } from "vitest";
import { noteManyBins } from "../../compiler/cli/many-bins.ts";
import { modelOfText } from "../physics/compile.ts";
import { inFolder, sevens } from "./harness.ts";

const specWith = (bins: number, response: string): string => `use nuclei { Ge74 }
use sources { SNS }
use interactions { TreeLevel }
material Pure = { Ge74: 1 }
detector Diode {
  target Pure = 10 kg
  observable energy: keVnr {
    ${response}
    efficiency(x) = 1 - 0.5*exp(-x/(1 keVnr))
  }
}
experiment One {
  source SNS { protons = 1e23 POT; distance = 20 m }
  detector Diode
  bins energy = [2 .. 22 step ${20 / bins}] keVnr
}
`;

const exact = "value(T) = T";

function notesOf(text: string): readonly string[] {
  const notes: string[] = [];
  noteManyBins({ note: (one) => notes.push(one) }, modelOfText(text));
  return notes;
}

const told = (bins: number): string =>
  `One: each of ${bins} bins is an integral of its own, since nothing smears energy; this may take minutes`;

test("many bins that nothing smears are told of", () => {
  expect(notesOf(specWith(100_000, exact))).toEqual([told(100_000)]);
});

test.each([
  ["few bins", specWith(10_000, exact)],
  ["bins that are smeared", specWith(100_000, "density(x | T) = normal_pdf(x, T, 1 keVnr)")],
])("%s are not", (_, text) => expect(notesOf(text)).toEqual([]));

test("on standard error, by every verb that reads the spec", { timeout: 60_000 }, () =>
  inFolder({ "many.sevens": `sevens 1\n${specWith(12_500, exact)}` }, async (cwd) => {
    const { code, stderr } = await sevens(["check", "many.sevens"], { cwd });
    expect(stderr).toBe(`${told(12_500)}\nmany.sevens: no problems\n`);
    expect(code).toBe(0);
  }),
);
