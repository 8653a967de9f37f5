/** Writes the kernel form as JavaScript, or as TypeScript that holds under `strict` and `noUncheckedIndexedAccess`. */
import type { Span } from "../../grammar/syntax.ts";
import type { KernelExpr, KernelStatement, Offset } from "./form.ts";

export interface PrintOptions {
  /** TypeScript: element reads carry the assertion that they are inside the array. */
  readonly typescript: boolean;
  /** Identifier that holds a parameter in internal units. */
  readonly parameter: (name: string) => string;
  /** What holds a scalar of the module. */
  readonly scalar: (name: string) => string;
  /** Identifier that holds the interpolant of a table. */
  readonly table: (name: string) => string;
  /** How to call a function of the signature table, `Math.sin` or an imported name. */
  readonly callee: (name: string) => string;
  /** What to put behind a line that comes from a part of the spec. */
  readonly mark?: (written: Span) => string;
}

export function printStatements(
  statements: readonly KernelStatement[],
  options: PrintOptions,
  indent: string,
): string {
  return statements.map((statement) => printStatement(statement, options, indent)).join("");
}

function printStatement(statement: KernelStatement, options: PrintOptions, indent: string): string {
  const expr = (value: KernelExpr): string => printExpr(value, options);
  const mark = (written: Span | undefined): string =>
    written === undefined ? "" : (options.mark?.(written) ?? "");
  switch (statement.kind) {
    case "comment":
      return `${indent}// ${statement.text}\n`;
    case "let":
      return `${indent}const ${statement.name} = ${expr(statement.value)};${mark(statement.written)}\n`;
    case "assign":
      return `${indent}${options.scalar(statement.name)} = ${expr(statement.value)};${mark(statement.written)}\n`;
    case "store":
      return `${indent}${statement.array}[${printOffset(statement.offset)}] = ${expr(statement.value)};${mark(statement.written)}\n`;
    case "loop":
      return (
        `${indent}${printLoop(statement.index, statement.size)} {\n` +
        `${printStatements(statement.body, options, `${indent}  `)}${indent}}\n`
      );
    case "sum":
      return (
        statement.terms.map(({ name, written }) => `${indent}let ${name} = 0;${mark(written)}\n`).join("") +
        `${indent}${printLoop(statement.index, statement.size)} {\n` +
        printStatements(statement.body, options, `${indent}  `) +
        statement.terms
          .map(({ name, term, written }) => `${indent}  ${name} += ${expr(term)};${mark(written)}\n`)
          .join("") +
        `${indent}}\n`
      );
  }
}

function printLoop(index: string, size: number): string {
  return `for (let ${index} = 0; ${index} < ${size}; ${index}++)`;
}

function printOffset(offset: Offset): string {
  const terms = offset.map(({ index, stride }) => (stride === 1 ? index : `${index} * ${stride}`));
  return terms.length === 0 ? "0" : terms.join(" + ");
}

/** Binding strength of what a printed expression is, for the least parentheses. */
const strength = { select: 1, add: 2, multiply: 3, unary: 4, atom: 5 } as const;

function strengthOf(value: KernelExpr): number {
  if (value.kind === "select") return strength.select;
  if (value.kind === "negate") return strength.unary;
  if (value.kind === "number") return value.value < 0 ? strength.unary : strength.atom;
  if (value.kind !== "binary") return strength.atom;
  return value.operator === "+" || value.operator === "-" ? strength.add : strength.multiply;
}

export function printExpr(value: KernelExpr, options: PrintOptions): string {
  const inner = (part: KernelExpr, least: number): string => {
    const text = printExpr(part, options);
    return strengthOf(part) < least ? `(${text})` : text;
  };
  switch (value.kind) {
    case "number":
      return printNumber(value.value);
    case "name":
      return options.scalar(value.name);
    case "parameter":
      return options.parameter(value.name);
    case "element":
      return `${value.array}[${printOffset(value.offset)}]${options.typescript ? "!" : ""}`;
    case "negate":
      return `-${inner(value.operand, strength.atom)}`;
    case "binary": {
      const own = strengthOf(value);
      const right = value.operator === "+" ? own : own + 1;
      return `${inner(value.left, own)} ${value.operator} ${inner(value.right, right)}`;
    }
    case "call":
      return `${options.callee(value.function)}(${value.args.map((arg) => printExpr(arg, options)).join(", ")})`;
    case "table":
      return `${options.table(value.table)}.${value.order === 0 ? "evaluate" : "derivative"}(${printExpr(value.arg, options)})`;
    case "select": {
      const test = `${inner(value.left, strength.add)} ${printRelation(value.relation)} ${inner(value.right, strength.add)}`;
      return `${test} ? ${inner(value.chosen, strength.add)} : ${inner(value.otherwise, strength.select)}`;
    }
    case "root": {
      const { variable } = value;
      const parameter = options.typescript ? `(${variable}: number)` : `(${variable})`;
      const args = [value.low, value.high, value.fallback].map((arg) => printExpr(arg, options)).join(", ");
      return `rootOr(${parameter} => ${printExpr(value.body, options)}, ${args})`;
    }
  }
}

function printRelation(relation: string): string {
  if (relation === "==") return "===";
  return relation === "!=" ? "!==" : relation;
}

/** The shortest text that reads back as the same double. */
export function printNumber(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return "Infinity";
  if (value === Number.NEGATIVE_INFINITY) return "-Infinity";
  return Object.is(value, -0) ? "0" : String(value);
}

/** A list of such numbers. */
export function printNumbers(values: readonly number[]): string {
  return `[${values.map(printNumber).join(", ")}]`;
}
