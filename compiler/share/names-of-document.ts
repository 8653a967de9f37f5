/** What the names of a document stand for: its declarations, their parameters, what their blocks define. */
import { constants } from "../../runtime/constants.ts";
import { signatures } from "../../runtime/signatures.ts";
import type { Json } from "../interchange/canonical.ts";
import type { BindingJson, Document, ExprJson, ParamJson, StatementJson } from "../interchange/document.ts";
import { meaning } from "../interchange/hash.ts";
import { fieldName } from "../interchange/write.ts";
import type { FieldDescription, StatementDescription } from "../kinds/index.ts";

/** What a name of a formula stands for. */
export type Meaning =
  /** Itself: a variable by its number, a parameter by its full name. */
  | { readonly kind: "term"; readonly term: Json }
  /** A formula under a name; `hidden` names behind `where` are nothing but what they stand for. */
  | {
      readonly kind: "formula";
      readonly written: Pick<StatementJson, "params" | "value" | "where" | "for">;
      readonly scope: () => Scope;
      readonly as: string;
      readonly hidden: boolean;
    }
  /** A declaration that is no formula, or a function of the language: under its own name, with its arguments. */
  | { readonly kind: "opaque"; readonly formals: readonly ParamJson[]; readonly as: string };

export interface Scope {
  readonly names: ReadonlyMap<string, Meaning>;
  /** Variables of the statements around, which are numbered from there on. */
  readonly variables: number;
  /** How many blocks are around: a name of an inner block is not the same one in an outer one. */
  readonly depth: number;
}

/** Names of another version in the place of those of this one: of declarations, and full names of parameters. */
export type Renames = ReadonlyMap<string, string>;

const namesOfLanguage: ReadonlyMap<string, Meaning> = new Map([
  ...constants.map(({ name }): [string, Meaning] => [name, termOf(name)]),
  ...signatures.map(({ name, args }): [string, Meaning] => [
    name,
    { kind: "opaque", formals: args.map((one) => ({ name: one.name })), as: name },
  ]),
]);

export class Names {
  readonly document: Document;
  readonly renames: Renames;
  /** Names at top level. */
  readonly globals: Scope;
  /** Statements of parameters by their full names. */
  readonly parameters: ReadonlyMap<string, StatementJson>;

  constructor(document: Document, renames: Renames = new Map()) {
    this.document = document;
    this.renames = renames;
    const names = new Map(namesOfLanguage);
    this.globals = { names, variables: 0, depth: 0 };
    for (const declaration of document.declarations) names.set(declaration.name, this.#global(declaration));
    this.parameters = new Map(
      document.declarations.flatMap(({ name, fields }) =>
        manyOf(fields?.parameter).map((one) => [`${name}.${one.label ?? ""}`, one] as const),
      ),
    );
  }

  #global({ kind, name, ...written }: Document["declarations"][number]): Meaning {
    // So that it is no name of the language that another declaration hides.
    const as = `@${this.renamed(name)}`;
    if (kind === "function" || kind === "constant")
      return written.value === undefined || "map" in written.value
        ? { kind: "opaque", formals: [], as }
        : { kind: "formula", written, scope: () => this.globals, as, hidden: false };
    return { kind: "opaque", formals: written.params ?? [], as };
  }

  /** The name of a declaration, or one that begins with it: `Cs133.Rn`, which may have another name itself. */
  renamed(name: string): string {
    const whole = this.renames.get(name);
    if (whole !== undefined) return whole;
    const [head = "", ...rest] = name.split(".");
    return [this.renames.get(head) ?? head, ...rest].join(".");
  }

  /** The name that a parameter has within its declaration. */
  renamedWithin(owner: string, label: string): string {
    return this.renames.get(`${owner}.${label}`)?.split(".").at(-1) ?? label;
  }

  /** The full name of a parameter that an analysis names. */
  parameterOf(name: string, analysis: string): string {
    if (this.parameters.has(name)) return name;
    if (this.parameters.has(`${analysis}.${name}`)) return `${analysis}.${name}`;
    return this.#byShortName(analysis).get(name) ?? name;
  }

  /** Names inside of a declaration or a block: what it declares itself hides what is around it. */
  inside(written: StatementJson, around: Scope, owner: string, analysis: boolean): Scope {
    const names = new Map<string, Meaning>(around.names);
    const depth = around.depth + 1;
    const scope = { names, variables: around.variables, depth };
    const local = (label: string): string => `${".".repeat(depth)}${label}`;
    for (const [short, full] of analysis ? this.#byShortName(owner) : [])
      if (!this.globals.names.has(short)) names.set(short, termOf(this.renamed(full)));
    for (const { label = "" } of manyOf(written.fields?.parameter))
      names.set(label, termOf(this.renamed(`${owner}.${label}`)));
    for (const { label = "" } of manyOf(written.fields?.input)) names.set(label, termOf(local(label)));
    for (const one of manyOf(written.fields?.let)) {
      const { label = "" } = one;
      names.set(label, {
        kind: "formula",
        written: one,
        scope: () => scope,
        as: local(label),
        hidden: false,
      });
    }
    return scope;
  }

  /** Parameters that one name of their own is enough for, in an analysis. */
  #byShortName(analysis: string): ReadonlyMap<string, string> {
    const used = this.document.declarations.find(({ name }) => name === analysis)?.fields?.experiments;
    const experiments = new Set(
      manyOf(used).flatMap(({ value }) => (value === undefined ? [] : wordsOf(value))),
    );
    const foreign = new Set(
      this.document.declarations.flatMap(({ kind, name }) =>
        (kind === "experiment" && !experiments.has(name)) || (kind === "analysis" && name !== analysis)
          ? [name]
          : [],
      ),
    );
    const found = new Map<string, string[]>();
    for (const full of [...this.parameters.keys(), ...this.document.declarations.flatMap(nuisancesOf)]) {
      const at = full.indexOf(".");
      const short = full.slice(at + 1);
      if (!foreign.has(full.slice(0, at))) found.set(short, [...(found.get(short) ?? []), full]);
    }
    return new Map(
      [...found].flatMap(([short, [only, ...others]]) =>
        only === undefined || others.length > 0 ? [] : [[short, only] as const],
      ),
    );
  }
}

/** Parameters that an experiment has by itself, for its systematics and for totals with errors. */
function nuisancesOf({ name, fields }: Document["declarations"][number]): readonly string[] {
  const uncertain = manyOf(fields?.background).filter(({ fields: own }) =>
    manyOf(own?.total).some(({ value }) => value !== undefined && "center" in value),
  );
  return [...manyOf(fields?.systematic), ...uncertain].map(({ label = "" }) => `${name}.${label}`);
}

export function termOf(name: string): Meaning {
  return { kind: "term", term: { name } };
}

/** Names behind `where`, over those of the formula. */
export function withBindings(scope: Scope, bindings: readonly BindingJson[]): Scope {
  if (bindings.length === 0) return scope;
  const names = new Map<string, Meaning>(scope.names);
  const all = { ...scope, names };
  for (const { name, ...written } of bindings)
    names.set(name, { kind: "formula", written, scope: () => all, as: name, hidden: true });
  return all;
}

export function withNames(scope: Scope, more: Iterable<readonly [string, Meaning]>): Scope {
  return { ...scope, names: new Map([...scope.names, ...more]) };
}

/** Names that stand alone or in a list of several: `A`, `A, B`. */
export function wordsOf(json: ExprJson): readonly string[] {
  if ("sequence" in json) return json.sequence.flatMap(wordsOf);
  return "name" in json ? [json.name] : [];
}

export const isMany = (json: StatementJson | readonly StatementJson[]): json is readonly StatementJson[] =>
  Array.isArray(json);

export function manyOf(json: StatementJson | readonly StatementJson[] | undefined): readonly StatementJson[] {
  if (json === undefined) return [];
  return isMany(json) ? json : [json];
}

/** The description of a field by its key in a document. */
export function fieldOf(
  description: StatementDescription | undefined,
  key: string,
): FieldDescription | undefined {
  const { block } = description ?? {};
  return block?.fields.find((one) => fieldName(one) === key) ?? block?.open;
}

/** The number that a parameter has by itself. */
export function centerOf({ value }: StatementJson): Json | undefined {
  if (value === undefined) return undefined;
  const found = meaning(value);
  return typeof found === "object" && found !== null && "center" in found ? found.center : found;
}
