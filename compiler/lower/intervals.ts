import { insertion } from "../../grammar/fixes.ts";
import { diagnostic } from "../diagnostics/diagnostic.ts";
import { elaborateQuantity, type Site } from "../elaborate/expression.ts";
import { numberOf } from "../elaborate/parameters.ts";
import { type Declaration, field } from "../model/model.ts";

/** Confidence levels of the intervals that an analysis asks for; reports those that are none. */
export function intervalsOf(declaration: Declaration, site: Site): readonly number[] {
  const expr = field(declaration, "interval")?.assign?.value;
  const items = expr === undefined ? [] : expr.kind === "sequence" ? expr.items : [expr];
  return items.flatMap((item) => {
    const value = elaborateQuantity(item, site);
    const level = value === undefined ? undefined : numberOf(value, item, site);
    if (level === undefined) return [];
    if (level > 0 && level < 1) return [level];
    const parameters = { field: "interval", range: "0 .. 100%", found: String(level) };
    const help =
      level > 1 && level < 100 ? { help: `write \`${level}%\``, fixes: [insertion(item.span, "%")] } : {};
    site.context.report(diagnostic("SV1401", item.span, parameters, help));
    return [];
  });
}
