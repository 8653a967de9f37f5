/** What the table of messages holds for one code. */

/** An error stops the compilation; a warning (a lint) can be allowed on a line with a reason. */
export type Severity = "error" | "warning";

export interface Definition {
  readonly severity: Severity;
  /** Kebab case; the name by which a lint is allowed. */
  readonly name: string;
  /** One sentence, lower case, no full stop, with `{named}` parameters. */
  readonly message: string;
  /** What would mend it, with the same kind of parameters; an editor offers to do it. */
  readonly help?: string;
  /** What is to be known to mend it, with the same kind of parameters, where no change of the text follows from it. */
  readonly note?: string;
  readonly page: Page;
}

/** The page of `sevens explain CODE`. */
export interface Page {
  /** Cause and cure, in one to four sentences. */
  readonly why: string;
  readonly wrong: string;
  readonly right: string;
}

/** The codes of one group: all begin with the same four characters, so that no two files can share a code. */
export type Group<Prefix extends string> = Readonly<Record<`${Prefix}${number}`, Definition>>;
