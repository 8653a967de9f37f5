/** The reference page of a declaration kind, as markdown, from its description. */

import { contextOf } from "./context-names.ts";
import type {
  BlockDescription,
  ContextName,
  FieldDescription,
  KindDescription,
  StatementDescription,
  ValueType,
} from "./description.ts";
import { formOf } from "./form.ts";

export function referencePage(kind: KindDescription): string {
  const sections = [
    `# ${kind.keyword}`,
    kind.doc,
    code(formOf(kind)),
    ...(kind.clauses.includes("from")
      ? ["`from Base` begins as a copy of another one; fields given again replace those of the base."]
      : []),
    ...blockSections(kind.block, kind.keyword),
    "## Example",
    code(kind.example.trimEnd()),
  ];
  return `${sections.join("\n\n")}\n`;
}

const code = (text: string): string => `\`\`\`sevens\n${text}\n\`\`\``;

function blockSections(block: BlockDescription | undefined, owner: string): readonly string[] {
  if (block === undefined) return [];
  const fields = block.open === undefined ? block.fields : [...block.fields, block.open];
  const choices = block.choices.map(({ ways, required }) => {
    const text = ways.map((way) => way.map((field) => `\`${field}\``).join(" with ")).join(" or ");
    return `${required ? "Exactly one" : "At most one"} of ${text}.`;
  });
  return [
    `## Fields of ${owner}`,
    ...choices,
    ...fields.flatMap((field) => fieldSection(field, block)),
    ...(block.context.length === 0
      ? []
      : ["### Names the compiler defines here", contextTable(block.context)]),
    ...fields.flatMap((field) => blockSections(field.block, `${field.keyword} (in ${owner})`)),
  ];
}

function fieldSection(field: FieldDescription, block: BlockDescription): readonly string[] {
  const title = field.over === undefined ? field.keyword : `${field.keyword}/${field.over}`;
  const traits = [
    ...(field.required ? ["required"] : []),
    ...(field.repeatable ? ["may be repeated"] : []),
    ...(field.ordered ? ["in this order"] : []),
    ...(field.default === undefined ? [] : [`default \`${field.default}\``]),
  ];
  const properties = [...(traits.length === 0 ? [] : [traits.join(", ")]), ...valueLines(field)];
  const words = wordsOf(field);
  const own = contextOf(field.value);
  const usual = contextOf(block.fields.find(({ keyword }) => keyword === "let")?.value);
  return [
    `### ${title}`,
    field.doc,
    code(formOf(field)),
    ...(properties.length === 0 ? [] : [properties.map((line) => `- ${line}`).join("\n")]),
    ...(words === undefined ? [] : [words]),
    ...(own.length === 0 || own === usual ? [] : ["Names in this formula:", contextTable(own)]),
  ];
}

function valueLines({ value, params }: StatementDescription): readonly string[] {
  const names = params.kind === "arguments" ? [...params.names, ...params.given] : [];
  const lines = names.map(({ name, dimension, doc }) => `\`${name}\`: ${doc} (${dimension})`);
  const options = value?.kind === "either" ? value.options : value === undefined ? [] : [value];
  return [...lines, ...options.map(valueLine)];
}

function valueLine(value: ValueType): string {
  switch (value.kind) {
    case "quantity": {
      const { dimension, low, high, integer, error } = value;
      const limits =
        low === undefined ? [] : [high === undefined ? `not below ${low}` : `from ${low} to ${high}`];
      const parts = [
        dimension,
        ...limits,
        ...(integer ? ["whole"] : []),
        ...(error ? ["may have an error"] : []),
      ];
      return `value: ${parts.join(", ")}`;
    }
    case "formula": {
      const units = value.units === "natural" ? "hbar = c = 1" : "strict units";
      return `formula: ${value.dimension}, ${units}`;
    }
    case "words":
      return "one of the words below";
    case "reference":
      return `${value.several ? "names of one or several" : "name of a"} ${value.to.join(" or ")}`;
    case "call":
      return `a ${value.to} with its arguments`;
    case "sum":
      return `one ${value.of}, or a sum of several`;
    case "sequence":
      return `one or several, ${valueLine(value.item)}`;
    case "numbers":
      return `numbers: ${value.dimension}${value.file ? ", or the name of a file" : ""}`;
    case "rows":
      return "rows of numbers";
    case "names":
      return "names separated by commas";
    case "map":
      return value.keys.kind === "words"
        ? `map: ${value.keys.words.map(({ word }) => `\`${word}\``).join(", ")}`
        : `map: names of a ${value.keys.to.join(" or ")}`;
    case "string":
      return value.meaning;
    case "either":
      return value.options.map(valueLine).join("; or ");
  }
}

function wordsOf({ value, annotation }: StatementDescription): string | undefined {
  const known =
    value?.kind === "words" ? value.words : annotation.kind === "words" ? annotation.words : undefined;
  return known === undefined
    ? undefined
    : table(
        ["word", "meaning"],
        known.map(({ word, doc }) => [`\`${word}\``, doc]),
      );
}

function contextTable(names: readonly ContextName[]): string {
  const rows = names.map(({ name, dimension, doc, call }) => {
    const optional = call?.optional ? `\`${name}\`, ` : "";
    const written = call === undefined ? `\`${name}\`` : `${optional}\`${name}(${call.argument})\``;
    return [written, dimension, doc];
  });
  return table(["name", "dimension", "meaning"], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
