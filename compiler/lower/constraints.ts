/** External measurements in an analysis: Gaussian constraints of expressions of its parameters. */
import { printExpr, visitExpr } from "../../grammar/index.ts";
import type { Path, Statement } from "../../grammar/syntax.ts";
import { elaborateQuantity, type Site } from "../elaborate/expression.ts";
import { formula } from "../elaborate/functions.ts";
import { centerOf, numberOf, sigmaOf, unitOf } from "../elaborate/parameters.ts";
import { type Declaration, fieldsOf, labelOf } from "../model/model.ts";
import type { Node } from "../rate/node.ts";
import { exactMeasurement } from "./parameter-findings.ts";

/** Numbers are in internal units. */
export interface ConstraintForm {
  readonly name: string;
  readonly node: Node;
  /** What is measured, as the spec writes it. */
  readonly formula: string;
  /** All names in it. */
  readonly names: ReadonlySet<string>;
  readonly mean: number;
  readonly sigma: number;
  /** The unit that the spec writes the measurement in, and its internal value. */
  readonly unit: string;
  readonly factor: number;
}

/** The constraints of an analysis; what is wrong with them is reported. */
export function constraintsOf(declaration: Declaration, site: Site): readonly ConstraintForm[] {
  return fieldsOf(declaration, "constraint").flatMap((statement) => {
    const inner = statement.block?.statements ?? [];
    const value = inner.find((one) => one.keyword.text === "value");
    const field = inner.find((one) => one.keyword.text === "measured");
    const measured = field?.assign?.value;
    const expected = measured === undefined ? undefined : elaborateQuantity(centerOf(measured), site);
    if (value === undefined || field === undefined || measured === undefined || expected === undefined)
      return [];
    const node = formula(value, "value", expected.dimension, site)?.node;
    const mean = numberOf(expected, measured, site);
    if (measured.kind !== "uncertain") {
      site.context.report(exactMeasurement(statement, measured));
      return [];
    }
    const error = elaborateQuantity(measured.error, site);
    if (node === undefined || mean === undefined || error === undefined) return [];
    const name = labelOf(statement);
    const sigma = sigmaOf(name, measured, mean, expected, error, site);
    if (sigma === undefined) return [];
    const { text: unit, factor } = unitOf(field, expected.dimension);
    return [{ name, node, ...writtenAs(value), mean, sigma, unit, factor }];
  });
}

function writtenAs({ assign }: Statement): Pick<ConstraintForm, "formula" | "names"> {
  const names = new Set<string>();
  if (assign === undefined) return { formula: "", names };
  visitExpr(assign.value, (expr) => {
    if (expr.kind === "path") names.add(pathText(expr));
    if (expr.kind === "call") names.add(pathText(expr.callee));
    return true;
  });
  return { formula: printExpr(assign.value), names };
}

const pathText = ({ parts }: Path): string => parts.map(({ text }) => text).join(".");
