/** Pages of the model reference: one of a file, one of many files in tables, the page that lists them. */
import { printExpr } from "../../grammar/index.ts";
import { type Declaration, field, fieldsOf, labelOf, type Model } from "../model/model.ts";
import { citesOf, constantTable, declarationParts, meaningOf, points } from "./declaration.ts";
import { citations, code, line, linked, prose, table, valueText } from "./markdown.ts";

/** A spec, and how others name it. */
export interface Source {
  readonly model: Model;
  /** Name of the file without folder and ending. */
  readonly stem: string;
  /** As a page names the file. */
  readonly path: string;
  /** What `use` says for the names of it: `interactions`, `sources/Reactor`, `"./mine.sevens"`. */
  readonly importOf: (name: string) => string;
}

/** The declarations that a file makes itself; the one of its name first. */
export function ownDeclarations({ model, stem }: Source): readonly Declaration[] {
  const own = model.declarations.filter(({ statement }) => statement.span.file === model.file);
  const inOrder = [...own].sort((a, b) => a.statement.span.start - b.statement.span.start);
  return [...inOrder.filter(({ name }) => name === stem), ...inOrder.filter(({ name }) => name !== stem)];
}

/** The page of one spec: constants, of which there may be many, in a table. */
export function filePage(source: Source): string {
  const { model, stem, path } = source;
  const own = ownDeclarations(source);
  const main = own.filter(({ name }) => name === stem);
  const others = own.filter(({ name, kind }) => name !== stem && kind !== "constant");
  const constants = own.filter(({ name, kind }) => name !== stem && kind === "constant");
  return joined([
    `# ${line(stem)}`,
    generated(path),
    ...main.flatMap((one) => [kindAndImport(one, source), ...declarationParts(one, model)]),
    ...others.flatMap((one) => [
      `## ${line(one.name)}`,
      kindAndImport(one, source),
      ...declarationParts(one, model),
    ]),
    ...(constants[0] === undefined
      ? []
      : [
          "## Constants",
          code(`use ${source.importOf("")} { ${constants[0].name} }`),
          constantTable(constants, model),
        ]),
  ]);
}

/** A sentence of what a spec is about: that of its main declaration, else of its first one that says something. */
export function summaryOf(source: Source): string {
  const doc =
    ownDeclarations(source).find(({ statement }) => statement.doc !== undefined)?.statement.doc?.text ?? "";
  const [first = ""] = doc.replace(/\n/g, " ").split(/(?<=[.:;])\s|,? \$L = |[:,]$/);
  return prose(`${first.replace(/[.:;,]$/, "")}.`);
}

const generated = (path: string): string =>
  `*Generated from the doc comments of ${code(path)} by \`sevens doc\`.*`;

function kindAndImport({ kind, name }: Declaration, source: Source): string {
  const words = kind === "formfactor" ? "form factor" : kind;
  return `A${/^[aeiou]/.test(kind) ? "n" : ""} ${words}: ${code(`use ${source.importOf(name)} { ${name} }`)}`;
}

/** Kinds of which a page has many, a row each. */
export const tableKinds = ["nucleus", "material", "table"] as const;
type TableKind = (typeof tableKinds)[number];

/** The kind that all specs of a folder declare and that is shown in a table. */
export function commonKind(sources: readonly Source[]): TableKind | undefined {
  const kinds = new Set(sources.flatMap((one) => ownDeclarations(one).map(({ kind }) => kind)));
  const [only] = kinds;
  return kinds.size === 1 ? tableKinds.find((kind) => kind === only) : undefined;
}

/** One page of many specs of such a kind. */
export function tablePage(title: string, path: string, kind: TableKind, sources: readonly Source[]): string {
  const declarations = sources.flatMap((source) => ownDeclarations(source));
  const [first] = sources;
  const rows = declarations.map((one) => rowsOf[kind](one));
  return joined([
    `# ${line(title)}`,
    generated(path),
    ...(first === undefined || declarations[0] === undefined
      ? []
      : [
          `Each is imported by its name: ${code(`use ${first.importOf(declarations[0].name)} { ${declarations[0].name} }`)}.`,
        ]),
    table(heads[kind], rows),
  ]);
}

const heads: Readonly<Record<TableKind, readonly string[]>> = {
  nucleus: [
    "nucleus",
    "Z",
    "A",
    "mass",
    "spin",
    "abundance",
    "R_p",
    "R_n",
    "range",
    "protons",
    "neutrons",
    "remarks",
    "sources",
  ],
  material: ["material", "atoms or number fractions", "meaning", "sources"],
  table: ["table", "arguments", "gives", "points", "meaning", "sources"],
};

const textOf = (declaration: Declaration, keyword: string): string => {
  const value = field(declaration, keyword)?.assign?.value;
  return value === undefined ? "" : printExpr(value);
};

const rowsOf: Readonly<Record<TableKind, (one: Declaration) => readonly string[]>> = {
  nucleus: (one) => {
    const radius = (name: string) =>
      fieldsOf(one, "parameter").find((parameter) => labelOf(parameter) === name);
    const shown = (name: string): string => {
      const value = radius(name)?.assign?.value;
      return value === undefined ? "" : valueText(value).replace("+-", "±");
    };
    const range = radius("Rn")?.clauses.find(({ kind }) => kind === "in");
    return [
      code(one.name),
      line(textOf(one, "Z")),
      line(textOf(one, "A")),
      line(textOf(one, "atomic_mass") || textOf(one, "nuclear_mass")),
      line(textOf(one, "spin")),
      line(textOf(one, "abundance")),
      shown("Rp"),
      shown("Rn"),
      range?.kind === "in" ? valueText(range.range).replace("..", "to") : "",
      code(textOf(one, "protons")),
      code(textOf(one, "neutrons")),
      meaningOf(one.statement),
      citations(citesOf(one.statement)),
    ];
  },
  material: (one) => {
    const value = one.statement.assign?.value ?? field(one, "mixture")?.assign?.value;
    return [
      code(one.name),
      code(value === undefined ? "" : printExpr(value)),
      meaningOf(one.statement),
      citations(citesOf(one.statement)),
    ];
  },
  table: (one) => {
    const { params, type } = one.statement;
    const args = (params ?? []).map(
      ({ name, type: unit }) => `${name.text}${unit === undefined ? "" : `: ${printExpr(unit)}`}`,
    );
    return [
      code(one.name),
      code(args.join(", ")),
      valueText(type),
      points(one) ?? "",
      meaningOf(one.statement),
      citations(citesOf(one.statement)),
    ];
  },
};

/** A page that lists others, by folder. */
export interface Listed {
  readonly folder: string;
  readonly title: string;
  readonly file: string;
  readonly summary: string;
}

export function listPage(title: string, path: string, listed: readonly Listed[]): string {
  const folders = [...new Set(listed.map(({ folder }) => folder))];
  return joined([
    `# ${line(title)}`,
    generated(path),
    ...folders.flatMap((folder) => [
      ...(folder === "" ? [] : [`## ${line(folder)}`]),
      table(
        ["page", "about"],
        listed
          .filter((one) => one.folder === folder)
          .map((one) => [linked(one.title, one.file), one.summary]),
      ),
    ]),
  ]);
}

const joined = (parts: readonly string[]): string => `${parts.join("\n\n")}\n`;
