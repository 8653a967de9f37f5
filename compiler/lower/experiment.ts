import type { Expr, Statement } from "../../grammar/syntax.ts";
import { diagnostic } from "../diagnostics/diagnostic.ts";
import { elaborateQuantity, type Site } from "../elaborate/expression.ts";
import { checkDimension, exampleUnit, formula, typeDimension, withWhere } from "../elaborate/functions.ts";
import { type Library, type ParameterValue, restrictedTo } from "../elaborate/library.ts";
import { centerOf, numberOf, type Parameter, sigmaOf } from "../elaborate/parameters.ts";
import { type Binding, poison, quantity } from "../elaborate/value.ts";
import { type Declaration, field, fieldsOf } from "../model/model.ts";
import type { Node } from "../rate/node.ts";
import { base, divide, none } from "../units/index.ts";
import type { CrossSectionOptions } from "./interaction.ts";
import { listNumbers, unitOfList } from "./lists.ts";
import type { NucleusOptions } from "./nucleus.ts";
import { type BinnedAxis, lowerResponse, makeAxis, recoilsOf, seesElectrons } from "./response.ts";
import { type Channel, lowerSignal, signalNames } from "./signal.ts";
import { lowerFluence } from "./source.ts";
import { lowerTargets } from "./target.ts";

/** Counts of one contribution, symbolic over the axes of the experiment. */
export interface ComponentForm {
  readonly name: string;
  readonly kind: "signal" | "background";
  readonly node: Node;
  readonly channels: readonly Channel[];
}

export interface ExperimentForm {
  readonly name: string;
  readonly axes: readonly BinnedAxis[];
  readonly components: readonly ComponentForm[];
  readonly total: Node;
  readonly data: readonly number[] | undefined;
  readonly errors: readonly number[] | undefined;
}

export interface ExperimentOptions {
  readonly value: ParameterValue;
  readonly crossSection: CrossSectionOptions;
  readonly nucleus: NucleusOptions;
  /** Default of a parameter, internal units. */
  readonly defaults: (name: string) => number;
  /** Only these observables are binned. */
  readonly observables?: readonly string[];
}

export function lowerExperiment(
  library: Library,
  declaration: Declaration,
  options: ExperimentOptions,
): ExperimentForm {
  const { graph } = library.context;
  const site = library.inside(declaration, "strict", options.value);
  const detector = library.declaration(labelOf(field(declaration, "detector")));
  const axes = detector === undefined ? [] : axesOf(library, declaration, detector, site, options);
  const reduced = options.observables !== undefined && axes.length < fieldsOf(declaration, "bins").length;
  const channels =
    detector === undefined ? [] : signalsOf(library, declaration, detector, axes, site, options);
  const factors = systematicFactors(declaration, site, options.value);
  const components: ComponentForm[] = signalNames.flatMap((name) => {
    const own = channels.filter(({ signal }) => signal === name);
    const node = graph.add(...own.map((channel) => channel.node));
    return own.length === 0 ? [] : [component(name, "signal", own, node, factors, library)];
  });
  if (!reduced) {
    for (const statement of fieldsOf(declaration, "background")) {
      const name = labelOf(statement);
      const node = lowerBackground(library, declaration, statement, axes, site, options.value);
      if (node !== undefined) components.push(component(name, "background", [], node, factors, library));
    }
  }
  const total = graph.label(graph.add(...components.map(({ node }) => node)), `total_${declaration.name}`);
  const numbers = (keyword: string): readonly number[] | undefined => {
    const value = field(declaration, keyword)?.assign?.value;
    if (value === undefined || reduced) return undefined;
    const values = listNumbers(value);
    const negative = values.find((one) => one < 0);
    if (negative !== undefined && (keyword === "errors" || field(declaration, "errors") === undefined)) {
      const help = "counts are not negative; give `errors` as well if these are differences of counts";
      const parameters = { field: keyword, found: String(negative) };
      library.context.report(diagnostic("SV1402", value.span, parameters, { help }));
    }
    return values;
  };
  return {
    name: declaration.name,
    axes,
    components,
    total,
    data: numbers("data"),
    errors: numbers("errors"),
  };
}

export function labelOf(statement: Statement | undefined): string {
  return statement?.label?.parts.map((part) => part.text).join(".") ?? "";
}

function component(
  name: string,
  kind: "signal" | "background",
  channels: readonly Channel[],
  node: Node,
  factors: ReadonlyMap<string, readonly Node[]>,
  { context: { graph } }: Library,
): ComponentForm {
  const own = factors.get(name) ?? [];
  const scaled = (inner: Node): Node => graph.multiply(inner, ...own);
  return {
    name,
    kind,
    node: graph.label(scaled(node), `counts_${name}`),
    channels: channels.map((channel) => ({ ...channel, node: scaled(channel.node) })),
  };
}

/** 1 + eta for every systematic, by the component that it scales. */
function systematicFactors(
  declaration: Declaration,
  site: Site,
  value: ParameterValue,
): ReadonlyMap<string, readonly Node[]> {
  const { graph } = site.context;
  const factors = new Map<string, Node[]>();
  for (const statement of fieldsOf(declaration, "systematic")) {
    const parameter = systematicParameter(declaration, statement, site);
    if (parameter === undefined) continue;
    const factor = graph.add(graph.number(1), value(parameter).node);
    for (const clause of statement.clauses) {
      if (clause.kind !== "on") continue;
      for (const target of clause.targets) {
        const text = target.parts.map((part) => part.text).join(".");
        for (const name of text === "signal" ? signalNames : [text])
          factors.set(name, [...(factors.get(name) ?? []), factor]);
      }
    }
  }
  return factors;
}

/** Nuisances of the experiment itself: one per systematic, one per background whose total has an error. */
export function experimentNuisances(declaration: Declaration, site: Site): readonly Parameter[] {
  const systematics = fieldsOf(declaration, "systematic").map((one) =>
    systematicParameter(declaration, one, site),
  );
  const backgrounds = fieldsOf(declaration, "background").map((one) =>
    backgroundParameter(declaration, one, site),
  );
  return [...systematics, ...backgrounds].filter((one) => one !== undefined);
}

function nuisance(declaration: Declaration, statement: Statement, sigma: number, doc: string): Parameter {
  return {
    name: `${declaration.name}.${labelOf(statement)}`,
    owner: declaration.name,
    dimension: none,
    unit: "",
    factor: 1,
    value: 0,
    sigma,
    range: [-1, Number.POSITIVE_INFINITY],
    log: false,
    doc: statement.doc?.text ?? statement.note?.text ?? doc,
    statement,
  };
}

function systematicParameter(
  declaration: Declaration,
  statement: Statement,
  site: Site,
): Parameter | undefined {
  const expr = statement.assign?.value;
  const value = expr === undefined ? undefined : elaborateQuantity(expr, site);
  if (expr === undefined || value === undefined) return undefined;
  if (checkDimension(value, expr, labelOf(statement), none, site) === undefined) return undefined;
  const sigma = numberOf(value, expr, site);
  if (sigma === undefined) return undefined;
  if (!(sigma > 0)) {
    site.context.report(diagnostic("SV1412", expr.span, { field: labelOf(statement), found: String(sigma) }));
    return undefined;
  }
  return nuisance(declaration, statement, sigma, `relative shift of ${onText(statement)}`);
}

function onText(statement: Statement): string {
  const clause = statement.clauses.find((one) => one.kind === "on");
  return clause?.targets.map((target) => target.parts.map((part) => part.text).join(".")).join(", ") ?? "";
}

interface Total {
  readonly expr: Expr;
  readonly value: number;
  readonly relative: number | undefined;
}

function totalOf(statement: Statement, site: Site): Total | undefined {
  const expr = statement.block?.statements.find((one) => one.keyword.text === "total")?.assign?.value;
  const center = expr === undefined ? undefined : elaborateQuantity(centerOf(expr), site);
  if (expr === undefined || center === undefined) return undefined;
  if (checkDimension(center, expr, "total", none, site) === undefined) return undefined;
  const value = numberOf(center, expr, site);
  if (value === undefined) return undefined;
  if (value < 0) {
    site.context.report(diagnostic("SV1402", expr.span, { field: "total", found: String(value) }));
    return undefined;
  }
  if (expr.kind !== "uncertain") return { expr, value, relative: undefined };
  const error = elaborateQuantity(expr.error, site);
  const sigma = error === undefined ? undefined : sigmaOf("total", expr, value, center, error, site);
  return sigma === undefined ? undefined : { expr, value, relative: sigma / value };
}

function backgroundParameter(
  declaration: Declaration,
  statement: Statement,
  site: Site,
): Parameter | undefined {
  const total = totalOf(statement, site);
  if (total?.relative === undefined) return undefined;
  return nuisance(declaration, statement, total.relative, `relative shift of ${labelOf(statement)}`);
}

export function axesOf(
  library: Library,
  declaration: Declaration,
  detector: Declaration,
  site: Site,
  options: ExperimentOptions,
): readonly BinnedAxis[] {
  return fieldsOf(declaration, "bins").flatMap((statement) => {
    const name = labelOf(statement);
    if (options.observables !== undefined && !options.observables.includes(name)) return [];
    const observable = fieldsOf(detector, "observable").find((one) => labelOf(one) === name);
    const expr = statement.assign?.value;
    if (observable === undefined || expr === undefined) return [];
    const edges = listNumbers(expr);
    const unit = unitOfList(expr);
    const axis = makeAxis(library.context.graph, declaration.name, observable, statement, unit, edges, site);
    return axis === undefined || !edgesRise(statement, name, edges, site) ? [] : [axis];
  });
}

function edgesRise(statement: Statement, axis: string, edges: readonly number[], { context }: Site): boolean {
  if (edges.length < 2) {
    context.report(diagnostic("SV1405", statement.span, { axis }));
    return false;
  }
  const bad = edges.findIndex((edge, i) => i > 0 && !(edge > edges[i - 1]!));
  if (bad < 0) return true;
  const parameters = { axis, found: String(edges[bad]), previous: String(edges[bad - 1]) };
  context.report(diagnostic("SV1406", statement.span, parameters));
  return false;
}

function signalsOf(
  library: Library,
  declaration: Declaration,
  detector: Declaration,
  axes: readonly BinnedAxis[],
  site: Site,
  options: ExperimentOptions,
): readonly Channel[] {
  const { graph } = library.context;
  const detectorUse = field(declaration, "detector");
  const detectorSite = library.inside(
    detector,
    "strict",
    options.value,
    inputsOf(detector, detectorUse, site),
  );
  const targets = lowerTargets(library, detector, detectorSite, options.nucleus);
  const counted = options.crossSection.recoils ?? recoilsOf(undefined);
  const seen = counted.filter((recoil) => recoil === "nucleus" || seesElectrons(detector));
  const responses = Object.fromEntries(
    seen.map((recoil) => [recoil, lowerResponse(library, detector, detectorSite, axes, recoil)]),
  );
  const livetime = field(declaration, "livetime");
  const time = livetime === undefined ? undefined : formula(livetime, "livetime", base.time, site)?.node;
  const channels = new Map<string, Channel>();
  for (const use of fieldsOf(declaration, "source")) {
    const source = library.declaration(labelOf(use));
    if (source === undefined) continue;
    const sourceSite = library.inside(source, "strict", options.value, inputsOf(source, use, site));
    const fluence = lowerFluence(source, sourceSite, time);
    if (fluence === undefined) continue;
    const found = lowerSignal({
      library,
      source,
      sourceSite,
      fluence: graph.label(fluence, `fluence_${source.name}`),
      targets,
      responses,
      crossSection: options.crossSection,
      parameters: options.defaults,
    });
    for (const channel of found) {
      const key = `${channel.signal}/${channel.name}`;
      const known = channels.get(key)?.node ?? graph.number(0);
      channels.set(key, { ...channel, node: graph.add(known, channel.node) });
    }
  }
  return [...channels.values()];
}

/** Values that an experiment gives for the inputs of a source or detector. */
export function inputsOf(
  owner: Declaration,
  use: Statement | undefined,
  site: Site,
): ReadonlyMap<string, Binding> {
  const names = new Map<string, Binding>();
  for (const input of fieldsOf(owner, "input")) {
    const name = labelOf(input);
    const fallback = input.assign === undefined ? undefined : input;
    const given = use?.block?.statements.find((one) => one.keyword.text === name) ?? fallback;
    const dimension = input.type === undefined ? none : typeDimension(input.type, site);
    if (given === undefined) {
      names.set(name, { kind: "value", value: poison });
      if (use !== undefined) {
        const span = use.label?.span ?? use.span;
        const unit = dimension === undefined || dimension === none ? "" : ` ${exampleUnit(dimension)}`;
        const parameters = {
          owner: `\`${owner.kind} ${owner.name}\``,
          field: name,
          example: `${name} = 1${unit}`,
        };
        const labels = [{ span: input.label?.span ?? input.span, text: "asked for here" }];
        site.context.report(diagnostic("SV1303", span, parameters, { labels }));
      }
      continue;
    }
    const value = formula(given, name, dimension, site);
    const bound = value === undefined ? poison : quantity(value.node, dimension ?? value.dimension);
    names.set(name, { kind: "value", value: bound });
  }
  return names;
}

/** shape x total, the shape normalised over the bins. */
export function lowerBackground(
  library: Library,
  declaration: Declaration,
  statement: Statement,
  axes: readonly BinnedAxis[],
  site: Site,
  value: ParameterValue,
): Node | undefined {
  const { graph } = library.context;
  const total = totalOf(statement, site);
  const shape = statement.block?.statements.find((one) => one.keyword.text === "shape");
  if (total === undefined || shape === undefined) return undefined;
  const name = labelOf(statement);
  const perBin = shapeOverBins(library, declaration, name, shape, axes, site);
  if (perBin === undefined) return undefined;
  const norm = axes.reduce<Node>((sum, { axis }) => graph.sum(axis, sum), perBin);
  const share = graph.divide(graph.label(perBin, `shape_${name}`), graph.label(norm, `norm_${name}`));
  const parameter = backgroundParameter(declaration, statement, site);
  const scale = parameter === undefined ? graph.number(1) : graph.add(graph.number(1), value(parameter).node);
  return graph.multiply(graph.label(share, `${name}_shape`), graph.number(total.value), scale);
}

function shapeOverBins(
  library: Library,
  declaration: Declaration,
  name: string,
  shape: Statement,
  axes: readonly BinnedAxis[],
  site: Site,
): Node | undefined {
  const { graph } = library.context;
  const expr = shape.assign?.value;
  if (expr === undefined) return undefined;
  if (shape.params === undefined) {
    const values = listNumbers(expr);
    return graph.data(
      `${declaration.name}_${name}_shape`,
      axes.map(({ axis }) => axis),
      { kind: "values", values },
    );
  }
  const names = new Map<string, Binding>();
  let dimension = none;
  shape.params.forEach((param, i) => {
    const axis = axes[i];
    if (axis === undefined) return;
    names.set(param.name.text, { kind: "value", value: quantity(axis.variable, axis.dimension) });
    dimension = divide(dimension, axis.dimension);
  });
  const inner = { ...site, scope: site.scope.with(names) };
  const value = formula(shape, `shape of ${name}`, dimension, inner);
  if (value === undefined) return undefined;
  const limited = restrictedTo(shape, value, withWhere(shape, inner));
  if (limited.kind !== "quantity") return undefined;
  return axes.reduce<Node>(
    (body, axis) => graph.integral("background", axis.variable, axis.low, axis.high, body),
    limited.node,
  );
}
