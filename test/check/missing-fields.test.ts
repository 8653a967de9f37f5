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

test("not where one field alone is missing", () => {
  expect(
    completed(`${uses}nucleus Cs133 { atomic_mass = 132.905 u; Z = 55; ${fields.replace(/A.*\n/, "")}}\n`),
  ).toEqual([]);
});

/** The texts after each change for a code, but for those that add all. */
function mended(text: string, code: string): readonly string[] {
  const found = checkedText(text).diagnostics.filter((one) => one.code === code);
  const fixes = found.flatMap((one) => settled(one.fixes, { get: () => text }));
  return fixes.filter(({ title }) => !title.startsWith("add all")).map(({ edits }) => edited(text, edits));
}

const model = "use interactions { StandardModel, NSI }\n";

test("a field that names a declaration offers those of the file, of its kind", () => {
  const head = `sevens 1\n${model}use experiments { CsI2021, LAr2020 }\nuse sources { SNS }\n\n`;
  const kept = "analysis A {\n  model = StandardModel + NSI\n";
  expect(mended(`${head}${kept}}\n`, "SV1303")).toEqual([
    `${head}${kept}  experiments = CsI2021\n}\n`,
    `${head}${kept}  experiments = LAr2020\n}\n`,
  ]);
  const other = "analysis A {\n  experiments = CsI2021\n";
  expect(mended(`${head}${other}}\n`, "SV1303")).toEqual([
    `${head}${other}  model = StandardModel\n}\n`,
    `${head}${other}  model = NSI\n}\n`,
  ]);
});

test("where the file has none, one of the library", () => {
  expect(mended("sevens 1\ndetector D {\n}\n", "SV1303")).toEqual([
    "sevens 1\nuse materials { CsI }\ndetector D {\n  target CsI = 1 kg\n}\n",
  ]);
  const [whole = ""] = completed("sevens 1\nexperiment Run {\n}\n");
  expect(whole).toMatch(/experiment Run \{\n {2}source SNS\n {2}detector CsINa\n\}\n$/);
  expect(errors(whole)).not.toContain("SV1303 source");
  expect(errors(whole)).not.toContain("SV1101");
});

test("each way to give a quantity is offered, with all that belongs to it", () => {
  const text = "sevens 1\nsource S {\n  spectrum[nu_e](E) = delta(E - 1 MeV)\n}\n";
  expect(mended(text, "SV1316").map((one) => one.split("\n")[3])).toEqual([
    "  fluence = 1e15 /cm^2",
    "  flux = 1e13 /cm^2/s",
  ]);
  const run = (block: string): string => `sevens 1\nuse sources { SNS }\nuse detectors { CsINa }
experiment Run {
  source SNS { distance = 20 m; protons = 1 POT }
  detector CsINa
  background B {${block}}
}
`;
  expect(mended(run(""), "SV1316")).toEqual([
    run('\n    shape = "background.csv"\n    total = 1\n  '),
    run(' events = "background.csv" '),
  ]);
  expect(mended(run(" total = 1 "), "SV1303")).toEqual([run(' total = 1; shape = "background.csv" ')]);
});

test("a name of the library is brought into the file", () => {
  const text = "sevens 1\nuse interactions { NSI }\n\nanalysis A {\n  model = StandardModel + NSI\n}\n";
  expect(mended(text, "SV1101")).toEqual([text.replace("{ NSI }", "{ NSI, StandardModel }")]);
  const nucleus = `nucleus Cs133 {\n  atomic_mass = 132.905 u\n  Z = 55\n  ${fields}}\n`;
  expect(new Set(mended(`sevens 1\n${nucleus}`, "SV1101"))).toEqual(new Set([`${uses}${nucleus}`]));
  // A name of the library that is another kind of thing there.
  expect(mended("sevens 1\nmaterial M = { SNS: 1 }\n", "SV1101")).toEqual([]);
});
