/**
 * The grammar, as a chevrotain parser that builds a concrete syntax tree and nothing else.
 *
 * Errors end in one place: `header` skips to the next statement, block or `;`, and no other rule of a statement
 * recovers, so one mistake is one error. Words that fit nowhere in a header are taken by `stray`, and reported by
 * the builder of the syntax tree; between statements `arrange.ts` leaves none.
 */
import { EOF, type IToken } from "chevrotain";
import { ExpressionParser, strict } from "./expression-parser.ts";
import * as T from "./tokens.ts";

/** After so many errors the rest of a text is not read. */
export const maxProblems = 100;

/** For the tests; every other reads with the one of `parseTokens`. */
export class SevensParser extends ExpressionParser {
  constructor(options: { readonly skipValidations?: boolean } = {}) {
    super(options);
    this.performSelfAnalysis();
  }

  // ---- the file

  readonly file = this.RULE("file", () => {
    this.OPTION(() => {
      this.SUBRULE(this.version);
      this.resumeAt();
    });
    this.SUBRULE(this.items);
  });

  private readonly version = this.RULE("version", () => {
    this.CONSUME(T.Sevens);
    this.CONSUME(T.NumberWord);
  });

  private readonly items = this.RULE(
    "items",
    () => {
      this.MANY({
        GATE: () => this.errors.length <= maxProblems,
        DEF: () =>
          this.OR([
            { ALT: () => this.SUBRULE(this.statement) },
            {
              ALT: () => {
                this.SUBRULE(this.use);
                this.resumeAt();
              },
            },
            { ALT: () => this.CONSUME(T.Semicolon) },
            { ALT: () => this.SUBRULE(this.block) },
          ]),
      });
    },
    strict,
  );

  /** Takes nothing; says at which words reading goes on when the rule before it has failed. */
  private resumeAt(): void {
    const words = [T.Head, T.Use, T.Semicolon, T.BlockOpen, T.BlockClose, EOF];
    this.OPTION9({
      GATE: () => false,
      DEF: () => this.OR9(words.map((word, i) => ({ ALT: () => this.consume(i + 10, word) }))),
    });
  }

  private readonly use = this.RULE("use", () => {
    this.CONSUME(T.Use);
    this.OR({
      ERR_MSG: "a library name or a quoted path",
      DEF: [
        {
          ALT: () => {
            this.CONSUME(T.Name);
            this.MANY(() => {
              this.CONSUME(T.Slash);
              this.CONSUME2(T.Name);
            });
          },
        },
        { ALT: () => this.CONSUME(T.Text) },
      ],
    });
    this.CONSUME(T.NamesOpen);
    this.commaSeparated(this.usedName);
    this.CONSUME(T.NamesClose);
  });

  private readonly usedName = this.RULE(
    "usedName",
    () => {
      this.CONSUME(T.Name);
      this.OPTION(() => {
        this.CONSUME(T.As);
        this.CONSUME2(T.Name, { LABEL: "alias" });
      });
    },
    strict,
  );

  // ---- statements

  private readonly statement = this.RULE(
    "statement",
    () => {
      this.SUBRULE(this.header);
      this.resumeAt();
      this.OPTION(() => this.SUBRULE(this.block));
    },
    strict,
  );

  private readonly block = this.RULE(
    "block",
    () => {
      this.CONSUME(T.BlockOpen);
      this.SUBRULE(this.items);
      this.CONSUME(T.BlockClose);
    },
    strict,
  );

  /** All of a statement but its block; where it breaks, reading goes on behind it. */
  private readonly header = this.RULE("header", () => {
    this.CONSUME(T.Head);
    this.maybe(0, () => {
      this.CONSUME(T.Slash);
      this.CONSUME(T.Name, { LABEL: "over" });
    });
    this.maybe(1, () => this.SUBRULE(this.path));
    this.maybe(2, () => this.SUBRULE(this.index));
    this.maybe(3, () => this.SUBRULE(this.params));
    this.maybe(4, () => {
      this.CONSUME(T.Colon);
      this.SUBRULE(this.chain, { LABEL: "type" });
    });
    this.maybe(5, () => {
      this.CONSUME(T.Assign);
      this.SUBRULE(this.expr, { LABEL: "value" });
      this.MANY({ MAX_LOOKAHEAD: 1, DEF: () => this.nextValue() });
    });
    this.MANY2({ MAX_LOOKAHEAD: 1, DEF: () => this.trailer() });
    this.maybe(6, () => this.SUBRULE(this.stray));
  });

  /** One word decides, so that the error is found in the part that was begun. */
  private maybe(index: number, part: () => void): void {
    this.option(index, { MAX_LOOKAHEAD: 1, DEF: part });
  }

  private nextValue(): void {
    this.CONSUME(T.Comma);
    this.SUBRULE2(this.expr, { LABEL: "value" });
  }

  private trailer(): void {
    this.OR([
      { ALT: () => this.SUBRULE(this.inClause) },
      { ALT: () => this.CONSUME(T.Log) },
      { ALT: () => this.SUBRULE(this.onClause) },
      { ALT: () => this.SUBRULE(this.forClause) },
      { ALT: () => this.SUBRULE(this.whereClause) },
      { ALT: () => this.SUBRULE(this.fromClause) },
      { ALT: () => this.CONSUME(T.Text) },
      { ALT: () => this.CONSUME(T.Cite) },
    ]);
  }

  private readonly index = this.RULE(
    "index",
    () => {
      this.CONSUME(T.LeftBracket);
      this.CONSUME(T.Name);
      this.OPTION(() => {
        this.OR([
          {
            ALT: () => {
              this.CONSUME(T.Arrow);
              this.CONSUME2(T.Name);
            },
          },
          {
            ALT: () =>
              this.AT_LEAST_ONE(() => {
                this.CONSUME(T.Comma);
                this.CONSUME3(T.Name);
              }),
          },
        ]);
      });
      this.CONSUME(T.RightBracket);
    },
    strict,
  );

  private readonly params = this.RULE(
    "params",
    () => {
      this.CONSUME(T.LeftParen);
      this.OPTION(() => {
        this.SUBRULE(this.param);
        this.MANY(() => {
          this.OR([{ ALT: () => this.CONSUME(T.Comma) }, { ALT: () => this.CONSUME(T.Bar) }]);
          this.SUBRULE2(this.param);
        });
        this.OPTION2(() => this.CONSUME2(T.Comma));
      });
      this.CONSUME(T.RightParen);
    },
    strict,
  );

  private readonly param = this.RULE(
    "param",
    () => {
      this.CONSUME(T.Name);
      this.OPTION(() => {
        this.CONSUME(T.Colon);
        this.SUBRULE(this.chain, { LABEL: "type" });
      });
      this.OPTION2(() => {
        this.CONSUME(T.Equals);
        this.SUBRULE(this.expr, { LABEL: "default" });
      });
    },
    strict,
  );

  // ---- clauses

  private readonly inClause = this.RULE(
    "inClause",
    () => {
      this.CONSUME(T.In);
      this.SUBRULE(this.range);
    },
    strict,
  );

  private readonly onClause = this.RULE(
    "onClause",
    () => {
      this.CONSUME(T.On);
      this.SUBRULE(this.path);
      this.MANY(() => {
        this.CONSUME(T.Comma);
        this.SUBRULE2(this.path);
      });
    },
    strict,
  );

  private readonly forClause = this.RULE(
    "forClause",
    () => {
      this.CONSUME(T.For);
      this.CONSUME(T.Name);
      this.CONSUME(T.In);
      this.SUBRULE(this.range);
    },
    strict,
  );

  private readonly whereClause = this.RULE(
    "whereClause",
    () => {
      this.CONSUME(T.Where);
      this.SUBRULE(this.binding);
      this.MANY(() => {
        this.CONSUME(T.Comma);
        this.SUBRULE2(this.binding);
      });
    },
    strict,
  );

  private readonly fromClause = this.RULE(
    "fromClause",
    () => {
      this.CONSUME(T.From);
      this.SUBRULE(this.path);
    },
    strict,
  );

  private readonly binding = this.RULE(
    "binding",
    () => {
      this.CONSUME(T.Name);
      this.OPTION(() => this.SUBRULE(this.params));
      this.CONSUME(T.Equals);
      this.SUBRULE(this.expr);
    },
    strict,
  );
}

let parser: SevensParser | undefined;

/** Parses arranged tokens by one of the two start rules; the one parser is made at first need. */
export function parseTokens(tokens: IToken[], start: "file" | "lone") {
  parser ??= new SevensParser();
  parser.input = tokens;
  const cst = start === "file" ? parser.file() : parser.lone();
  const errors = parser.errors;
  parser.input = [];
  return { cst, errors };
}
