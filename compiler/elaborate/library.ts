import type { Expr, Statement } from "../../grammar/syntax.ts";
import { constants } from "../../runtime/constants.ts";
import type { InterpolationKind, Outside } from "../../runtime/interpolate.ts";
import { type Declaration, field, fieldsOf, type Model } from "../model/model.ts";
import type { TableData } from "../rate/node.ts";
import { dimensionWords, displayUnit, findUnit, parseUnitText } from "../units/index.ts";
import type { Context, UnitRule } from "./context.ts";
import { elaborate, type Site } from "./expression.ts";
import {
  amongUnits,
  checkDimension,
  elaborateAt,
  functionFrom,
  lazily,
  siteOf,
  typeDimension,
  withWhere,
} from "./functions.ts";
import { type Parameter, parametersOf, symmetricKey } from "./parameters.ts";
import { type Binding, poison, type QuantityValue, quantity, Scope, type Value } from "./value.ts";

/** What stands for a parameter in formulas: itself, or what an analysis ties it to. */
export type ParameterValue = (parameter: Parameter) => QuantityValue;

/** Everything that formulas of a model can name at top level, and the scopes of its declarations. */
export class Library {
  readonly model: Model;
  readonly context: Context;
  readonly globals: Scope;
  readonly #tables = new Map<string, TableData | undefined>();
  readonly #parameters = new Map<string, readonly Parameter[]>();

  constructor(model: Model, context: Context) {
    this.model = model;
    this.context = context;
    const names = new Map<string, Binding>(predefined(context));
    this.globals = new Scope(names);
    for (const declaration of model.declarations) {
      const binding = this.#global(declaration);
      if (binding !== undefined) names.set(declaration.name, binding);
    }
  }

  site(rule: UnitRule): Site {
    return siteOf(this.context, this.globals, rule);
  }

  declaration(name: string): Declaration | undefined {
    return this.model.byName.get(name);
  }

  parameters(declaration: Declaration): readonly Parameter[] {
    const known = this.#parameters.get(declaration.name);
    if (known !== undefined) return known;
    const found = parametersOf(declaration, this.site("natural"));
    this.#parameters.set(declaration.name, found);
    return found;
  }

  /**
   * The scope inside a declaration: its parameters and lets over the names of its context over the globals.
   * Lets that read context names are seen through the given context.
   */
  inside(
    declaration: Declaration,
    rule: UnitRule,
    value: ParameterValue,
    context: ReadonlyMap<string, Binding> = new Map(),
  ): Site {
    const names = new Map<string, Binding>(context);
    const site = siteOf(this.context, this.globals.with(names), rule);
    // A parameter that could not be read was reported: what uses it stays silent.
    for (const { label } of fieldsOf(declaration, "parameter")) {
      if (label !== undefined) names.set(label.parts[0]?.text ?? "", { kind: "value", value: poison });
    }
    addParameters(names, this.parameters(declaration), value);
    addLets(names, fieldsOf(declaration, "let"), site);
    return site;
  }

  #global(declaration: Declaration): Binding | undefined {
    if (declaration.kind === "constant") return this.#constant(declaration);
    if (declaration.kind === "function") return this.#function(declaration.statement);
    return declaration.kind === "table" ? this.#table(declaration) : undefined;
  }

  #constant({ name, statement }: Declaration): Binding {
    const expr = statement.assign?.value;
    const site = this.site("natural");
    if (expr?.kind === "map") {
      const at = (key: string): Value => {
        const entry = expr.entries.find(({ key: { text } }) => text === key);
        return entry === undefined ? poison : elaborate(entry.value, site);
      };
      return { kind: "family", arity: 1, at };
    }
    return lazily(name, statement.span, this.context, () =>
      expr === undefined ? poison : elaborate(expr, withWhere(statement, site)),
    );
  }

  #function(statement: Statement): Binding {
    const site = this.site("natural");
    const name = statement.label?.parts[0]?.text ?? "";
    return functionFrom(name, statement.params ?? [], site, (at) => functionBody(name, statement, at));
  }

  #table(declaration: Declaration): Binding {
    const { statement, name } = declaration;
    const param = statement.params?.[0];
    const argument = param?.type;
    const apply = (value: QuantityValue): Value => {
      const data = this.table(declaration);
      if (data === undefined || statement.type === undefined) return poison;
      const dimension = typeDimension(statement.type, this.site("natural"));
      return dimension === undefined
        ? poison
        : quantity(this.context.graph.table(data, value.node), dimension);
    };
    const dimension = argument === undefined ? undefined : typeDimension(argument, this.site("natural"));
    return {
      kind: "function",
      parameters: [
        {
          name: param?.name.text ?? name,
          type: dimension === undefined ? undefined : { kind: "dimension", dimension },
          optional: false,
        },
      ],
      apply: ([actual]) => (actual?.kind === "value" ? apply(actual.value) : poison),
    };
  }

  /** Points of a table in internal units. */
  table(declaration: Declaration): TableData | undefined {
    const { name } = declaration;
    if (!this.#tables.has(name)) this.#tables.set(name, this.#readTable(declaration));
    return this.#tables.get(name);
  }

  #readTable(declaration: Declaration): TableData | undefined {
    const { name, statement } = declaration;
    const argument = statement.params?.[0]?.type;
    const points = field(declaration, "points")?.assign?.value;
    if (argument === undefined || statement.type === undefined || points?.kind !== "list") return undefined;
    const xFactor = unitFactor(argument, this.site("natural"));
    const yFactor = unitFactor(statement.type, this.site("natural"));
    if (xFactor === undefined || yFactor === undefined) return undefined;
    const rows = points.items.map((row) => (row.kind === "list" ? row.items.map(numberIn) : []));
    const interpolation = interpolationOf(wordOf(declaration, "interpolation") ?? "pchip");
    const outside = outsideOf(wordOf(declaration, "outside") ?? "error");
    const step = interpolation === "step";
    const x = rows.map((row) => (row[0] ?? 0) * xFactor);
    const last = rows[rows.length - 1];
    if (step && last !== undefined) x.push((last[1] ?? 0) * xFactor);
    const y = rows.map((row) => (row[step ? 2 : 1] ?? 0) * yFactor);
    return { name, x, y, interpolation, outside };
  }
}

/** Lets of a block, in the scope that also holds them. */
export function addLets(names: Map<string, Binding>, lets: readonly Statement[], site: Site): void {
  for (const statement of lets) {
    const name = statement.label?.parts[0]?.text;
    const expr = statement.assign?.value;
    if (name === undefined || expr === undefined) continue;
    names.set(
      name,
      statement.params === undefined
        ? lazily(name, statement.span, site.context, () =>
            elaborateAt(statement.span, expr, withWhere(statement, site)),
          )
        : functionFrom(name, statement.params, site, (at) => functionBody(name, statement, at)),
    );
  }
}

function functionBody(name: string, statement: Statement, at: Site): Value {
  const expr = statement.assign?.value;
  if (expr === undefined) return poison;
  const site = withWhere(statement, at);
  const value = restrictedTo(statement, elaborateAt(statement.span, expr, site), site);
  if (value.kind !== "quantity" || statement.type === undefined) return value;
  const expected = typeDimension(statement.type, at);
  const good = expected === undefined ? value : checkDimension(value, expr, name, expected, site);
  return good === undefined ? poison : quantity(good.node, expected ?? good.dimension);
}

/** `for E in a .. b`: zero outside. */
export function restrictedTo(statement: Statement, value: Value, site: Site): Value {
  let result = value;
  for (const clause of statement.clauses) {
    if (clause.kind !== "for" || result.kind !== "quantity") continue;
    const variable = elaborate({ kind: "path", parts: [clause.variable], span: clause.variable.span }, site);
    const low = elaborate(clause.range.low, site);
    const high = elaborate(clause.range.high, site);
    if (variable.kind !== "quantity" || low.kind !== "quantity" || high.kind !== "quantity") return poison;
    const { graph } = site.context;
    const zero = graph.number(0);
    const below = graph.select("<=", variable.node, high.node, result.node, zero);
    result = quantity(graph.select("<", variable.node, low.node, zero, below), result.dimension);
  }
  return result;
}

export function addParameters(
  names: Map<string, Binding>,
  parameters: readonly Parameter[],
  value: ParameterValue,
): void {
  const families = new Map<string, Map<string, Parameter>>();
  for (const parameter of parameters) {
    const short = parameter.name.slice(parameter.owner.length + 1);
    const bracket = short.indexOf("[");
    if (bracket < 0) names.set(short, { kind: "value", value: value(parameter) });
    else {
      const family = short.slice(0, bracket);
      const members = families.get(family) ?? new Map<string, Parameter>();
      families.set(family, members.set(short.slice(bracket + 1, -1), parameter));
    }
  }
  for (const [name, members] of families) {
    const arity = [...members.keys()][0]?.includes(",") === true ? 2 : 1;
    const at = (key: string): Value => {
      const parameter = members.get(symmetricKey(key));
      return parameter === undefined ? poison : value(parameter);
    };
    names.set(name, { kind: "family", arity, at });
  }
}

function predefined({ graph }: Context): [string, Binding][] {
  return constants.map(({ name, value, unit }) => {
    const parsed = parseUnitText(unit);
    if ("problem" in parsed) throw new Error(`unit ${unit} of the constant ${name}`);
    const node = graph.number(value * parsed.factorToInternal);
    return [name, { kind: "value", value: quantity(node, parsed.dimension) }];
  });
}

export function wordOf(declaration: Declaration, keyword: string): string | undefined {
  const expr = field(declaration, keyword)?.assign?.value;
  return expr?.kind === "path" ? expr.parts[0]?.text : undefined;
}

function interpolationOf(word: string): InterpolationKind {
  if (word === "histogram") return "step";
  const known = ["linear", "pchip", "spline", "log-linear", "log-pchip", "log-spline"] as const;
  return known.find((one) => one.replace("-", "_") === word) ?? "pchip";
}

function outsideOf(word: string): Outside {
  const known = ["zero", "hold", "error", "extrapolate-exponential"] as const;
  return known.find((one) => one.replace("-", "_") === word) ?? "error";
}

/** Internal value of one unit of a type annotation; a dimension word means its canonical unit. */
function unitFactor(type: Expr, site: Site): number | undefined {
  const word = type.kind === "path" ? (type.parts[0]?.text ?? "") : "";
  const dimension = findUnit(word) === undefined ? dimensionWords.get(word) : undefined;
  if (dimension !== undefined) return displayUnit(dimension).factorToInternal;
  const value = elaborate(type, amongUnits(site));
  return value.kind === "quantity" && value.node.op === "number" ? value.node.value : undefined;
}

function numberIn(expr: Expr): number {
  if (expr.kind === "number") return Number(expr.text);
  return expr.kind === "unary" && expr.operator === "-" ? -numberIn(expr.operand) : 0;
}
