/** Kinds of words, as an editor colours them. */
import { expect, test } from "vitest";
import { wordsOf } from "../../compiler/service/outline.ts";
import { parse } from "../../grammar/index.ts";

const text = `sevens 1
/// A boson.
/// @cite arXiv:1604.07411, arXiv:2202.11002
interaction X {
  parameter g = 0 in 0 .. 1 @cite PDG2022
}
`;

test("citations are comments, on a line of their own and behind a statement", () => {
  const comments = wordsOf(parse(text, "x.sevens").tree, text)
    .filter(({ kind }) => kind === "comment")
    .map(({ span }) => text.slice(span.start, span.end));
  expect(comments).toEqual(["/// A boson.", "/// @cite arXiv:1604.07411, arXiv:2202.11002", "@cite PDG2022"]);
});
