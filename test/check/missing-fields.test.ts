/** What an editor does about a declaration that lacks several fields. */
import { expect, test } from "vitest";
import { settled } from "../../compiler/diagnostics/index.ts";
import { edited } from "../../grammar/fixes.ts";
import { checkedText } from "./corpus.ts";

/** The texts after the change that adds all. */
function completed(text: string): readonly string[] {
  const found = checkedText(text).diagnostics.filter(({ code }) => code === "SV1303");
  const fixes = found.flatMap((one) => settled(one.fixes, { get: () => text }));
  return fixes.filter(({ title }) => title.startsWith("add all")).map(({ edits }) => edited(text, edits));
}

const errors = (text: string): readonly string[] =>
  checkedText(text).diagnostics.flatMap(({ code, severity }) => (severity === "error" ? [code] : []));

const fields = "A = 133\n  protons = Helm(R = 4.8 fm)\n  neutrons = Helm(R = 4.8 fm)\n";
const uses = "sevens 1\nuse formfactors { Helm }\n";

test.each([
  [
    "nucleus Cs133 {\n  atomic_mass = 132.905 u\n  Z = 55\n}\n",
    `nucleus Cs133 {\n  atomic_mass = 132.905 u\n  Z = 55\n  ${fields}}\n`,
  ],
  ["nucleus Cs133 {}\n", `nucleus Cs133 {\n  Z = 55\n  ${fields}}\n`],
])("all that is missing comes at once: %j", (text, after) => {
  expect(completed(`sevens 1\n${text}`)).toEqual([`${uses}${after}`]);
});

test("on one line as well, and nothing is missing then", () => {
  const [after = ""] = completed("sevens 1\nnucleus Cs133 { atomic_mass = 132.905 u }\n");
  expect(after).toContain("neutrons");
  expect(errors(after)).toEqual([]);
});

test("not where one field alone is missing, nor where one of them has no example", () => {
  expect(
    completed(`${uses}nucleus Cs133 { atomic_mass = 132.905 u; Z = 55; ${fields.replace(/A.*\n/, "")}}\n`),
  ).toEqual([]);
  expect(completed("sevens 1\nexperiment Run {\n}\n")).toEqual([]);
});
