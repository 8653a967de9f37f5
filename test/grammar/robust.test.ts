import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ParseResult, parse, parseExpression } from "../../grammar/index.ts";

/** Same numbers in every run. */
function* randomNumbers(): Generator<number, never> {
  let seed = 7;
  for (;;) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    yield seed / 2147483648;
  }
}

function parsed(text: string): ParseResult {
  const result = parse(text, "f");
  expect(result.problems.length).toBeLessThanOrEqual(101);
  return result;
}

test("an empty file is an empty tree", () => {
  for (const text of ["", "\n\n", "\uFEFF", "// only a comment"]) {
    expect(parse(text, "f")).toMatchObject({ tree: { uses: [], statements: [] }, problems: [] });
  }
});

test("binary content is reported, not thrown", () => {
  const random = randomNumbers();
  const bytes = Uint8Array.from({ length: 300_000 }, () => 256 * random.next().value);
  for (const encoding of ["latin1", "utf8"]) {
    expect(parsed(new TextDecoder(encoding).decode(bytes)).problems.at(-1)?.kind).toBe("too-many-problems");
  }
  expect(parsed("\0".repeat(1e6)).problems).toHaveLength(1);
});

describe("a hundred thousand lines of nonsense have a hundred problems at most", () => {
  const words = ['foo = ( ) { } * 1 MeV in .. "x" @cite ; if [ ] not log , : use'.split(" ")].flat();
  const random = randomNumbers();
  const anyWord = () => words[Math.floor(random.next().value * words.length)]!;

  test("of words", () => {
    parsed(Array.from({ length: 1e5 }, () => Array.from({ length: 8 }, anyWord).join(" ")).join("\n"));
  });

  test("of the same mistake", () => {
    const { problems } = parsed("x = * 3\n".repeat(1e5));
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)?.kind).toBe("too-many-problems");
  });

  test.each(["///\n", "/*", '"', "@", "1 ", "x = [0 1]\n", "(", ")", "}", "a {\n", "x = (\n"])(
    "of %j",
    (line) => {
      parsed(line.repeat(1e5));
    },
  );
});

describe("nesting is limited before anything recurses", () => {
  const deep = [
    "(",
    "[",
    "f(",
    "a[",
    "{ a: ",
    "-",
    "not ",
    "if ",
    "if (",
    "if a then ",
    "if a then b else ",
    "-([",
  ];

  test.each(deep)("%j a hundred thousand times", (opening) => {
    const { problems } = parsed(`x = ${opening.repeat(1e5)}`);
    expect(problems[0]?.kind).toMatch(/nesting-too-deep|missing-token/);
    expect(() => parseExpression(opening.repeat(1e5), "f")).not.toThrow();
  });

  test.each(deep)("%j as deep as allowed", (opening) => {
    for (const end of ["", "1", "*"]) parsed(`x = ${opening.repeat(200)}${end}`);
  });

  test("blocks", () => {
    expect(parsed("a {".repeat(1e5)).problems.map((p) => p.kind)).toEqual(["nesting-too-deep"]);
    expect(parsed("a {".repeat(200) + "}".repeat(200)).problems).toEqual([]);
  });

  test("rows of operators", () => {
    for (const operator of ["+", "^", " and "]) {
      const row = (length: number) => `x = ${Array.from({ length }, () => "a").join(operator)}`;
      expect(parsed(row(1e5)).problems.map((p) => p.kind)).toEqual(["nesting-too-deep"]);
      expect(parsed(row(1000)).problems).toEqual([]);
    }
  });
});

test("any text has a tree, and spans inside the text", () => {
  const piece = fc.constantFrom(
    ...[
      "x",
      "=",
      "+=",
      "1",
      "fm",
      "(",
      ")",
      "[",
      "]",
      "{",
      "}",
      ",",
      ";",
      ":",
      "\n",
      "\n",
      ".",
      "..",
      "*",
      "-",
    ],
    ...[
      "if ",
      " then ",
      " else ",
      " in ",
      " on ",
      " where ",
      " for ",
      " from ",
      " log ",
      "use ",
      "sevens 1",
      " as ",
    ],
    ...[
      '"a"',
      '"',
      "/// d\n",
      "// c\n",
      "/* c */",
      "@cite A",
      "@",
      "|",
      "->",
      "not ",
      " and ",
      "%",
      "^2",
      "+-",
      ".",
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const text = pieces.join(fc.stringify(pieces).length % 2 === 0 ? " " : "");
      const { problems, tree } = parse(text, "f");
      for (const { span } of [...problems, ...tree.statements, ...tree.uses, ...tree.comments]) {
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeGreaterThanOrEqual(span.start);
        expect(span.end).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 1500 },
  );
});
