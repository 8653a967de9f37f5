import { changes, inFrontOf, replacement as replaced } from "../../grammar/fixes.ts";
import type { CallExpr, Expr, Fix, Span, Statement } from "../../grammar/syntax.ts";
import { m_e } from "../../runtime/constants.ts";
import { diagnostic } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Context } from "../elaborate/context.ts";
import { elaborateQuantity, type Site } from "../elaborate/expression.ts";
import { checkDimension, formula } from "../elaborate/functions.ts";
import { addLets, type Library, type ParameterValue } from "../elaborate/library.ts";
import { centerOf } from "../elaborate/parameters.ts";
import { type Binding, poison, type QuantityValue, quantity, type Value } from "../elaborate/value.ts";
import { type Declaration, field, fieldsOf } from "../model/model.ts";
import type { Graph } from "../rate/graph.ts";
import type { Node } from "../rate/node.ts";
import { base, type Dimension, dimension, none } from "../units/index.ts";

const area = dimension({ length: 2 });

/** A nucleus as formulas see it. Numbers in internal units; form factors as functions of the momentum transfer. */
export interface Nucleus {
  readonly name: string;
  readonly Z: number;
  readonly A: number;
  readonly N: number;
  /** Of the nucleus alone, and of the atom: with its Z electrons. */
  readonly mass: number;
  readonly atomicMass: number;
  readonly spin: number;
  readonly Fp: (q: Node) => Value;
  readonly Fn: (q: Node) => Value;
  /** Electrons of the atom that an energy transfer can free. */
  readonly electrons: (T: Node) => Value;
  /** Cross section of the atom for absorbing a photon of an energy. */
  readonly photoabsorption: (T: Node) => Value;
}

export interface NucleusOptions {
  readonly value: ParameterValue;
  /** Replaces the form factors of protons and neutrons; their radius stays. */
  readonly formfactor?: Declaration;
}

/** Reads a nucleus; undefined when something in it was reported. */
export function lowerNucleus(
  library: Library,
  declaration: Declaration,
  options: NucleusOptions,
): Nucleus | undefined {
  const site = library.inside(declaration, "natural", options.value);
  const Z = constantField(declaration, "Z", site);
  const A = constantField(declaration, "A", site);
  const atomic = constantField(declaration, "atomic_mass", site, base.mass);
  const nuclear = constantField(declaration, "nuclear_mass", site, base.mass);
  const spin = constantField(declaration, "spin", site) ?? 0;
  if (Z === undefined || A === undefined) return undefined;
  const mass = nuclear ?? (atomic === undefined ? undefined : atomic - Z * m_e);
  if (mass === undefined) return undefined;
  const formfactorOf = (keyword: string): ((q: Node) => Value) => {
    const expr = field(declaration, keyword)?.assign?.value;
    const made = new Map<Node, Value>();
    return (q) => {
      const known = made.get(q);
      if (known !== undefined) return known;
      const value = expr === undefined ? poison : applyFormfactor(library, expr, q, site, options.formfactor);
      if (value.kind === "quantity")
        library.context.graph.label(value.node, `${keyword === "protons" ? "Fp" : "Fn"}_${declaration.name}`);
      made.set(q, value);
      return value;
    };
  };
  return {
    name: declaration.name,
    Z,
    A,
    N: A - Z,
    mass,
    atomicMass: atomic ?? mass + Z * m_e,
    spin,
    Fp: formfactorOf("protons"),
    Fn: formfactorOf("neutrons"),
    electrons: electronsOf(declaration, Z, site),
    photoabsorption: photoabsorptionOf(declaration, site),
  };
}

/** The formula of `photoabsorption(T)`; a nucleus without it cannot take part in what reads it. */
function photoabsorptionOf(declaration: Declaration, site: Site): (T: Node) => Value {
  const statement = field(declaration, "photoabsorption");
  if (statement !== undefined) return ofEnergy(declaration, statement, area, site);
  let reported = false;
  return () => {
    const parameters = { nucleus: declaration.name };
    if (!reported) site.context.report(diagnostic("SV1322", declaration.statement.span, parameters));
    reported = true;
    return poison;
  };
}

/** The formula of `electrons(T)`; all Z of them where there is none. */
function electronsOf(declaration: Declaration, Z: number, site: Site): (T: Node) => Value {
  const statement = field(declaration, "electrons");
  if (statement === undefined) return () => quantity(site.context.graph.number(Z), none);
  return ofEnergy(declaration, statement, none, site);
}

/** A field of an energy as a function, each argument's value made once. */
function ofEnergy(
  declaration: Declaration,
  statement: Statement,
  dimension: Dimension,
  site: Site,
): (T: Node) => Value {
  const made = new Map<Node, Value>();
  return (T) => {
    const known = made.get(T);
    if (known !== undefined) return known;
    const argument = statement.params?.[0]?.name.text ?? "T";
    const names = new Map<string, Binding>([[argument, { kind: "value", value: quantity(T, base.energy) }]]);
    const inner = { ...site, scope: site.scope.with(names) };
    const what = `${statement.keyword.text} of ${declaration.name}`;
    const value = formula(statement, what, dimension, inner) ?? poison;
    made.set(T, value);
    return value;
  };
}

/** A field that is one number, checked for its dimension. */
export function constantField(
  declaration: Declaration,
  keyword: string,
  site: Site,
  dimension = none,
): number | undefined {
  const statement = field(declaration, keyword);
  const expr = statement?.assign?.value;
  if (statement === undefined || expr === undefined) return undefined;
  const strict: Site = { ...site, rule: "strict" };
  const found = elaborateQuantity(centerOf(expr), strict);
  const value =
    found === undefined ? undefined : checkDimension(found, centerOf(expr), keyword, dimension, strict);
  if (value === undefined) return undefined;
  if (value.node.op === "number") return value.node.value;
  site.context.report(diagnostic("SV1211", expr.span, { found: "a formula that is not constant" }));
  return undefined;
}

/** `Helm(R = Rp)` at a momentum transfer, or another form factor at the same radius. */
function applyFormfactor(
  library: Library,
  expr: Expr,
  q: Node,
  site: Site,
  replacement: Declaration | undefined,
): Value {
  const call: CallExpr | undefined =
    expr.kind === "call"
      ? expr
      : expr.kind === "path"
        ? { kind: "call", callee: expr, args: [], span: expr.span }
        : undefined;
  const declaration = call === undefined ? undefined : library.declaration(call.callee.parts[0]?.text ?? "");
  if (call === undefined || declaration?.kind !== "formfactor") return poison;
  const args = new Map<string, QuantityValue>();
  const params = declaration.statement.params ?? [];
  for (const [i, { name, value }] of call.args.entries()) {
    const target = name?.text ?? params[i]?.name.text;
    const param = params.find((one) => one.name.text === target);
    if (param === undefined || target === undefined) {
      const names = params.map((one) => one.name.text);
      const help = `its arguments are ${names.map((one) => `\`${one}\``).join(", ")}`;
      const free = names.filter((one) => call.args.every((other) => other.name?.text !== one));
      const remark =
        name === undefined
          ? { notes: [help] }
          : {
              help,
              fixes: free.map((one) => replaced(name.span, one)),
              ...didYouMean(name.span, name.text, names),
            };
      const parameters = { callee: declaration.name, argument: target ?? `${i + 1}` };
      site.context.report(diagnostic("SV1308", name?.span ?? value.span, parameters, remark));
      return poison;
    }
    if (args.has(target)) {
      site.context.report(diagnostic("SV1309", value.span, { callee: declaration.name, argument: target }));
      return poison;
    }
    const quantityValue = elaborateQuantity(value, site);
    if (quantityValue === undefined) return poison;
    const checked = checkArgument(declaration.name, target, quantityValue, value, site);
    if (checked === undefined) return poison;
    args.set(target, checked);
  }
  if (replacement === undefined) return formfactorAt(library, declaration, args, q, call);
  const radius = args.get("R");
  return formfactorAt(
    library,
    replacement,
    radius === undefined ? new Map() : new Map([["R", radius]]),
    q,
    call,
  );
}

/** Every argument of a form factor is a length. */
function checkArgument(
  callee: string,
  name: string,
  value: QuantityValue,
  expr: Expr,
  site: Site,
): QuantityValue | undefined {
  return checkDimension(value, expr, `${name} of ${callee}`, base.length, { ...site, rule: "strict" });
}

/** The call with a radius as nuclei have it in the place of the argument that it lacks. */
function givenArgument(callee: string, name: string, { span, args = [] }: FormfactorUse): Fix {
  const value = `${name} = ${name === "R" ? 4.8 : 1} fm`;
  const [first] = args;
  return first === undefined
    ? replaced(span, `${callee}(${value})`)
    : changes(`add \`${value}\``, inFrontOf((first.name ?? first.value).span, `${value}, `));
}

/** Where a form factor is used. */
type FormfactorUse = Pick<CallExpr, "span"> & Partial<Pick<CallExpr, "args">>;

/** A declared form factor at given arguments. */
export function formfactorAt(
  library: Library,
  declaration: Declaration,
  args: ReadonlyMap<string, QuantityValue>,
  q: Node,
  use: FormfactorUse,
): Value {
  const names = new Map<string, Binding>();
  const context =
    use.span === declaration.statement.span ? library.context : calledFrom(use.span, library.context);
  const site: Site = { context, scope: library.globals.with(names), rule: "natural" };
  for (const param of declaration.statement.params ?? []) {
    const name = param.name.text;
    const given = args.get(name);
    const value = given ?? (param.default === undefined ? undefined : elaborateQuantity(param.default, site));
    if (value === undefined) {
      if (param.default === undefined) {
        const parameters = { callee: declaration.name, argument: name };
        const help = `write \`${declaration.name}(${name} = …)\``;
        const fixes = [givenArgument(declaration.name, name, use)];
        library.context.report(diagnostic("SV1310", use.span, parameters, { help, fixes }));
      }
      return poison;
    }
    names.set(name, { kind: "value", value });
  }
  const statement = field(declaration, "F");
  if (statement === undefined) return poison;
  const argument = statement.params?.[0]?.name.text ?? "q";
  names.set(argument, { kind: "value", value: quantity(q, base.energy) });
  addLets(names, fieldsOf(declaration, "let"), site);
  return formula(statement, `F of ${declaration.name}`, none, site) ?? poison;
}

/** What is wrong in a formula only with the arguments of one call names the call. */
function calledFrom(span: Span, context: Context): Context {
  return {
    ...context,
    report: (one) =>
      context.report({ ...one, labels: [...one.labels, { span, text: "with these arguments" }] }),
  };
}

/** Names of the nucleus at hand in the formulas of an interaction. */
export function nucleusNames(nucleus: Nucleus, graph: Graph, q: Node): [string, Binding][] {
  return [
    ...numbersOf(nucleus, graph),
    ["J", { kind: "value", value: quantity(graph.number(nucleus.spin), none) }],
    ["Fp", functionOf("q", nucleus.Fp, q)],
    ["Fn", functionOf("q", nucleus.Fn, q)],
  ];
}

/** Names of the atom at hand in formulas of scattering on its electrons. */
export function atomNames(nucleus: Nucleus, graph: Graph, T: Node): [string, Binding][] {
  return [
    ...numbersOf(nucleus, graph),
    ["Zeff", functionOf("T", nucleus.electrons, T)],
    ["sigma_gamma", functionOf("T", nucleus.photoabsorption, T)],
  ];
}

function numbersOf(nucleus: Nucleus, graph: Graph): [string, Binding][] {
  const number = (value: number, dimension = none): Binding => ({
    kind: "value",
    value: quantity(graph.number(value), dimension),
  });
  return [
    ["Z", number(nucleus.Z)],
    ["N", number(nucleus.N)],
    ["A", number(nucleus.A)],
    ["M", number(nucleus.mass, base.energy)],
  ];
}

/** A function of an energy whose bare name means its value at the usual one. */
function functionOf(argument: string, at: (x: Node) => Value, usual: Node): Binding {
  return {
    kind: "function",
    parameters: [{ name: argument, type: { kind: "dimension", dimension: base.energy }, optional: false }],
    apply: ([actual]) => (actual?.kind === "value" ? at(actual.value.node) : poison),
    bare: () => at(usual),
  };
}
