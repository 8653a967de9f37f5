/** From the text of a spec to its model: parse, resolve modules, shape, link, inline. */
import { parse } from "../../grammar/parse.ts";
import type { Statement, SyntaxTree } from "../../grammar/syntax.ts";
import {
  type Diagnostic,
  diagnostic,
  fromSyntax,
  hasErrors,
  imported,
  replacement,
  sortDiagnostics,
} from "../diagnostics/index.ts";
import type { KindDescription } from "../kinds/index.ts";
import type { Declaration, Host, Model, SpecPackage } from "../model/model.ts";
import { type Around, checkRequired } from "./complete.ts";
import type { Reader } from "./data-file.ts";
import { inlineFiles } from "./inline.ts";
import { languageVersion } from "./language.ts";
import { libraryHolding } from "./library.ts";
import { link, type Node } from "./link.ts";
import { checkUses, lookUp, type Modules, type Parse, projectOf, readModules } from "./modules.ts";
import { normalize } from "./paths.ts";

export interface LoadOptions {
  /** The folder that files may be read from; default: that of the nearest `package.json`, else of the root file. */
  readonly project?: string;
}

/**
 * There is a model whenever the file could be read, with what is right in it, so that later checks can go on; it
 * is sound when no diagnostic is an error.
 */
export interface Loaded {
  readonly model?: Model;
  readonly diagnostics: readonly Diagnostic[];
}

/** Loads a file and everything it uses. */
export function load(file: string, host: Host, options: LoadOptions = {}): Loaded {
  const path = normalize(file);
  const text = host.readFile(path) ?? host.readFile(file);
  if (text === undefined) {
    return { diagnostics: [diagnostic("SV1701", { file, start: 0, end: 0 }, { path: file })] };
  }
  return loadText(text, path, host, options);
}

/** Loads a text as if it stood in a file of that name. */
export function loadText(text: string, fileName: string, host: Host, options: LoadOptions = {}): Loaded {
  const file = normalize(fileName);
  const project = options.project === undefined ? projectOf(file, host) : normalize(options.project);
  const modules = readModules({ file, text, host, project, parse: parseModule });
  return modelOf(modules, host, project);
}

/** The model of modules that are read already. */
function modelOf(modules: Modules, host: Host, project: string): Loaded {
  const { file, tree } = modules.root;
  const found: Diagnostic[] = [...modules.diagnostics, ...checkUses(modules)];
  if (tree.statements.length === 0 && tree.uses.length === 0 && !hasErrors(found)) {
    found.push(diagnostic("SV1315", { file, start: 0, end: 0 }, { file }));
  }
  const linked = link(modules, libraryHolding(host, parseModule));
  const meant = meantByUses(found);
  for (const one of linked.diagnostics) if (!isUnknown(one, meant, modules)) found.push(one);
  const reader: Reader = { host, project, sources: modules.sources };
  const declarations = linked.nodes.map((node) => {
    return declare(node, reader, found, aroundOf(node, modules));
  });
  const model: Model = {
    file,
    declarations,
    byName: new Map(declarations.map((declaration) => [declaration.name, declaration])),
    roots: linked.roots,
    sources: modules.sources,
    ...(modules.packages.size === 0 ? {} : { packages: [...modules.packages.values()].sort(byName) }),
    poisoned: new Set([...linked.poisoned, ...meant]),
  };
  return { model, diagnostics: sortDiagnostics(distinct(found)) };
}

const byName = (a: SpecPackage, b: SpecPackage): number =>
  `${a.name} ${a.folder}` < `${b.name} ${b.folder}` ? -1 : 1;

/** Names that were misspelt where they are used from a module: they are not unknown where they are written right. */
function meantByUses(found: readonly Diagnostic[]): ReadonlySet<string> {
  const uses = found.filter(({ code }) => code === "SV1105");
  return new Set(uses.flatMap(({ fixes }) => fixes.flatMap(({ edits }) => edits.map(({ text }) => text))));
}

function isUnknown({ code, span }: Diagnostic, names: ReadonlySet<string>, { sources }: Modules): boolean {
  return code === "SV1101" && names.has(sources.get(span.file)?.slice(span.start, span.end) ?? "");
}

function aroundOf({ file, name: own }: Node, modules: Modules): Around {
  const module = modules.byFile.get(file);
  const isOf = (name: string, kinds: readonly string[]): boolean => {
    const found = lookUp(modules, file, name);
    return typeof found === "object" && kinds.includes(found.statement.keyword.text);
  };
  return {
    bring: (from, name) => (module === undefined ? [] : imported(module.tree, from, name)),
    named: (kinds) => [...(module?.scope.keys() ?? [])].filter((name) => name !== own && isOf(name, kinds)),
  };
}

/** What is wrong with a declaration is wrong with its copies as well, at the same place. */
function distinct(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const keyOf = ({ code, span }: Diagnostic): string => `${code} ${span.file} ${span.start} ${span.end}`;
  return [...new Map(found.map((one) => [keyOf(one), one])).values()];
}

/** The model of a self-contained file that is a syntax tree already; `text` is what its spans point into. */
export function loadTree(tree: SyntaxTree, text: string, file: string): Loaded {
  const host: Host = { readFile: () => undefined, library: "" };
  const modules = readModules({ file, text, host, project: "", parse: () => ({ tree, diagnostics: [] }) });
  return modelOf(modules, host, "");
}

/** Trees of files as they were read last: most of what a spec uses does not change between two readings. */
const parsed = new Map<string, { readonly text: string; readonly result: ReturnType<Parse> }>();
const mostParsed = 1000;

export const parseModule: Parse = (text, file) => {
  const known = parsed.get(file);
  if (known?.text === text) return known.result;
  const result = parseAnew(text, file);
  if (parsed.size >= mostParsed) parsed.clear();
  parsed.set(file, { text, result });
  return result;
};

const parseAnew: Parse = (text, file) => {
  const { tree, problems } = parse(text, file);
  const diagnostics = problems.map(fromSyntax);
  const { version } = tree;
  const written = version === undefined ? "" : text.slice(version.span.start, version.span.end);
  if (version !== undefined && !/^[1-9]\d*$/.test(written)) {
    const fixes = [replacement(version.span, String(languageVersion))];
    const found = { found: written, supported: languageVersion };
    diagnostics.push(diagnostic("SV1012", version.span, found, { fixes }));
  } else if (version !== undefined && version.number > languageVersion) {
    const numbers = { version: written, supported: languageVersion };
    const fixes = [replacement(version.span, String(languageVersion))];
    diagnostics.push(diagnostic("SV1010", version.span, numbers, { fixes }));
  }
  return { tree, diagnostics };
};

/** A linked declaration with its files in it and its fields by keyword. */
function declare(
  { kind, name, statement: linked, incomplete }: Node,
  reader: Reader,
  found: Diagnostic[],
  around: Around,
): Declaration {
  const { statement, diagnostics, failed } = inlineFiles(linked, kind.keyword, name, reader);
  found.push(...diagnostics);
  const partial = incomplete || failed !== undefined;
  if (!partial) found.push(...lacking(statement, kind, name, around));
  return declarationOf(kind, name, statement, partial);
}

/** What the declaration needs and has not got, its bases counted in. */
function lacking(
  statement: Statement,
  kind: KindDescription,
  name: string,
  around: Around,
): readonly Diagnostic[] {
  if (kind.block === undefined || (statement.block === undefined && statement.assign !== undefined))
    return [];
  const owner = `\`${kind.keyword} ${name}\``;
  const span = statement.label?.span ?? statement.keyword.span;
  return checkRequired(statement, kind.block, owner, span, around);
}

function declarationOf(
  kind: KindDescription,
  name: string,
  statement: Statement,
  incomplete: boolean,
): Declaration {
  const fields = new Map<string, Statement[]>();
  for (const field of statement.block?.statements ?? []) {
    const same = fields.get(field.keyword.text);
    if (same === undefined) fields.set(field.keyword.text, [field]);
    else same.push(field);
  }
  const declaration = { kind: kind.keyword, name, statement, fields, cites: statement.cites };
  return incomplete ? { ...declaration, incomplete: true } : declaration;
}
