/** What gets another name when a name is taken already, and what keeps it. */
import { expect, test } from "vitest";
import { settled } from "../../compiler/diagnostics/index.ts";
import { edited } from "../../grammar/fixes.ts";
import { checkedText } from "./corpus.ts";

function renamed(text: string): readonly (readonly [string, string])[] {
  const found = checkedText(text).diagnostics.filter(({ code }) => code === "SV1112");
  const fixes = found.flatMap((one) => settled(one.fixes, { get: () => text }));
  return fixes.map(({ title, edits }) => [title, edited(text, edits)]);
}

const interaction = (mass: string): string =>
  `interaction Vector {\n  parameter ${mass} = 10 MeV\n  charge[l] += Z / ${mass}^2 * Fp(q)\n}\n`;

test("in the file, or alone when all that stays has a meaning", () => {
  const alone = interaction("M").replace("parameter M", "parameter M_0");
  expect(renamed(`sevens 1\n${interaction("M")}`)).toEqual([
    ["rename it to `M_0` in this file", `sevens 1\n${interaction("M_0")}`],
    ["rename it to `M_0`, here alone", `sevens 1\n${alone}`],
  ]);
});

test("never alone when another declaration reads it: there it would be unknown", () => {
  const analysis = (mass: string): string =>
    `analysis A {\n  model = Vector\n  fix Vector.${mass} = 20 MeV\n}\n`;
  expect(renamed(`sevens 1\n${interaction("M")}${analysis("M")}`)).toEqual([
    ["rename it to `M_0` in this file", `sevens 1\n${interaction("M_0")}${analysis("M_0")}`],
  ]);
});

test("not to a name that is imported", () => {
  const uses = "sevens 1\nuse interactions { StandardModel as M_0 }\n";
  expect(renamed(`${uses}${interaction("M")}`)[0]?.[1]).toBe(`${uses}${interaction("M_1")}`);
});
