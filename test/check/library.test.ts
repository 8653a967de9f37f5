/** The standard library and the examples keep to the rules that everyone's specs keep to. */
import { expect, test } from "vitest";
import { libraryModules } from "../../compiler/load/modules.ts";
import { checkedFile, checkedText, specFiles } from "./corpus.ts";

/** `models/nuclei/Cs133.sevens` is in the module `nuclei`, `models/formfactors.sevens` is one. */
const modules = new Set(
  specFiles(["models"]).map((file) => file.split(/[\\/]/)[1]?.replace(/\.sevens$/, "") ?? ""),
);

test("all modules of the library are known as such", () => {
  expect([...libraryModules].sort()).toEqual([...modules].sort());
});

test.each([...modules])("an empty `use %s` brings no name, and nothing else is wrong with it", (module) => {
  const { diagnostics } = checkedText(`sevens 1\nuse ${module} { }\nconstant a = 1\n`);
  expect(diagnostics.map(({ code }) => code)).toEqual(["SV1120"]);
});

test.each(specFiles(["models", "examples"]))(
  "%s has nothing against it",
  (file) => {
    expect(checkedFile(file)).toBe("");
  },
  30_000,
);
