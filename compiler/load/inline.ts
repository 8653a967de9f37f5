/** Files of numbers become part of the declaration that names them. */
import type { Statement } from "../../grammar/syntax.ts";
import type { Diagnostic } from "../diagnostics/index.ts";
import type { KindName } from "../model/model.ts";
import type { Reader } from "./data-file.ts";
import { inlineData } from "./inline-data.ts";
import { inlineTable } from "./inline-table.ts";

export interface Inlined {
  readonly statement: Statement;
  readonly diagnostics: readonly Diagnostic[];
  /** What could not be had: the declaration is incomplete. */
  readonly failed?: string;
}

export function inlineFiles(statement: Statement, kind: KindName, name: string, reader: Reader): Inlined {
  if (kind === "table") return inlineTable(statement, reader);
  if (kind === "experiment") return inlineData(statement, name, reader);
  return { statement, diagnostics: [] };
}
