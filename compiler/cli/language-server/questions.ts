/** What the thread that checks specs is told and asked: all that needs more than syntax and names. */
import { NotificationType, type Range, RequestType } from "vscode-languageserver/node";
import type { Diagnostic } from "../../diagnostics/index.ts";
import type { Hint, Hover, Mend, Reach } from "../../service/index.ts";

/** A project: `project` is its folder on disk, `reach` says which specs there are its own. */
export interface In {
  readonly project: string;
  readonly reach: Reach;
}

/** A file of a project: `file` is the name in it. */
export interface At extends In {
  readonly file: string;
}

export interface AtOffset extends At {
  readonly offset: number;
}

/** The text of a file as the editor has it; without one the file is that on disk again. */
export const textIs = new NotificationType<At & { readonly text?: string }>("textIs");

/** Nothing more will be asked about a project. */
export const projectEnds = new NotificationType<In>("projectEnds");

/** Files on disk have changed. */
export const diskChanged = new NotificationType<void>("diskChanged");

/** Open files that are the file or read it. */
export const readersOf = new RequestType<At, readonly string[], void>("readersOf");

export const hoverAt = new RequestType<AtOffset, Hover | null, void>("hoverAt");

export const hintsOf = new RequestType<At, readonly Hint[], void>("hintsOf");

/** A place in any file as the protocol counts it: the thread has the text at hand, which the server would have to read. */
export interface Located {
  readonly file: string;
  readonly start: number;
  readonly range: Range;
}

/** What is wrong with a text, and the places that have to do with it. */
export interface Finding
  extends Located,
    Pick<Diagnostic, "code" | "severity" | "message" | "help" | "notes"> {
  readonly labels: readonly (Located & { readonly text: string })[];
}

export const diagnosticsOf = new RequestType<At, readonly Finding[], void>("diagnosticsOf");

export const referencesTo = new RequestType<AtOffset, readonly Located[], void>("referencesTo");

export interface FoundSymbol extends Located {
  readonly name: string;
  readonly keyword: string;
}

export const symbolsOf = new RequestType<In & { readonly query: string }, readonly FoundSymbol[], void>(
  "symbolsOf",
);

/** A change of a text, whose place is one of the text that the thread has. */
export interface LocatedEdit {
  readonly file: string;
  readonly range: Range;
  readonly text: string;
}

export type FoundMend = Omit<Mend, "edits"> & {
  readonly edits: readonly LocatedEdit[];
  readonly of: Finding;
};

export const mendsFor = new RequestType<
  At & { readonly start: number; readonly end: number },
  readonly FoundMend[],
  void
>("mendsFor");

export type LocatedRenaming = { readonly edits: readonly LocatedEdit[] } | { readonly refused: string };

export const renameAt = new RequestType<AtOffset & { readonly name: string }, LocatedRenaming, void>(
  "renameAt",
);
