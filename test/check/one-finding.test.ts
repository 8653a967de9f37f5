/** One mistake is one finding, however much else reads what it is about. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { checkedText } from "./corpus.ts";

const file = fileURLToPath(new URL("../../examples/light-mediators/light-mediators.sevens", import.meta.url));
const text = readFileSync(file, "utf8");

const found = (wrong: string): readonly string[] =>
  checkedText(wrong).diagnostics.flatMap(({ severity, code }) => (severity === "error" ? [code] : []));

test("the largest example is right", () => {
  expect(found(text)).toEqual([]);
});

test.each([
  ["LAr2020, DresdenII }", "LAr2020,, DresdenII }", "SV1005"],
  ["LAr2020, DresdenII }", "LAr2020, DresdenI }", "SV1105"],
  ["  experiments = LAr2020", "  experiment = LAr2020", "SV1302"],
  ["  experiments = LAr2020", "  experiments = LAr202", "SV1101"],
  ["  experiments = LAr2020", "  experiments LAr2020", "SV1306"],
  ["  experiments = DresdenII", "  experiments == DresdenII", "SV1004"],
  ["= CsI2021, LAr2020, DresdenII", "= CsI2021, LAr2020 DresdenII", "SV1004"],
  ["from UniversalCsI {", "fro UniversalCsI {", "SV1004"],
  ["from UniversalCsI {", "from UniversalCsI {{", "SV1004"],
  ["from UniversalCsI {", "from UniversalCsI", "SV1005"],
  ["fix cevns_time", "fix cevns_tim", "SV1101"],
])("%j as %j", (right, wrong, code) => {
  expect(text).toContain(right);
  expect(found(text.replace(right, wrong))).toEqual([code]);
});

test("a wrong name of a parameter is told where the experiments are right, beside another mistake", () => {
  const two = text
    .replace("fix cevns_time", "fix cevns_tim")
    .replace("model = StandardModel", "modl = StandardModel");
  expect(found(two)).toContain("SV1302");
});
