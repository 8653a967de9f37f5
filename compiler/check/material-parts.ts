import type { Expr, MapExpr } from "../../grammar/syntax.ts";
import { changes, diagnostic, unsigned } from "../diagnostics/index.ts";
import { elaborateQuantity } from "../elaborate/expression.ts";
import { checkDimension } from "../elaborate/functions.ts";
import { type Declaration, field } from "../model/model.ts";
import { none } from "../units/index.ts";
import { type Checking, declarationsOf, nameSpan, shown } from "./checking.ts";

/** How far the fractions of a mixture may be from one: abundances are rounded. */
const tolerance = 1e-3;

/**
 * A material is made of positive numbers of its parts, never of itself, and the fractions of a mixture add up to 1:
 * a forgotten isotope would silently change every count.
 */
export function materialParts(checking: Checking): void {
  for (const declaration of declarationsOf(checking, "material")) {
    checkCycle(checking, declaration, [declaration]);
    const mixture = field(declaration, "mixture")?.assign?.value;
    if (mixture?.kind === "map") checkSum(checking, declaration, mixture);
    const parts = declaration.statement.assign?.value;
    if (parts?.kind === "map") readParts(checking, parts);
  }
}

function checkCycle(checking: Checking, from: Declaration, path: readonly Declaration[]): void {
  const expr: Expr | undefined = from.statement.assign?.value ?? field(from, "mixture")?.assign?.value;
  if (expr?.kind !== "map") return;
  for (const { key } of expr.entries) {
    const part = checking.model.byName.get(key.text);
    if (part?.kind !== "material") continue;
    if (!path.includes(part)) checkCycle(checking, part, [...path, part]);
    else if (part === path[0] && isFirst(checking, path)) {
      const cycle = [...path, part].map(({ name }) => name).join(" -> ");
      checking.report(diagnostic("SV1107", nameSpan(part), { name: part.name, cycle }));
    }
  }
}

/** A cycle is met from each of its members, and reported at the first. */
function isFirst({ model }: Checking, cycle: readonly Declaration[]): boolean {
  return model.declarations.find((one) => cycle.includes(one)) === cycle[0];
}

/** The numbers of a composition; undefined when one of them is in error. */
function readParts({ library, report }: Checking, map: MapExpr): readonly number[] | undefined {
  const site = library.site("strict");
  const numbers = map.entries.map(({ key, value }) => {
    const found = elaborateQuantity(value, site);
    const checked = found === undefined ? undefined : checkDimension(found, value, key.text, none, site);
    if (checked === undefined) return undefined;
    if (checked.node.op !== "number") {
      report(diagnostic("SV1211", value.span, { found: "a formula that is not constant" }));
      return undefined;
    }
    if (checked.node.value > 0) return checked.node.value;
    report(
      diagnostic(
        "SV1402",
        value.span,
        { field: key.text, found: shown(checked.node.value) },
        unsigned(value),
      ),
    );
    return undefined;
  });
  return numbers.every((one) => one !== undefined) ? numbers : undefined;
}

function checkSum(checking: Checking, { name }: Declaration, map: MapExpr): void {
  const fractions = readParts(checking, map);
  if (fractions === undefined) return;
  const sum = fractions.reduce((total, one) => total + one, 0);
  if (Math.abs(sum - 1) <= tolerance) return;
  const isotopes = map.entries.map(({ key }) => key.text).join(", ");
  const help =
    sum < 1
      ? `${shown((1 - sum) * 100, 3)}% are missing: are ${isotopes} all isotopes? For a chosen composition, scale them to 100%`
      : "scale them to 100%";
  const found = `${shown(sum * 100, 5)}%`;
  const edits = map.entries.map(({ value }, at) => ({
    span: value.span,
    text: `${shown(((fractions[at] ?? 0) / sum) * 100, 6)}%`,
  }));
  const extra = { help, fixes: [changes("scale them to 100%", ...edits)] };
  checking.report(diagnostic("SV1403", map.span, { owner: `\`${name}\``, sum: found }, extra));
}
