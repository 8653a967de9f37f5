/** Counts the elementary operations of a stage from the code that is emitted for it. */
import type { KernelExpr, KernelStatement } from "../../compiler/kernel/form.ts";
import { parts } from "../../compiler/stage/dead-stores.ts";

/** In additions: rough throughput of a scalar processor core. */
const weights = { division: 4, call: 20, table: 30, root: 1000, read: 0.5, store: 0.5, step: 1 } as const;

function own(value: KernelExpr): number {
  switch (value.kind) {
    case "binary":
      return value.operator === "/" ? weights.division : 1;
    case "call":
      return value.function === "max" || value.function === "min" ? 1 : weights.call;
    case "element":
      return weights.read;
    case "select":
      return 1;
    case "table":
      return weights.table;
    case "root":
      return weights.root;
    default:
      return 0;
  }
}

function ofExpression(value: KernelExpr): number {
  return parts(value).reduce((sum, part) => sum + ofExpression(part), own(value));
}

export function operations(statements: readonly KernelStatement[]): number {
  return statements.reduce((sum, statement) => sum + ofStatement(statement), 0);
}

function ofStatement(statement: KernelStatement): number {
  switch (statement.kind) {
    case "comment":
      return 0;
    case "loop":
      return statement.size * (weights.step + operations(statement.body));
    case "sum": {
      const terms = statement.terms.reduce((sum, { term }) => sum + 1 + ofExpression(term), 0);
      return statement.size * (weights.step + operations(statement.body) + terms);
    }
    default:
      return weights.store + ofExpression(statement.value);
  }
}
