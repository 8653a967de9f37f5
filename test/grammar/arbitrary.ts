/** Random syntax trees for property tests: any that a text can say. */
import fc from "fast-check";
import {
  type Argument,
  type Clause,
  type Expr,
  keywords,
  type Name,
  type NumberExpr,
  type Param,
  type Path,
  type RangeExpr,
  type Span,
  type Statement,
} from "../../grammar/index.ts";

const span: Span = { file: "f", start: 0, end: 0 };

const reserved = new Set([...keywords, "sevens", "log"]);
const word = fc.stringMatching(/^[A-Za-zα-ω_][A-Za-z0-9_]{0,6}$/).filter((text) => !reserved.has(text));

const name: fc.Arbitrary<Name> = word.map((text) => ({ text, span }));
const names = fc.array(name, { minLength: 1, maxLength: 3 });
const path: fc.Arbitrary<Path> = fc
  .array(name, { minLength: 1, maxLength: 2 })
  .map((parts) => ({ kind: "path", parts, span }));
const paths = fc.array(path, { minLength: 1, maxLength: 3 });

const unit = fc.record(
  { unit: fc.record({ name, power: fc.integer({ min: -9, max: 9 }) }) },
  { requiredKeys: [] },
);

const number: fc.Arbitrary<NumberExpr> = fc
  .tuple(fc.stringMatching(/^(0|[1-9][0-9]{0,3})(\.[0-9]{1,3})?(e-?[0-9]{1,2})?$/), fc.boolean(), unit)
  .map(([text, percent, { unit }]) => {
    const measure = percent || unit === undefined ? {} : { unit };
    return { kind: "number", text, percent, ...measure, span };
  });

const text = fc.string({ maxLength: 12, unit: "grapheme" }).map((t) => t.replaceAll(/\s/g, " "));

export const { expr } = fc.letrec<{ expr: Expr; argument: Argument; range: RangeExpr }>((tie) => {
  const expr = tie("expr");
  const items = fc.array(expr, { maxLength: 3 });
  const leaf = fc.oneof(
    path,
    number,
    text.map((value): Expr => ({ kind: "string", value, span })),
  );
  const binary = fc.constantFrom(
    ...(["+", "-", "*", "/", "^", "<", "<=", ">", ">=", "==", "!=", "and", "or"] as const),
  );
  const calls = fc.tuple(
    path,
    fc.option(paths, { nil: undefined }),
    fc.array(tie("argument"), { maxLength: 3 }),
  );
  const entries = fc.array(fc.record({ key: name, value: expr }), { maxLength: 3 });
  return {
    expr: fc.oneof(
      { maxDepth: 5, depthSize: "small", withCrossShrink: true },
      leaf,
      tie("range"),
      fc.tuple(binary, expr, expr).map(([operator, left, right]): Expr => {
        return { kind: "binary", operator, left, right, span };
      }),
      fc.tuple(fc.constantFrom("-", "+", "not"), expr).map(([operator, operand]): Expr => {
        return { kind: "unary", operator, operand, span };
      }),
      fc.tuple(expr, expr).map(([value, error]): Expr => ({ kind: "uncertain", value, error, span })),
      fc.tuple(expr, expr, expr).map(([condition, one, other]) => conditional(condition, one, other)),
      fc.tuple(path, paths).map(([of, items]): Expr => ({ kind: "index", of, items, span })),
      calls.map(
        ([callee, index, args]): Expr => ({ kind: "call", callee, ...(index && { index }), args, span }),
      ),
      fc.tuple(items, unit).map(([items, unit]): Expr => ({ kind: "list", items, ...unit, span })),
      entries.map((entries): Expr => ({ kind: "map", entries, span })),
    ),
    argument: fc.record({ name, value: expr }, { requiredKeys: ["value"] }),
    range: rangeOf(expr),
  };
});

function rangeOf(end: fc.Arbitrary<Expr>): fc.Arbitrary<RangeExpr> {
  const ends = fc.record({ low: end, high: end, step: end }, { requiredKeys: ["low", "high"] });
  return ends.map((ends) => ({ kind: "range", ...ends, span }));
}

function conditional(condition: Expr, one: Expr, other: Expr): Expr {
  // biome-ignore lint/suspicious/noThenProperty: an expression is never awaited
  return { kind: "if", condition, then: one, else: other, span };
}

const range = rangeOf(expr);

const params: fc.Arbitrary<Param[]> = fc
  .tuple(
    fc.array(fc.record({ name, type: expr, default: expr }, { requiredKeys: ["name"] }), { maxLength: 3 }),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(([list, bar]) => list.map((param, i) => ({ ...param, given: i >= bar, span })));

const clause: fc.Arbitrary<Clause> = fc.oneof(
  range.map((range): Clause => ({ kind: "in", range, span })),
  fc.constant<Clause>({ kind: "log", span }),
  paths.map((targets): Clause => ({ kind: "on", targets, span })),
  fc.tuple(name, range).map(([variable, range]): Clause => ({ kind: "for", variable, range, span })),
  path.map((base): Clause => ({ kind: "from", base, span })),
  fc
    .array(
      fc
        .record({ name, params, value: expr }, { requiredKeys: ["name", "value"] })
        .map((b) => ({ ...b, span })),
      { minLength: 1, maxLength: 3 },
    )
    .map((bindings): Clause => ({ kind: "where", bindings, span })),
);

const value = fc.oneof(
  expr,
  fc.array(expr, { minLength: 2, maxLength: 4 }).map((items): Expr => ({ kind: "sequence", items, span })),
);

const index = fc.oneof(
  names.map((names) => ({ names, arrow: false, span })),
  fc.tuple(name, name).map((names) => ({ names, arrow: true, span })),
);

const assign = fc.record({ operator: fc.constantFrom(...(["=", "+=", "-=", "*="] as const)), value });
const doc = fc
  .stringMatching(/^[a-z][a-z .]{0,10}[a-z](\n {0,3}[a-z]{1,5}){0,2}$/)
  .map((text) => ({ text, span }));
const cite = fc.stringMatching(/^[A-Za-z][A-Za-z0-9:./-]{0,8}$/).map((key) => ({ key, span }));

export const { statement } = fc.letrec<{ statement: Statement }>((tie) => ({
  statement: fc
    .record(
      {
        keyword: name,
        over: name,
        label: path,
        index,
        params,
        type: expr,
        assign,
        clauses: fc.array(clause, { maxLength: 2 }),
        block: fc
          .array(tie("statement"), { maxLength: 2, depthIdentifier: "block" })
          .map((statements) => ({ statements, span })),
        doc,
        note: text.map((text) => ({ text, span })),
        cites: fc.array(cite, { maxLength: 2 }),
      },
      { requiredKeys: ["keyword", "clauses", "cites"] },
    )
    .map((s): Statement => ({ ...s, span }))
    // Directly behind its first word, `log` would be a label.
    .filter((s) => s.clauses[0]?.kind !== "log" || s.assign !== undefined || s.label !== undefined),
}));
