/** A small evaluator of the expressions in the table of functions, independent of the grammar. */

export type Names = Readonly<Record<string, number>>;
export type Functions = Readonly<Record<string, (...args: number[]) => number>>;

/** The value of an expression of the language: + - * / ^, calls, comparisons, `and`, `if … then … else …`. */
export function evaluateExpression(text: string, names: Names, functions: Functions): number {
  const tokens = text.match(/\d+(?:\.\d+)?(?:e[+-]?\d+)?|[A-Za-z_]\w*|[<>=!]=|\S/g) ?? [];
  let at = 0;
  const peek = (): string => tokens[at] ?? "end";
  const take = (token: string): boolean => peek() === token && ++at > 0;
  const expect = (token: string): void => {
    if (!take(token)) throw new Error(`expected ${token}, found ${peek()} in ${text}`);
  };

  function conditional(): number {
    if (!take("if")) return conjunction();
    const condition = conjunction();
    expect("then");
    const yes = conditional();
    expect("else");
    const no = conditional();
    return condition !== 0 ? yes : no;
  }
  function conjunction(): number {
    let value = comparison();
    while (take("and")) value = Math.min(value, comparison());
    return value;
  }
  function comparison(): number {
    const left = sum();
    if (take("<")) return Number(left < sum());
    if (take(">")) return Number(left > sum());
    if (take("<=")) return Number(left <= sum());
    if (take(">=")) return Number(left >= sum());
    if (take("==")) return Number(left === sum());
    return left;
  }
  function sum(): number {
    let value = product();
    for (;;) {
      if (take("+")) value += product();
      else if (take("-")) value -= product();
      else return value;
    }
  }
  function product(): number {
    let value = negation();
    for (;;) {
      if (take("*")) value *= negation();
      else if (take("/")) value /= negation();
      else return value;
    }
  }
  function negation(): number {
    return take("-") ? -negation() : power();
  }
  function power(): number {
    const base = atom();
    return take("^") ? base ** negation() : base;
  }
  function atom(): number {
    if (take("(")) {
      const value = conditional();
      expect(")");
      return value;
    }
    const token = peek();
    at++;
    if (/^\d/.test(token)) return Number(token);
    if (!take("(")) {
      const value = names[token];
      if (value === undefined) throw new Error(`unknown name ${token} in ${text}`);
      return value;
    }
    const args = [conditional()];
    while (take(",")) args.push(conditional());
    expect(")");
    const called = functions[token];
    if (called === undefined) throw new Error(`unknown function ${token} in ${text}`);
    return called(...args);
  }

  const value = conditional();
  if (at !== tokens.length) throw new Error(`unread ${peek()} in ${text}`);
  return value;
}
