import { diagnostic } from "../diagnostics/index.ts";
import { labelOf } from "../lower/experiment.ts";
import { type Checking, declarationsOf, valueAt } from "./checking.ts";
import { exerciseGlobal } from "./generic.ts";

/**
 * Constants, functions and tables mean something by themselves: every name in them is known and every unit fits,
 * whether or not anything uses them, because other files may.
 */
export function constantFormulas(checking: Checking): void {
  const site = checking.library.site("natural");
  for (const kind of ["constant", "function", "table"] as const) {
    for (const { name } of declarationsOf(checking, kind)) exerciseGlobal(name, site);
  }
  for (const { name, statement } of declarationsOf(checking, "constant")) {
    const binding = site.scope.find(name);
    const expr = statement.assign?.value;
    if (binding?.kind !== "lazy" || expr === undefined) continue;
    const value = binding.get(statement.span);
    if (value.kind === "quantity" && !Number.isFinite(valueAt(checking, value.node))) {
      checking.report(diagnostic("SV1408", expr.span, { what: `\`${labelOf(statement)}\`` }));
    }
  }
}
