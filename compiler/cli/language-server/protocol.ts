/** Words of the protocol for those of the language service. */
import { CompletionItemKind, DiagnosticSeverity } from "vscode-languageserver/node";
import type { Diagnostic } from "../../diagnostics/index.ts";
import type { CompletionKind } from "../../service/index.ts";

export const completionKinds: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  keyword: CompletionItemKind.Keyword,
  field: CompletionItemKind.Property,
  word: CompletionItemKind.EnumMember,
  declaration: CompletionItemKind.Class,
  parameter: CompletionItemKind.Variable,
  function: CompletionItemKind.Function,
  unit: CompletionItemKind.Unit,
  module: CompletionItemKind.Module,
};

export const severities: Readonly<Record<Diagnostic["severity"], DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
};
