/** Values of formulas, as hover shows them. */
import { expect, test } from "vitest";
import { LanguageService } from "../../compiler/service/index.ts";
import { host } from "../physics/compile.ts";

const text = `sevens 1
constant half = 1/2
interaction X {
  parameter m = 1e-4 in 0 .. 1
  let twice = 2*m
  charge[l] += twice * N * Fn(q)
}
`;

test("of a constant are shown, of a name that is a parameter here and a unit elsewhere are not", () => {
  const service = new LanguageService(host);
  service.set("main.sevens", text);
  const at = (word: string): string => service.hover("main.sevens", text.indexOf(word) + 1)?.text ?? "";
  expect(at("half")).toContain("0.5");
  expect(at("twice")).toContain("twice");
  expect(at("twice")).not.toMatch(/fm|MeV|2000/);
});
