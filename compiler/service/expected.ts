/** Which dimension a number has to have where an editor's cursor is, and the units that fit. */
import { parseExpression } from "../../grammar/index.ts";
import type { Expr, Statement } from "../../grammar/syntax.ts";
import { budgetOf } from "../elaborate/context.ts";
import { elaborateQuantity, type Site } from "../elaborate/expression.ts";
import { typeDimension } from "../elaborate/functions.ts";
import { Library } from "../elaborate/library.ts";
import { centerOf, parameterFamily } from "../elaborate/parameters.ts";
import type { DimensionText, StatementDescription, ValueType } from "../kinds/index.ts";
import type { Declaration, Model } from "../model/model.ts";
import { Graph } from "../rate/graph.ts";
import {
  base,
  type Dimension,
  dimensionOfWord,
  equal,
  multiply,
  none,
  power,
  type Unit,
  units,
} from "../units/index.ts";
import { headForm, type Part, type Slot } from "./context.ts";
import { nameOf } from "./names.ts";
import {
  declarationNamed,
  declarationsOf,
  fieldsIn,
  type Place,
  parameterNamed,
  statementsAround,
} from "./scope.ts";
import { statementAt } from "./siblings.ts";

/** The dimension of a number at a place of a part of a statement; undefined where it may have any. */
export function expectedDimension(
  place: Place,
  description: StatementDescription,
  parts: readonly Part[],
  slot: Slot,
): Dimension | undefined {
  const isPart = !slot.alone || slot.frames.at(-1)?.kind === "group";
  return isPart ? undefined : wholeDimension(place, description, parts, slot);
}

/** That of the whole formula, or of the entry of the call or list that the place is in. */
export function wholeDimension(
  place: Place,
  description: StatementDescription,
  parts: readonly Part[],
  slot: Slot,
): Dimension | undefined {
  const part = parts.at(-1)!;
  const frame = slot.frames.findLast(({ kind }) => kind !== "group");
  if (frame?.kind === "call")
    return argumentDimension(place, frame.callee, frame.name ?? frame.entries.length);
  if (frame?.kind === "index") return undefined;
  switch (part.kind) {
    case "value":
      return (
        valueDimension(place, description, parts, description.value) ??
        replacedDimension(place, description, parts) ??
        dimensionBefore(place, parts, part) ??
        dimensionOfRange(place)
      );
    case "in":
      return (
        (description.label.kind === "parameter" ? targetDimension(place, description, parts) : undefined) ??
        dimensionBefore(
          place,
          parts,
          parts.find(({ kind }) => kind === "value"),
        ) ??
        dimensionBefore(place, parts, part)
      );
    case "for":
      return (
        variableDimension(place, description, parts, part.words[0]?.text) ??
        dimensionBefore(place, parts, part)
      );
    default:
      return undefined;
  }
}

/** What elaborates constants and types; it knows what the file declares and uses. */
export function siteAt(place: Place): Site {
  const declarations = (["constant", "function"] as const).flatMap((kind) =>
    declarationsOf(place, [kind]).map(
      ([name, statement]): Declaration => ({ kind, name, statement, fields: new Map(), cites: [] }),
    ),
  );
  const model: Model = {
    file: place.file,
    declarations,
    byName: new Map(declarations.map((one) => [one.name, one])),
    roots: [],
    sources: new Map(),
  };
  return new Library(model, { graph: new Graph(), report: () => {}, budget: budgetOf(10_000) }).site(
    "natural",
  );
}

/** The dimension of a type that is written. */
const ofType = (place: Place, type: Expr | undefined): Dimension | undefined =>
  type === undefined ? undefined : typeDimension(type, siteAt(place));

/** The expression that the words of a part are. */
export function expressionIn({ text, file }: Place, part: Part | undefined): Expr | undefined {
  const [first, last] = [part?.words[0], part?.words.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return parseExpression(text.slice(first.start, last.end), file).expr;
}

/** That of the first number with a unit of what is written already. */
function dimensionBefore(
  place: Place,
  parts: readonly Part[],
  part: Part | undefined,
): Dimension | undefined {
  const probe = part === parts.at(-1);
  const words = probe ? part?.words.slice(0, -1) : part?.words;
  if (part === undefined || words === undefined) return undefined;
  const split = words.findIndex(({ type }) => type === "PlusMinus" || type === "DotDot");
  if (probe && split < 0) return undefined;
  const expr = expressionIn(place, { ...part, words: probe ? words.slice(0, split) : words });
  const found = expr === undefined ? undefined : elaborateQuantity(centerOf(expr), siteAt(place));
  // A bare number takes the unit that is still to come: `4.8 +- 0.1 fm`.
  return found?.zero === true || (probe && found?.dimension === none) ? undefined : found?.dimension;
}

/** That of the range which stands behind the value already. */
function dimensionOfRange(place: Place): Dimension | undefined {
  const clause = statementAt(place)?.clauses.find(({ kind }) => kind === "in");
  if (clause?.kind !== "in") return undefined;
  const { low, high } = clause.range;
  const ends = [low, high].map((end) => elaborateQuantity(end, siteAt(place)));
  return ends.find((end) => end !== undefined && !end.zero && end.dimension !== none)?.dimension;
}

function valueDimension(
  place: Place,
  description: StatementDescription,
  parts: readonly Part[],
  type: ValueType | undefined,
): Dimension | undefined {
  switch (type?.kind) {
    case "either":
      return type.options
        .map((option) => valueDimension(place, description, parts, option))
        .find((one) => one !== undefined);
    case "sequence":
      return valueDimension(place, description, parts, type.item);
    case "map":
      return valueDimension(place, description, parts, type.value);
    case "quantity":
    case "formula":
    case "numbers":
      return dimensionOf(place, type.dimension, description, parts);
    default:
      return undefined;
  }
}

/** What a dimension of a description means here. */
function dimensionOf(
  place: Place,
  text: DimensionText,
  description: StatementDescription,
  parts: readonly Part[],
): Dimension | undefined {
  switch (text) {
    case "any":
      return undefined;
    case "declared":
      return ofType(
        place,
        expressionIn(
          place,
          parts.find(({ kind }) => kind === "type"),
        ),
      );
    case "target":
      return targetDimension(place, description, parts);
    case "observable":
      return observableAround(place);
    case "1/observable":
      return inverse(observableAround(place));
    case "1/observables":
      return inverse(product(binned(place)));
    default:
      return wordsDimension(text);
  }
}

/** `energy`, `1/energy^3`, `length^2`. */
function wordsDimension(text: string): Dimension | undefined {
  const factors = [...text.matchAll(/(\/?)([a-z_]+)(?:\^(\d))?/g)].map(
    ([, over, word = "", exponent = "1"]) => {
      const one = dimensionOfWord(word);
      return one && power(one, over === "/" ? -Number(exponent) : Number(exponent));
    },
  );
  return product(factors);
}

const inverse = (dimension: Dimension | undefined): Dimension | undefined =>
  dimension && power(dimension, -1);

const product = (all: readonly (Dimension | undefined)[]): Dimension | undefined =>
  all.reduce((so, one) => (so === undefined || one === undefined ? undefined : multiply(so, one)), none);

/** That of the parameter, the observable or the input that a statement is about. */
function targetDimension(
  place: Place,
  { label }: StatementDescription,
  parts: readonly Part[],
): Dimension | undefined {
  const names = headForm(parts[0]!.words).label;
  if (label.kind === "observable") return observableNamed(place, names[0]);
  if (label.kind !== "parameter") return ofType(place, inputNamed(place, place.open.words[0]?.text)?.type);
  const parameter = parameterNamed(place, names);
  if (parameter === undefined) return undefined;
  if (parameter.keyword.text !== "parameter") return none;
  return parameterFamily("", parameter, siteAt(place))[0]?.dimension;
}

/** That of the parameter of the base that a parameter of a copy replaces. */
function replacedDimension(
  place: Place,
  { keyword }: StatementDescription,
  parts: readonly Part[],
): Dimension | undefined {
  const [outer, ...inner] = place.outer;
  if (keyword !== "parameter" || inner.length > 0 || outer?.base === undefined) return undefined;
  const name = headForm(parts[0]!.words).label[0];
  const replaced = fieldsIn(declarationNamed(place.modules, outer.base)).find(
    (one) => one.keyword.text === keyword && nameOf(one) === name,
  );
  return replaced && parameterFamily("", replaced, siteAt(place))[0]?.dimension;
}

/** Inputs of the source or detector whose block the place is in. */
export function inputsAround({ modules, outer }: Place): readonly Statement[] {
  const { head, description } = outer.at(-1)!;
  const name = head.label[0];
  if (description?.label.kind !== "reference" || name === undefined) return [];
  return fieldsIn(declarationNamed(modules, name)).filter(({ keyword }) => keyword.text === "input");
}

const inputNamed = (place: Place, name: string | undefined): Statement | undefined =>
  inputsAround(place).find((input) => nameOf(input) === name);

/** Observables of the detector that the place is in, or of that of the experiment; of any detector before that is named. */
export function observablesAround(place: Place): readonly Statement[] {
  const owner = statementsAround(place)[0];
  const named = fieldsIn(owner).find(({ keyword }) => keyword.text === "detector");
  const name = named === undefined ? undefined : nameOf(named);
  const detector = name === undefined ? owner : declarationNamed(place.modules, name);
  const found = observablesIn(detector);
  if (found.length > 0) return found;
  return declarationsOf(place, ["detector"]).flatMap(([, other]) => observablesIn(other));
}

const observablesIn = (detector: Statement | undefined): readonly Statement[] =>
  fieldsIn(detector).filter(({ keyword }) => keyword.text === "observable");

const observableNamed = (place: Place, name: string | undefined): Dimension | undefined =>
  ofType(place, observablesAround(place).find((one) => nameOf(one) === name)?.type);

/** That of the innermost statement around the place that has a type. */
function observableAround(place: Place): Dimension | undefined {
  const type = place.outer.at(-1)?.parts.find(({ kind }) => kind === "type");
  return ofType(place, expressionIn(place, type));
}

/** Those of the observables that an experiment bins. */
function binned(place: Place): readonly (Dimension | undefined)[] {
  const bins = fieldsIn(statementsAround(place)[0]).filter(({ keyword }) => keyword.text === "bins");
  return bins.map((one) => observableNamed(place, nameOf(one)));
}

/** That of an argument of the statement, by its name: `for E in …`. */
function variableDimension(
  place: Place,
  description: StatementDescription,
  parts: readonly Part[],
  name: string | undefined,
): Dimension | undefined {
  const { params } = headForm(parts[0]!.words);
  const at = params.findIndex(([first]) => first?.text === name);
  if (at < 0) return undefined;
  const { params: type } = description;
  if (type.kind === "arguments") {
    if (type.each !== undefined) return binned(place)[at];
    const known = [...type.names, ...type.given][at];
    return known && dimensionOf(place, known.dimension, description, parts);
  }
  return ofType(place, expressionIn(place, { kind: "type", words: params[at]!.slice(2) }));
}

/** That of an argument of a declared function, form factor or table, by its name or position. */
function argumentDimension(
  place: Place,
  callee: readonly string[],
  argument: string | number,
): Dimension | undefined {
  const params = declarationNamed(place.modules, callee[0] ?? "")?.params ?? [];
  const param =
    typeof argument === "number" ? params[argument] : params.find(({ name }) => name.text === argument);
  return ofType(place, param?.type);
}

/** The dimension that the words of a type mean. */
export function dimensionOfType(place: Place, type: Part): Dimension | undefined {
  return ofType(place, expressionIn(place, type));
}

/** A unit of a dimension, or a power of one: `cm^-2`. */
export interface FittingUnit {
  readonly text: string;
  readonly unit: Unit;
}

const bases: ReadonlySet<Dimension> = new Set(Object.values(base));

/** Units that fit a dimension; all of them where it is not known, or none fits. */
export function unitsOf(wanted: Dimension | undefined): readonly FittingUnit[] {
  const found = wanted === undefined ? [] : fittingUnits(wanted);
  return found.length > 0 ? found : units().map((unit) => ({ text: unit.name, unit }));
}

/** Units of a dimension, and powers of units where that has none. */
export function fittingUnits(wanted: Dimension): readonly FittingUnit[] {
  const all = units().map((unit) => ({ text: unit.name, unit }));
  const fitting = all.filter(({ unit }) => equal(unit.dimension, wanted));
  const powers = [2, 3, -1, -2, -3].flatMap((exponent) =>
    all.flatMap(({ text, unit }) =>
      bases.has(unit.dimension) && equal(power(unit.dimension, exponent), wanted)
        ? [{ text: `${text}^${exponent}`, unit }]
        : [],
    ),
  );
  // A mass may be given as an energy.
  const energies = equal(wanted, base.mass)
    ? all.filter(({ unit }) => equal(unit.dimension, base.energy))
    : [];
  return [...fitting, ...powers, ...energies];
}
