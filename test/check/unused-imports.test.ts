/** What an editor does about a name that is imported and never used. */
import { expect, test } from "vitest";
import { settled } from "../../compiler/diagnostics/index.ts";
import { edited } from "../../grammar/fixes.ts";
import { checkedText } from "./corpus.ts";

/** For each unused import: whether its change is safe, and the text after it. */
function mended(text: string): readonly (readonly [boolean, string])[] {
  const found = checkedText(text).diagnostics.filter(({ code }) => code === "SV1113");
  const fixes = found.flatMap((one) => settled(one.fixes, { get: () => text }));
  return fixes.map(({ safe, edits }) => [safe, edited(text, edits)]);
}

const rest = "material Caesium = { Cs133: 1 }\n";

test("the only name goes with its line, and what is said over it", () => {
  const text = `sevens 1\n// Nuclei.\nuse nuclei { Cs133 }\n/// Not for now.\nuse materials { CsI }\n\n${rest}`;
  expect(mended(text)).toEqual([[true, `sevens 1\n// Nuclei.\nuse nuclei { Cs133 }\n\n${rest}`]]);
});

test("one of several goes alone", () => {
  const text = `sevens 1\nuse nuclei { Cs133, I127 }\n\n${rest}`;
  expect(mended(text)).toEqual([[true, `sevens 1\nuse nuclei { Cs133 }\n\n${rest}`]]);
});

test("of several that are all unused none stays behind", () => {
  const text = `sevens 1\nuse nuclei { Cs133 }\nuse materials { CsI, NaI }\n\n${rest}`;
  const after = `sevens 1\nuse nuclei { Cs133 }\n\n${rest}`;
  expect(mended(text)).toEqual([
    [true, after],
    [true, after],
  ]);
});

test("no change is safe in a file with a name that has a slip", () => {
  const slip = "analysis A {\n  model = StandartModel + Z\n}\n";
  const text = `sevens 1\nuse interactions { StandardModel }\n\n${slip}`;
  expect(mended(text)).toEqual([[false, `sevens 1\n\n${slip}`]]);
});
