import { expect, test } from "vitest";
import { parse, type Statement } from "../../grammar/index.ts";
import { problemsOf } from "./support.ts";

const tenMistakes = `sevens 1
use nuclei { Cs133 I127 }
good1 = 1
nucleus Cs133 {
  Z = 55 A = 133
  good2 = 2
  spin = 7/
  good3 = 3
  mass = .5 u
  charges = { u: 1, d 2 }
  good4 { good5 = 5 }
}
source SNS ] {
  good6 = 6
}
interaction NSI {
  charge[l -> ] += eps[l, k]*Z {
    good7 = 7
  }
  parameter g = f(1, (2 + 3
  good8 = 8
}
model = A × B
good9 = 9
last {
  good10 = 10
`;

const namesIn = (statements: readonly Statement[]): string[] =>
  statements.flatMap((s) => [s.keyword.text, ...namesIn(s.block?.statements ?? [])]);

test("ten mistakes are ten problems, each at its place", () => {
  expect(problemsOf(tenMistakes).map((problem) => problem.replace(/ \(.*/, ""))).toEqual([
    '2: "I127" expected `,` or `}` after `Cs133`, found `I127`',
    '5: "=" unexpected `=` after `A`',
    '7: "/" expected an expression after `/`, found the next statement `good3`',
    '9: ".5" `.5` is not a number',
    '10: "2" expected `:` after `d`, found `2`',
    '13: "]" `]` closes nothing',
    '17: "]" expected the name of an index after `->`, found `]`',
    '20: "(" `(` is never closed',
    '23: "×" unexpected `×`',
    '25: "{" `{` is never closed',
  ]);
});

test("two blocks without their `{` are two problems, and hold what is in them", () => {
  const text = "use a { B }\na B\n  c = 1\n  d e\n    f = 2\n  }\n  g = 3\n}\nh = 4\n";
  expect(problemsOf(text)).toEqual([
    '2: "B" expected `{` after `B` (add `{`)',
    '4: "e" expected `{` after `e` (add `{`)',
  ]);
  expect(namesIn(parse(text, "f").tree.statements)).toEqual(["a", "c", "d", "f", "g", "h"]);
});

test("a `}` too many opens nothing", () => {
  expect(problemsOf("a = 1\n  b = 2\n\nc {\n  d = 1\n}\n}\n")).toEqual([
    '7: "}" `}` closes nothing (remove it, or open its bracket before it)',
  ]);
});

test("all good statements around them are in the tree", () => {
  const names = namesIn(parse(tenMistakes, "f").tree.statements);
  expect(names.filter((name) => name.startsWith("good"))).toEqual(
    Array.from({ length: 10 }, (_, i) => `good${i + 1}`),
  );
});

test("good statements stay in the block they were written in", () => {
  const { statements } = parse(tenMistakes, "f").tree;
  expect(statements.map((s) => s.keyword.text)).toEqual([
    ...["good1", "nucleus", "source", "interaction", "model", "good9", "last"],
  ]);
});

test("a value that could not be read is missing, so that nobody asks for it again", () => {
  const missing = { assign: { value: { kind: "missing" } } };
  for (const text of ["Z = ", "Z = 3 *", "Z 55", "Z = [1 2]"]) {
    expect(parse(text, "f").tree.statements).toMatchObject([missing]);
  }
});

test("an unclosed bracket is closed where the next statement begins", () => {
  const { tree } = parse("a = f(1, [2\nb = 3", "f");
  expect(tree.statements).toMatchObject([
    { assign: { value: { kind: "call" } } },
    { assign: { value: { kind: "number" } } },
  ]);
});

test("what follows an unclosed block is not blamed for standing in it", () => {
  expect(problemsOf("a {\n  b = 1\nuse c { D }\ne = 2")).toHaveLength(1);
});

test("a mistake in the head of a block does not lose the block", () => {
  const { tree } = parse("source SNS foo bar { protons = 3 }\nb = 1", "f");
  expect(namesIn(tree.statements)).toEqual(["source", "protons", "b"]);
});
