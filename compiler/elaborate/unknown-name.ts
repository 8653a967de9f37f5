/** A name that means nothing where it stands, and what may have been meant. */
import { replacement } from "../../grammar/fixes.ts";
import type { Span } from "../../grammar/syntax.ts";
import { diagnostic, type Extra } from "../diagnostics/diagnostic.ts";
import { didYouMean, didYouMeanUnit } from "../diagnostics/suggest.ts";
import type { Site } from "./expression.ts";
import type { Scope } from "./value.ts";

export function reportUnknown(text: string, span: Span, { context, scope }: Site): void {
  const byName = didYouMean(span, text, scope.names());
  const short = text.includes(".") ? withoutOwner(span, text, scope) : undefined;
  const extra = byName.help === undefined ? (short ?? unitOrNothing(span, text)) : byName;
  context.report(diagnostic("SV1101", span, { name: text }, extra));
}

/** A single letter is a variable more often than a unit. */
const unitOrNothing = (span: Span, text: string): Extra =>
  text.length > 1 ? didYouMeanUnit(span, text) : {};

/** A parameter is known by its owner in analyses alone; in the owner itself it goes by its own name. */
function withoutOwner(span: Span, text: string, scope: Scope): Extra {
  const own = text.slice(text.lastIndexOf(".") + 1);
  if (scope.find(own) !== undefined)
    return { help: `did you mean \`${own}\`?`, fixes: [replacement(span, own)] };
  const near = didYouMean(span, own, scope.names());
  if (near.help !== undefined) return near;
  return { notes: ["formulas of an analysis read parameters of other declarations, no others do"] };
}
