/** What a block has too much of, and what it lacks. */
import type { Edit, Fix, Span, Statement } from "../../grammar/syntax.ts";
import { added, changes, type Diagnostic, diagnostic, missingField, removal } from "../diagnostics/index.ts";
import {
  type BlockDescription,
  type Choice,
  exampleOf,
  type FieldDescription,
  type Sample,
} from "../kinds/index.ts";
import type { KindName } from "../model/model.ts";
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
  const fixes = [removal(statement, "remove it"), removal(first, "remove the first one")];
  if (field.label.kind === "name" && statement.label !== undefined) {
    const name = spelled(statement.label);
    return diagnostic("SV1102", statement.label.span, { name }, { labels, fixes });
  }
  const written = field.repeatable ? fieldKey(statement) : statement.keyword.text;
  return diagnostic("SV1304", headSpan(statement), { field: written }, { labels, fixes });
}

const headSpan = ({ keyword, label }: Statement): Span =>
  label === undefined ? keyword.span : { ...keyword.span, end: label.span.end };

function contradiction(statements: readonly Statement[], { ways }: Choice): readonly Diagnostic[] {
  const used = ways.flatMap((way) => {
    const all = statements.filter(({ keyword }) => way.includes(keyword.text));
    const [first] = all;
    return first === undefined ? [] : [{ keyword: first.keyword, all }];
  });
  const [one, other] = [...used].sort((a, b) => a.keyword.span.start - b.keyword.span.start);
  if (one === undefined || other === undefined) return [];
  const labels = [{ span: one.keyword.span, text: "the other one" }];
  const names = { field: other.keyword.text, other: one.keyword.text };
  const fixes = [other, one].map(({ all }) =>
    removal(all, `remove ${all.map(({ keyword }) => `\`${keyword.text}\``).join(" and ")}`),
  );
  return [diagnostic("SV1305", other.keyword.span, names, { labels, fixes })];
}

/** The file that a declaration is in, as what is missing sees it. */
export interface Around {
  /** What brings a name of the library into the file. */
  readonly bring: (module: string, name: string) => readonly Edit[];
  /** Names of the file that mean declarations of some kinds. */
  readonly named: (kinds: readonly KindName[]) => readonly string[];
}

const nothingAround: Around = { bring: () => [], named: () => [] };

/** Fields that have to be there. `written` is how messages call the owner, `span` where it begins. */
export function checkRequired(
  owner: Statement,
  block: BlockDescription,
  written: string,
  span: Span,
  around: Around = nothingAround,
): readonly Diagnostic[] {
  const statements = owner.block?.statements ?? [];
  const given = new Set(statements.map(({ keyword }) => keyword.text));
  const ofAll = additionOfAll(owner, lackingWithNeeds(block, given), around);
  const lacking = (field: FieldDescription): Diagnostic => {
    const { keyword } = field;
    const [first, ...more] = samplesOf(field, around);
    if (first === undefined) {
      const notes = [`its form is \`${exampleOf(field)}\``];
      return diagnostic("SV1303", span, { owner: written, field: keyword }, { notes });
    }
    const missing = { owner: written, field: keyword, example: first.text };
    const others = [...more.map((one) => additionOf(owner, [one], around)), ...ofAll];
    return missingField(span, missing, additionOf(owner, [first], around).edits, { others });
  };
  const choices = block.choices.flatMap(({ ways, required: one }) => {
    if (!one || ways.some((keywords) => keywords.some((keyword) => given.has(keyword)))) return [];
    const text = ways.map((keywords) => `\`${keywords.join("`, `")}\``).join(" or ");
    const fixes = ways.flatMap((keywords) => additionOfWay(owner, block, keywords, around));
    const help = fixes.length === 0 ? {} : { help: fixes.map(({ title }) => title).join(", or ") };
    return [diagnostic("SV1316", span, { owner: written, ways: text }, { ...help, fixes })];
  });
  return [...lackingIn(block, given).map(lacking), ...choices];
}

/** More choices than these are no help. */
const mostChoices = 6;

/** What a field may be until one knows better: with each name of the file that it may have, else with one of the library. */
function samplesOf(field: FieldDescription, { named }: Around): readonly Sample[] {
  const { sample } = field;
  if (sample?.uses === undefined) return sample === undefined ? [] : [sample];
  const { name } = sample.uses;
  const names = named(kindsNamed(field)).slice(0, mostChoices);
  return names.length === 0 ? [sample] : names.map((own) => ({ text: sample.text.replaceAll(name, own) }));
}

/** Kinds of the declarations that a field names without more. */
function kindsNamed({ label, value }: FieldDescription): readonly KindName[] {
  if (label.kind === "reference") return label.to;
  if (value?.kind === "reference") return value.to;
  return value?.kind === "sum" ? [value.of] : [];
}

function additionOf(owner: Statement, samples: readonly Sample[], around: Around): Fix {
  const title = `add ${samples.map(({ text }) => `\`${text}\``).join(" and ")}`;
  return changes(
    title,
    added(owner, samples.map(({ text }) => text).join("\n")),
    ...broughtBy(samples, around),
  );
}

/** All fields of one way to say a thing. */
function additionOfWay(
  owner: Statement,
  { fields }: BlockDescription,
  way: readonly string[],
  around: Around,
): readonly Fix[] {
  const samples = way.flatMap((keyword) => {
    const field = fields.find((one) => one.keyword === keyword);
    return field === undefined ? [] : samplesOf(field, around).slice(0, 1);
  });
  return samples.length < way.length ? [] : [additionOf(owner, samples, around)];
}

/** Fields that are missing beside given ones. */
function lackingIn(
  { fields, choices }: BlockDescription,
  given: ReadonlySet<string>,
): readonly FieldDescription[] {
  const chosen = choices.flatMap(({ ways }) => {
    const [way, other] = ways.filter((keywords) => keywords.some((keyword) => given.has(keyword)));
    // Ways that exclude each other are reported already.
    return way === undefined || other !== undefined ? [] : way;
  });
  const missing = fields.filter(({ keyword }) => !given.has(keyword));
  return [
    ...missing.filter(({ required }) => required),
    ...missing.filter(({ keyword, required }) => !required && chosen.includes(keyword)),
  ];
}

/** The same with the fields that they need in turn. */
function lackingWithNeeds(block: BlockDescription, given: ReadonlySet<string>): readonly FieldDescription[] {
  const all: FieldDescription[] = [];
  const known = new Set(given);
  for (;;) {
    const next = lackingIn(block, known);
    if (next.length === 0) return all;
    all.push(...next);
    for (const { keyword } of next) known.add(keyword);
  }
}

/** What adds all fields that are missing at once: nothing where it would be one, or not all. */
function additionOfAll(owner: Statement, all: readonly FieldDescription[], around: Around): readonly Fix[] {
  const samples = all.flatMap((field) => samplesOf(field, around).slice(0, 1));
  if (all.length < 2 || samples.length < all.length) return [];
  const title = `add all that is missing: ${all.map(({ keyword }) => `\`${keyword}\``).join(", ")}`;
  return [{ ...additionOf(owner, samples, around), title }];
}

/** What brings the names of the library that samples read, each once. */
function broughtBy(samples: readonly Sample[], { bring }: Around): readonly Edit[] {
  const uses = samples.flatMap((sample) => sample.uses ?? []);
  const each = new Map(uses.map((one) => [`${one.module} ${one.name}`, one]));
  return [...each.values()].flatMap(({ module, name }) => bring(module, name));
}
