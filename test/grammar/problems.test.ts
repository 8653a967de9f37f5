import { describe, expect, test } from "vitest";
import { problemsOf } from "./support.ts";

/** Wrong texts, each with the one thing said about it. */
const cases: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  "a statement": [
    ["Z = 55 A = 133", '1: "=" unexpected `=` after `A` (start a new line, or put `;`, before `A`)'],
    [
      "Z =\nA = 133",
      '1: "=" expected an expression after `=`, found the next statement `A` (the line before seems unfinished)',
    ],
    ["a { Z = }", '1: "=" expected an expression after `=`, found `}`'],
    ["Z 55", '1: "55" unexpected `55` after `Z` (a value is given with `=`: `Z = …`)'],
    ["parameter a, b", '1: "," unexpected `,` after `a` (give each name a statement of its own)'],
    ["= 5", '1: "=" expected a statement, found `=` (a statement begins with a name)'],
    [
      "in = 5",
      '1: "in" expected a statement, found the keyword `in` (`in` is a word of the language and cannot begin a statement)',
    ],
    [
      'a = 1 "one" "two"',
      '1: "\\"two\\"" a statement has one note, and this is a second one (join the two texts)',
    ],
    [
      "x = 1 : number",
      '1: ":" unexpected `:` after `1` (a type stands before the value: `name: type = value`)',
    ],
    [
      "source S = { distance = 3 m }",
      '1: "=" expected an expression after `=`, found `{` (a block follows its statement without `=`)',
    ],
    [
      "a { { b = 1 } }",
      '1: "{" this block belongs to no statement (a block stands behind the head of a statement: `source SNS { … }`)',
    ],
    ["dsigma/ = 1", '1: "=" expected a name after `/`, found `=`'],
  ],
  "the parts of a statement": [
    [
      "charge[l -> ] = 1",
      '1: "]" expected the name of an index after `->`, found `]` (an index is written `[l]`, `[l, k]` or `[l -> k]`)',
    ],
    ["f(2) = 1", '1: "2" expected the name of a parameter or `)` after `(`, found `2`'],
    [
      "f(a | b | c) = 1",
      '1: "|" a second `|` in one list of parameters (behind the first one, separate by `,`)',
    ],
    [
      "x = 1 in 5",
      '1: "5" expected `..` and the end of the range after `5`, found the end of the text (a range is written `low .. high`)',
    ],
    [
      "x = 1 for 5",
      '1: "5" expected a name after the keyword `for`, found `5` (write `for E in low .. high`)',
    ],
    [
      "x = 1 where = 3",
      '1: "=" expected the name of a binding after the keyword `where`, found `=` (write `where name = value`)',
    ],
    ["x = 1 on 3", '1: "3" expected a name after the keyword `on`, found `3`'],
    ["x = 1 from", '1: "from" expected a name after the keyword `from`, found the end of the text'],
    [
      "x = 1 @cite",
      '1: "@cite" expected a key behind `@cite` (write `@cite KEY` or `@cite KEY, KEY`, or remove it)',
    ],
    ["x = 1 @see A", '1: "@see" unexpected `@see` (the one mark is `@cite KEY`)'],
  ],
  "an expression": [
    ["x = 3 *", '1: "*" expected an expression after `*`, found the end of the text'],
    ["x = 3 * / 4", '1: "/" expected an expression after `*`, found `/`'],
    [
      "x = a b",
      '1: "b" unexpected `b` after `a` (join values by an operator such as `*`; a new statement needs a new line or `;`)',
    ],
    [
      "x = (1 2)",
      '1: "2" expected an operator or `)` after `1`, found `2` (join values by an operator such as `*`)',
    ],
    ["x = [1 2]", '1: "2" expected `,` or `]` after `1`, found `2` (separate by `,`)'],
    ["x = [1; 2]", '1: ";" expected `,` or `]` after `1`, found `;` (separate by `,`)'],
    ["x = [1, *]", '1: "*" expected an expression or `]` after `,`, found `*`'],
    ["x = f(a b)", '1: "b" expected `,` or `)` after `a`, found `b` (separate by `,`)'],
    ["x = { u 1 }", '1: "1" expected `:` after `u`, found `1` (an entry of a map is written `name: value`)'],
    ["x = { u: 1 d: 2 }", '1: ":" expected `,` or `}` after `d`, found `:` (separate by `,`)'],
    [
      "x = if a then b",
      '1: "b" expected `else` after `b`, found the end of the text (write `if condition then value else value`)',
    ],
    [
      "x = 0 step 1",
      '1: "step" unexpected keyword `step` after `0` (`step` stands behind a range: `0 .. 1 step 0.1`)',
    ],
    [
      "x = 2*in",
      '1: "in" expected an expression after `*`, found the keyword `in` (`in` is a word of the language and cannot be a name or a value)',
    ],
  ],
  "what comes behind a block": [
    [
      "a { b = 1 } @cite A",
      '1: "@cite A" expected a statement, found `@cite A` (notes and citations stand in the head of their statement, before its block)',
    ],
    ["a { b = 1 } 5", '1: "5" expected a statement, found `5` (a statement begins with a name)'],
    ["use a { b } = 5\nc = 1", '1: "=" expected a statement, found `=` (a statement begins with a name)'],
  ],
  brackets: [
    ["a {\n  b = 1", '1: "{" `{` is never closed (add `}` after the last statement of the block)'],
    ["a = f(1\nb = 2", '1: "(" `(` is never closed (add `)`)'],
    ["a = [1, 2\nb = 2", '1: "[" `[` is never closed (add `]`)'],
    ["a = { u: 1\nb = 2", '1: "{" `{` is never closed (add `}`)'],
    ["a = (1 + 2]", '1: "]" `]` closes nothing (write `)`)'],
    ["a = 1\n}", '2: "}" `}` closes nothing (remove it, or open its bracket before it)'],
  ],
  words: [
    ["x = .5 fm", '1: ".5" `.5` is not a number (write `0.5`)'],
    ["x = 5. fm", '1: "5." `5.` is not a number (write `5.0`)'],
    ["x = 1_000", '1: "1_000" `1_000` is not a number (write `1000`)'],
    ["x = 1.2.3", '1: "1.2.3" `1.2.3` is not a number (a number has one decimal point)'],
    ['x = "abc', '1: "\\"abc" this text has no closing quote (end it with `"` on the same line)'],
    [
      "x = 1 /* abc",
      '1: "/* abc" this comment is never closed (end it with `*/`, or begin each line with `//`)',
    ],
    ["x = a × b", '1: "×" unexpected `×` (write `*`)'],
    ["x = m²", '1: "²" unexpected `²` (write `^2`)'],
    ["q' = 1", "1: \"'\" unexpected `'` (names have no apostrophes, and texts stand in double quotes)"],
    ["# note", '1: "#" unexpected `#` (comments begin with `//`)'],
    ["x = 1\u0007", '1: "\\u0007" unexpected character U+0007'],
  ],
  "the head of a file": [
    [
      "sevens one\nx = 1",
      '1: "one" expected the version of the language after `sevens`, found `one` (write `sevens 1`)',
    ],
    [
      "use nuclei\nx = 1",
      '1: "nuclei" expected the used names in braces after `nuclei`, found the next statement `x` (write `use nuclei { Cs133, I127 }`)',
    ],
    [
      "use { X }",
      '1: "{" expected a library name or a quoted path after `use`, found `{` (write `use nuclei { Cs133, I127 }`)',
    ],
    ["use a { X Y }", '1: "Y" expected `,` or `}` after `X`, found `Y` (separate by `,`)'],
    [
      "use a { X as }",
      '1: "}" expected a name to use after the keyword `as`, found `}` (write `use nuclei { Cs133, I127 as Iodine }`)',
    ],
    ["a {\n  use b { X }\n}", '2: "use" `use` stands at the top of a file, not in a block'],
  ],
};

describe.each(Object.entries(cases))("in %s", (_, list) => {
  test.each(list)("%j", (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });
});
