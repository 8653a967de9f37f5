import type { Span } from "../../grammar/syntax.ts";
import { diagnostic, didYouMean, replacement } from "../diagnostics/index.ts";
import type { Checking } from "./checking.ts";

/** Reports a name that its owner has not got, with the nearest that it has, or all of them. */
export function reportMember(
  checking: Checking,
  span: Span,
  owner: string,
  name: string,
  known: readonly string[],
): void {
  const extra = didYouMean(span, name, known);
  const all =
    known.length === 0
      ? {}
      : {
          help: `there is ${known.map((one) => `\`${one}\``).join(", ")}`,
          fixes: known.map((one) => replacement(span, one)),
        };
  checking.report(diagnostic("SV1111", span, { owner, name }, { ...all, ...extra }));
}
