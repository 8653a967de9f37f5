/** Tables of counts by bin and sample, as `sevens export` writes them: CSV, JSON, Parquet. */
import { type Exported, provenanceOf } from "../exchange/provenance.ts";
import { tableFidelity } from "../exchange/table-fidelity.ts";
import { type Column, countTables, longTable } from "../exchange/tables.ts";
import type { Files, Request } from "./export-binned.ts";
import { printCsv, printJson } from "./output.ts";

function exportedAs(format: string, { units }: Request): readonly Exported[] {
  return units.map(({ model }) => ({
    analysis: model.name,
    format,
    values: model.values,
    fidelity: tableFidelity(model),
  }));
}

const tablesOf = ({ units }: Request) => units.flatMap(({ model }) => countTables(model));

/** A long table; its provenance goes beside it. */
export function csvFiles(request: Request): Files {
  const columns = longTable(tablesOf(request));
  const rows = Array.from({ length: columns[0]?.values.length ?? 0 }, (_, row) =>
    columns.map(({ values }: Column) => values[row] ?? ""),
  );
  const result = printCsv([columns.map(({ name }) => name), ...rows]);
  return { result, beside: [], exported: exportedAs("CSV", request) };
}

/** The tables with their axes, and the provenance. */
export function jsonFiles(request: Request): Files {
  const exported = exportedAs("JSON", request);
  const provenance = provenanceOf(request.origin, exported);
  const result = printJson({ experiments: tablesOf(request), provenance });
  return { result, beside: [], exported, isComplete: true };
}

/** The long table, the provenance in its metadata. */
export async function parquetFiles(request: Request): Promise<Files> {
  const { parquetFile } = await import("../exchange/parquet.ts");
  const exported = exportedAs("Parquet", request);
  const provenance = JSON.stringify(provenanceOf(request.origin, exported));
  const result = parquetFile(longTable(tablesOf(request)), { sevens: provenance });
  return { result, beside: [], exported, isComplete: true };
}
