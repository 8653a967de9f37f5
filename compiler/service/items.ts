/** Names, words and units as completions. */
import type { Statement } from "../../grammar/syntax.ts";
import { constants } from "../../runtime/constants.ts";
import { signatures } from "../../runtime/signatures.ts";
import type { Word } from "../kinds/index.ts";
import type { KindName } from "../model/model.ts";
import { type Dimension, describe } from "../units/index.ts";
import type { Completion } from "./completion.ts";
import { type FittingUnit, unitsOf } from "./expected.ts";
import type { ProductUnits } from "./factors.ts";
import { nameOf } from "./names.ts";
import { declarationsOf, type Place } from "./scope.ts";

export const wordItems = (list: readonly Word[]): readonly Completion[] =>
  list.map(({ word, doc }) => ({ label: word, kind: "word", detail: doc }));

/** A field by its name, with what is said of it. */
export function fieldItem(field: Statement, label = nameOf(field) ?? ""): Completion {
  const doc = field.doc?.text;
  const detail = field.note?.text ?? field.keyword.text;
  return { label, kind: "parameter", detail, ...(doc === undefined ? {} : { doc }) };
}

/** Kinds whose names stand in formulas as calls. */
const called: ReadonlySet<string> = new Set(["function", "table"]);

/** Declarations of some kinds that the file makes or uses. */
export function declarationItems(place: Place, of: readonly KindName[]): readonly Completion[] {
  return declarationsOf(place, of).map(([label, { keyword, doc }]) => ({
    label,
    kind: "declaration",
    detail: keyword.text,
    ...(called.has(keyword.text) ? { insert: `${label}(` } : {}),
    ...(doc === undefined ? {} : { doc: doc.text }),
  }));
}

/** Units that fit, all where the dimension is not known. */
export const unitItems = (wanted: Dimension | undefined): readonly Completion[] =>
  unitsOf(wanted).map(unitItem);

export const unitItem = ({ text, unit }: FittingUnit): Completion => ({
  label: text,
  kind: "unit",
  detail: unit.doc,
  doc: describe(unit.dimension),
});

/** Units where they are values, those that lead to the dimension of the whole apart from the others. */
export interface UnitItems {
  readonly leading: readonly Completion[];
  readonly others: readonly Completion[];
}

export const noUnits: UnitItems = { leading: [], others: [] };

export const productUnits = ({ leading, others }: ProductUnits): UnitItems => ({
  leading: leading.map(unitItem),
  others: others.map(unitItem),
});

export const allUnits = ({ leading, others }: UnitItems): readonly Completion[] => [...leading, ...others];

/** What a fixed number may be made of: units where they are values, constants and functions of them. */
export function numberItems(place: Place, { leading, others }: UnitItems): readonly Completion[] {
  return [...leading, ...declarationItems(place, ["constant", "function", "table"]), ...predefined(others)];
}

const conditional: Completion = { label: "if", kind: "keyword", detail: "if … then … else …" };
/** Functions that bind a variable, or have a meaning of their own. */
export const forms: Readonly<Record<string, string>> = {
  integral: "integral(f(x), x = a .. b)",
  sum: "sum(f[l], l = flavors)",
  root: "root(f(x), x = a .. b)",
  delta: "delta(E - E0)",
};

/** Names that the language has, and units where they are values. */
export function predefined(asValues: readonly Completion[]): readonly Completion[] {
  return [
    ...constants.map(({ name, doc }): Completion => ({ label: name, kind: "parameter", detail: doc })),
    ...signatures.map(
      ({ name, args, doc }): Completion => ({
        label: name,
        kind: "function",
        detail: `${name}(${args.map((one) => one.name).join(", ")})`,
        doc,
        insert: `${name}(`,
      }),
    ),
    ...Object.entries(forms).map(
      ([label, detail]): Completion => ({ label, kind: "function", detail, insert: `${label}(` }),
    ),
    conditional,
    ...asValues,
  ];
}
