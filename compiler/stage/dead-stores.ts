/** Removes scalars, arrays and locals that nothing reads. */
import type { KernelExpr, KernelProgram, KernelStatement } from "../kernel/form.ts";

export function withoutDeadStores(program: KernelProgram): KernelProgram {
  let current = program;
  for (;;) {
    const next = sweep(current);
    if (next === undefined) return current;
    current = next;
  }
}

/** One sweep; undefined when nothing was dead. */
function sweep(program: KernelProgram): KernelProgram | undefined {
  const read = new Set([...program.outputs.values()].map(({ name }) => name));
  const stages = program.stages.map((stage) => {
    const locals = new Set<string>();
    walk(stage.statements, (value) => note(value, read, locals));
    return { stage, locals };
  });
  let dropped = 0;
  const keep = (statements: readonly KernelStatement[], locals: ReadonlySet<string>): KernelStatement[] =>
    statements.flatMap((statement): KernelStatement[] => {
      if (statement.kind === "loop") {
        const body = keep(statement.body, locals);
        if (body.length > 0) return [{ ...statement, body }];
      } else if (statement.kind === "sum") {
        const terms = statement.terms.filter(({ name }) => locals.has(name));
        if (terms.length < statement.terms.length) dropped += 1;
        if (terms.length > 0) return [{ ...statement, terms, body: keep(statement.body, locals) }];
      } else if (statement.kind === "let") {
        if (locals.has(statement.name)) return [statement];
      } else if (statement.kind === "assign" || statement.kind === "store") {
        if (read.has(statement.kind === "assign" ? statement.name : statement.array)) return [statement];
      } else return [statement];
      dropped += 1;
      return [];
    });
  const cleaned = stages.map(({ stage, locals }) => ({
    ...stage,
    statements: keep(stage.statements, locals),
  }));
  const arrays = program.arrays.filter(({ name }) => read.has(name));
  const scalars = program.scalars.filter((name) => read.has(name));
  const data = program.data.filter(({ name }) => read.has(name));
  if (dropped === 0) return undefined;
  return { ...program, stages: cleaned, arrays, scalars, data };
}

/** Calls `use` with every expression of the statements. */
export function walk(statements: readonly KernelStatement[], use: (value: KernelExpr) => void): void {
  for (const statement of statements) {
    if ("value" in statement) use(statement.value);
    if ("terms" in statement) for (const { term } of statement.terms) use(term);
    if ("body" in statement) walk(statement.body, use);
  }
}

/** Operands of a kernel expression. */
export function parts(value: KernelExpr): readonly KernelExpr[] {
  switch (value.kind) {
    case "negate":
      return [value.operand];
    case "binary":
      return [value.left, value.right];
    case "call":
      return value.args;
    case "table":
      return [value.arg];
    case "select":
      return [value.left, value.right, value.chosen, value.otherwise];
    case "root":
      return [value.low, value.high, value.body, value.fallback];
    default:
      return [];
  }
}

function note(value: KernelExpr, read: Set<string>, locals: Set<string>): void {
  if (value.kind === "element") read.add(value.array);
  if (value.kind === "name") {
    read.add(value.name);
    locals.add(value.name);
  }
  for (const part of parts(value)) note(part, read, locals);
}
