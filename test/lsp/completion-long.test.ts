/** In a long file only the declaration at hand is read anew; what is offered is the same. */
import { expect, test } from "vitest";
import { parseModule } from "../../compiler/load/index.ts";
import { readModules } from "../../compiler/load/modules.ts";
import { ownersOfParameters } from "../../compiler/service/scope.ts";
import { files, hostOf, main, offered, preamble } from "./completion-support.ts";

/** More text than what is read as a whole. */
const filling = "// nothing that could be named\n".repeat(1000);

const places = [
  "analysis Fit {\n  model = ¦",
  "analysis Fit {\n  model = Weak + Boson\n  experiments = Run\n  free Boson.¦",
  "analysis Fit {\n  fix Boson.M_Zp = 1 ¦",
  "analysis Fit {\n  tie Boson.g =\n    2*(¦",
  "experiment E {\n  source Beam {\n    ¦",
  "experiment E {\n  detector Crystal\n  bins time = [1, 2] ¦",
  "experiment E {\nsource Beam {\n¦",
  "source S {\n  fluence = 1\n  ¦",
  "source S {\n  spectrum[¦",
  "/*\nanalysis Fit {\n*/ source S {\n  ¦",
  "/*\nanalysis Fit {\n ¦",
  "constant a = 2\n  ¦",
  "constant a = 2\n¦",
  "interaction Open {\n  parameter a = 1\nanalysis A {\n  model = ¦",
  'experiment E {\n  data = "¦',
  "function f(x: energy): length = 1 ¦",
  "use ¦",
];

test.each(places)("%s", (place) => {
  const long = `${preamble}${filling}`;
  const found = offered(long + place).map((one) => ({ ...one, start: one.start - filling.length }));
  expect(found).toEqual(offered(preamble + place));
});

test("analyses own no parameters, so that copies of many are not made for what `free` may name", () => {
  const copies = Array.from(
    { length: 200 },
    (_, i) => `analysis Copy${i} from Fit {\n  fix Boson.M_Zp = 1 GeV\n}`,
  );
  const fit = "analysis Fit {\n  model = Weak + Boson\n  experiments = Run\n}\n";
  const text = `${preamble}${fit}${copies.join("\n")}\n`;
  const modules = readModules({
    file: main,
    text,
    host: hostOf({ ...files, [main]: text }),
    project: "/project",
    parse: parseModule,
  });
  const owners = [...ownersOfParameters(modules).values()].map(({ keyword }) => keyword.text);
  expect(owners).toContain("interaction");
  expect(owners).not.toContain("analysis");
});
