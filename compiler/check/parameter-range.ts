import { changes, diagnostic, inFrontOf, omission } from "../diagnostics/index.ts";
import type { Parameter } from "../elaborate/parameters.ts";
import type { Checking } from "./checking.ts";
import { shown } from "./checking.ts";

/**
 * A logarithmic parameter has a range above zero, because its logarithm is what is scanned. (That a value lies in its
 * range, and that the range rises, is seen when the parameter is read.)
 */
export function parameterRange({ library, model, report }: Checking): void {
  for (const declaration of model.declarations) {
    for (const parameter of library.parameters(declaration)) {
      const [low] = parameter.range;
      const given = parameter.statement.clauses.some(({ kind }) => kind === "in");
      // A range that could not be read was reported.
      if (given && !Number.isFinite(low)) continue;
      const clause = parameter.statement.clauses.find(({ kind }) => kind === "log");
      if (clause === undefined || low > 0) continue;
      const name = baseName(parameter);
      const found = Number.isFinite(low) ? shown(low / parameter.factor) : "minus infinity";
      const plain = { ...clause.span, start: clause.span.start - 1 };
      const fixes = [omission(plain, "leave `log` out")];
      const range = Number.isFinite(low) ? undefined : rangeAround(parameter);
      const extra =
        range === undefined
          ? { fixes }
          : {
              help: `give it a range above zero, \`${range} log\`, or leave \`log\` out`,
              fixes: [changes(`add \`${range}\``, inFrontOf(clause.span, `${range} `)), ...fixes],
            };
      report(diagnostic("SV1414", clause.span, { parameter: name, low: found }, extra));
    }
  }
}

/** Four decades with the value in their middle. */
function rangeAround({ value, factor, unit }: Parameter): string {
  const center = value > 0 ? value / factor : 1e-3;
  return `in ${shown(center / 100)} ${unit} .. ${shown(center * 100)} ${unit}`
    .replaceAll("  ", " ")
    .trimEnd();
}

/** Without the flavour: all members of a family have one statement. */
const baseName = ({ name }: Parameter): string => name.replace(/\[.*/, "");
