/** Every field of every kind: behind its sign, and in its head, what its description says is offered. */
import { describe, expect, test } from "vitest";
import {
  type BlockDescription,
  type FieldDescription,
  kinds,
  type StatementDescription,
  type ValueType,
} from "../../compiler/kinds/index.ts";
import { kindNames } from "../../compiler/model/model.ts";
import { labels, preamble } from "./completion-support.ts";

/** What the file around has of each kind. */
const declared: Readonly<Record<string, readonly string[]>> = {
  constant: ["two", "wide", "masses"],
  function: ["twice"],
  table: ["light"],
  formfactor: ["Ball"],
  nucleus: ["Cs133"],
  material: ["CsI"],
  interaction: ["Boson", "Heavier", "Weak"],
  source: ["Beam", "Second"],
  detector: ["Crystal", "Plain"],
  experiment: ["Run", "Again"],
  analysis: [],
};

/** A statement with all that stands before its sign. */
function headOf(of: StatementDescription): string {
  const over = of.over === undefined ? "" : `/${of.over}`;
  return `${of.keyword}${over}${labelOf(of)}${indexOf(of)}${paramsOf(of)}${typeOf(of)}`;
}

function labelOf({ label }: StatementDescription): string {
  switch (label.kind) {
    case "none":
      return "";
    case "name":
      return " Fresh";
    case "reference":
      return ` ${declared[label.to[0]!]![0]}`;
    case "parameter":
      return " Boson.M_Zp";
    case "observable":
      return " pe";
  }
}

const indexOf = ({ index }: StatementDescription): string =>
  index.kind === "species" ? "[nu_e]" : index.kind === "flavor" && index.least > 0 ? "[l]" : "";

function paramsOf({ params }: StatementDescription): string {
  if (params.kind === "formal") return params.required ? "(x: energy)" : "";
  if (params.kind === "none") return "";
  if (params.each !== undefined) return "(n)";
  const given = params.given.map(({ name }) => ` | ${name}`).join("");
  return `(${params.names.map((_, i) => `arg${i}`).join(", ")}${given})`;
}

const typeOf = ({ annotation }: StatementDescription): string =>
  annotation.kind === "none" ? "" : annotation.kind === "words" ? `: ${annotation.words[0]!.word}` : ": PE";

interface Case {
  readonly name: string;
  readonly of: StatementDescription;
  /** The text up to the statement. */
  readonly before: string;
}

/** A statement of each kind and of each field, its own blocks included. */
function casesIn(of: StatementDescription, before: string, path: readonly string[]): readonly Case[] {
  const name = [...path, of.keyword].join(" ");
  const inner = of.block === undefined ? [] : fieldsOf(of.block, of);
  const open = `${before}${headOf(of)} {\n${needed[of.keyword] ?? ""}`;
  return [{ name, of, before }, ...inner.flatMap((field) => casesIn(field, open, [...path, of.keyword]))];
}

/** An open block has the inputs of what it is for. */
const fieldsOf = (
  { fields, open }: BlockDescription,
  of: StatementDescription,
): readonly FieldDescription[] =>
  open === undefined
    ? fields
    : [...fields, { ...open, keyword: of.keyword === "source" ? "distance" : "gain" }];

/** What other fields of a block refer to. */
const needed: Readonly<Record<string, string>> = {
  experiment: "detector Crystal\nbins pe = [1, 2] PE\nparameter local = 1\n",
  interaction: "parameter local = 1\n",
  nucleus: "parameter local = 1\n",
  detector: "parameter local = 1\n",
  analysis: "parameter local = 1\n",
  table: 'file = "counts.csv"\n',
};

const cases = kindNames.flatMap((kind) => casesIn(kinds[kind], preamble, []));
const table = cases.map((one) => [one.name, one] as const);

test.each(kindNames)("a copy of a %s is one of its kind", (kind) => {
  expect(labels(`${preamble}${kind} Fresh ¦`)).toContain("from");
  expect([...labels(`${preamble}${kind} Fresh from ¦`)].sort()).toEqual([...declared[kind]!].sort());
});

test("all of the kinds are looked at", () => {
  expect(cases.length).toBeGreaterThan(80);
  expect(new Set(cases.map(({ of }) => of.value?.kind)).size).toBe(14);
});

/** What has to be among the offers for a value, and what must not be. */
function wanted(type: ValueType): { readonly all: readonly string[]; readonly none: readonly string[] } {
  const nothing = { all: [], none: [] };
  switch (type.kind) {
    case "words":
      return { all: type.words.map(({ word }) => word), none: ["pi", "two", "sqrt"] };
    case "reference":
      return { all: type.to.flatMap((kind) => declared[kind]!), none: others(type.to) };
    case "call":
      return { all: declared[type.to]!, none: others([type.to]) };
    case "sum":
      return { all: declared[type.of]!, none: others([type.of]) };
    case "map":
      return type.keys.kind === "words" ? nothing : { all: [], none: ["sqrt"] };
    case "formula":
      return {
        all: [...type.context.map(({ name }) => name), "two", "twice", "m_e", "sqrt"],
        none: ["Beam"],
      };
    case "quantity":
      return type.integer ? nothing : { all: ["two", "pi", "sqrt"], none: ["Beam", "local"] };
    case "sequence":
      return wanted(type.item);
    case "numbers":
      return type.file ? { all: ['"counts.csv"'], none: ["Beam"] } : nothing;
    case "names":
      return { all: ["x_us", "y"], none: ["two"] };
    case "string":
      return { all: ['"counts.csv"'], none: ["two"] };
    case "rows":
      return nothing;
    case "either": {
      const all = type.options.map(wanted);
      return { all: all.flatMap((one) => one.all), none: ["Beam"] };
    }
  }
}

const others = (of: readonly string[]): readonly string[] =>
  Object.entries(declared).flatMap(([kind, names]) => (of.includes(kind) ? [] : names));

describe.each(table.filter(([, { of }]) => of.value !== undefined))(
  "the value of %s",
  (_, { of, before }) => {
    const start = `${before}${headOf(of)} ${of.operators[0]} `;
    const { all, none } = wanted(of.value!);

    test("offers what its type says, on its line, on the next one and half-written", () => {
      for (const text of [`${start}¦`, `${start}\n    ¦`, `${start}s¦`]) {
        expect(labels(text)).toEqual(expect.arrayContaining([...all]));
        for (const name of none) expect(labels(text)).not.toContain(name);
      }
    });

    test("goes on behind operators and in brackets, also on the next line", () => {
      const formula = of.value!.kind === "formula";
      for (const text of [
        `${start}two * (\n    ¦`,
        `${start}sqrt(¦`,
        `${start}two +\n ¦`,
        `${start}two * ¦`,
      ]) {
        if (formula) expect(labels(text), text.slice(-30)).toEqual(expect.arrayContaining([...all]));
      }
    });

    test("offers the keys of a map, those that are not there yet, and what its entries may be", () => {
      const types = of.value!.kind === "either" ? of.value!.options : [of.value!];
      const map = types.find((one) => one.kind === "map");
      if (map === undefined) return;
      const keys =
        map.keys.kind === "words"
          ? map.keys.words.map(({ word }) => word)
          : map.keys.to.flatMap((one) => declared[one]!);
      const [first, ...more] = keys.sort();
      const sorted = (text: string): readonly string[] => [...labels(text)].sort();
      expect(sorted(`${start}{ ¦`)).toEqual(keys);
      expect(sorted(`${start}{ ${first}: 1, ¦`)).toEqual(more);
      expect(sorted(`${start}{\n  ${first}: 1,\n  ¦`)).toEqual(more);
      expect(labels(`${start}{ ${first}: ¦`)).toEqual(expect.arrayContaining(["two", "sqrt"]));
    });

    test("offers units behind a number", () => {
      const kindsOf =
        of.value!.kind === "either" ? of.value!.options.map(({ kind }) => kind) : [of.value!.kind];
      if (!kindsOf.some((kind) => ["formula", "quantity"].includes(kind))) return;
      expect(labels(`${start}1 ¦`).length).toBeGreaterThan(0);
      expect(labels(`${start}1 ¦`)).not.toContain("two");
    });
  },
);

describe.each(table)("the head of %s", (_, { of, before }) => {
  test("offers labels", () => {
    const found = labels(`${before}${of.keyword} ¦`);
    switch (of.label.kind) {
      case "reference":
        // The detector that the experiment has is not offered again.
        for (const kind of of.label.to) expect(found).toContain(declared[kind]!.at(-1));
        for (const name of others(of.label.to)) expect(found).not.toContain(name);
        return;
      case "parameter":
        expect(found).toEqual(expect.arrayContaining(["Weak.s2w", "Run.Flat", "Run.norm"]));
        expect(found.includes("Boson.g")).toBe(of.keyword !== "profile");
        return;
      case "observable":
        expect(found).toContain("time");
        return;
      default:
        expect(found).not.toContain("two");
    }
  });

  test("offers flavours or species, types and words", () => {
    if (of.index.kind !== "none") {
      const over = of.over === undefined ? "" : `/${of.over} `;
      const label = of.label.kind === "parameter" ? " Boson.eps" : labelOf(of);
      const found = labels(`${before}${of.keyword}${over}${label}[¦`);
      expect(found).toEqual(
        expect.arrayContaining(of.index.kind === "species" ? ["nubar_mu"] : ["e", "mu", "tau"]),
      );
    }
    const head = `${of.keyword}${labelOf(of)}${paramsOf(of)}`;
    if (of.annotation.kind === "unit")
      expect(labels(`${before}${head}: ¦`)).toEqual(
        expect.arrayContaining(["energy", "length", "PE", "MeV"]),
      );
    if (of.annotation.kind === "words")
      expect(labels(`${before}${head}: ¦`)).toEqual(of.annotation.words.map(({ word }) => word));
    if (of.params.kind === "formal")
      expect(labels(`${before}${of.keyword} Fresh(x: ¦`)).toEqual(
        expect.arrayContaining(["energy", "flavor"]),
      );
  });

  test("offers what its clauses begin with", () => {
    const valued = of.value === undefined ? "" : ` ${of.operators[0]} two`;
    const found = labels(`${before}${headOf(of)}${valued} ¦`);
    for (const clause of of.clauses) if (clause !== "from") expect(found).toContain(clause);
    if (of.clauses.includes("on")) expect(labels(`${before}${headOf(of)}${valued} on ¦`)).toContain("signal");
    if (of.clauses.includes("where"))
      expect(labels(`${before}${headOf(of)}${valued} where a = ¦`)).toContain("sqrt");
    if (of.clauses.includes("in")) expect(labels(`${before}${headOf(of)}${valued} in ¦`)).toContain("two");
  });
});

describe.each(table.filter(([, { of }]) => of.block !== undefined))(
  "the block of %s",
  (_, { of, before }) => {
    test("offers its fields", () => {
      const found = labels(`${before}${headOf(of)} {\n  ¦`);
      for (const { keyword, over } of of.block!.fields)
        expect(found).toContain(over === undefined ? keyword : `${keyword}/${over}`);
      if (of.block!.open !== undefined) expect(found.length).toBeGreaterThan(0);
    });

    test("offers the value of a field whose name is misspelt", () => {
      for (const { keyword, value, label, params } of of.block!.fields) {
        if (keyword.length < 5 || value?.kind !== "words" || label.kind !== "none" || params.kind !== "none")
          continue;
        const typo = keyword.slice(0, 2) + keyword[3] + keyword[2] + keyword.slice(4);
        expect(labels(`${before}${headOf(of)} {\n  ${typo} = ¦`)).toEqual(
          value.words.map(({ word }) => word),
        );
      }
    });
  },
);
