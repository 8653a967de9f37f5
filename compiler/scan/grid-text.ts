/** Grids as they are written on the command line: `M_Zp in 1 keV .. 1 TeV log 60 points`, `Rn = 4.5 fm, 5 fm`. */
import { parseExpression } from "../../grammar/index.ts";
import type { Expr, RangeExpr, Span } from "../../grammar/syntax.ts";
import { pointCount, type ScanAxis, spacedValues } from "../../runtime/scan-grid.ts";
import { type Diagnostic, diagnostic, fromSyntax, hasErrors } from "../diagnostics/index.ts";
import { budgetOf } from "../elaborate/context.ts";
import { elaborateQuantity, type Site } from "../elaborate/expression.ts";
import { checkDimension } from "../elaborate/functions.ts";
import { Library } from "../elaborate/library.ts";
import { numberOf } from "../elaborate/parameters.ts";
import { inUnit } from "../emit/view.ts";
import type { Model } from "../model/model.ts";
import { Graph } from "../rate/graph.ts";
import { type GridParameter, parameterNamed } from "./grid-parameter.ts";

/** A grid in words, and where they stand. */
export interface GridText {
  readonly text: string;
  readonly span: Span;
}

export interface ReadGrid {
  readonly axes: readonly ScanAxis[];
  /** What is wrong; then the axes are not to be used. */
  readonly diagnostics: readonly Diagnostic[];
}

export const mostAxes = 3;
const mostPoints = 1_000_000;
const example = "`Rn in 4 fm .. 7 fm 41 points`";

/** The axes that the texts ask for; `known` are the parameters that the counts depend on. */
export function readGrids(
  texts: readonly GridText[],
  model: Model,
  known: readonly GridParameter[],
): ReadGrid {
  const diagnostics: Diagnostic[] = [];
  const report = (one: Diagnostic): void => void diagnostics.push(one);
  const context = { graph: new Graph(), report, budget: budgetOf(100_000) };
  const site = new Library(model, context).site("strict");
  const axes = texts.flatMap((text) => {
    const axis = new GridReader(text, site, known).read();
    return axis === undefined ? [] : [axis];
  });
  if (!hasErrors(diagnostics)) checkTogether(axes, texts, report);
  return { axes, diagnostics };
}

function checkTogether(
  axes: readonly ScanAxis[],
  texts: readonly GridText[],
  report: (one: Diagnostic) => void,
): void {
  const refuse = (k: number, problem: string): void => {
    report(diagnostic("SV1901", texts[k]!.span, { problem }));
  };
  const names = axes.map(({ parameter }) => parameter);
  names.forEach((name, k) => {
    if (names.indexOf(name) < k) refuse(k, `\`${name}\` is in the grid twice`);
  });
  const count = pointCount(axes);
  if (count > mostPoints) refuse(axes.length - 1, `the grid has ${count} points, ${mostPoints} at most`);
}

/** The parts of a text: what is before and behind the values. */
const formOfGrid =
  /^\s*(?<name>[A-Za-z_][\w.]*(?:\s*\[[^\]]*\])?)\s*(?<relation>=|in\b)?(?<values>.*?)(?<scale>\b(?:log|linear)\b)?\s*(?:(?<count>\S+)\s+points?)?\s*$/s;

/** The parts of a grid in words. */
export interface Parts {
  readonly name: string;
  readonly relation: string | undefined;
  readonly values: string;
  /** Where the values begin in the text. */
  readonly offset: number;
  readonly scale: string | undefined;
  readonly count: string | undefined;
}

/** Undefined when the text is no grid. */
export function partsOf(text: string): Parts | undefined {
  const match = formOfGrid.exec(text);
  const { name, relation, values = "", scale, count } = match?.groups ?? {};
  if (match === null || name === undefined) return undefined;
  const offset = text.indexOf(name) + name.length;
  const behind = relation === undefined ? offset : text.indexOf(relation, offset) + relation.length;
  return { name: name.replace(/\s/g, ""), relation, values, offset: behind, scale, count };
}

class GridReader {
  readonly #text: GridText;
  readonly #site: Site;
  readonly #known: readonly GridParameter[];

  constructor(text: GridText, site: Site, known: readonly GridParameter[]) {
    this.#text = text;
    this.#site = site;
    this.#known = known;
  }

  /** Undefined after a report. */
  read(): ScanAxis | undefined {
    const parts = partsOf(this.#text.text);
    if (parts === undefined) return this.#refuse(`this is no grid: write it as ${example}`);
    const span = this.#spanOf(parts.name);
    const parameter = parameterNamed(parts.name, span, this.#known, this.#site.context.report);
    if (parameter === undefined) return undefined;
    const values = this.#values(parts, parameter);
    return values === undefined ? undefined : this.#axis(parameter, values);
  }

  #values(parts: Parts, parameter: GridParameter): readonly number[] | undefined {
    const { relation, values, scale, count } = parts;
    if (relation === undefined && values.trim() === "") {
      const [low, high] = parameter.range;
      if (Number.isFinite(high - low)) return this.#spaced(parts, parameter, low, high);
      return this.#refuse(`\`${parameter.name}\` has no range in the spec: write it as ${example}`);
    }
    if (relation === undefined) return this.#refuse(`this is no grid: write it as ${example}`);
    const expr = this.#parse(parts);
    if (expr === undefined) return undefined;
    if (relation === "=") {
      if (scale === undefined && count === undefined) return this.#list(expr, parameter);
      return this.#refuse("a list of values has neither a scale nor a number of points");
    }
    if (expr.kind !== "range") return this.#refuse(`\`in\` wants a range, as in ${example}`);
    if (expr.step === undefined) {
      const ends = this.#ends(expr, parameter);
      return ends === undefined ? undefined : this.#spaced(parts, parameter, ...ends);
    }
    if (scale === undefined && count === undefined) return this.#stepped(expr, parameter);
    return this.#refuse("a range with a step has neither a scale nor a number of points");
  }

  /** The values as an expression, its places those in the source of the text. */
  #parse({ relation, values, offset }: Parts): Expr | undefined {
    const { span } = this.#text;
    const listed = relation === "=" && !values.trimStart().startsWith("[");
    const start = span.start + offset;
    const text = listed ? `${" ".repeat(Math.max(0, start - 1))}[${values}]` : " ".repeat(start) + values;
    const { expr, problems } = parseExpression(text, span.file);
    for (const problem of problems) this.#site.context.report(fromSyntax(problem));
    return problems.length > 0 ? undefined : expr;
  }

  #ends(range: RangeExpr, parameter: GridParameter): readonly [number, number] | undefined {
    const low = this.#number(withUnitOf(range.low, range.high), parameter);
    const high = this.#number(range.high, parameter);
    if (low === undefined || high === undefined) return undefined;
    return high > low ? [low, high] : this.#refuse("the range ends before it begins");
  }

  #spaced(
    { scale, count }: Parts,
    parameter: GridParameter,
    low: number,
    high: number,
  ): readonly number[] | undefined {
    if (count === undefined) return this.#refuse(`how many points? Write it as ${example}`);
    const points = /^\d+$/.test(count) ? Number(count) : Number.NaN;
    if (Number.isNaN(points)) return this.#refuse(`\`${count}\` is not a number of points`);
    if (points < 2) {
      const single = `for a single value write \`${parameter.name} = …\``;
      return this.#refuse(`a range has at least two points, its ends; ${single}`);
    }
    if (points > mostPoints) return this.#refuse(`the grid has ${count} points, ${mostPoints} at most`);
    const log = scale === undefined ? parameter.log && low > 0 : scale === "log";
    if (log && !(low > 0)) return this.#refuse("on a logarithmic scale the range begins above 0");
    const { factor } = parameter.parameter;
    return spacedValues(inUnit(low, factor), inUnit(high, factor), points, log);
  }

  #stepped(range: RangeExpr, parameter: GridParameter): readonly number[] | undefined {
    const ends = this.#ends(range, parameter);
    const step =
      range.step === undefined ? undefined : this.#number(withUnitOf(range.step, range.high), parameter);
    if (ends === undefined || step === undefined) return undefined;
    if (!(step > 0)) return this.#refuse("the step is not positive");
    const { factor } = parameter.parameter;
    const [low, high, width] = [ends[0], ends[1], step].map((value) => inUnit(value, factor));
    const steps = (high! - low!) / width!;
    if (steps > mostPoints) return this.#refuse(`the grid has more than ${mostPoints} points`);
    const last = Math.floor(steps * (1 + 1e-12) + 1e-9);
    return Array.from({ length: last + 1 }, (_, i) =>
      i === last && Math.abs(steps - last) < 1e-9 ? high! : Number((low! + i * width!).toPrecision(14)),
    );
  }

  #list(expr: Expr, parameter: GridParameter): readonly number[] | undefined {
    const items = expr.kind === "list" ? expr.items : [expr];
    const unit = expr.kind === "list" ? expr : undefined;
    const values = items.flatMap((item): readonly (number | undefined)[] => {
      if (item.kind === "range" && item.step !== undefined)
        return this.#stepped(item, parameter) ?? [undefined];
      const number = this.#number(unit === undefined ? item : withUnitOf(item, unit), parameter);
      return [number === undefined ? undefined : inUnit(number, parameter.parameter.factor)];
    });
    const known = values.filter((value) => value !== undefined);
    if (known.length < values.length) return undefined;
    if (known.length === 0) return this.#refuse(`\`${parameter.name}\` has no values`);
    if (known.every((value, i) => i === 0 || value > known[i - 1]!)) return known;
    return this.#refuse("the values do not increase");
  }

  /** In internal units. */
  #number(expr: Expr, parameter: GridParameter): number | undefined {
    const value = elaborateQuantity(expr, this.#site);
    const { dimension } = parameter.parameter;
    const checked =
      value === undefined ? undefined : checkDimension(value, expr, parameter.name, dimension, this.#site);
    return checked === undefined ? undefined : numberOf(checked, expr, this.#site);
  }

  #axis(parameter: GridParameter, values: readonly number[]): ScanAxis | undefined {
    const { factor, unit } = parameter.parameter;
    const [low = 0, high = 0] = parameter.range.map((end) => inUnit(end, factor));
    const outside = values.find((value) => !(value >= low && value <= high));
    if (outside === undefined) return { parameter: parameter.name, values };
    const shown = (value: number): string => (unit === "" ? `${value}` : `${value} ${unit}`);
    const range = `${shown(low)} .. ${shown(high)}`;
    return this.#refuse(`${shown(outside)} is beyond the range of \`${parameter.name}\`, ${range}`);
  }

  #spanOf(part: string): Span {
    const { text, span } = this.#text;
    const at = text.indexOf(part);
    if (at < 0) return span;
    return { file: span.file, start: span.start + at, end: span.start + at + part.length };
  }

  #refuse(problem: string): undefined {
    this.#site.context.report(diagnostic("SV1901", this.#text.span, { problem }));
    return undefined;
  }
}

/** A plain number with the unit of another expression. */
function withUnitOf(expr: Expr, other: Expr): Expr {
  if (expr.kind === "unary") return { ...expr, operand: withUnitOf(expr.operand, other) };
  if (other.kind === "unary") return withUnitOf(expr, other.operand);
  if (expr.kind !== "number" || expr.unit !== undefined) return expr;
  const unit = other.kind === "number" || other.kind === "list" ? other.unit : undefined;
  return unit === undefined ? expr : { ...expr, unit };
}
