/**
 * The abstract syntax of a Sevens file: one-to-one with the text, plain immutable data.
 *
 * The grammar knows no declaration kind. A file is a list of statements, and a statement has one general
 * shape (`keyword label[index](params): type = value clauses { block }`); which parts a given keyword may
 * have is said by the kind descriptions of the compiler.
 */

/** A half-open range of character offsets in one file. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** One change of a text. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
  /**
   * How it takes to the lines around it. `inside`: the span is a block, and the text a statement that comes in as its
   * last. `line`: the line goes with what the span holds, when nothing else is on it. `above`: the text is a line of its
   * own, over the one in which the span begins. Otherwise the text stands where the span was.
   */
  readonly place?: "inside" | "line" | "above";
}

/** A change of texts that would mend something. */
export interface Fix {
  /** What is done, as an order: "replace by `model`". */
  readonly title: string;
  readonly edits: readonly Edit[];
  /** True when the change cannot alter the meaning of a spec beyond mending it. */
  readonly safe: boolean;
}

export interface Name {
  readonly text: string;
  readonly span: Span;
}

/** `// …` or `/* … *​/`, kept for the formatter. Doc comments (`///`) belong to their statement. */
export interface Comment {
  readonly text: string;
  readonly span: Span;
  /** True when only white space stands before it on its line. */
  readonly ownLine: boolean;
}

export interface SyntaxTree {
  readonly file: string;
  /** The language version of the head line `sevens 1`; absent when the file does not say. */
  readonly version?: { readonly number: number; readonly span: Span };
  readonly uses: readonly Use[];
  readonly statements: readonly Statement[];
  readonly comments: readonly Comment[];
}

/** `use nuclei { Cs133, I127 as Iodine }` or `use "./mine.sevens" { X }`. */
export interface Use {
  readonly path: string;
  /** True when the path was written as a string (a relative file or a package), not as a library name. */
  readonly quoted: boolean;
  readonly pathSpan: Span;
  readonly names: readonly UsedName[];
  /** It could not be read, which was reported; `names` are those that it may have brought. */
  readonly broken?: true;
  readonly doc?: Doc;
  readonly span: Span;
}

export interface UsedName {
  readonly name: Name;
  readonly alias?: Name;
}

/** Text of the `///` lines before a statement, `@cite` lines taken out of it. */
export interface Doc {
  readonly text: string;
  readonly span: Span;
}

export interface Cite {
  readonly key: string;
  readonly span: Span;
}

export type AssignOperator = "=" | "+=" | "-=" | "*=";

/**
 * The one shape of a statement:
 * `keyword [label] [index] [(params)] [: type] [op value] clauses [block]`, for example
 * `parameter mu[l] = 0 mu_B in 0 mu_B .. 1e-8 mu_B "magnetic moment" @cite arXiv:0000.00000`.
 */
export interface Statement {
  readonly keyword: Name;
  /** `dsigma/dT`: the name after the slash. */
  readonly over?: Name;
  /** A name of one or several parts after the keyword: `nucleus Cs133`, `tie Cs133.Rn`. */
  readonly label?: Path;
  readonly index?: Index;
  readonly params?: readonly Param[];
  readonly type?: Expr;
  readonly assign?: { readonly operator: AssignOperator; readonly value: Expr };
  readonly clauses: readonly Clause[];
  readonly block?: Block;
  /** The `///` lines before it. */
  readonly doc?: Doc;
  /** The string after it: `parameter g = 1 "coupling"`. */
  readonly note?: { readonly text: string; readonly span: Span };
  readonly cites: readonly Cite[];
  /** What stands before its block could not be read as a whole, which was reported. */
  readonly broken?: true;
  readonly span: Span;
}

export interface Block {
  readonly statements: readonly Statement[];
  readonly span: Span;
}

/** `[l]`, `[l, k]`, `[l -> k]`. */
export interface Index {
  readonly names: readonly Name[];
  /** True for `[l -> k]`. */
  readonly arrow: boolean;
  readonly span: Span;
}

/** A formal parameter: `R: length`, `s: length = 0.9 fm`, `q`. After `|` come the given ones: `(n | T)`. */
export interface Param {
  readonly name: Name;
  readonly type?: Expr;
  readonly default?: Expr;
  /** True behind the bar of `density(n | T)`. */
  readonly given: boolean;
  readonly span: Span;
}

export type Clause = InClause | LogClause | OnClause | ForClause | WhereClause | FromClause;

/** `in 3 fm .. 8 fm`: the range of a parameter. */
export interface InClause {
  readonly kind: "in";
  readonly range: RangeExpr;
  readonly span: Span;
}
/** `log`: the parameter is sampled and scanned in its logarithm. */
export interface LogClause {
  readonly kind: "log";
  readonly span: Span;
}
/** `on signal, BRN`: what a systematic acts on. */
export interface OnClause {
  readonly kind: "on";
  readonly targets: readonly Path[];
  readonly span: Span;
}
/** `for E in 0 MeV .. m_mu/2`: where a formula holds; it is zero elsewhere. */
export interface ForClause {
  readonly kind: "for";
  readonly variable: Name;
  readonly range: RangeExpr;
  readonly span: Span;
}
/** `where phi = …, x = …`: names used by the formula before it. */
export interface WhereClause {
  readonly kind: "where";
  readonly bindings: readonly Binding[];
  readonly span: Span;
}
/** `from Cs133`: a declaration that starts as a copy of another one. */
export interface FromClause {
  readonly kind: "from";
  readonly base: Path;
  readonly span: Span;
}

export interface Binding {
  readonly name: Name;
  readonly params?: readonly Param[];
  readonly value: Expr;
  readonly span: Span;
}

/** A dotted name: `q`, `Cs133.Rn`. */
export interface Path {
  readonly kind: "path";
  readonly parts: readonly Name[];
  readonly span: Span;
}

/**
 * A number as it was written, `12%` and a unit behind it included. The unit of a literal is one name with an
 * optional integer power (`1 eV^2`); anything longer is arithmetic with units as names (`13.35 PE/keVee`).
 */
export interface NumberExpr {
  readonly kind: "number";
  readonly text: string;
  readonly percent: boolean;
  readonly unit?: { readonly name: Name; readonly power: number };
  readonly span: Span;
}

export interface StringExpr {
  readonly kind: "string";
  readonly value: string;
  readonly span: Span;
}

/** `4.821 +- 0.005 fm`; a unit behind the error is also that of the value when the value has none. */
export interface UncertainExpr {
  readonly kind: "uncertain";
  readonly value: Expr;
  readonly error: Expr;
  readonly span: Span;
}

export interface UnaryExpr {
  readonly kind: "unary";
  readonly operator: "-" | "+" | "not";
  readonly operand: Expr;
  readonly span: Span;
}

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "^";
export type ComparisonOperator = "<" | "<=" | ">" | ">=" | "==" | "!=";
export type LogicalOperator = "and" | "or";

export interface BinaryExpr {
  readonly kind: "binary";
  readonly operator: ArithmeticOperator | ComparisonOperator | LogicalOperator;
  readonly left: Expr;
  readonly right: Expr;
  readonly span: Span;
}

/** `if t < 520 ns then 1 else 0`. */
export interface IfExpr {
  readonly kind: "if";
  readonly condition: Expr;
  readonly then: Expr;
  readonly else: Expr;
  readonly span: Span;
}

/** `mu[l]`, `eps[l, k]`, `m_lepton[e]`. */
export interface IndexExpr {
  readonly kind: "index";
  readonly of: Path;
  readonly items: readonly Path[];
  readonly span: Span;
}

/** `Helm(R = Rp)`, `exp(x)`, `spectrum[nu_e](E)`, `integral(f(x), x = 0 .. 1)`. */
export interface CallExpr {
  readonly kind: "call";
  readonly callee: Path;
  readonly index?: readonly Path[];
  readonly args: readonly Argument[];
  readonly span: Span;
}

export interface Argument {
  readonly name?: Name;
  readonly value: Expr;
}

/** `3 fm .. 8 fm`, `0 .. 1 step 0.125`. */
export interface RangeExpr {
  readonly kind: "range";
  readonly low: Expr;
  readonly high: Expr;
  readonly step?: Expr;
  readonly span: Span;
}

/** `[0, 0.125 .. 1 step 0.125, 2] us`: items may be ranges, a unit behind the bracket is that of every item. */
export interface ListExpr {
  readonly kind: "list";
  readonly items: readonly Expr[];
  readonly unit?: { readonly name: Name; readonly power: number };
  readonly span: Span;
}

/** `{ u: 1, d: 1, nu: 1 }`. */
export interface MapExpr {
  readonly kind: "map";
  readonly entries: readonly { readonly key: Name; readonly value: Expr }[];
  readonly span: Span;
}

/** `68.27%, 90%`: several values of one field, without brackets. */
export interface SequenceExpr {
  readonly kind: "sequence";
  readonly items: readonly Expr[];
  readonly span: Span;
}

/** Stands where the text could not be read; whatever reads it stays silent. */
export interface MissingExpr {
  readonly kind: "missing";
  readonly span: Span;
}

export type Expr =
  | Path
  | NumberExpr
  | StringExpr
  | UncertainExpr
  | UnaryExpr
  | BinaryExpr
  | IfExpr
  | IndexExpr
  | CallExpr
  | RangeExpr
  | ListExpr
  | MapExpr
  | SequenceExpr
  | MissingExpr;

/** What the parser found wrong, before the compiler gives it a code and a help text. */
export interface SyntaxProblem {
  readonly kind:
    | "unexpected-character"
    | "unterminated-string"
    | "unterminated-comment"
    | "unexpected-token"
    | "missing-token"
    | "unclosed"
    | "bad-number"
    | "nesting-too-deep"
    | "too-many-problems";
  /** One sentence, lower case, no full stop: "expected an expression after `=`, found `}`". */
  readonly message: string;
  /** What to do; each of `fixes` does it. */
  readonly help?: string;
  /** What is to be known, where no change follows from it. */
  readonly note?: string;
  readonly fixes?: readonly Fix[];
  readonly span: Span;
}

export interface ParseResult {
  readonly tree: SyntaxTree;
  readonly problems: readonly SyntaxProblem[];
}
