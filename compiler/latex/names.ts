/** What the names of a formula are written as: by the rules for names, unless a doc comment gives a symbol. */
import type { Path, Statement } from "../../grammar/syntax.ts";
import { kinds } from "../kinds/index.ts";
import { type Declaration, fieldsOf, labelOf, type Model } from "../model/model.ts";
import { isMath } from "./math.ts";
import { flavorSymbol, isUnit, latexText, type MathSymbol, symbolOf } from "./symbols.ts";

export interface Names {
  /** True for a name that means a unit here. */
  readonly isUnit: (name: string) => boolean;
  readonly symbol: (path: Path) => MathSymbol;
  /** The same names, some of which formal parameters or bindings hide; flavours among them have signs of their own. */
  readonly within: (hidden: readonly string[], flavors?: readonly string[]) => Names;
}

/** A doc comment, or a note, that begins with `$…$` gives the symbol of what it documents; what is no math is text. */
export function documentedSymbol({ doc, note }: Statement): string | undefined {
  const [, written] = /^\$([^$]+)\$/.exec(doc?.text ?? note?.text ?? "") ?? [];
  const symbol = written?.replace(/\s+/g, " ");
  return symbol === undefined || isMath(symbol) ? symbol : `\\text{${latexText(symbol)}}`;
}

/** The names of a declaration's formulas. */
export function namesOf(declaration: Declaration, model: Model): Names {
  const given = new Map<string, string | undefined>();
  for (const one of model.declarations) {
    const quantity = one.kind === "constant" || one.kind === "function";
    given.set(one.name, quantity ? documentedSymbol(one.statement) : undefined);
    for (const parameter of fieldsOf(one, "parameter"))
      given.set(`${one.name}.${labelOf(parameter)}`, documentedSymbol(parameter));
  }
  for (const { name } of kinds[declaration.kind].block?.context ?? []) given.set(name, undefined);
  for (const { text } of (declaration.statement.params ?? []).map(({ name }) => name))
    given.set(text, undefined);
  for (const keyword of ["parameter", "input", "let"])
    for (const one of fieldsOf(declaration, keyword)) given.set(labelOf(one), documentedSymbol(one));
  return namesFrom(given);
}

function namesFrom(given: ReadonlyMap<string, string | undefined>): Names {
  return {
    isUnit: (name) => !given.has(name) && isUnit(name),
    symbol: (path) => {
      const text = path.parts.map((part) => part.text).join(".");
      const documented = given.get(text);
      if (documented !== undefined) return takenApart(documented);
      const last = symbolOf(path.parts.at(-1)?.text ?? "");
      if (path.parts.length === 1) return last;
      const owner = path.parts.slice(0, -1).map((part) => symbolOf(part.text).base);
      return { ...last, sup: owner.join(".") };
    },
    within: (hidden, flavors = []) => {
      const inner: [string, string | undefined][] = hidden.map((name) => [name, undefined]);
      const signs: [string, string | undefined][] = flavors.map((name) => [name, flavorSymbol(name)]);
      return namesFrom(new Map([...given, ...inner, ...signs]));
    },
  };
}

/** `g_{V}^p` in its parts, where it has that form; any other symbol is left whole. */
function takenApart(symbol: string): MathSymbol {
  const parts = /^(\\?[A-Za-z]+|\\\w+ ?\w)_(\{[^{}]*\}|\\[A-Za-z]+|\w)$/.exec(symbol);
  return parts === null
    ? { base: symbol }
    : { base: parts[1] ?? symbol, sub: (parts[2] ?? "").replace(/^\{(.*)\}$/, "$1") };
}
