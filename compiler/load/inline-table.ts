/** `file` and `columns` of a table become its `points`. */
import type { Expr, Path, Span, Statement, StringExpr } from "../../grammar/syntax.ts";
import { type Diagnostic, diagnostic } from "../diagnostics/index.ts";
import type { Csv } from "./csv.ts";
import { cellAt, columnOf, listOf, numberOf, type Reader, readDataFile } from "./data-file.ts";
import type { Inlined } from "./inline.ts";
import { itemsOf, spelled } from "./shape-value.ts";

export function inlineTable(table: Statement, reader: Reader): Inlined {
  const statements = table.block?.statements ?? [];
  const fieldValue = (keyword: string): { statement: Statement; value: Expr } | undefined => {
    const statement = statements.find((one) => one.keyword.text === keyword);
    const value = statement?.assign?.value;
    return statement === undefined || value === undefined ? undefined : { statement, value };
  };
  const [file, columns] = [fieldValue("file"), fieldValue("columns")];
  if (file?.value.kind !== "string" || columns === undefined) return { statement: table, diagnostics: [] };
  const interpolation = fieldValue("interpolation")?.value;
  const histogram = interpolation?.kind === "path" && spelled(interpolation) === "histogram";
  const points = readPoints(file.value, columns.value, histogram, reader);
  if (!("kind" in points)) return { statement: table, diagnostics: points, failed: "file" };
  const { statement: given } = file;
  const inlined: Statement = {
    ...given,
    keyword: { ...given.keyword, text: "points" },
    assign: { operator: "=", value: points },
    cites: [...given.cites, ...columns.statement.cites],
  };
  const kept = statements.flatMap((one) =>
    one === given ? [inlined] : one === columns.statement ? [] : [one],
  );
  return {
    statement: table.block === undefined ? table : { ...table, block: { ...table.block, statements: kept } },
    diagnostics: [],
  };
}

function readPoints(
  name: StringExpr,
  columns: Expr,
  histogram: boolean,
  reader: Reader,
): Expr | readonly Diagnostic[] {
  const wanted = itemsOf(columns).flatMap(columnName);
  if (wanted.length !== (histogram ? 3 : 2)) {
    const form = histogram ? "columns = lo, hi, value" : "columns = x, y";
    return [diagnostic("SV1306", columns.span, { keyword: "columns", form })];
  }
  const csv = readDataFile(name, reader);
  if ("code" in csv) return [csv];
  const found = wanted.map(({ text, span }) => columnOf(csv, text, span, name));
  const wrong = found.filter((one) => typeof one !== "number");
  if (wrong.length > 0) return wrong;
  const places = found.filter((one) => typeof one === "number");
  const fall = unsorted(csv, places[0] ?? 0, wanted[0]?.text ?? "", name);
  if (fall !== undefined) return [fall];
  const rows = csv.rows.map((row) => {
    const cells = places.map((at) => cellAt(row, at));
    const span: Span = { file: csv.path, start: cells[0]?.span.start ?? 0, end: cells.at(-1)?.span.end ?? 0 };
    return listOf(cells.map(numberOf), span);
  });
  return listOf(rows, name.span);
}

function columnName(expr: Expr): readonly { text: string; span: Span }[] {
  if (expr.kind === "string") return [{ text: expr.value, span: expr.span }];
  if (expr.kind !== "path") return [];
  const path: Path = expr;
  return [{ text: spelled(path), span: path.span }];
}

/** The first column rises from row to row. */
function unsorted(csv: Csv, at: number, column: string, name: StringExpr): Diagnostic | undefined {
  let previous = Number.NEGATIVE_INFINITY;
  for (const row of csv.rows) {
    const { text, span } = cellAt(row, at);
    if (Number(text) <= previous) {
      const labels = [{ span: name.span, text: "read from here" }];
      return diagnostic("SV1705", span, { column, path: name.value, line: row.line }, { labels });
    }
    previous = Number(text);
  }
  return undefined;
}
