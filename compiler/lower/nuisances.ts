/** Parameters that an experiment has by itself: shifts of its components, from errors of totals and systematics. */
import type { Expr, Statement } from "../../grammar/syntax.ts";
import { diagnostic } from "../diagnostics/diagnostic.ts";
import { removal, unsigned } from "../diagnostics/fix.ts";
import { elaborateQuantity, type Site } from "../elaborate/expression.ts";
import { checkDimension } from "../elaborate/functions.ts";
import type { ParameterValue } from "../elaborate/library.ts";
import { centerOf, numberOf, type Parameter, sigmaOf } from "../elaborate/parameters.ts";
import { type Declaration, fieldsOf, labelOf } from "../model/model.ts";
import type { Node } from "../rate/node.ts";
import { none } from "../units/index.ts";

/** Names of the signals of nuclei and electrons in tables and after `on`, where `signal` means both. */
export const signalName = "CEvNS";
export const signalNames: readonly string[] = [signalName, "EvES"];

/** Components behind the `on` of a systematic, under their own names; a shape that varies is that of one. */
export function targetsOf(statement: Statement): readonly string[] {
  const signals = variesShape(statement) ? [signalName] : signalNames;
  return writtenTargets(statement).flatMap((name) => (name === "signal" ? signals : [name]));
}

function writtenTargets(statement: Statement): readonly string[] {
  const clause = statement.clauses.find((one) => one.kind === "on");
  return (clause?.targets ?? []).map((target) => target.parts.map((part) => part.text).join("."));
}

/** A systematic with a block varies a shape; one with a value scales. */
export const variesShape = (statement: Statement): boolean => statement.block !== undefined;

/** One nuisance per systematic, and per background whose total has an error. */
export function experimentNuisances(declaration: Declaration, site: Site): readonly Parameter[] {
  const systematics = fieldsOf(declaration, "systematic").map((one) =>
    variesShape(one) ? shapeParameter(declaration, one) : systematicParameter(declaration, one, site),
  );
  const backgrounds = fieldsOf(declaration, "background").map((one) =>
    backgroundParameter(declaration, one, site),
  );
  return [...systematics, ...backgrounds].filter((one) => one !== undefined);
}

/** 1 + eta for every systematic that scales, by the component that it scales. */
export function systematicFactors(
  declaration: Declaration,
  site: Site,
  value: ParameterValue,
): ReadonlyMap<string, readonly Node[]> {
  const { graph } = site.context;
  const factors = new Map<string, Node[]>();
  for (const statement of fieldsOf(declaration, "systematic")) {
    if (variesShape(statement)) continue;
    const parameter = systematicParameter(declaration, statement, site);
    if (parameter === undefined) continue;
    const factor = graph.add(graph.number(1), value(parameter).node);
    for (const name of targetsOf(statement)) factors.set(name, [...(factors.get(name) ?? []), factor]);
  }
  return factors;
}

function nuisance(declaration: Declaration, statement: Statement, sigma: number, doc: string): Parameter {
  return {
    name: `${declaration.name}.${labelOf(statement)}`,
    owner: declaration.name,
    dimension: none,
    unit: "",
    factor: 1,
    value: 0,
    sigma,
    range: [-1, Number.POSITIVE_INFINITY],
    log: false,
    doc: statement.doc?.text ?? statement.note?.text ?? doc,
    statement,
  };
}

/** The shift of a shape in standard deviations: it may be as far as it likes. */
export function shapeParameter(declaration: Declaration, statement: Statement): Parameter {
  const doc = `variation of the shape of ${writtenTargets(statement).join(", ")} in standard deviations`;
  return {
    ...nuisance(declaration, statement, 1, doc),
    range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  };
}

function systematicParameter(
  declaration: Declaration,
  statement: Statement,
  site: Site,
): Parameter | undefined {
  const expr = statement.assign?.value;
  const value = expr === undefined ? undefined : elaborateQuantity(expr, site);
  if (expr === undefined || value === undefined) return undefined;
  if (checkDimension(value, expr, labelOf(statement), none, site) === undefined) return undefined;
  const sigma = numberOf(value, expr, site);
  if (sigma === undefined) return undefined;
  if (!(sigma > 0)) {
    const fixes = [removal(statement, "leave the systematic out")];
    const parameters = { field: labelOf(statement), found: String(sigma) };
    site.context.report(diagnostic("SV1412", expr.span, parameters, { fixes }));
    return undefined;
  }
  const doc = `relative shift of ${writtenTargets(statement).join(", ")}`;
  return nuisance(declaration, statement, sigma, doc);
}

/** Expected counts of a background: a formula, with the relative error of a number that has one. */
export interface Total {
  readonly node: Node;
  readonly relative: number | undefined;
}

const totalField = ({ block }: Statement): Expr | undefined =>
  block?.statements.find((one) => one.keyword.text === "total")?.assign?.value;

export function totalOf(statement: Statement, site: Site): Total | undefined {
  const expr = totalField(statement);
  const center = expr === undefined ? undefined : elaborateQuantity(centerOf(expr), site);
  if (expr === undefined || center === undefined) return undefined;
  if (checkDimension(center, expr, "total", none, site) === undefined) return undefined;
  if (expr.kind !== "uncertain" && center.node.op !== "number") {
    return { node: center.node, relative: undefined };
  }
  const value = numberOf(center, expr, site);
  if (value === undefined || isNegative(value, expr, site)) return undefined;
  if (expr.kind !== "uncertain") return { node: center.node, relative: undefined };
  const error = elaborateQuantity(expr.error, site);
  const sigma = error === undefined ? undefined : sigmaOf("total", expr, value, center, error, site);
  return sigma === undefined ? undefined : { node: center.node, relative: sigma / value };
}

function isNegative(value: number, expr: Expr, { context }: Site): boolean {
  if (value < 0) {
    const parameters = { field: "total", found: String(value) };
    context.report(diagnostic("SV1402", expr.span, parameters, unsigned(expr)));
  }
  return value < 0;
}

export function backgroundParameter(
  declaration: Declaration,
  statement: Statement,
  site: Site,
): Parameter | undefined {
  const expr = totalField(statement);
  const relative = expr?.kind === "uncertain" ? totalOf(statement, site)?.relative : undefined;
  if (relative === undefined) return undefined;
  return nuisance(declaration, statement, relative, `relative shift of ${labelOf(statement)}`);
}
