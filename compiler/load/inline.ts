/** Files of numbers become part of the declaration that names them. */
import type { Statement } from "../../grammar/syntax.ts";
import type { Diagnostic } from "../diagnostics/index.ts";
import type { KindName } from "../model/model.ts";
import type { Reader } from "./data-file.ts";
import { inlineData } from "./inline-data.ts";
import { inlineTable } from "./inline-table.ts";
import { withinLimits } from "./limits.ts";

export interface Inlined {
  readonly statement: Statement;
  readonly diagnostics: readonly Diagnostic[];
  /** What could not be had: the declaration is incomplete. */
  readonly failed?: string;
}

export function inlineFiles(written: Statement, kind: KindName, name: string, reader: Reader): Inlined {
  const { statement, diagnostics } = withinLimits(written, kind);
  const inlined = inlineOf(statement, kind, name, reader);
  if (diagnostics.length === 0) return inlined;
  return { failed: "limits", ...inlined, diagnostics: [...diagnostics, ...inlined.diagnostics] };
}

function inlineOf(statement: Statement, kind: KindName, name: string, reader: Reader): Inlined {
  if (kind === "table") return inlineTable(statement, reader);
  if (kind === "experiment") return inlineData(statement, name, reader);
  return { statement, diagnostics: [] };
}
