/** What an editor does about a statement that lacks a part, or has a sign in the place of another one. */
import { expect, test } from "vitest";
import { settled } from "../../compiler/diagnostics/index.ts";
import { edited } from "../../grammar/fixes.ts";
import { checkedText } from "./corpus.ts";

/** The text after each change for a statement that is not written as it should. */
function mended(text: string): readonly string[] {
  const found = checkedText(`sevens 1\n${text}`).diagnostics.filter(({ code }) => code === "SV1306");
  const fixes = found.flatMap((one) => settled(one.fixes, { get: () => `sevens 1\n${text}` }));
  return fixes.map(({ edits }) => edited(`sevens 1\n${text}`, edits).slice(9));
}

const detector = (field: string): string =>
  `detector D {\n  target Ge = 1 kg\n  observable x: keVee {\n    ${field}\n  }\n}\n`;
const run = (field: string): string => `experiment E {\n  ${field}\n}\n`;
const mediator = (type: string): string =>
  `interaction I {\n  mediator Z${type} {\n    mass = 1 GeV\n  }\n}\n`;

test.each([
  [detector("value = 2 keVee"), [detector("value(T) = 2 keVee")]],
  [detector("density = 1/keVee"), [detector("density(x | T) = 1/keVee")]],
  ["source S {\n  spectrum[nu_e] = 1/MeV\n}\n", ["source S {\n  spectrum[nu_e](E) = 1/MeV\n}\n"]],
  [mediator(""), [mediator(": vector"), mediator(": scalar")]],
  [run("systematic norm = 10%"), [run("systematic norm = 10% on signal")]],
  [run("background B"), [run("background B {\n}")]],
  ["analysis A\n", ["analysis A {\n}\n"]],
  ["constant c = 0,05\n", ["constant c = 0.05\n"]],
  ["constant c = 0,05 +- 0,001 fm\n", ["constant c = 0.05 +- 0.001 fm\n"]],
  ["constant c = -1,5 / 3\n", ["constant c = -1.5 / 3\n"]],
  ["analysis A {\n  likelihood poisson\n}\n", ["analysis A {\n  likelihood = poisson\n}\n"]],
  ["analysis A {\n  model: B + C\n}\n", ["analysis A {\n  model = B + C\n}\n"]],
  ["analysis A {\n  free B.c = 0 .. 1\n}\n", ["analysis A {\n  free B.c in 0 .. 1\n}\n"]],
  ["constant a: number = 1\n", ["constant a = 1\n"]],
  ["analysis A {\n  model = B, C\n}\n", ["analysis A {\n  model = B + C\n}\n"]],
  ["analysis A {\n  model = [B, C, D]\n}\n", ["analysis A {\n  model = B + C + D\n}\n"]],
  ["analysis A {\n  model = B and C\n}\n", ["analysis A {\n  model = B + C\n}\n"]],
  ["analysis A {\n  model = B - C\n}\n", []],
  ["analysis A {\n  model = 2*B\n}\n", []],
  // Two values, however they are meant.
  ["constant c = 1, 5\n", []],
  ["constant c = 1,5, 3\n", []],
  ["constant c = 1.5,5\n", []],
])("%j", (text, after) => {
  expect(mended(text)).toEqual(after);
});
