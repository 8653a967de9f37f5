import { diagnostic } from "../diagnostics/index.ts";
import type { Checking } from "./checking.ts";

/** A file says in which version of the language it is written, so that it means the same in ten years. */
export function headLine({ tree, report }: Checking): void {
  if (tree === undefined || tree.version !== undefined) return;
  const first = [...tree.uses, ...tree.statements.map(({ keyword }) => keyword)]
    .map(({ span }) => span)
    .sort((a, b) => a.start - b.start)[0];
  if (first === undefined) return;
  const at = { file: tree.file, start: 0, end: 0 };
  const fixes = [{ title: "add the head line", edits: [{ span: at, text: "sevens 1\n" }], safe: true }];
  report(diagnostic("SV1011", first, {}, { fixes }));
}
