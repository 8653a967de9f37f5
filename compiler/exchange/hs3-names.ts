/** Names of a document: one name space for all objects. */
import type { ModelParameter } from "./binned-model.ts";
import type { Hs3Function } from "./hs3-document.ts";
import { identifier, numberText } from "./hs3-expression.ts";

/** Hands out identifiers, and remembers functions by what they say, so that equal ones are one. */
export class Hs3Names {
  readonly #taken = new Set<string>();
  readonly #functions = new Map<string, Hs3Function>();
  readonly #parameters = new Map<string, string>();

  /** An identifier that nothing else has. */
  fresh(name: string): string {
    return identifier(name, this.#taken);
  }

  /** The name of a parameter; its value is in the parameter's unit. */
  parameter({ key }: ModelParameter): string {
    const known = this.#parameters.get(key) ?? this.fresh(key);
    this.#parameters.set(key, known);
    return known;
  }

  /** The name of what an expression says: of a function, or of a parameter that is the whole expression. */
  function(name: string, expression: string): string {
    if ([...this.#parameters.values()].includes(expression)) return expression;
    const known = this.#functions.get(expression);
    if (known !== undefined) return known.name;
    const made = { name: this.fresh(name), type: "generic_function", expression } as const;
    this.#functions.set(expression, made);
    return made.name;
  }

  get functions(): readonly Hs3Function[] {
    return [...this.#functions.values()];
  }

  /** A nuisance in standard deviations. */
  pull(parameter: ModelParameter): string {
    const name = this.parameter(parameter);
    const { mean, sigma, factor } = parameter;
    const shifted = mean === 0 ? name : `(${name} - ${numberText(mean / factor)})`;
    const width = sigma / factor;
    return this.function(`pull_${name}`, width === 1 ? shifted : `${shifted}/${numberText(width)}`);
  }

  /**
   * What half of the sum of two variations is multiplied by: the square of the pull between −1 and 1, a straight line with its slope
   * beyond.
   */
  evenPull(parameter: ModelParameter): string {
    const pull = this.pull(parameter);
    const inside = this.function(`inside_${pull}`, `0.5*(abs(${pull} + 1) - abs(${pull} - 1))`);
    return this.function(`even_${pull}`, `${inside}*(2*${pull} - ${inside})`);
  }
}
