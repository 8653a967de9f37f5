/**
 * The grammar of expressions: the half of the parser that statements build on.
 */
import { type CstNode, CstParser, type ParserMethod, type TokenType } from "chevrotain";
import { messages } from "./messages.ts";
import * as T from "./tokens.ts";

/** Rules that hand an error to the rule above them. */
export const strict = { resyncEnabled: false };

export abstract class ExpressionParser extends CstParser {
  /** Whether the grammar is sound does not depend on what is parsed: the tests look at it, not every start. */
  constructor({ skipValidations = true }: { readonly skipValidations?: boolean } = {}) {
    super(T.vocabulary, {
      skipValidations,
      recoveryEnabled: true,
      maxLookahead: 2,
      nodeLocationTracking: "onlyOffset",
      errorMessageProvider: messages,
    });
  }

  /** Lost words are never invented: `arrange.ts` has already matched the brackets. */
  protected override canTokenTypeBeInsertedInRecovery(): boolean {
    return false;
  }

  /** And none is left out in silence: a list without one of its values would say something else. */
  protected override canTokenTypeBeDeletedInRecovery(): boolean {
    return false;
  }

  /** Only an insertion would ask what comes next, and finding out recurses through all open rules. */
  protected override getNextPossibleTokenTypes(): TokenType[] {
    return [];
  }

  /** `a, b, c`, or nothing; a comma may stand at the end. */
  protected commaSeparated(item: ParserMethod<[], CstNode>): void {
    this.OPTION8(() => {
      this.SUBRULE8(item);
      this.MANY8(() => {
        this.CONSUME8(T.Comma);
        this.SUBRULE9(item);
      });
      this.OPTION9(() => this.CONSUME9(T.Comma));
    });
  }

  /** Words where none can stand, up to the next place where a statement can begin or end. */
  protected readonly stray = this.RULE(
    "stray",
    () => {
      this.AT_LEAST_ONE(() => this.CONSUME(T.Inner));
    },
    strict,
  );

  /** A text that is one expression. */
  readonly lone = this.RULE(
    "lone",
    () => {
      this.SUBRULE(this.expr);
      this.OPTION(() => this.SUBRULE(this.stray));
    },
    { resyncEnabled: true },
  );

  protected readonly expr = this.RULE(
    "expr",
    () => {
      this.OR({
        ERR_MSG: "an expression",
        DEF: [
          { ALT: () => this.SUBRULE(this.condition) },
          {
            ALT: () => {
              this.SUBRULE(this.chain);
              this.OPTION(() => {
                this.CONSUME(T.DotDot);
                this.SUBRULE2(this.chain);
                this.OPTION2(() => {
                  this.CONSUME(T.Step);
                  this.SUBRULE3(this.chain);
                });
              });
            },
          },
        ],
      });
    },
    strict,
  );

  protected readonly condition = this.RULE(
    "condition",
    () => {
      this.CONSUME(T.If);
      this.SUBRULE(this.chain, { LABEL: "test" });
      this.CONSUME(T.Then);
      this.SUBRULE(this.branch);
      this.CONSUME(T.Else);
      this.SUBRULE2(this.branch);
    },
    strict,
  );

  protected readonly branch = this.RULE(
    "branch",
    () => {
      this.OR({
        ERR_MSG: "an expression",
        DEF: [{ ALT: () => this.SUBRULE(this.condition) }, { ALT: () => this.SUBRULE(this.chain) }],
      });
    },
    strict,
  );

  /** Operands and operators in a row; `build-expr.ts` knows their precedence. */
  protected readonly chain = this.RULE(
    "chain",
    () => {
      this.SUBRULE(this.operand);
      this.MANY(() => {
        this.CONSUME(T.BinaryOperator);
        this.SUBRULE2(this.operand);
      });
    },
    strict,
  );

  protected readonly operand = this.RULE(
    "operand",
    () => {
      this.MANY(() => this.CONSUME(T.PrefixOperator));
      this.OR({
        ERR_MSG: "an expression",
        DEF: [
          { ALT: () => this.SUBRULE(this.number) },
          { ALT: () => this.CONSUME(T.Text) },
          { ALT: () => this.SUBRULE(this.reference) },
          { ALT: () => this.SUBRULE(this.group) },
          { ALT: () => this.SUBRULE(this.list) },
          { ALT: () => this.SUBRULE(this.map) },
        ],
      });
    },
    strict,
  );

  protected readonly number = this.RULE(
    "number",
    () => {
      this.CONSUME(T.NumberWord);
      this.OPTION(() =>
        this.OR([{ ALT: () => this.CONSUME(T.Percent) }, { ALT: () => this.SUBRULE(this.unit) }]),
      );
    },
    strict,
  );

  protected readonly unit = this.RULE(
    "unit",
    () => {
      this.CONSUME(T.Unit);
      this.OPTION(() => {
        this.CONSUME(T.UnitPower);
        this.OPTION2(() => this.CONSUME(T.Minus));
        this.CONSUME(T.NumberWord);
      });
    },
    strict,
  );

  protected readonly reference = this.RULE(
    "reference",
    () => {
      this.SUBRULE(this.path);
      this.OPTION(() => this.SUBRULE(this.indices));
      this.OPTION2(() => this.SUBRULE(this.args));
    },
    strict,
  );

  protected readonly indices = this.RULE(
    "indices",
    () => {
      this.CONSUME(T.LeftBracket);
      this.SUBRULE(this.path);
      this.MANY(() => {
        this.CONSUME(T.Comma);
        this.SUBRULE2(this.path);
      });
      this.CONSUME(T.RightBracket);
    },
    strict,
  );

  protected readonly args = this.RULE(
    "args",
    () => {
      this.CONSUME(T.LeftParen);
      this.commaSeparated(this.argument);
      this.CONSUME(T.RightParen);
    },
    strict,
  );

  protected readonly argument = this.RULE(
    "argument",
    () => {
      this.OPTION(() => {
        this.CONSUME(T.Name);
        this.CONSUME(T.Equals);
      });
      this.SUBRULE(this.expr);
    },
    strict,
  );

  protected readonly group = this.RULE(
    "group",
    () => {
      this.CONSUME(T.LeftParen);
      this.SUBRULE(this.expr);
      this.CONSUME(T.RightParen);
    },
    strict,
  );

  protected readonly list = this.RULE(
    "list",
    () => {
      this.CONSUME(T.LeftBracket);
      this.commaSeparated(this.expr);
      this.CONSUME(T.RightBracket);
      this.OPTION(() => this.SUBRULE(this.unit));
    },
    strict,
  );

  protected readonly map = this.RULE(
    "map",
    () => {
      this.CONSUME(T.MapOpen);
      this.commaSeparated(this.entry);
      this.CONSUME(T.MapClose);
    },
    strict,
  );

  protected readonly entry = this.RULE(
    "entry",
    () => {
      this.CONSUME(T.Name);
      this.CONSUME(T.Colon);
      this.SUBRULE(this.expr);
    },
    strict,
  );

  protected readonly range = this.RULE(
    "range",
    () => {
      this.SUBRULE(this.chain);
      this.CONSUME(T.DotDot);
      this.SUBRULE2(this.chain);
      this.OPTION(() => {
        this.CONSUME(T.Step);
        this.SUBRULE3(this.chain);
      });
    },
    strict,
  );

  protected readonly path = this.RULE(
    "path",
    () => {
      this.CONSUME(T.Name);
      this.MANY(() => {
        this.CONSUME(T.Dot);
        this.CONSUME2(T.Name);
      });
    },
    strict,
  );
}
