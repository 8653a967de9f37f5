import { type Code, get, set, type ValueType } from "./instructions.ts";
import type { ModuleFunction } from "./module.ts";

/** The body of one function: its statements and its locals. */
export class FunctionBuilder {
  readonly #parameters: readonly ValueType[];
  readonly #locals: ValueType[] = [];
  readonly #body: number[] = [];

  constructor(parameters: readonly ValueType[] = []) {
    this.#parameters = parameters;
  }

  local(type: ValueType): number {
    return this.#parameters.length + this.#locals.push(type) - 1;
  }

  append(code: Code): void {
    for (const byte of code) this.#body.push(byte);
  }

  /** Computes a value once; the code given back reads it. */
  keep(type: ValueType, value: Code): Code {
    const local = this.local(type);
    this.append(set(local, value));
    return get(local);
  }

  /** What `write` appends is taken out again and given back, to be placed elsewhere. */
  aside(write: () => void): Code {
    const start = this.#body.length;
    write();
    return this.#body.splice(start);
  }

  finish(results: readonly ValueType[], exported?: string): ModuleFunction {
    return {
      parameters: this.#parameters,
      results,
      export: exported,
      locals: this.#locals,
      body: this.#body,
    };
  }
}
