/** How much a spec may hold: what is beyond is refused with a diagnostic, before anything is made of it. */
import type { Block, Expr, Statement } from "../../grammar/syntax.ts";
import { type Diagnostic, diagnostic } from "../diagnostics/index.ts";
import type { KindName } from "../model/model.ts";

/** Numbers in one list, ranges filled in, and rows of a file. */
export const mostNumbers = 200_000;
/** Bins of one experiment, over all of its axes. */
export const mostBins = 100_000;

export interface Limited {
  readonly statement: Statement;
  readonly diagnostics: readonly Diagnostic[];
}

/** The declaration without the fields that hold too much. */
export function withinLimits(declaration: Statement, kind: KindName): Limited {
  const diagnostics: Diagnostic[] = [];
  const kept = declaration.block && blockWithin(declaration.block, diagnostics);
  const block = kept && kind === "experiment" ? binsWithin(kept, diagnostics) : kept;
  const statement = block === undefined ? declaration : { ...declaration, block };
  return { statement, diagnostics };
}

function blockWithin(block: Block, diagnostics: Diagnostic[]): Block {
  const statements = block.statements.flatMap((one): readonly Statement[] => {
    const value = one.assign?.value;
    const found = value === undefined ? 0 : numbersIn(value);
    if (value !== undefined && found > mostNumbers) {
      diagnostics.push(tooMany(one, `\`${one.keyword.text}\``, found, "numbers", mostNumbers));
      return [];
    }
    return [one.block === undefined ? one : { ...one, block: blockWithin(one.block, diagnostics) }];
  });
  return { ...block, statements };
}

function binsWithin(block: Block, diagnostics: Diagnostic[]): Block {
  const axes = block.statements.filter(({ keyword }) => keyword.text === "bins");
  const bins = axes.reduce((product, { assign }) => product * binsOf(assign?.value), 1);
  const [first] = axes;
  if (first === undefined || bins <= mostBins) return block;
  diagnostics.push(tooMany(first, "the experiment", bins, "bins", mostBins));
  return { ...block, statements: block.statements.filter((one) => !axes.includes(one)) };
}

const binsOf = (edges: Expr | undefined): number =>
  edges === undefined ? 1 : Math.max(1, numbersIn(edges) - 1);

function tooMany({ span, keyword }: Statement, what: string, found: number, items: string, most: number) {
  const shown = found > 1e15 ? found.toExponential(1) : `${found}`;
  const place = { ...span, start: keyword.span.start, end: keyword.span.end };
  return diagnostic("SV1422", place, { what, found: shown, items, most });
}

/** Numbers of a list, as many as its ranges make. */
function numbersIn(expr: Expr): number {
  if (expr.kind === "list") return expr.items.reduce((sum, item) => sum + numbersIn(item), 0);
  if (expr.kind !== "range" || expr.step === undefined) return 1;
  const [low, high, step] = [expr.low, expr.high, expr.step].map(literal);
  const count = ((high ?? 0) - (low ?? 0)) / (step ?? 1);
  // A step of nothing, or one in the other direction, is reported elsewhere.
  return count > 0 && (step ?? 0) > 0 ? Math.round(count) + 1 : 1;
}

function literal(expr: Expr): number {
  if (expr.kind === "number") return Number(expr.text);
  return expr.kind === "unary" && expr.operator === "-" ? -literal(expr.operand) : Number.NaN;
}
