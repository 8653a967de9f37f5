/** How a statement is written, as one line: `parameter Name[l] = value in low .. high log`. */
import type { FieldDescription, StatementDescription, ValueType } from "./description.ts";

export function formOf(description: StatementDescription): string {
  const over = description.over === undefined ? "" : `/${description.over} `;
  const head = `${description.keyword}${over}${labelForm(description)}${indexForm(description)}`;
  const operator = description.operators.join("|");
  const either = description.value !== undefined && description.block !== undefined;
  const optional = (part: string): string => (either ? `[${part}]` : part);
  const value =
    description.value === undefined ? "" : ` ${optional(`${operator} ${valueForm(description.value)}`)}`;
  const clauses = description.clauses
    .filter((clause) => clause !== "from")
    .map((clause) => clauseForms[clause]);
  const block = description.block === undefined ? "" : ` ${optional("{ … }")}`;
  return (
    [`${head}${paramsForm(description)}${annotationForm(description)}${value}`, ...clauses].join(" ") + block
  );
}

/** An example of a field for "add for example …": the form without optional parts. */
export function exampleOf(field: FieldDescription): string {
  return formOf({
    ...field,
    clauses: field.requiredClauses,
    operators: field.operators.slice(0, 1),
    index: field.index.kind === "flavor" && field.index.least === 0 ? { kind: "none" } : field.index,
  });
}

const clauseForms = {
  in: "in low .. high",
  log: "log",
  on: "on component, …",
  for: "for x in low .. high",
  where: "where name = …",
  from: "from Base",
} as const;

function labelForm({ label }: StatementDescription): string {
  switch (label.kind) {
    case "none":
      return "";
    case "name":
      return " Name";
    case "reference":
      return ` ${label.to.join("|")}`;
    case "parameter":
      return " Declaration.parameter";
    case "observable":
      return " observable";
  }
}

function indexForm({ index }: StatementDescription): string {
  if (index.kind === "none") return "";
  if (index.kind === "species") return "[nu_e]";
  return index.arrow ? "[l -> k]" : index.most > 1 ? "[l, k]" : "[l]";
}

function paramsForm({ params }: StatementDescription): string {
  switch (params.kind) {
    case "none":
      return "";
    case "formal":
      return params.typed ? "(x: type)" : "(x)";
    case "arguments": {
      if (params.each !== undefined) return "(x, …)";
      const given = params.given.map(({ name }) => ` | ${name}`).join("");
      return `(${params.names.map(({ name }) => name).join(", ")}${given})`;
    }
  }
}

function annotationForm({ annotation }: StatementDescription): string {
  if (annotation.kind === "none") return "";
  return annotation.kind === "unit" ? ": unit" : `: ${annotation.words.map(({ word }) => word).join("|")}`;
}

export function valueForm(type: ValueType): string {
  switch (type.kind) {
    case "quantity":
      return type.error === true ? "value [+- error]" : "value";
    case "formula":
      return "formula";
    case "words":
      return type.words.map(({ word }) => word).join("|");
    case "reference":
      return type.several === true ? `${type.to.join("|")}, …` : type.to.join("|");
    case "call":
      return `${type.to}(…)`;
    case "sum":
      return `${type.of} + …`;
    case "sequence":
      return `${valueForm(type.item)}, …`;
    case "numbers":
      return type.file ? '[number, …] or "file"' : "[number, …] unit";
    case "rows":
      return "[[x, y], …]";
    case "names":
      return "name, …";
    case "map":
      return `{ ${type.keys.kind === "words" ? "key" : type.keys.to.join("|")}: ${valueForm(type.value)}, … }`;
    case "string":
      return '"text"';
    case "either":
      return type.options.map(valueForm).join(" or ");
  }
}
