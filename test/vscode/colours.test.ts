/** The TextMate grammar against the lexer, on all specs of the library and the examples. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { IToken, TokenType } from "chevrotain";
import { describe, expect, test } from "vitest";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";
import { arrange } from "../../grammar/arrange.ts";
import { textMateGrammar } from "../../grammar/textmate.ts";
import * as T from "../../grammar/tokens.ts";
import { root, text } from "../infrastructure/root.ts";

const wasm = createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm");
await oniguruma.loadWASM(readFileSync(wasm));

const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async () => textmate.parseRawGrammar(JSON.stringify(textMateGrammar()), "sevens.json"),
});
const grammar = await registry.loadGrammar("source.sevens");

/** The scopes of each character, as one text. */
function scopesOf(text: string): readonly string[] {
  const scopes: string[] = [];
  let state = textmate.INITIAL;
  for (const line of text.split("\n")) {
    const { tokens, ruleStack } = grammar!.tokenizeLine(line, state);
    for (let i = 0; i <= line.length; i++) {
      scopes.push(
        tokens.find(({ startIndex, endIndex }) => startIndex <= i && i < endIndex)?.scopes.join(" ") ?? "",
      );
    }
    state = ruleStack;
  }
  return scopes;
}

/** What a word is coloured as, by the type that the parser sees it with. */
const expected: ReadonlyMap<TokenType, string> = new Map([
  [T.Head, "storage.type.sevens|support.type.property-name.sevens"],
  [T.Sevens, "keyword.control.sevens"],
  [T.Use, "keyword.control.import.sevens"],
  [T.Unit, "keyword.other.unit.sevens"],
  [T.NumberWord, "constant.numeric.sevens|keyword.other.unit.sevens"],
  [T.Text, "string.quoted.double.sevens"],
  [T.Cite, "storage.type.annotation.sevens"],
  ...[...T.keywords.values()]
    .filter((type) => type !== T.Use)
    .map((type) => [type, "keyword.control.sevens"] as const),
]);

/** Words whose colour is another one, and comments that are none. */
function amiss(text: string): string[] {
  const scopes = scopesOf(text);
  const { tokens, groups } = T.tokenize(text);
  const is = (token: IToken, wanted: string): boolean =>
    Array.from(token.image, (_, i) => scopes[token.startOffset + i] ?? "").every((found) =>
      wanted.split("|").some((scope) => found.includes(scope)),
    );
  const words = arrange(tokens, text, "spec.sevens").tokens.flatMap((token): [IToken, string][] => {
    const wanted = expected.get(token.tokenType);
    return wanted === undefined ? [] : [[token, wanted]];
  });
  const comments = (groups.comments ?? []).map((token): [IToken, string] => [token, "comment."]);
  return [...words, ...comments]
    .filter(([token, wanted]) => !is(token, wanted))
    .map(
      ([{ image, startOffset }, wanted]) =>
        `line ${text.slice(0, startOffset).split("\n").length}: ${image} is no ${wanted} but ${scopes[startOffset]}`,
    );
}

const specs = ["models", "examples"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".sevens") && !path.includes("node_modules"))
    .map((path) => join(folder, path)),
);

describe("colours of words are what the parser takes them for", () => {
  test.each(specs)("%s", (path) => {
    expect(amiss(text(path))).toEqual([]);
  });
});

test("a text, a comment and a block comment over lines", () => {
  const source = 'sevens 1\n/* if\n then */\nconstant a = 1e-3 MeV^2 // in\nconstant µ = "for // no" # 2';
  expect(amiss(source)).toEqual([]);
});
