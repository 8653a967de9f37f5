/** A small interpreter of the kernel form: a second opinion on the JavaScript that is printed from it. */
import type {
  KernelExpr,
  KernelProgram,
  KernelStage,
  KernelStatement,
  Offset,
} from "../../compiler/kernel/form.ts";
import { interpolantOf } from "../../compiler/rate/evaluate.ts";
import { holds } from "../../compiler/rate/graph.ts";
import type { DataSource } from "../../compiler/rate/node.ts";
import { implementations } from "../../runtime/implementations.ts";
import { panels, rootOr, unitPanels } from "../../runtime/index.ts";

/** The memory of a module. */
export class KernelMachine {
  readonly #program: KernelProgram;
  readonly #arrays = new Map<string, Float64Array>();
  readonly #scalars = new Map<string, number>();
  #parameters: (name: string) => number = () => Number.NaN;

  constructor(program: KernelProgram) {
    this.#program = program;
    for (const { name, source, size } of program.data) this.#arrays.set(name, elementsOf(source, size));
    for (const { name, sizes } of program.arrays) {
      this.#arrays.set(name, new Float64Array(sizes.reduce((a, b) => a * b, 1)));
    }
  }

  /** Runs every stage at the values of the parameters, internal units. */
  run(parameters: (name: string) => number): void {
    this.#parameters = parameters;
    for (const stage of this.#program.stages) this.#stage(stage);
  }

  #stage({ statements }: KernelStage): void {
    this.#statements(statements, new Map());
  }

  /** An output by its key. */
  output(key: string): Float64Array {
    const found = this.#program.outputs.get(key);
    if (found === undefined) throw new Error(`no output ${key}`);
    const scalar = this.#scalars.get(found.name);
    return scalar === undefined ? this.#array(found.name) : Float64Array.of(scalar);
  }

  #array(name: string): Float64Array {
    const found = this.#arrays.get(name);
    if (found === undefined) throw new Error(`no array ${name}`);
    return found;
  }

  #statements(statements: readonly KernelStatement[], locals: Map<string, number>): void {
    for (const statement of statements) this.#statement(statement, locals);
  }

  #statement(statement: KernelStatement, locals: Map<string, number>): void {
    const of = (value: KernelExpr): number => this.#value(value, locals);
    switch (statement.kind) {
      case "comment":
        return;
      case "let":
        locals.set(statement.name, of(statement.value));
        return;
      case "assign":
        this.#scalars.set(statement.name, of(statement.value));
        return;
      case "store": {
        const array = this.#array(statement.array);
        const at = offsetIn(statement.offset, locals);
        if (at >= array.length) throw new Error(`${statement.array} has no element ${at}`);
        array[at] = of(statement.value);
        return;
      }
      case "loop":
        for (let i = 0; i < statement.size; i++) {
          this.#statements(statement.body, locals.set(statement.index, i));
        }
        return;
      case "sum":
        this.#sum(statement, locals);
    }
  }

  #sum(statement: KernelStatement & { kind: "sum" }, locals: Map<string, number>): void {
    const totals = statement.terms.map(() => 0);
    for (let i = 0; i < statement.size; i++) {
      this.#statements(statement.body, locals.set(statement.index, i));
      statement.terms.forEach(({ term }, k) => {
        totals[k] = (totals[k] ?? 0) + this.#value(term, locals);
      });
    }
    statement.terms.forEach(({ name }, k) => {
      locals.set(name, totals[k] ?? 0);
    });
  }

  #value(value: KernelExpr, locals: Map<string, number>): number {
    const of = (part: KernelExpr): number => this.#value(part, locals);
    switch (value.kind) {
      case "number":
        return value.value;
      case "name":
        return locals.get(value.name) ?? this.#scalars.get(value.name) ?? Number.NaN;
      case "parameter":
        return this.#parameters(value.name);
      case "element":
        return this.#array(value.array)[offsetIn(value.offset, locals)] ?? Number.NaN;
      case "negate":
        return -of(value.operand);
      case "binary":
        return binary(value.operator, of(value.left), of(value.right));
      case "call":
        return called(value.function, value.args.map(of));
      case "table": {
        const table = this.#program.tables.find(({ name }) => name === value.table);
        if (table === undefined) throw new Error(`no table ${value.table}`);
        const interpolant = interpolantOf(table.table);
        return value.order === 0
          ? interpolant.evaluate(of(value.arg))
          : interpolant.derivative(of(value.arg));
      }
      case "select":
        return holds(value.relation, of(value.left), of(value.right))
          ? of(value.chosen)
          : of(value.otherwise);
      case "root": {
        const at = (x: number): number => this.#value(value.body, new Map(locals).set(value.variable, x));
        return rootOr(at, of(value.low), of(value.high), of(value.fallback));
      }
    }
  }
}

function elementsOf(source: DataSource, size: number): Float64Array {
  if (source.kind === "input") return new Float64Array(size);
  if (source.kind === "values" || source.kind === "places") return Float64Array.from(source.values);
  if (source.kind === "panels") return panels(source.boundaries, source.order)[source.what];
  return unitPanels(source.boundaries, source.order)[source.what];
}

function offsetIn(offset: Offset, locals: ReadonlyMap<string, number>): number {
  return offset.reduce((sum, { index, stride }) => sum + (locals.get(index) ?? Number.NaN) * stride, 0);
}

function binary(operator: "+" | "-" | "*" | "/", left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
  }
}

function called(name: string, args: readonly number[]): number {
  if (name === "pow") return (args[0] ?? Number.NaN) ** (args[1] ?? Number.NaN);
  const implementation = implementations[name];
  if (implementation === undefined) throw new Error(`the runtime has no function ${name}`);
  return implementation(...args);
}
