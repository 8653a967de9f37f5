/** What a run of generated code costs, counted on the kernel form that it is printed from. */
import { parts } from "../stage/dead-stores.ts";
import type { KernelExpr, KernelStatement } from "./form.ts";

/**
 * In additions, as throughputs of a scalar processor core go: a division 4, a call of a function 20. Reads and writes of
 * arrays are mostly of the nearest cache; a step of a loop is its test and its increment. Brent's method finds a
 * root in about a dozen evaluations of the body.
 */
export const operationCosts = {
  arithmetic: 1,
  division: 4,
  call: 20,
  table: 30,
  rootSteps: 12,
  read: 0.5,
  write: 0.5,
  step: 1,
} as const;

/** Functions that are one instruction. */
const cheapCalls: ReadonlySet<string> = new Set(["max", "min", "abs"]);

/** Operations of one run of the statements, loops multiplied out. */
export function costOfStatements(statements: readonly KernelStatement[]): number {
  return statements.reduce((sum, statement) => sum + costOfStatement(statement), 0);
}

function costOfStatement(statement: KernelStatement): number {
  switch (statement.kind) {
    case "comment":
      return 0;
    case "let":
    case "assign":
    case "store":
      return operationCosts.write + costOfExpression(statement.value);
    case "loop":
      return statement.size * (operationCosts.step + costOfStatements(statement.body));
    case "sum": {
      const terms = statement.terms.map(({ term }) => operationCosts.arithmetic + costOfExpression(term));
      const body = costOfStatements(statement.body) + terms.reduce((sum, term) => sum + term, 0);
      return statement.size * (operationCosts.step + body);
    }
  }
}

/** Operations of one evaluation. */
export function costOfExpression(value: KernelExpr): number {
  const below = parts(value).reduce((sum, part) => sum + costOfExpression(part), 0);
  switch (value.kind) {
    case "number":
    case "name":
    case "parameter":
    case "negate":
      return below;
    case "binary":
      return below + (value.operator === "/" ? operationCosts.division : operationCosts.arithmetic);
    case "call":
      return below + (cheapCalls.has(value.function) ? operationCosts.arithmetic : operationCosts.call);
    case "table":
      return below + operationCosts.table;
    case "element":
      return below + operationCosts.read;
    case "select":
      return below + operationCosts.arithmetic;
    case "root":
      return below + (operationCosts.rootSteps - 1) * costOfExpression(value.body);
  }
}
