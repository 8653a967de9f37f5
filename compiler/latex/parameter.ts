/** The symbol of a parameter with its indices. */
import type { Statement } from "../../grammar/syntax.ts";
import { indexed } from "./expression.ts";
import type { Names } from "./names.ts";
import { printSymbol } from "./symbols.ts";

/** `\varepsilon_{\ell k}^{u}` for `parameter eps_u[l, k]`. */
export function indexedStatement({ label, index }: Statement, names: Names): string {
  if (label === undefined) return "";
  const symbol = names.symbol(label);
  const items = (index?.names ?? []).map(({ text, span }) => ({
    kind: "path" as const,
    parts: [{ text, span }],
    span,
  }));
  return printSymbol(items.length === 0 ? symbol : indexed(symbol, items));
}
