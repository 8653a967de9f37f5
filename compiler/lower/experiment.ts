import type { Statement } from "../../grammar/syntax.ts";
import { diagnostic } from "../diagnostics/diagnostic.ts";
import { added } from "../diagnostics/fix.ts";
import { missingField } from "../diagnostics/missing-field.ts";
import type { Site } from "../elaborate/expression.ts";
import { exampleUnit, formula, typeDimension, withUnit } from "../elaborate/functions.ts";
import type { Library, ParameterValue } from "../elaborate/library.ts";
import { type Binding, poison, quantity } from "../elaborate/value.ts";
import { type Declaration, field, fieldsOf, labelOf } from "../model/model.ts";
import type { Axis, Node } from "../rate/node.ts";
import { base, none } from "../units/index.ts";
import { lowerBackground, lowerVariance } from "./background.ts";
import { atEvents, countsOf, type EventList, eventsOf, sourceAt, standIns, volumeOf } from "./events.ts";
import type { CrossSectionOptions } from "./interaction.ts";
import { listNumbers, unitOfList } from "./lists.ts";
import type { NucleusOptions } from "./nucleus.ts";
import { signalName, signalNames, systematicFactors } from "./nuisances.ts";
import {
  type BinnedAxis,
  isModelled,
  lowerResponse,
  makeAxis,
  recoilsOf,
  seesElectrons,
} from "./response.ts";
import { type Binned, innerField, lowerShape } from "./shape.ts";
import { type Channel, lowerSignal } from "./signal.ts";
import { lowerFluence } from "./source.ts";
import { lowerTargets } from "./target.ts";

export { labelOf } from "../model/model.ts";
export { signalName } from "./nuisances.ts";

/** Counts of one contribution, symbolic over the axes of the experiment. */
export interface ComponentForm {
  readonly name: string;
  readonly kind: "signal" | "background";
  readonly node: Node;
  readonly channels: readonly Channel[];
  /** Variance of the node from limited statistics of its template. */
  readonly variance?: Node;
}

export interface ExperimentForm {
  readonly name: string;
  readonly axes: readonly BinnedAxis[];
  readonly components: readonly ComponentForm[];
  readonly total: Node;
  /** Variance of the total from limited statistics of templates; absent where none has any. */
  readonly variance?: Node;
  /** What an unbinned likelihood reads. */
  readonly events?: EventForm;
  readonly data: readonly number[] | undefined;
  readonly errors: readonly number[] | undefined;
  readonly likelihood: "poisson" | "gaussian" | "unbinned";
}

/** Densities at the events. */
export interface EventForm {
  readonly axis: Axis;
  /** The events of the spec inside of the bins, observables in the units of the axes. */
  readonly listed: readonly (readonly number[])[];
  /** For how many events each stands, where they are exchanged at run time. */
  readonly weight?: Node;
  /** Expected density at each event, in units of that of as many events spread evenly over the bins. */
  readonly density: Node;
}

export interface ExperimentOptions {
  readonly value: ParameterValue;
  readonly crossSection: CrossSectionOptions;
  readonly nucleus: NucleusOptions;
  /** Default of a parameter, internal units. */
  readonly defaults: (name: string) => number;
  /** Only these observables are binned. */
  readonly observables?: readonly string[];
  /** What the analysis says; otherwise errors of the data make it Gaussian. */
  readonly likelihood?: string;
  /** So many events can be put in the place of those of the spec, where an unbinned likelihood reads them. */
  readonly places?: number;
}

export function lowerExperiment(
  library: Library,
  declaration: Declaration,
  options: ExperimentOptions,
): ExperimentForm {
  const { graph } = library.context;
  const site = library.inside(declaration, "strict", options.value);
  const detector = library.declaration(labelOf(field(declaration, "detector")));
  const all = detector === undefined ? [] : axesOf(library, declaration, detector, site);
  const axes = all.filter(({ name }) => options.observables?.includes(name) ?? true);
  const reduced = axes.length < all.length;
  const binned = { library, declaration, axes: all, site, value: options.value };
  const factors = systematicFactors(declaration, site, options.value);
  const components = detector === undefined ? [] : componentsOver(axes, binned, detector, options, factors);
  const total = graph.label(graph.add(...components.map(({ node }) => node)), `total_${declaration.name}`);
  const events = reduced ? undefined : eventsOf(declaration, all);
  const numbers = (keyword: string): readonly number[] | undefined =>
    reduced ? undefined : numbersOf(library, declaration, keyword);
  const errors = numbers("errors");
  const unbinned = options.likelihood === "unbinned" && events !== undefined && detector !== undefined;
  // Experiments without a list of events are fitted beside it in bins.
  const asked = options.likelihood === "unbinned" ? undefined : options.likelihood;
  const likelihood = asked ?? (errors === undefined ? "poisson" : "gaussian");
  const variances = new Map(
    fieldsOf(declaration, "background").flatMap((one) => {
      const name = labelOf(one);
      const variance = lowerVariance(binned, one, factors.get(name) ?? []);
      return variance === undefined ? [] : [[name, variance]];
    }),
  );
  const hasVariance = variances.size > 0 && !reduced && !unbinned;
  return {
    name: declaration.name,
    axes,
    components: hasVariance
      ? components.map((one) => withVariance(one, variances.get(one.name)))
      : components,
    total,
    data: numbers("data") ?? (events && countsOf(events, all)),
    errors,
    likelihood: unbinned ? "unbinned" : likelihood === "gaussian" ? "gaussian" : "poisson",
    ...(hasVariance
      ? { variance: graph.label(graph.add(...variances.values()), `variance_${declaration.name}`) }
      : {}),
    ...(unbinned && (events.values.length > 0 || options.places !== undefined)
      ? { events: eventForm(events, binned, detector, options, factors) }
      : {}),
  };
}

function withVariance(component: ComponentForm, variance: Node | undefined): ComponentForm {
  return variance === undefined ? component : { ...component, variance };
}

/** Expected counts over some of the axes; backgrounds are not known but over all of them. */
function componentsOver(
  axes: readonly BinnedAxis[],
  binned: Binned,
  detector: Declaration,
  options: ExperimentOptions,
  factors: ReadonlyMap<string, readonly Node[]>,
): readonly ComponentForm[] {
  const { library, declaration } = binned;
  const { graph } = library.context;
  const channels = signalOver(axes, binned, detector, options);
  const components: ComponentForm[] = signalNames.flatMap((name) => {
    const own = channels.filter(({ signal }) => signal === name);
    const node = graph.add(...own.map((channel) => channel.node));
    return own.length === 0 ? [] : [component(name, "signal", own, node, factors, library)];
  });
  if (axes.length < binned.axes.length) return components;
  for (const statement of fieldsOf(declaration, "background")) {
    const name = labelOf(statement);
    const node = lowerBackground(binned, statement);
    if (node !== undefined) components.push(component(name, "background", [], node, factors, library));
  }
  return components;
}

/** All components at the events in the place of their bins. */
function eventForm(
  events: EventList,
  binned: Binned,
  detector: Declaration,
  options: ExperimentOptions,
  factors: ReadonlyMap<string, readonly Node[]>,
): EventForm {
  const { library, declaration, axes } = binned;
  const { graph } = library.context;
  const { name } = declaration;
  const exchanged = options.places !== undefined;
  const own = exchanged ? standIns(axes, options.places) : events;
  const places = atEvents(graph, name, axes, own, exchanged);
  const components = componentsOver(places, { ...binned, axes: places }, detector, options, factors);
  const axis = graph.axis(`${name}_event`, own.values.length, true);
  const known = (what: "weight" | "share", value: number): Node => {
    const values = new Array<number>(axis.size).fill(value);
    return graph.data(`${name}_${what}`, [axis], sourceAt({ exchanged: name }, values, { what }));
  };
  // The volume over the number of events: one over the density of an even spread.
  const spread = exchanged
    ? [graph.number(volumeOf(axes)), known("share", 1 / axis.size)]
    : [graph.number(volumeOf(axes) / axis.size)];
  const density = graph.multiply(...spread, graph.add(...components.map(({ node }) => node)));
  return {
    axis,
    listed: events.values,
    density: graph.label(density, `density_${name}`),
    ...(exchanged ? { weight: known("weight", 1) } : {}),
  };
}

/** The numbers per bin of a field; counts that are negative and errors that are not positive are reported. */
function numbersOf(
  library: Library,
  declaration: Declaration,
  keyword: string,
): readonly number[] | undefined {
  const value = field(declaration, keyword)?.assign?.value;
  if (value === undefined) return undefined;
  const values = listNumbers(value);
  const isError = keyword === "errors";
  const wrong = values.find((one) => (isError ? one <= 0 : one < 0));
  if (wrong !== undefined && (isError || field(declaration, "errors") === undefined)) {
    const notes = [
      isError
        ? "a likelihood divides by the error of a bin: give one above zero"
        : "counts are not negative; give `errors` as well if these are differences of counts",
    ];
    library.context.report(
      diagnostic("SV1402", value.span, { field: keyword, found: String(wrong) }, { notes }),
    );
  }
  return values;
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

export function axesOf(
  library: Library,
  declaration: Declaration,
  detector: Declaration,
  site: Site,
): readonly BinnedAxis[] {
  return fieldsOf(declaration, "bins").flatMap((statement) => {
    const name = labelOf(statement);
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

/**
 * The signal in bins of some of the axes. Where the detector does not model an observable, the shape that the experiment
 * gives spreads the events of each bin of the modelled observables.
 */
function signalOver(
  axes: readonly BinnedAxis[],
  binned: Binned,
  detector: Declaration,
  options: ExperimentOptions,
): readonly Channel[] {
  const { library, declaration, site, axes: all } = binned;
  const { graph } = library.context;
  const shape = innerField(field(declaration, "signal"), "shape");
  const spread = all.filter(({ name }) => !isModelled(detector, name));
  if (shape === undefined || !axes.some((axis) => spread.includes(axis))) {
    return signalsOf(library, declaration, detector, axes, site, options);
  }
  const share = lowerShape(binned, signalName, shape, spread);
  if (share === undefined) return [];
  const dropped = all.filter((axis) => !axes.includes(axis));
  return signalsOf(library, declaration, detector, all, site, options).map((channel) => {
    const shared = graph.label(graph.multiply(channel.node, share), `shared_${channel.name}`);
    return { ...channel, node: dropped.reduce<Node>((sum, { axis }) => graph.sum(axis, sum), shared) };
  });
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
      owner: `${declaration.name} ${source.name}`,
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
        const plain = dimension === undefined || dimension === none;
        const example = `${name} = ${plain ? "1" : withUnit("1", exampleUnit(dimension))}`;
        const missing = { owner: `\`${owner.kind} ${owner.name}\``, field: name, example };
        const labels = [{ span: input.label?.span ?? input.span, text: "asked for here" }];
        site.context.report(missingField(span, missing, [added(use, example)], { labels }));
      }
      continue;
    }
    const value = formula(given, name, dimension, site);
    const bound = value === undefined ? poison : quantity(value.node, dimension ?? value.dimension);
    names.set(name, { kind: "value", value: bound });
  }
  return names;
}
