import type { Edit, Expr, Fix, ListExpr, Path, RangeExpr, Span, Statement } from "../../grammar/syntax.ts";
import { behind, changes, diagnostic, insertion, replacement } from "../diagnostics/index.ts";
import { typeDimension } from "../elaborate/functions.ts";
import { labelOf } from "../lower/experiment.ts";
import { listNumbers } from "../lower/lists.ts";
import { type Declaration, field, fieldsOf } from "../model/model.ts";
import { base, describe, isNone, parseUnitText } from "../units/index.ts";
import { type Checking, declarationsOf, shown } from "./checking.ts";
import { reportMember } from "./members.ts";

/**
 * Bins are over observables that the detector has, with edges in their unit: a misspelt name would drop an axis, and
 * a wrong unit move every bin.
 */
export function experimentBins(checking: Checking): void {
  for (const experiment of declarationsOf(checking, "experiment")) {
    const detector = checking.model.byName.get(labelOf(field(experiment, "detector")));
    if (detector?.kind === "detector") checkBins(checking, experiment, detector);
    const shapes = ["background", "signal", "systematic"]
      .flatMap((keyword) => fieldsOf(experiment, keyword))
      .flatMap(({ block }) => block?.statements ?? []);
    for (const { assign } of [
      ...fieldsOf(experiment, "data"),
      ...fieldsOf(experiment, "errors"),
      ...shapes,
    ]) {
      checkItems(checking, assign?.value);
    }
  }
}

function checkBins(checking: Checking, experiment: Declaration, detector: Declaration): void {
  const observables = fieldsOf(detector, "observable");
  for (const bins of fieldsOf(experiment, "bins")) {
    const name = labelOf(bins);
    const observable = observables.find((one) => labelOf(one) === name);
    if (observable !== undefined) checkUnit(checking, bins, observable);
    else if (detector.incomplete !== true) {
      const span = bins.label?.span ?? bins.span;
      reportMember(checking, span, `detector ${detector.name}`, name, observables.map(labelOf));
    }
    checkItems(checking, bins.assign?.value);
  }
}

/** Edges carry the unit of the observable, in which the bins are counted; it is never guessed. */
function checkUnit(checking: Checking, bins: Statement, observable: Statement): void {
  const { library, report } = checking;
  const expr = bins.assign?.value;
  const expected =
    observable.type === undefined ? undefined : typeDimension(observable.type, library.site("strict"));
  if (expr?.kind !== "list" || expected === undefined) return;
  const unit = expr.unit ?? literalUnits(expr)[0];
  const parsed = unit === undefined ? undefined : parseUnitText(unit.name.text);
  const labels = [
    { span: observable.type?.span ?? observable.span, text: `\`${labelOf(bins)}\` is declared here` },
  ];
  if (unit === undefined) {
    const example = `[…] ${observable.type?.kind === "path" ? labelOfPath(observable.type) : describe(expected)}`;
    if (isNone(expected)) return;
    const parameters = { field: labelOf(bins), expected: describe(expected), example };
    report(
      diagnostic("SV1204", expr.span, parameters, {
        labels,
        help: `write the unit behind the bracket: \`${example}\``,
        fixes: [insertion(expr.span, example.replace("[…]", ""))],
      }),
    );
  } else if (parsed === undefined || "problem" in parsed) {
    report(diagnostic("SV1205", unit.name.span, { unit: unit.name.text }));
  } else if (parsed.dimension !== expected) {
    const [found, due] = [describe(parsed.dimension), describe(expected)];
    const energies = [base.nr, base.ee];
    const mixed = energies.includes(parsed.dimension) && energies.includes(expected);
    const meant = observable.type?.kind === "path" ? labelOfPath(observable.type) : undefined;
    const help = meant === undefined ? {} : { help: `write the edges in ${meant}` };
    // Units at the items are more than one place.
    const fixes = meant === undefined || expr.unit === undefined ? [] : [replacement(unit.name.span, meant)];
    const extra = { labels, fixes, ...(fixes.length > 0 ? help : {}) };
    if (mixed) report(diagnostic("SV1206", unit.name.span, { found, expected: due }, extra));
    else report(diagnostic("SV1202", unit.name.span, { field: labelOf(bins), expected: due, found }, extra));
  }
}

const labelOfPath = ({ parts }: Path): string => parts.map(({ text }) => text).join(".");

type Unit = { readonly name: { readonly text: string; readonly span: Span }; readonly power: number };

/** Units written at the items of a list. */
function literalUnits(expr: Expr): readonly Unit[] {
  if (expr.kind === "number") return expr.unit === undefined ? [] : [expr.unit];
  if (expr.kind === "unary") return literalUnits(expr.operand);
  if (expr.kind === "range")
    return [expr.low, expr.high, ...(expr.step === undefined ? [] : [expr.step])].flatMap(literalUnits);
  return expr.kind === "list" ? expr.items.flatMap(literalUnits) : [];
}

/** Items are numbers as they stand, with one unit for all. */
function checkItems(checking: Checking, expr: Expr | undefined): void {
  const { report } = checking;
  if (expr?.kind !== "list") return;
  const wrong = expr.items.find((item) => !isLiteral(item));
  if (wrong !== undefined) report(diagnostic("SV1211", wrong.span, { found: "a formula" }));
  for (const item of expr.items) if (item.kind === "range") checkStep(checking, item);
  const units = [...(expr.unit === undefined ? [] : [expr.unit]), ...literalUnits(expr)];
  const [first] = units;
  const other = units.find(({ name }) => name.text !== first?.name.text);
  if (first === undefined || other === undefined) return;
  const labels = [{ span: first.name.span, text: "another unit" }];
  const fix = inOneUnit(expr, first);
  const parameters = { first: first.name.text, other: other.name.text };
  const help = `write the unit once, behind the bracket: \`[…] ${first.name.text}\``;
  const extra = fix === undefined ? {} : { help, notes: [], fixes: [fix] };
  report(diagnostic("SV1217", other.name.span, parameters, { labels, ...extra }));
}

/** The numbers of a list in the first of its units; undefined where its units are not of one kind. */
function inOneUnit(list: ListExpr, { name }: Unit): Fix | undefined {
  const to = parseUnitText(name.text);
  const numbers = list.items.flatMap((item) => (item.kind === "number" ? [item] : []));
  if ("problem" in to || numbers.length < list.items.length) return undefined;
  const edits: Edit[] = list.unit === undefined ? [behind(list.span, ` ${name.text}`)] : [];
  for (const { text, unit = list.unit, span } of numbers) {
    const from = unit === undefined ? to : parseUnitText(unit.name.text);
    if ("problem" in from || from.dimension !== to.dimension) return undefined;
    const value = Number(text) * (from.factorToInternal / to.factorToInternal);
    edits.push({ span, text: shown(value, 12) });
  }
  return changes(`write all of it in ${name.text}`, ...edits);
}

/** A range reaches its end in whole steps. */
function checkStep({ report }: Checking, range: RangeExpr): void {
  const [low, high] = [listNumbers(range.low)[0], listNumbers(range.high)[0]];
  const step = range.step === undefined ? undefined : listNumbers(range.step)[0];
  if (low === undefined || high === undefined || step === undefined) return;
  const count = (high - low) / step;
  if (count > 0 && Math.abs(count - Math.round(count)) < 1e-6) return;
  const parameters = { step: shown(step), range: `${shown(low)} .. ${shown(high)}` };
  report(diagnostic("SV1413", range.span, parameters));
}

function isLiteral(expr: Expr): boolean {
  if (expr.kind === "number" || expr.kind === "missing") return true;
  if (expr.kind === "unary") return isLiteral(expr.operand);
  return expr.kind === "range" && isLiteral(expr.low) && isLiteral(expr.high);
}
