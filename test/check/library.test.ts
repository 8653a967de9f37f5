/** The standard library and the examples keep to the rules that everyone's specs keep to. */
import { expect, test } from "vitest";
import { checkedFile, specFiles } from "./corpus.ts";

test.each(specFiles(["models", "examples"]))(
  "%s has nothing against it",
  (file) => {
    expect(checkedFile(file)).toBe("");
  },
  30_000,
);
