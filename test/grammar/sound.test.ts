/** What every start of the program leaves out: whether the lexer and the grammar are sound in themselves. */
import { expect, test } from "vitest";
import { SevensParser } from "../../grammar/parser.ts";
import { makeLexer } from "../../grammar/tokens.ts";

test("the patterns of the words are sound", () => {
  expect(makeLexer(false).lexerDefinitionErrors).toEqual([]);
});

test("the grammar is sound: no ambiguity, no rule that never ends", () => {
  expect(() => new SevensParser({ skipValidations: false })).not.toThrow();
});
