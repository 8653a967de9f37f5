import { insertion, replacement } from "../../grammar/fixes.ts";
import type { Expr, NumberExpr } from "../../grammar/syntax.ts";
import { levelWithin } from "../../runtime/chi-square.ts";
import { diagnostic, type Extra } from "../diagnostics/diagnostic.ts";
import { elaborateQuantity, type Site } from "../elaborate/expression.ts";
import { numberOf } from "../elaborate/parameters.ts";
import { type Declaration, field } from "../model/model.ts";

/** Confidence levels of the intervals that an analysis asks for; reports those that are none. */
export function intervalsOf(declaration: Declaration, site: Site): readonly number[] {
  const expr = field(declaration, "interval")?.assign?.value;
  const items = expr === undefined ? [] : expr.kind === "sequence" ? expr.items : [expr];
  return items.flatMap((item, at) => {
    if (isInSigmas(item)) return levelInSigmas(item, site);
    const value = elaborateQuantity(item, site);
    const level = value === undefined ? undefined : numberOf(value, item, site);
    if (level === undefined) return [];
    if (level > 0 && level < 1) return [level];
    const parameters = { field: "interval", range: "0 .. 100%", found: String(level) };
    const help = level > 1 && level < 100 ? inPercent(item, level, items[at + 1]) : {};
    site.context.report(diagnostic("SV1401", item.span, parameters, help));
    return [];
  });
}

/** For `95`, and for `95,45%` with a comma where a decimal point is meant. */
function inPercent(item: Expr, level: number, next: Expr | undefined): Extra {
  const percent = insertion(item.span, "%");
  const touches = item.kind === "number" && next?.kind === "number" && item.span.end + 1 === next.span.start;
  const whole = touches && next.percent ? `${item.text}.${next.text}` : "";
  if (!/^\d+\.\d+$/.test(whole)) return { help: `write \`${level}%\``, fixes: [percent] };
  const joined = replacement({ ...item.span, end: next?.span.end ?? item.span.end }, `${whole}%`);
  return { help: `write \`${whole}%\`, or \`${level}%\` for a level of its own`, fixes: [joined, percent] };
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
