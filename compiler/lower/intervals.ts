import { insertion } from "../../grammar/fixes.ts";
import type { Expr, NumberExpr } from "../../grammar/syntax.ts";
import { levelWithin } from "../../runtime/chi-square.ts";
import { diagnostic } from "../diagnostics/diagnostic.ts";
import { elaborateQuantity, type Site } from "../elaborate/expression.ts";
import { numberOf } from "../elaborate/parameters.ts";
import { type Declaration, field } from "../model/model.ts";

/** Confidence levels of the intervals that an analysis asks for; reports those that are none. */
export function intervalsOf(declaration: Declaration, site: Site): readonly number[] {
  const expr = field(declaration, "interval")?.assign?.value;
  const items = expr === undefined ? [] : expr.kind === "sequence" ? expr.items : [expr];
  return items.flatMap((item) => {
    if (isInSigmas(item)) return levelInSigmas(item, site);
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

/** `2sigma`: a number of standard deviations, which no unit stands for elsewhere. */
function isInSigmas(item: Expr): item is NumberExpr {
  return item.kind === "number" && !item.percent && item.unit?.name.text === "sigma" && item.unit.power === 1;
}

function levelInSigmas(item: NumberExpr, site: Site): readonly number[] {
  const level = levelWithin(Number(item.text));
  if (level !== undefined) return [level];
  const parameters = { field: "interval", range: "0 .. 6 sigma", found: `${item.text} sigma` };
  site.context.report(diagnostic("SV1401", item.span, parameters));
  return [];
}
