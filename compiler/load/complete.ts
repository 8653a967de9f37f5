/** What a block has too much of, and what it lacks. */
import type { Span, Statement } from "../../grammar/syntax.ts";
import { type Diagnostic, diagnostic } from "../diagnostics/index.ts";
import { type BlockDescription, type Choice, exampleOf, type FieldDescription } from "../kinds/index.ts";
import { spelled } from "./shape-value.ts";

export interface Repetition {
  readonly diagnostics: readonly Diagnostic[];
  /** The second of two statements that may stand once. */
  readonly dropped: ReadonlySet<Statement>;
}

/** Fields given twice, names declared twice, fields that exclude each other. */
export function checkRepetition(statements: readonly Statement[], block: BlockDescription): Repetition {
  const seen = new Map<string, Statement>();
  const dropped = new Set<Statement>();
  const diagnostics: Diagnostic[] = [];
  for (const statement of statements) {
    const field = describing(statement, block);
    if (field === undefined) continue;
    const key = repetitionKey(statement, field);
    const first = key === undefined ? undefined : seen.get(key);
    if (key !== undefined && first === undefined) seen.set(key, statement);
    if (first === undefined) continue;
    dropped.add(statement);
    diagnostics.push(twice(statement, first, field));
  }
  const contradictions = block.choices.flatMap((choice) => contradiction(statements, choice));
  return { dropped, diagnostics: [...diagnostics, ...contradictions] };
}

function describing(statement: Statement, block: BlockDescription): FieldDescription | undefined {
  const { keyword, over } = statement;
  const known = block.fields.find((field) => field.keyword === keyword.text && field.over === over?.text);
  return known ?? block.open;
}

/** Two statements with one key exclude each other; undefined when any number may stand. */
function repetitionKey(statement: Statement, field: FieldDescription): string | undefined {
  if (!field.repeatable) return `field ${fieldKey(statement)}`;
  const label = statement.label === undefined ? "" : spelled(statement.label);
  // Names of parameters, lets, inputs, backgrounds, … of one block are one set.
  if (field.label.kind === "name") return `name ${label}`;
  const operator = statement.assign?.operator ?? "=";
  return operator === "=" ? fieldKey(statement) : undefined;
}

/** What tells a field from the others of its block: `spectrum[nu_e]`, `target CsI`. */
export function fieldKey({ keyword, over, label, index }: Statement): string {
  const parts = [keyword.text];
  if (over !== undefined) parts.push("/", over.text);
  if (label !== undefined) parts.push(" ", spelled(label));
  if (index !== undefined) {
    parts.push("[", index.names.map(({ text }) => text).join(index.arrow ? " -> " : ", "), "]");
  }
  return parts.join("");
}

function twice(statement: Statement, first: Statement, field: FieldDescription): Diagnostic {
  const labels = [{ span: headSpan(first), text: "first given here" }];
  if (field.label.kind === "name" && statement.label !== undefined) {
    const name = spelled(statement.label);
    return diagnostic("SV1102", statement.label.span, { name }, { labels });
  }
  const written = field.repeatable ? fieldKey(statement) : statement.keyword.text;
  return diagnostic("SV1304", headSpan(statement), { field: written }, { labels });
}

const headSpan = ({ keyword, label }: Statement): Span =>
  label === undefined ? keyword.span : { ...keyword.span, end: label.span.end };

function contradiction(statements: readonly Statement[], { ways }: Choice): readonly Diagnostic[] {
  const used = ways.flatMap((way) => {
    const first = statements.find(({ keyword }) => way.includes(keyword.text));
    return first === undefined ? [] : [first];
  });
  const [one, other] = [...used].sort((a, b) => a.span.start - b.span.start);
  if (one === undefined || other === undefined) return [];
  const labels = [{ span: one.keyword.span, text: "the other one" }];
  const names = { field: other.keyword.text, other: one.keyword.text };
  return [diagnostic("SV1305", other.keyword.span, names, { labels })];
}

/** Fields that have to be there. `span` is where the owner begins. */
export function checkRequired(
  statements: readonly Statement[],
  block: BlockDescription,
  owner: string,
  span: Span,
): readonly Diagnostic[] {
  const present = (keyword: string): boolean => statements.some((one) => one.keyword.text === keyword);
  const lacking = (field: FieldDescription): Diagnostic =>
    diagnostic("SV1303", span, { owner, field: field.keyword, example: exampleOf(field) });
  const required = block.fields.filter((field) => field.required && !present(field.keyword)).map(lacking);
  const chosen = block.choices.flatMap(({ ways, required: one }) => {
    const [way, other] = ways.filter((keywords) => keywords.some(present));
    // Ways that exclude each other are reported already.
    if (other !== undefined) return [];
    if (way === undefined) {
      const text = ways.map((keywords) => `\`${keywords.join("`, `")}\``).join(" or ");
      return one ? [diagnostic("SV1316", span, { owner, ways: text })] : [];
    }
    return block.fields.filter(({ keyword }) => way.includes(keyword) && !present(keyword)).map(lacking);
  });
  return [...required, ...chosen];
}
