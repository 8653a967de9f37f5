/** Tables as Apache Parquet, with key-value metadata. */
import { parquetWriteBuffer } from "hyparquet-writer";
import type { Column } from "./tables.ts";

const types = { text: "STRING", integer: "INT32", number: "DOUBLE" } as const;

/** The bytes of a file with these columns, and texts by key. */
export function parquetFile(
  columns: readonly Column[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const buffer = parquetWriteBuffer({
    columnData: columns.map(({ name, type, values }) => ({
      name,
      data: [...values],
      type: types[type],
      nullable: values.some((value) => value === null),
    })),
    createdBy: "sevens",
    kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  });
  return new Uint8Array(buffer);
}
