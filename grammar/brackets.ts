/**
 * Brackets always match after this step: what is never closed gets a closing token without text, what closes
 * nothing is left out, and both are reported. So a lost bracket costs one statement, not the rest of the file.
 */
import type { IToken, TokenType } from "chevrotain";
import { insertion, omission, replacement } from "./fixes.ts";
import type { SyntaxProblem } from "./syntax.ts";
import {
  BlockClose,
  BlockOpen,
  LeftBracket,
  LeftParen,
  MapClose,
  MapOpen,
  NamesClose,
  NamesOpen,
  RightBracket,
  RightParen,
} from "./tokens.ts";

/** How deep brackets, blocks, signs and conditions may stand in each other. */
export const maxNesting = 200;

/** The tokens read so far and the brackets that stand open among them. */
export interface Balance {
  readonly file: string;
  readonly text: string;
  readonly out: IToken[];
  readonly open: IToken[];
  readonly problems: SyntaxProblem[];
}

const closing: ReadonlyMap<TokenType, TokenType> = new Map([
  [LeftParen, RightParen],
  [LeftBracket, RightBracket],
  [MapOpen, MapClose],
  [NamesOpen, NamesClose],
  [BlockOpen, BlockClose],
]);

const isBrace = (type: TokenType): boolean => type === BlockOpen || type === MapOpen || type === NamesOpen;

/** Offset behind the last character of a token; an added token has none. */
export const endOf = (token: IToken): number => token.startOffset + token.image.length;

/** True inside `(`, `[` or the braces of a map, where no statement can stand. */
export function insideExpression(balance: Balance): boolean {
  const top = balance.open.at(-1);
  return top !== undefined && top.tokenType !== BlockOpen;
}

export function openBracket(balance: Balance, token: IToken): void {
  balance.out.push(token);
  balance.open.push(token);
}

/** Takes a `)` or `]`: it may close brackets of its own expression, never a brace. */
export function closeBracket(balance: Balance, token: IToken): void {
  let depth = balance.open.length - 1;
  while (depth >= 0) {
    const type = balance.open[depth]!.tokenType;
    if (isBrace(type)) break;
    if (closing.get(type) === token.tokenType) {
      closeAbove(balance, depth + 1);
      balance.open.pop();
      balance.out.push(token);
      return;
    }
    depth--;
  }
  reportStray(balance, token);
}

/** Takes a `}`: it closes the nearest brace, and with it whatever was left open inside. */
export function closeBrace(balance: Balance, token: IToken): void {
  const depth = balance.open.findLastIndex((t) => isBrace(t.tokenType));
  const opener = balance.open[depth];
  if (opener === undefined) {
    reportStray(balance, token);
    return;
  }
  closeAbove(balance, depth + 1);
  balance.open.pop();
  balance.out.push(retype(token, closing.get(opener.tokenType) ?? BlockClose));
}

/** A statement begins: brackets of the expression before it that are still open stay unclosed. */
export function closeExpression(balance: Balance): void {
  closeAbove(balance, balance.open.findLastIndex((t) => t.tokenType === BlockOpen) + 1);
}

/** The end of the text. */
export function closeAll(balance: Balance): void {
  closeAbove(balance, 0);
}

/** A token of the same place in the text and another kind. */
export function retype(token: IToken, tokenType: TokenType): IToken {
  const { image, startOffset } = token;
  const endOffset = startOffset + image.length - 1;
  return { image, startOffset, endOffset, tokenType, tokenTypeIdx: tokenType.tokenTypeIdx ?? 0 };
}

/** Closes what is open but for the outermost few. */
export function closeAbove(balance: Balance, depth: number): void {
  while (balance.open.length > depth) {
    const opener = balance.open.pop()!;
    const type = closing.get(opener.tokenType)!;
    const last = balance.out.at(-1) ?? opener;
    balance.out.push(retype({ ...last, image: "", startOffset: endOf(last) }, type));
    const block = opener.tokenType === BlockOpen;
    const behindLast = { file: balance.file, start: endOf(last), end: endOf(last) };
    const ownLine =
      block || (opener.image === "{" && balance.text.slice(opener.startOffset, endOf(last)).includes("\n"));
    const sign = opener.image === "{" ? "}" : opener.image === "[" ? "]" : ")";
    balance.problems.push({
      kind: "unclosed",
      message: `\`${opener.image}\` is never closed`,
      help: `add ${type.LABEL}${block ? " after the last statement of the block" : ""}`,
      fixes: [
        insertion(behindLast, ownLine ? `\n${indentOf(opener.startOffset, balance.text)}${sign}` : sign),
      ],
      span: { file: balance.file, start: opener.startOffset, end: endOf(opener) },
    });
  }
}

/** What the line of a word begins with. */
export function indentOf(startOffset: number, text: string): string {
  const start = text.lastIndexOf("\n", startOffset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, startOffset))?.[0] ?? "";
}

/** In an open bracket of another kind it is most likely a slip. */
function reportStray(balance: Balance, token: IToken): void {
  const span = { file: balance.file, start: token.startOffset, end: endOf(token) };
  const top = balance.open.at(-1)?.tokenType;
  const meant = top === LeftParen ? ")" : top === LeftBracket ? "]" : undefined;
  balance.problems.push({
    kind: "unexpected-token",
    message: `\`${token.image}\` closes nothing`,
    help: meant === undefined ? "remove it, or open its bracket before it" : `write \`${meant}\``,
    fixes: [meant === undefined ? omission(span, "remove it") : replacement(span, meant)],
    span,
  });
}
