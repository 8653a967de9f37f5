/** What a line of the table of functions says; the table is `signatures.ts`. */

/** "1", or a power of the dimension variable D. */
export type Dimension = "1" | "D" | "D^2" | "1/D";

export interface SignatureArgument {
  readonly name: string;
  readonly dim: Dimension;
  readonly doc?: string;
}

export interface Signature {
  readonly name: string;
  readonly args: readonly SignatureArgument[];
  readonly result: Dimension;
  /** One phrase with the formula. */
  readonly doc: string;
  /** Where the formula comes from, as a citation key. */
  readonly cite?: string;
  /** Condition on the arguments that a caller has to keep, for a finite value; none when absent. */
  readonly domain?: string;
  /** Partial derivatives, one per argument. Absent: the function cannot be differentiated. */
  readonly derivatives?: readonly string[];
  /** The function in terms of simpler ones, so that a compiler can hoist what does not change in a loop. */
  readonly expand?: string;
  /** How generated code calls it: a member of `Math`, or the name of an export of the runtime. */
  readonly javascript: string;
}
