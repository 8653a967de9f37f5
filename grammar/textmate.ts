/**
 * The TextMate grammar, for colours in editors before a language server has said more: made from the patterns of the
 * lexer, so that both agree on what a text, a comment, a number and a name are.
 */
import { BadNumber, Cite, keywordTexts, Name, NumberWord, Text } from "./tokens.ts";

/** A rule of a TextMate grammar, as far as it is used here. */
export interface TextMateRule {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
  readonly patterns?: readonly TextMateRule[];
  readonly include?: string;
}

export interface TextMateGrammar {
  readonly $schema: string;
  readonly name: string;
  readonly scopeName: string;
  readonly fileTypes: readonly string[];
  readonly patterns: readonly TextMateRule[];
  readonly repository: Readonly<Record<string, TextMateRule>>;
}

export function textMateGrammar(): TextMateGrammar {
  return {
    $schema: "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
    name: "Sevens",
    scopeName: "source.sevens",
    fileTypes: ["sevens"],
    patterns: [{ include: "#asides" }, { include: "#statements" }, { include: "#values" }],
    repository: { asides, statements, values },
  };
}

const name = source(Name.PATTERN);
/** As a whole or not at all, so that `1e-3` is not `1` of a unit `e`. */
const number = `(?>${source(NumberWord.PATTERN)})`;
/** The end of a name: no letter or digit comes. */
const end = `(?!${name}|[0-9])`;
/** Where a name may begin. */
const start = `(?<!${letterOf(name)}|[0-9])`;
const power = "(?:\\^-?[0-9]{1,3})?";
const blank = "[ \\t]*";

const asides: TextMateRule = {
  patterns: [
    {
      name: "comment.line.documentation.sevens",
      begin: "///(?!/)",
      end: "$",
      patterns: [
        { name: "storage.type.class.todoc.sevens", match: "@[A-Za-z]+" },
        { name: "markup.inline.raw.sevens", match: "`[^`]*`|\\$[^$]*\\$" },
      ],
    },
    { name: "comment.line.double-slash.sevens", match: "//[^\\n\\r]*" },
    { name: "comment.block.sevens", begin: "/\\*", end: "\\*/" },
    { name: "string.quoted.double.sevens", match: source(Text.PATTERN) },
    { name: "storage.type.annotation.sevens", match: source(Cite.PATTERN) },
  ],
};

/** What stands where a statement may begin: the first word of a line, or behind a brace or `;`. */
const statements: TextMateRule = {
  patterns: [
    {
      match: `(?:^|(?<=[{};]))${blank}(sevens)[ \\t]+(${number})`,
      captures: { 1: { name: "keyword.control.sevens" }, 2: { name: "constant.numeric.sevens" } },
    },
    {
      match: `(?:^|(?<=[{};]))${blank}(use)[ \\t]+(${name}(?:/${name})*)?`,
      captures: { 1: { name: "keyword.control.import.sevens" }, 2: { name: "entity.name.namespace.sevens" } },
    },
    {
      match: `(?:^|(?<=[{};]))${blank}(?!${reserved()})(${name})[ \\t]+(?!${reserved()})(${name})`,
      captures: { 1: { name: "storage.type.sevens" }, 2: { name: "entity.name.type.sevens" } },
    },
    {
      match: `(?:^|(?<=[{};]))${blank}(?!${reserved()})(${name})(?=(?:/${name})?${blank}(?:[-+*]?=(?!=)|[({"]|\\[[^\\]\n]*\\][^=\n]*=))`,
      captures: { 1: { name: "support.type.property-name.sevens" } },
    },
  ],
};

const values: TextMateRule = {
  patterns: [
    { name: "keyword.control.sevens", match: `${start}(?:${reserved()})` },
    {
      match: `(${number})${blank}(?!${reserved()}|log${end})(${name}${power}(?:/${name}${power})*)`,
      captures: { 1: { name: "constant.numeric.sevens" }, 2: { name: "keyword.other.unit.sevens" } },
    },
    {
      match: `(?<=\\])${blank}(?!${reserved()}|log${end})(${name}${power}(?:/${name}${power})*)`,
      captures: { 1: { name: "keyword.other.unit.sevens" } },
    },
    { name: "constant.numeric.sevens", match: `${start}${number}` },
    { name: "invalid.illegal.number.sevens", match: `${start}(?:${source(BadNumber.PATTERN)})` },
    { name: "entity.name.function.sevens", match: `${start}${name}(?=\\()` },
    {
      match: `${start}(${name})(?=${blank}:)`,
      captures: { 1: { name: "support.type.property-name.sevens" } },
    },
    { name: "variable.other.sevens", match: `${start}${name}` },
    { name: "keyword.operator.sevens", match: "\\+-|±|->|[-+*]=|[=!<>]=|\\.\\.|[-=+*/^%<>|]" },
    { name: "punctuation.sevens", match: "[.,:;(){}\\[\\]]" },
  ],
};

function reserved(): string {
  return `(?:${keywordTexts.join("|")})${end}`;
}

/** A pattern as Oniguruma reads it, which has no `\uXXXX`. */
function source(pattern: typeof Name.PATTERN): string {
  if (!(pattern instanceof RegExp)) throw new TypeError("a pattern of the lexer is no regular expression");
  return pattern.source
    .replace(/\\u([0-9A-Fa-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll("\\/", "/");
}

/** The class of characters that a name begins with. */
function letterOf(pattern: string): string {
  return pattern.slice(0, pattern.indexOf("]") + 1);
}
