/** What may be written at a place. */
import { signatures } from "../../runtime/signatures.ts";
import {
  type BlockDescription,
  exampleOf,
  type FieldDescription,
  findKind,
  flavors,
  kinds,
  type StatementDescription,
  species,
  type ValueType,
  type Word,
} from "../kinds/index.ts";
import type { Modules } from "../load/index.ts";
import { type Dimension, dimensionOfWord, equal, findUnit, unitNames } from "../units/index.ts";
import { type CursorContext, contextAt, type Head } from "./context.ts";
import { topLevel } from "./names.ts";
import type { Workspace } from "./workspace.ts";

export type CompletionKind =
  | "keyword"
  | "field"
  | "word"
  | "declaration"
  | "parameter"
  | "function"
  | "unit"
  | "module";

export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** One line beside it. */
  readonly detail: string;
  readonly doc?: string;
  /** What is put in, where that is not the label. */
  readonly insert?: string;
}

/** What may stand at an offset. It needs no sound text: names come from what was understood of the files. */
export function completionsAt(workspace: Workspace, file: string, offset: number): readonly Completion[] {
  const text = workspace.text(file) ?? "";
  const context = contextAt(text, offset);
  const modules = workspace.recentModules(file);
  if (context.quiet || modules === undefined) return [];
  const { blocks, before } = context;
  if (/^use\b/.test(before) || blocks[0]?.keyword === "use")
    return moduleNames(workspace, file, text, offset);
  const [outer] = blocks;
  if (outer === undefined) return topLevelWords(modules, before);
  const description = describe(blocks);
  if (description === undefined) return [];
  if (/^\w*$/.test(before)) return fields(description, blocks.at(-1)!);
  const keyword = /^\w+/.exec(before)?.[0] ?? "";
  const field = description.fields.find((one) => one.keyword === keyword) ?? description.open;
  return field === undefined ? [] : insideField(modules, context, field);
}

function topLevelWords(modules: Modules, before: string): readonly Completion[] {
  if (/^\w*$/.test(before)) {
    const use: Completion = {
      label: "use",
      kind: "keyword",
      detail: "takes names from a module",
      insert: "use ",
    };
    return [
      use,
      ...Object.values(kinds).map(
        ({ keyword, doc }): Completion => ({ label: keyword, kind: "keyword", detail: doc }),
      ),
    ];
  }
  const from = /^(\w+)\s+\w+(?:\([^)]*\))?\s+from\s+\w*$/.exec(before);
  return from === null ? [] : declarations(modules, [from[1]!]);
}

/** The description of the innermost block. */
function describe([outer, ...inner]: readonly Head[]): BlockDescription | undefined {
  let block = findKind(outer?.keyword ?? "")?.block;
  for (const { keyword } of inner) {
    block = (block?.fields.find((one) => one.keyword === keyword) ?? block?.open)?.block;
  }
  return block;
}

/** Fields that the block has not got yet, or may have again. */
function fields(block: BlockDescription, { given }: Head): readonly Completion[] {
  return block.fields
    .filter(({ keyword, repeatable }) => repeatable || !given.includes(keyword))
    .map(
      (field): Completion => ({
        label: field.keyword,
        kind: "field",
        detail: `${exampleOf(field)}${field.required ? ", required" : ""}`,
        doc: field.doc,
      }),
    );
}

function insideField(
  modules: Modules,
  context: CursorContext,
  field: FieldDescription,
): readonly Completion[] {
  const { before } = context;
  const value = /(?:^|[^=<>!+*-])[+*-]?=\s*(.*)$/.exec(before);
  if (value === null) return labelsFor(modules, context, field);
  const written = value[1] ?? "";
  const unit = /(?:\d|\])\s+([A-Za-z_^]*)$/.exec(written);
  if (unit !== null) return unitsFor(field);
  return field.value === undefined ? [] : valuesFor(modules, context, field.value);
}

/** What may be the label of a field: declarations, observables, parameters, species in brackets. */
function labelsFor(modules: Modules, context: CursorContext, field: FieldDescription): readonly Completion[] {
  const { before } = context;
  if (/\[[^\]]*$/.test(before)) return field.index.kind === "species" ? words(species) : words(flavors);
  if (/\bon\s+[\w, ]*$/.test(before) && field.clauses.includes("on")) return components(context);
  switch (field.label.kind) {
    case "reference":
      return declarations(modules, field.label.to);
    case "parameter":
      return parameters(modules);
    case "observable":
      return observables(modules);
    default:
      return [];
  }
}

function valuesFor(modules: Modules, context: CursorContext, type: ValueType): readonly Completion[] {
  switch (type.kind) {
    case "words":
      return words(type.words);
    case "reference":
      return declarations(modules, type.to);
    case "call":
      return declarations(modules, [type.to]);
    case "sum":
      return declarations(modules, [type.of]);
    case "either":
      return type.options.flatMap((option) => valuesFor(modules, context, option));
    case "map":
      return type.keys.kind === "words" ? words(type.keys.words) : declarations(modules, type.keys.to);
    case "formula":
    case "quantity":
    case "sequence":
      return [...namesInScope(modules, context), ...functions()];
    default:
      return [];
  }
}

const words = (list: readonly Word[]): readonly Completion[] =>
  list.map(({ word, doc }) => ({ label: word, kind: "word", detail: doc }));

/** Declarations of some kinds that the file makes or uses. */
function declarations(modules: Modules, of: readonly string[]): readonly Completion[] {
  return [...modules.root.scope.keys()].flatMap((name): Completion[] => {
    const found = topLevel(modules, modules.root, name)?.statement;
    if (found === undefined || !of.includes(found.keyword.text)) return [];
    return [{ label: name, kind: "declaration", detail: found.keyword.text, ...docOf(found.doc?.text) }];
  });
}

const docOf = (doc: string | undefined): { readonly doc?: string } => (doc === undefined ? {} : { doc });

/** Parameters of all that is read, by owner and name. */
function parameters(modules: Modules): readonly Completion[] {
  const found = new Map<string, Completion>();
  for (const { tree } of modules.byFile.values()) {
    for (const statement of tree.statements) {
      for (const field of statement.block?.statements ?? []) {
        const name = field.label?.parts[0]?.text;
        const makes = ["parameter", "systematic", "background"].includes(field.keyword.text);
        if (name === undefined || !makes || statement.keyword.text === "analysis") continue;
        const label = `${statement.label?.parts[0]?.text}.${name}`;
        found.set(label, {
          label,
          kind: "parameter",
          detail: field.note?.text ?? field.keyword.text,
          ...docOf(field.doc?.text),
        });
      }
    }
  }
  return [...found.values()];
}

function observables(modules: Modules): readonly Completion[] {
  const names = new Set<string>();
  for (const { tree } of modules.byFile.values()) {
    for (const statement of tree.statements) {
      if (statement.keyword.text !== "detector") continue;
      for (const field of statement.block?.statements ?? []) {
        if (field.keyword.text === "observable") names.add(field.label?.parts[0]?.text ?? "");
      }
    }
  }
  return [...names].map((label) => ({ label, kind: "parameter", detail: "observable" }));
}

function components({ blocks }: CursorContext): readonly Completion[] {
  const signal: Completion = { label: "signal", kind: "word", detail: "the signal" };
  return blocks[0]?.keyword === "experiment" ? [signal] : [];
}

/** Names that a formula of the declaration at hand may read. */
function namesInScope(modules: Modules, { blocks }: CursorContext): readonly Completion[] {
  const owner = blocks[0]?.label;
  const own = modules.root.tree.statements.find(({ label }) => label?.parts[0]?.text === owner);
  const local = (own?.block?.statements ?? []).flatMap((field): Completion[] => {
    const name = field.label?.parts[0]?.text;
    if (name === undefined || !["parameter", "let", "input"].includes(field.keyword.text)) return [];
    return [
      {
        label: name,
        kind: "parameter",
        detail: field.note?.text ?? field.keyword.text,
        ...docOf(field.doc?.text),
      },
    ];
  });
  const context = (findKind(blocks[0]?.keyword ?? "")?.block?.context ?? []).map(
    ({ name, doc }): Completion => ({ label: name, kind: "parameter", detail: doc }),
  );
  return [...local, ...context, ...declarations(modules, ["constant", "function", "table"])];
}

function functions(): readonly Completion[] {
  return signatures.map(({ name, args, doc }) => ({
    label: name,
    kind: "function",
    detail: `${name}(${args.map((one) => one.name).join(", ")})`,
    doc,
  }));
}

/** Units that fit the value of a field, all where it takes any. */
function unitsFor({ value, annotation }: StatementDescription): readonly Completion[] {
  const wanted = annotation.kind === "unit" ? undefined : dimensionIn(value);
  return unitNames().flatMap((name): Completion[] => {
    const unit = findUnit(name);
    if (unit === undefined || (wanted !== undefined && !equal(unit.dimension, wanted))) return [];
    return [{ label: name, kind: "unit", detail: "unit" }];
  });
}

function dimensionIn(type: ValueType | undefined): Dimension | undefined {
  if (type?.kind === "either") return type.options.map(dimensionIn).find((one) => one !== undefined);
  const text =
    type?.kind === "quantity" || type?.kind === "formula" || type?.kind === "numbers"
      ? type.dimension
      : undefined;
  return text === undefined ? undefined : dimensionOfWord(text);
}

/** `use MODULE` and `use MODULE { NAME`. */
function moduleNames(
  workspace: Workspace,
  file: string,
  text: string,
  offset: number,
): readonly Completion[] {
  const { host } = workspace;
  const line = text.slice(text.lastIndexOf("use", offset - 1), offset);
  const [, path, names] = /^use\s+([\w/]*|"[^"]*"?)\s*(\{[^}]*)?$/.exec(line) ?? [];
  const list = (folder: string): readonly string[] => host.listFiles?.(folder) ?? [];
  const specs = (folder: string): readonly string[] =>
    list(folder).flatMap((name) => (name.endsWith(".sevens") ? [name.slice(0, -".sevens".length)] : []));
  if (path === undefined) return [];
  if (names === undefined) {
    const modules = list(host.library).filter((name) => name !== "data" && !name.includes("."));
    const all = [...modules, ...specs(host.library)];
    return all.map((label) => ({ label, kind: "module", detail: "library module" }));
  }
  const quoted = path.startsWith('"');
  const folder = `${host.library}/${path}`;
  const inFolder = quoted ? [] : specs(folder);
  const target = quoted
    ? `${file.slice(0, file.lastIndexOf("/") + 1)}${path.slice(1, -1).replace(/^\.\//, "")}`
    : `${folder}.sevens`;
  const inFile = workspace.modules(target)?.root.tree.statements ?? [];
  return [
    ...inFolder.map((label): Completion => ({ label, kind: "declaration", detail: path })),
    ...inFile.flatMap(({ label, keyword, doc }): Completion[] => {
      const name = label?.parts[0]?.text;
      return name === undefined
        ? []
        : [{ label: name, kind: "declaration", detail: keyword.text, ...docOf(doc?.text) }];
    }),
  ];
}
