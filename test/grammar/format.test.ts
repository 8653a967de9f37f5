import { describe, expect, test } from "vitest";
import { format, parse, sameTree } from "../../grammar/index.ts";
import { good } from "./support.ts";

/** Formats a text and sees that it means the same and that formatting again changes nothing. */
function formatted(text: string): string {
  const tree = good(text);
  const once = format(tree, text);
  const again = good(once);
  expect(sameTree(again, tree)).toBe(true);
  expect(again.comments).toHaveLength(tree.comments.length);
  expect(format(again, once)).toBe(once);
  return once;
}

describe("formatting", () => {
  test("puts one statement on a line and indents blocks by two", () => {
    expect(
      formatted("sevens 1 use nuclei{Cs133,I127 as Iodine}\nsource SNS{protons=3.198e23POT;distance=19.3 m}"),
    ).toBe(
      `sevens 1
use nuclei { Cs133, I127 as Iodine }
source SNS {
  protons = 3.198e23 POT
  distance = 19.3 m
}
`,
    );
  });

  test("keeps numbers, units and texts as they are written", () => {
    const text = 'x = 1.500e-04 mu_B + 3.00 eV^2 "a \\"note\\" on \\theta and \\\\\\\\"\n';
    expect(formatted(text)).toBe(text);
  });

  test("keeps one blank line between statements, none at the ends of a block", () => {
    expect(formatted("\n\na {\n\n  b = 1\n\n\n\n  c = 2\n\n}\n\n\nd = 3\n\n")).toBe(
      "a {\n  b = 1\n\n  c = 2\n}\n\nd = 3\n",
    );
  });

  test("writes an empty block as {} and nothing as nothing", () => {
    expect(formatted("a {\n\n}")).toBe("a {}\n");
    expect(formatted("  \n\n")).toBe("");
  });

  test("breaks what is too long: formulas at the loosest operator, clauses, bindings, arguments", () => {
    const text = `
efficiency(n: PE) = max(0, 1.32045/(1 + exp(-0.285979*(n/PE - 10.8646))) - 0.333322) + other(n, b = 3) - 0.123*long_name
flux[nu_e](E) = 192*E^2/m_mu^3*(1/2 - E/m_mu) for E in 0 MeV .. m_mu/2 "a note about this flux" @cite arXiv:2202.11002
density(n | T) = gamma_pdf(n, a, b) where a = 1 + 9.56*Eee(T)/keVee, b = 2, c = 18329*x^2 + 12, f(x) = 18329*x^2 + 12*x^3 + 2*x^4 + x^5
x = a_long_function_name(an_argument_of_some_length, another_argument_of_length = 3, one_more_argument_at_the_end)
`;
    expect(
      formatted(text),
    ).toBe(`efficiency(n: PE) = max(0, 1.32045/(1 + exp(-0.285979*(n/PE - 10.8646))) - 0.333322)
  + other(n, b = 3)
  - 0.123*long_name
flux[nu_e](E) = 192*E^2/m_mu^3*(1/2 - E/m_mu)
  for E in 0 MeV .. m_mu/2
  "a note about this flux"
  @cite arXiv:2202.11002
density(n | T) = gamma_pdf(n, a, b)
  where a = 1 + 9.56*Eee(T)/keVee,
    b = 2,
    c = 18329*x^2 + 12,
    f(x) = 18329*x^2 + 12*x^3 + 2*x^4 + x^5
x = a_long_function_name(
  an_argument_of_some_length,
  another_argument_of_length = 3,
  one_more_argument_at_the_end,
)
`);
  });

  test("fills the lines of a long list, and gives each row of a table a line", () => {
    const numbers = Array.from({ length: 40 }, (_, i) => i + 100).join(", ");
    const rows = Array.from({ length: 12 }, (_, i) => `[${i}, 0.${i}]`).join(", ");
    const lines = formatted(`bins pe = [${numbers}] PE\ntable t(E: MeV): 1 = [${rows}]`).split("\n");
    expect(lines).toHaveLength(1 + 3 + 1 + 1 + 12 + 1 + 1);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});

describe("comments are kept", () => {
  test("beside, above and inside statements, in empty blocks and at the end", () => {
    expect(
      formatted(`/// About the file.
// first
sevens 1 // one


/* two
   lines */
use nuclei { X }  // nuclei

/// Doc of it.
/// @cite A, B
source SNS { // here

      // own line
      protons = 3 POT; distance = 2 m // metres

      // last
} // end
e { /* nothing */ }
// bottom`),
    ).toBe(`/// About the file.
// first
sevens 1 // one

/* two
   lines */
use nuclei { X } // nuclei

/// Doc of it.
/// @cite A, B
source SNS { // here
  // own line
  protons = 3 POT
  distance = 2 m // metres

  // last
} // end
e { /* nothing */
}
// bottom
`);
  });

  test("a citation behind the words of a doc line goes to a line of its own; in code it is words", () => {
    expect(formatted("/// Of it. @cite A, B\nx = 1\n")).toBe("/// Of it.\n/// @cite A, B\nx = 1\n");
    expect(formatted("/// Write `@cite KEY`\nx = 1\n")).toBe("/// Write `@cite KEY`\nx = 1\n");
  });

  test("a statement with a comment inside stays as it is written", () => {
    expect(formatted("a {\n      x   = [ 1, // one\n         2,\n      3 ]   // end\n}")).toBe(
      "a {\n  x   = [ 1, // one\n     2,\n  3 ] // end\n}\n",
    );
  });

  test("comments before a brace go behind it", () => {
    expect(formatted("a // one\n  /* two */ {\n  b = 1\n}")).toBe("a { // one\n  /* two */\n  b = 1\n}\n");
  });

  test("and so are those among doc lines", () => {
    expect(formatted("/// a\n// b\n/// c\nx = 1")).toBe("/// a\n/// c\n// b\nx = 1\n");
  });

  test("a text with Windows line ends is formatted like any other", () => {
    const text = "a {\r\n  // c\r\n\r\n  x = 1 // d\r\n}\r\n";
    expect(format(parse(text, "f").tree, text)).toBe("a {\n  // c\n\n  x = 1 // d\n}\n");
  });
});
