/**
 * Functions of parameters as expressions that the readers of HS3 take: +, *, /, calls of a few functions. Powers are products or
 * `pow`, since `^` means another thing to some of them.
 */
import type { Node } from "../rate/node.ts";

/** Functions that TFormula of ROOT and the parser of pyhs3 both have, by their name here. */
const functions: Readonly<Record<string, string>> = {
  exp: "exp",
  ln: "log",
  log: "log",
  sqrt: "sqrt",
  sin: "sin",
  cos: "cos",
  tan: "tan",
  abs: "abs",
  erf: "erf",
};

/** Most characters of an expression: beyond it is no formula that anyone reads, but a table. */
const longest = 4000;

/**
 * The text of an expression of parameters; `nameOf` gives what stands for a parameter, in internal units. Undefined for what is no
 * closed form in these words.
 */
export function expressionText(node: Node, nameOf: (key: string) => string): string | undefined {
  const text = sumText(node);
  return text === undefined || text.length > longest ? undefined : text;

  function sumText(inner: Node): string | undefined {
    if (inner.op !== "add") return productText(inner);
    return joined(inner.args.map(productText), " + ");
  }

  function productText(inner: Node): string | undefined {
    if (inner.op !== "multiply") return factorText(inner);
    return joined(inner.args.map(factorText), "*");
  }

  function factorText(inner: Node): string | undefined {
    switch (inner.op) {
      case "number":
        return numberText(inner.value);
      case "parameter":
        return nameOf(inner.name);
      case "add":
      case "multiply":
        return bracketed(sumText(inner));
      case "power":
        return powerText(inner.args[0], inner.args[1]);
      case "call":
        return callText(inner.name, inner.args);
      default:
        return undefined;
    }
  }

  function powerText(base: Node, exponent: Node): string | undefined {
    const below = factorText(base);
    if (below === undefined) return undefined;
    if (exponent.op !== "number") {
      const above = sumText(exponent);
      return above === undefined ? undefined : `pow(${below}, ${above})`;
    }
    const { value } = exponent;
    if (!Number.isInteger(value) || Math.abs(value) > 8) return `pow(${below}, ${numberText(value)})`;
    const product = new Array<string>(Math.abs(value)).fill(below).join("*");
    return value > 0 ? `(${product})` : `(1/(${product}))`;
  }

  function callText(name: string, args: readonly Node[]): string | undefined {
    const callee = functions[name];
    const [argument, ...others] = args;
    if (callee === undefined || argument === undefined || others.length > 0) return undefined;
    const text = sumText(argument);
    return text === undefined ? undefined : `${callee}(${text})`;
  }
}

/** A number as a factor or a term: in brackets when it is negative. */
export function numberText(value: number): string {
  return value < 0 || Object.is(value, -0) ? `(${value})` : `${value}`;
}

function bracketed(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `(${text})`;
}

function joined(parts: readonly (string | undefined)[], by: string): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join(by);
}

/** A name that is an identifier, different from those that are taken, which it is added to. */
export function identifier(name: string, taken: Set<string>): string {
  const plain = name.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
  const base = /^[A-Za-z]/.test(plain) ? plain : `p_${plain}`;
  let free = base;
  for (let i = 2; taken.has(free); i++) free = `${base}_${i}`;
  taken.add(free);
  return free;
}
