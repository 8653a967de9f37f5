/**
 * The words of the language.
 *
 * The lexer knows only what single characters can tell. What depends on neighbours (does this name begin a
 * statement, is it a unit, does this brace open a block or a map) is settled by `arrange.ts`, which gives such
 * tokens one of the types without a pattern below; so the parser itself needs one token of lookahead, rarely two.
 */
import { createToken, type ILexingResult, type ITokenConfig, Lexer, type TokenType } from "chevrotain";

const category = (name: string, label: string): TokenType => createToken({ name, label, pattern: Lexer.NA });

/** Any token that cannot begin or end a statement: what error recovery skips. */
export const Inner = category("Inner", "a word");
/** Stands between two operands. */
export const BinaryOperator = category("BinaryOperator", "an operator");
/** Stands before an operand. */
export const PrefixOperator = category("PrefixOperator", "a sign");
/** `=`, `+=`, `-=`, `*=`. */
export const Assign = category("Assign", "`=`");
/** A reserved word. */
export const Keyword = category("Keyword", "a keyword");

type Options = Omit<ITokenConfig, "name" | "pattern" | "categories">;

const inner = (name: string, pattern: RegExp | string, label: string, more: readonly TokenType[] = []) =>
  createToken({ name, pattern, label, categories: [Inner, ...more] });
const sign = (name: string, text: string, more: readonly TokenType[] = []) =>
  inner(name, text, `\`${text}\``, more);
const retagged = (name: string, label: string, categories: TokenType[]) =>
  createToken({ name, label, categories, pattern: Lexer.NA });
const keyword = (word: string, more: readonly TokenType[] = []) =>
  retagged(`Keyword_${word}`, `\`${word}\``, [Keyword, Inner, ...more]);
const aside = (name: string, pattern: RegExp, group: string, options: Options = {}) =>
  createToken({ name, pattern, group, ...options });

// Beside the token stream.
const Space = aside("Space", /[\s\uFEFF]+/, Lexer.SKIPPED, { line_breaks: true });
export const DocComment = aside("DocComment", /\/\/\/(?!\/)[^\n\r]*/, "comments");
const LineComment = aside("LineComment", /\/\/[^\n\r]*/, "comments");
const BlockComment = aside("BlockComment", /\/\*[\s\S]*?\*\//, "comments", { line_breaks: true });
export const OpenComment = aside("OpenComment", /\/\*[\s\S]*/, "comments", { line_breaks: true });

// Literals, names, citations.
export const Text = inner("Text", /"(?:[^"\\\n\r]|\\[^\n\r])*"/, "a text");
export const OpenText = inner("OpenText", /"[^\n\r]*/, "a text", [Text]);
/** A path that lacks its quotes; see `bare-path.ts`. */
export const BarePath = retagged("BarePath", "a text", [Inner, Text]);
export const Cite = inner("Cite", /@cite[ \t]+[^\s,;{}]+(?:[ \t]*,[ \t]*[^\s,;{}]+)*/, "a citation");
export const BadCite = inner("BadCite", /@[A-Za-z]*/, "a citation", [Cite]);
export const NumberWord = inner("Number", /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/, "a number");
export const BadNumber = inner(
  "BadNumber",
  /\.\d+(?:[eE][+-]?\d+)?|\d+\.(?![\d.])(?:[eE][+-]?\d+)?|\d+(?:_\d+)+(?:\.\d+)?|\d+(?:\.\d+){2,}/,
  "a number",
  [NumberWord],
);
const letters = "A-Za-z_\\u00B5\\u0391-\\u03A9\\u03B1-\\u03C9\\u03D1\\u03D5\\u03D6\\u03F1\\u03F5";
export const Name = inner("Name", new RegExp(`[${letters}][${letters}0-9]*`), "a name");

// Names and signs whose neighbours say more about them; see `arrange.ts`.
export const Head = retagged("Head", "a statement", []);
export const Unit = retagged("Unit", "a unit", [Inner]);
export const UnitPower = retagged("UnitPower", "`^`", [Inner]);
export const Log = retagged("Log", "`log`", [Inner]);
export const Sevens = retagged("Sevens", "`sevens`", []);

export const Use = retagged("Use", "`use`", [Keyword]);
export const As = keyword("as");
export const In = keyword("in");
export const On = keyword("on");
export const For = keyword("for");
export const Where = keyword("where");
export const From = keyword("from");
export const If = keyword("if");
export const Then = keyword("then");
export const Else = keyword("else");
export const Step = keyword("step");
export const And = keyword("and", [BinaryOperator]);
export const Or = keyword("or", [BinaryOperator]);
export const Not = keyword("not", [PrefixOperator]);

/** The reserved words; `sevens` and `log` have a meaning in one place only and are names elsewhere. */
export const keywords: ReadonlyMap<string, TokenType> = new Map([
  ["use", Use],
  ["as", As],
  ["in", In],
  ["on", On],
  ["for", For],
  ["where", Where],
  ["from", From],
  ["if", If],
  ["then", Then],
  ["else", Else],
  ["step", Step],
  ["and", And],
  ["or", Or],
  ["not", Not],
]);

/** The reserved words. */
export const keywordTexts: readonly string[] = [...keywords.keys()];

// Operators and punctuation; a longer sign stands before its own beginning.
export const PlusMinus = inner("PlusMinus", /\+-|±/, "`+-`", [BinaryOperator]);
export const Arrow = sign("Arrow", "->");
const PlusAssign = sign("PlusAssign", "+=", [Assign]);
const MinusAssign = sign("MinusAssign", "-=", [Assign]);
const TimesAssign = sign("TimesAssign", "*=", [Assign]);
const Same = sign("Same", "==", [BinaryOperator]);
const Differs = sign("Differs", "!=", [BinaryOperator]);
const AtMost = sign("AtMost", "<=", [BinaryOperator]);
const AtLeast = sign("AtLeast", ">=", [BinaryOperator]);
const Less = sign("Less", "<", [BinaryOperator]);
const More = sign("More", ">", [BinaryOperator]);
export const Equals = sign("Equals", "=", [Assign]);
export const Plus = sign("Plus", "+", [BinaryOperator, PrefixOperator]);
export const Minus = sign("Minus", "-", [BinaryOperator, PrefixOperator]);
export const Times = sign("Times", "*", [BinaryOperator]);
export const Slash = sign("Slash", "/", [BinaryOperator]);
export const Power = sign("Power", "^", [BinaryOperator]);
export const Percent = sign("Percent", "%");
export const DotDot = sign("DotDot", "..");
export const Dot = sign("Dot", ".");
export const Comma = sign("Comma", ",");
export const Colon = sign("Colon", ":");
export const Bar = sign("Bar", "|");
export const Semicolon = createToken({ name: "Semicolon", pattern: ";", label: "`;`" });
export const LeftParen = sign("LeftParen", "(");
export const RightParen = sign("RightParen", ")");
export const LeftBracket = sign("LeftBracket", "[");
export const RightBracket = sign("RightBracket", "]");
/** A `;` inside brackets, where it cannot end a statement. */
export const LostSemicolon = retagged("LostSemicolon", "`;`", [Inner]);
/** `{` of a block; that of a map becomes a `MapOpen`, that of used names a `NamesOpen`. */
export const BlockOpen = createToken({ name: "BlockOpen", pattern: "{", label: "`{`" });
export const BlockClose = createToken({ name: "BlockClose", pattern: "}", label: "`}`" });
export const MapOpen = retagged("MapOpen", "`{`", [Inner]);
export const MapClose = retagged("MapClose", "`}`", [Inner]);
export const NamesOpen = retagged("NamesOpen", "`{`", [Inner]);
export const NamesClose = retagged("NamesClose", "`}`", [Inner]);

const patterned: readonly TokenType[] = [
  ...[Space, DocComment, LineComment, BlockComment, OpenComment],
  ...[Text, OpenText, Cite, BadCite, BadNumber, NumberWord, Name],
  ...[PlusMinus, Arrow, PlusAssign, MinusAssign, TimesAssign, Same, Differs, AtMost, AtLeast, Less, More],
  ...[Equals, Plus, Minus, Times, Slash, Power, Percent, DotDot, Dot, Comma, Colon, Bar, Semicolon],
  ...[LeftParen, RightParen, LeftBracket, RightBracket, BlockOpen, BlockClose],
];

/** Every token type, for the parser. */
export const vocabulary: TokenType[] = [
  ...[Inner, BinaryOperator, PrefixOperator, Assign, Keyword],
  ...patterned,
  ...[BarePath, Head, Unit, UnitPower, Log, Sevens, LostSemicolon, MapOpen, MapClose, NamesOpen, NamesClose],
  ...keywords.values(),
];

/** A lexer; it tracks offsets only, lines are found where they matter. The tests look at whether its patterns are sound. */
export function makeLexer(skipValidations = true): Lexer {
  const types = [...patterned, ...vocabulary.filter((type) => !patterned.includes(type))];
  return new Lexer(types, { positionTracking: "onlyOffset", skipValidations });
}

let lexer: Lexer | undefined;

/** Cuts a text into words; the lexer is made when it is first needed. */
export function tokenize(text: string): ILexingResult {
  lexer ??= makeLexer();
  return lexer.tokenize(text);
}
