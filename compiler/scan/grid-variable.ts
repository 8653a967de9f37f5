/** Grids of variables that no spec declares: their units are those of the values. */
import { parseExpression } from "../../grammar/index.ts";
import type { Expr, NumberExpr } from "../../grammar/syntax.ts";
import { diagnostic } from "../diagnostics/index.ts";
import type { Model } from "../model/model.ts";
import { none, readQuantity } from "../units/index.ts";
import type { GridParameter } from "./grid-parameter.ts";
import { type GridText, partsOf, type ReadGrid, readGrids } from "./grid-text.ts";

/** A variable of formulas, and the unit that its values are in. */
export type GridVariable = GridParameter["parameter"];

export interface ReadVariables extends ReadGrid {
  /** One per axis. */
  readonly variables: readonly GridVariable[];
}

/** The axes that the texts ask for, of variables in the units that their last value is written in. */
export function readVariables(texts: readonly GridText[], model: Model): ReadVariables {
  const found = texts.map((text) => variableIn(text));
  const known = found.flatMap((variable): GridParameter[] =>
    variable === undefined
      ? []
      : [
          {
            name: variable.name,
            range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
            log: false,
            parameter: variable,
          },
        ],
  );
  const wrong = texts.filter((_, i) => found[i] === undefined);
  if (wrong.length > 0) {
    const problem = "this is no grid of a variable: write it as `q in 1 MeV .. 100 MeV log 50 points`";
    const diagnostics = wrong.map(({ span }) => diagnostic("SV1901", span, { problem }));
    return { axes: [], variables: [], diagnostics };
  }
  const { axes, diagnostics } = readGrids(texts, model, known);
  return { axes, diagnostics, variables: known.map(({ parameter }) => parameter) };
}

function variableIn({ text }: GridText): GridVariable | undefined {
  const parts = partsOf(text);
  if (parts === undefined || parts.relation === undefined || !/^[A-Za-z_]\w*$/.test(parts.name))
    return undefined;
  const list = parts.relation === "=" && !parts.values.trimStart().startsWith("[");
  const { expr, problems } = parseExpression(list ? `[${parts.values}]` : parts.values, "");
  // What does not parse is reported by the reader of the grid.
  const unit = problems.length > 0 ? undefined : unitOf(expr);
  const { name } = parts;
  const written = unit === undefined ? "" : unit.name.text + (unit.power === 1 ? "" : `^${unit.power}`);
  const read =
    unit === undefined
      ? undefined
      : readQuantity({ text: "1", unit: { name: unit.name.text, power: unit.power } });
  if (read === undefined || typeof read === "string") {
    return { name, owner: "", dimension: none, unit: "", factor: 1 };
  }
  return { name, owner: "", dimension: read.dimension, unit: written, factor: read.internal };
}

/** The unit of the last value that has one. */
function unitOf(expr: Expr): NumberExpr["unit"] {
  switch (expr.kind) {
    case "number":
      return expr.unit;
    case "unary":
      return unitOf(expr.operand);
    case "range":
      return unitOf(expr.high) ?? unitOf(expr.low);
    case "list":
      return (
        expr.unit ?? expr.items.reduce<NumberExpr["unit"]>((unit, item) => unitOf(item) ?? unit, undefined)
      );
    default:
      return undefined;
  }
}
