/**
 * From the concrete to the abstract syntax: files, statements and their parts.
 */
import type { CstNode, IToken } from "chevrotain";
import { type Asides, buildDoc, citedBy, plainDoc } from "./asides.ts";
import { endOf } from "./brackets.ts";
import {
  type Building,
  buildChain,
  buildExpr,
  buildName,
  buildPath,
  buildRange,
  spanOf,
  spanOfNode,
  spanOfToken,
  textValue,
} from "./build-expr.ts";
import { extent, node, nodes, required, token, tokens } from "./cst.ts";
import { replacement } from "./fixes.ts";
import { strayProblem } from "./stray.ts";
import type {
  Binding,
  Block,
  Cite,
  Clause,
  Expr,
  Fix,
  Index,
  Param,
  Span,
  Statement,
  SyntaxTree,
  Use,
  UsedName,
} from "./syntax.ts";
import { BadCite, BarePath, Head, Name as NameWord, Semicolon, Use as UseWord } from "./tokens.ts";

/** A tree under construction; problems that only the builder can see are added to `problems`. */
export interface TreeBuilding extends Building {
  readonly asides: Asides;
  /** All words of the file. */
  readonly tokens: readonly IToken[];
  /** The word before an offset. */
  readonly wordBefore: (offset: number) => IToken | undefined;
}

export function buildTree(b: TreeBuilding, file: CstNode): SyntaxTree {
  const items = node(file, "items");
  const head = node(file, "version");
  const number = head && token(head, "Number");
  return {
    file: b.file,
    ...(number === undefined
      ? {}
      : { version: { number: Number(number.image), span: spanOfToken(b, number) } }),
    uses: items === undefined ? [] : nodes(items, "use").map((use) => buildUse(b, use)),
    statements: items === undefined ? [] : buildItems(b, items),
    comments: b.asides.comments,
  };
}

/** Builds the expression of the rule `lone`. */
export function buildLone(b: TreeBuilding, lone: CstNode): Expr {
  reportStray(b, lone);
  const expr = node(lone, "expr");
  return expr === undefined ? { kind: "missing", span: spanOf(b, 0, 0) } : buildExpr(b, expr);
}

function buildItems(b: TreeBuilding, items: CstNode): Statement[] {
  for (const block of nodes(items, "block")) {
    const brace = required(token(block, "BlockOpen"), "a brace");
    b.problems.push({
      kind: "unexpected-token",
      message: "this block belongs to no statement",
      note: "a block stands behind the head of a statement: `source SNS { … }`",
      span: spanOfToken(b, brace),
    });
  }
  return nodes(items, "statement").map((statement) => buildStatement(b, statement));
}

/** Reports the first of the words that fit nowhere. */
function reportStray(b: TreeBuilding, parent: CstNode): void {
  for (const stray of nodes(parent, "stray")) {
    const [first, next] = tokens(stray, "Inner");
    b.problems.push(strayProblem(required(first, "a word"), next, b));
  }
}

function buildUse(b: TreeBuilding, use: CstNode): Use {
  const keyword = required(token(use, "Use"), "`use`");
  const quoted = token(use, "Text");
  const parts = quoted ? [quoted] : tokens(use, "Name");
  const lines = b.asides.docs.get(keyword.startOffset);
  const broken = use.recoveredNode === true || quoted?.tokenType === BarePath;
  const names = nodes(use, "usedName").map((name) => buildUsedName(b, name));
  const pathEnd = endOf(parts.at(-1) ?? keyword);
  return {
    path: quoted ? textValue(quoted) : parts.map((part) => part.image).join("/"),
    quoted: quoted !== undefined,
    pathSpan: spanOf(b, (parts[0] ?? keyword).startOffset, pathEnd),
    names: broken ? namesBehind(b, pathEnd) : names,
    ...(broken && { broken }),
    ...(lines === undefined ? {} : { doc: plainDoc(lines, b.file) }),
    span: spanOfNode(b, use),
  };
}

/** All names of a `use` that is broken, from a place on. */
function namesBehind({ tokens: words, ...b }: TreeBuilding, offset: number): UsedName[] {
  const rest = words.slice(words.findIndex(({ startOffset }) => startOffset >= offset));
  const end = rest.findIndex(({ tokenType }) => [Head, UseWord, Semicolon].includes(tokenType));
  const names = rest.slice(0, end < 0 ? undefined : end).filter(({ tokenType }) => tokenType === NameWord);
  return names.map((name) => ({ name: buildName(b, name) }));
}

function buildUsedName(b: Building, used: CstNode): UsedName {
  const name = buildName(b, required(token(used, "Name"), "a name"));
  const alias = token(used, "alias");
  return alias === undefined ? { name } : { name, alias: buildName(b, alias) };
}

function buildStatement(b: TreeBuilding, statement: CstNode): Statement {
  const header = required(node(statement, "header"), "a header");
  const head = required(token(header, "Head"), "a keyword");
  const over = token(header, "over");
  const [label, index, params, type] = ["path", "index", "params", "type"].map((name) => node(header, name));
  const block = node(statement, "block");
  const broken = header.recoveredNode === true || node(header, "stray") !== undefined;
  const assign = buildAssign(b, header) ?? (broken && block === undefined ? lostValue(b, head) : undefined);
  const { doc, cites } = buildDoc(b.asides.docs.get(head.startOffset) ?? [], b.file, b.problems);
  const note = buildNote(b, header);
  reportStray(b, header);
  return {
    keyword: buildName(b, head),
    ...(over && { over: buildName(b, over) }),
    ...(label && { label: buildPath(b, label) }),
    ...(index && { index: buildIndex(b, index) }),
    ...(params && { params: buildParams(b, params) }),
    ...(type && { type: buildChain(b, type) }),
    ...(assign && { assign }),
    clauses: buildClauses(b, header),
    ...(block && { block: buildBlock(b, block) }),
    ...(doc && { doc }),
    ...(note && { note }),
    cites: [...cites, ...buildCites(b, header)],
    ...(broken && { broken }),
    span: spanOf(b, head.startOffset, extent(statement).end),
  };
}

function buildAssign(b: Building, header: CstNode): Statement["assign"] {
  const sign = token(header, "Assign");
  if (sign === undefined) return undefined;
  const values = nodes(header, "value");
  const [first] = values;
  const last = values.at(-1);
  const operator = sign.image === "+=" || sign.image === "-=" || sign.image === "*=" ? sign.image : "=";
  if (first === undefined || last === undefined) {
    return { operator, value: { kind: "missing", span: spanOf(b, endOf(sign), endOf(sign)) } };
  }
  const items = values.map((value) => buildExpr(b, value));
  const span = spanOf(b, extent(first).start, extent(last).end);
  return { operator, value: items.length === 1 ? items[0]! : { kind: "sequence", items, span } };
}

/** A broken statement without a block most likely had a value. */
const lostValue = (b: Building, head: IToken): Statement["assign"] => ({
  operator: "=",
  value: { kind: "missing", span: spanOf(b, endOf(head), endOf(head)) },
});

function buildNote(b: Building, header: CstNode): Statement["note"] {
  const [note, second] = tokens(header, "Text");
  if (second !== undefined) {
    b.problems.push({
      kind: "unexpected-token",
      message: "a statement has one note, and this is a second one",
      help: "join the two texts",
      fixes: [joined(spanOfToken(b, required(note, "a note")), spanOfToken(b, second))],
      span: spanOfToken(b, second),
    });
  }
  return note && { text: textValue(note), span: spanOfToken(b, note) };
}

/** Two texts as one: the quotes between them are left out. */
const joined = (first: Span, second: Span): Fix =>
  replacement({ ...first, start: first.end - 1, end: second.start + 1 }, " ", "join the two texts");

function buildCites(b: Building, header: CstNode): Cite[] {
  // A bad one was reported with the words of the file.
  const good = tokens(header, "Cite").filter((cite) => cite.tokenType !== BadCite);
  return good.flatMap((cite) => citedBy(cite, b.file, b.problems));
}

function buildBlock(b: TreeBuilding, block: CstNode): Block {
  const items = node(block, "items");
  // In a block that is never closed the `use` may well stand at the top.
  const closed = token(block, "BlockClose")?.image !== "";
  for (const use of items === undefined || !closed ? [] : nodes(items, "use")) {
    b.problems.push({
      kind: "unexpected-token",
      message: "`use` stands at the top of a file, not in a block",
      span: spanOfToken(b, required(token(use, "Use"), "`use`")),
    });
  }
  return { statements: items === undefined ? [] : buildItems(b, items), span: spanOfNode(b, block) };
}

function buildIndex(b: Building, index: CstNode): Index {
  const names = tokens(index, "Name").map((name) => buildName(b, name));
  return { names, arrow: token(index, "Arrow") !== undefined, span: spanOfNode(b, index) };
}

function buildParams(b: Building, params: CstNode): Param[] {
  const [bar, second] = tokens(params, "Bar");
  if (second !== undefined) {
    b.problems.push({
      kind: "unexpected-token",
      message: "a second `|` in one list of parameters",
      help: "behind the first one, separate by `,`",
      fixes: [replacement(spanOfToken(b, second), ",")],
      span: spanOfToken(b, second),
    });
  }
  return nodes(params, "param").map((param) => {
    const type = node(param, "type");
    const value = node(param, "default");
    return {
      name: buildName(b, required(token(param, "Name"), "a name")),
      ...(type && { type: buildChain(b, type) }),
      ...(value && { default: buildExpr(b, value) }),
      given: bar !== undefined && extent(param).start > bar.startOffset,
      span: spanOfNode(b, param),
    };
  });
}

const clauseRules = ["inClause", "onClause", "forClause", "whereClause", "fromClause"];

function buildClauses(b: Building, header: CstNode): Clause[] {
  const clauses = clauseRules.flatMap((rule) => nodes(header, rule)).map((clause) => buildClause(b, clause));
  const logs = tokens(header, "Log").map((log): Clause => ({ kind: "log", span: spanOfToken(b, log) }));
  return [...clauses, ...logs].sort((one, other) => one.span.start - other.span.start);
}

function buildClause(b: Building, clause: CstNode): Clause {
  const span = spanOfNode(b, clause);
  switch (clause.name) {
    case "inClause":
      return { kind: "in", range: buildRange(b, required(node(clause, "range"), "a range")), span };
    case "onClause":
      return { kind: "on", targets: nodes(clause, "path").map((path) => buildPath(b, path)), span };
    case "forClause":
      return {
        kind: "for",
        variable: buildName(b, required(token(clause, "Name"), "a variable")),
        range: buildRange(b, required(node(clause, "range"), "a range")),
        span,
      };
    case "whereClause":
      return { kind: "where", bindings: nodes(clause, "binding").map((one) => buildBinding(b, one)), span };
    default:
      return { kind: "from", base: buildPath(b, required(node(clause, "path"), "a name")), span };
  }
}

function buildBinding(b: Building, binding: CstNode): Binding {
  const params = node(binding, "params");
  return {
    name: buildName(b, required(token(binding, "Name"), "a name")),
    ...(params && { params: buildParams(b, params) }),
    value: buildExpr(b, required(node(binding, "expr"), "a value")),
    span: spanOfNode(b, binding),
  };
}
