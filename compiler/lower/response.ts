import type { Statement } from "../../grammar/syntax.ts";
import type { Site } from "../elaborate/expression.ts";
import { formula, typeDimension, withWhere } from "../elaborate/functions.ts";
import { addLets, type Library, restrictedTo, wordOf } from "../elaborate/library.ts";
import { type Binding, poison, type QuantityValue, quantity, type Value } from "../elaborate/value.ts";
import { type Declaration, fieldsOf, labelOf } from "../model/model.ts";
import type { Graph } from "../rate/graph.ts";
import type { Axis, Node, VariableNode } from "../rate/node.ts";
import { base, type Dimension, divide, none, parseUnitText } from "../units/index.ts";

/** What recoils: each has its own fields in a detector and its own dimension of T. */
export type Recoil = "nucleus" | "electron";

export const recoilFields = {
  nucleus: {
    density: "density",
    value: "value",
    efficiency: "efficiency",
    dimension: base.nr,
    unit: "keVnr",
  },
  electron: {
    density: "density_e",
    value: "value_e",
    efficiency: "efficiency_e",
    dimension: base.ee,
    unit: "keVee",
  },
} as const;

/** True when the detector says how it answers to electrons; else it does not see them. */
export function seesElectrons(detector: Declaration): boolean {
  const { density, value, efficiency } = recoilFields.electron;
  const has = (statement: Statement): boolean =>
    (statement.block?.statements ?? []).some(({ keyword: { text } }) => text === density || text === value);
  return fieldsOf(detector, efficiency).length > 0 || fieldsOf(detector, "observable").some(has);
}

/** The kinds of recoils that an analysis counts. */
export function recoilsOf(analysis: Declaration | undefined): readonly Recoil[] {
  const word = analysis === undefined ? undefined : wordOf(analysis, "recoils");
  return word === "nuclei" ? ["nucleus"] : word === "electrons" ? ["electron"] : ["nucleus", "electron"];
}

/** A binned observable of an experiment. */
export interface BinnedAxis {
  readonly name: string;
  readonly unit: string;
  /** In `unit`. */
  readonly edges: readonly number[];
  readonly dimension: Dimension;
  readonly axis: Axis;
  /** Lower and upper edge of each bin, internal units, over `axis`. */
  readonly low: Node;
  readonly high: Node;
  readonly internalEdges: readonly number[];
  /** What numbers in `unit` are multiplied by. */
  readonly factor: number;
  /** The observable inside formulas. */
  readonly variable: VariableNode;
  /** Where densities are wanted at events in the place of integrals over bins. */
  readonly at?: EventPlaces;
  readonly statement: Statement;
}

/** Events as the places of one observable. */
export interface EventPlaces {
  readonly axis: Axis;
  /** The observable at each event, internal units, over `axis`. */
  readonly value: Node;
  /** The bin of each event, the last axis fastest. */
  readonly bins: readonly number[];
  /** Whose events can be exchanged at run time; absent when they are those of the spec. */
  readonly exchanged?: string;
}

/** How a detector answers: probability of each bin for a recoil energy, a species, or both. */
export interface Response {
  /** Product over the observables that depend on the recoil energy, at the energy T. */
  readonly ofRecoil: (T: Node) => Node;
  /** Product over the observables that do not, for the arrival density of a species. */
  readonly ofSpecies: (arrival: ((t: Node) => Value) | undefined) => Node;
  /** The formulas of the observables by themselves. */
  readonly parts: readonly ObservableParts[];
  /** Expressions in T whose zeros are edges of bins of unsmeared observables. */
  readonly edgesInRecoil: (T: Node) => readonly Node[];
}

/** Formulas of one observable over the variable of its axis, before they are integrated over bins. */
export interface ObservableParts {
  readonly axis: BinnedAxis;
  readonly statement: Statement;
  readonly recoil: Recoil;
  readonly dependsOnRecoil: boolean;
  /** Undefined when the observable is not smeared, or its density is in error. */
  readonly density: (T: Node | undefined, arrival: ((t: Node) => Value) | undefined) => Node | undefined;
  /** The sharp value at a recoil energy; undefined when the observable is smeared. */
  readonly value: (T: Node) => Node | undefined;
  readonly efficiency: () => Node;
}

export function makeAxis(
  graph: Graph,
  owner: string,
  observable: Statement,
  bins: Statement,
  unit: string,
  edges: readonly number[],
  site: Site,
): BinnedAxis | undefined {
  const name = observable.label?.parts[0]?.text ?? "";
  const dimension = observable.type === undefined ? none : typeDimension(observable.type, site);
  const parsed = parseUnitText(unit === "" ? "1" : unit);
  if (dimension === undefined || "problem" in parsed) return undefined;
  const internalEdges = edges.map((edge) => edge * parsed.factorToInternal);
  const axis = graph.axis(`${owner}_${name}`, edges.length - 1, true);
  const data = (what: string, values: readonly number[]): Node =>
    graph.data(`${owner}_${name}_${what}`, [axis], { kind: "values", values });
  return {
    name,
    unit,
    edges,
    dimension,
    axis,
    low: data("low", internalEdges.slice(0, -1)),
    high: data("high", internalEdges.slice(1)),
    internalEdges,
    factor: parsed.factorToInternal,
    variable: graph.variable(name, owner),
    statement: bins,
  };
}

/** False for an observable that the detector only names: its distribution is that of the experiment's signal shape. */
export function isModelled(detector: Declaration, observable: string): boolean {
  const statement = fieldsOf(detector, "observable").find((one) => labelOf(one) === observable);
  const fields = statement?.block?.statements ?? [];
  return fields.some(({ keyword }) => keyword.text === "density" || keyword.text === "value");
}

/** The observables of a detector, as far as the experiment bins them, for one kind of recoil. */
export function lowerResponse(
  library: Library,
  detector: Declaration,
  site: Site,
  axes: readonly BinnedAxis[],
  recoil: Recoil = "nucleus",
): Response {
  const { graph } = library.context;
  const observables = fieldsOf(detector, "observable");
  const used = axes.flatMap((axis) => {
    const statement = observables.find((one) => one.label?.parts[0]?.text === axis.name);
    return statement === undefined
      ? []
      : [new Observable(graph, detector.name, statement, axis, site, recoil)];
  });
  const overall = fieldsOf(detector, recoilFields[recoil].efficiency)[0];
  return {
    ofRecoil: (T) => {
      const factors = used.filter((one) => one.dependsOnRecoil).map((one) => one.probability(T, undefined));
      if (overall !== undefined) factors.push(efficiencyOfRecoil(overall, T, site, recoil));
      return graph.multiply(...factors);
    },
    ofSpecies: (arrival) =>
      graph.multiply(
        ...used.filter((one) => !one.dependsOnRecoil).map((one) => one.probability(undefined, arrival)),
      ),
    parts: used.map((one) => one.parts),
    edgesInRecoil: (T) => used.flatMap((one) => one.edgesInRecoil(T)),
  };
}

export function efficiencyOfRecoil(statement: Statement, T: Node, site: Site, recoil: Recoil): Node {
  const argument = statement.params?.[0]?.name.text ?? "T";
  const { efficiency, dimension } = recoilFields[recoil];
  const names = new Map<string, Binding>([[argument, { kind: "value", value: quantity(T, dimension) }]]);
  const value = limited(statement, efficiency, none, site, names);
  return value?.node ?? site.context.graph.number(0);
}

/** A formula of some arguments, zero outside the range of its `for`. */
function limited(
  statement: Statement,
  target: string,
  expected: Dimension,
  site: Site,
  names: ReadonlyMap<string, Binding>,
): QuantityValue | undefined {
  const inner = { ...site, scope: site.scope.with(names) };
  const value = formula(statement, target, expected, inner);
  const result =
    value === undefined ? undefined : restrictedTo(statement, value, withWhere(statement, inner));
  return result?.kind === "quantity" ? result : undefined;
}

function readsRecoil(density: Statement | undefined): boolean {
  return (density?.params ?? []).some((param) => param.given);
}

class Observable {
  readonly #graph: Graph;
  readonly #statement: Statement;
  readonly #axis: BinnedAxis;
  readonly #site: Site;
  readonly #detector: string;
  readonly #recoil: Recoil;
  readonly #made = new Map<string, Node>();

  constructor(
    graph: Graph,
    detector: string,
    statement: Statement,
    axis: BinnedAxis,
    site: Site,
    recoil: Recoil,
  ) {
    this.#recoil = recoil;
    this.#graph = graph;
    this.#detector = detector;
    this.#statement = statement;
    this.#axis = axis;
    this.#site = site;
  }

  #field(keyword: string): Statement | undefined {
    return this.#statement.block?.statements.find((one) => one.keyword.text === keyword);
  }

  /** The density for this recoil; one that reads no recoil energy holds for every one. */
  get #densityField(): Statement | undefined {
    const own = this.#field(recoilFields[this.#recoil].density);
    if (own !== undefined || this.#recoil === "nucleus") return own;
    const shared = this.#field("density");
    return readsRecoil(shared) ? undefined : shared;
  }

  get #valueField(): Statement | undefined {
    return this.#field(recoilFields[this.#recoil].value);
  }

  get #recoilDimension(): Dimension {
    return recoilFields[this.#recoil].dimension;
  }

  get dependsOnRecoil(): boolean {
    return this.#valueField !== undefined || readsRecoil(this.#densityField);
  }

  get parts(): ObservableParts {
    const sharp = this.#valueField;
    return {
      axis: this.#axis,
      statement: this.#statement,
      recoil: this.#recoil,
      dependsOnRecoil: this.dependsOnRecoil,
      density: (T, arrival) => this.#density(T, arrival),
      value: (T) => (sharp === undefined ? undefined : this.#valueAt(sharp, T)),
      efficiency: () => this.#efficiency(this.#axis.variable, this.#inside(undefined, undefined)),
    };
  }

  /** The observable in formulas: at the events, or what is integrated over. */
  get #place(): Node {
    return this.#axis.at?.value ?? this.#axis.variable;
  }

  /** Probability of each bin, or the density at each event. */
  probability(T: Node | undefined, arrival: ((t: Node) => Value) | undefined): Node {
    const sharp = this.#valueField;
    if (sharp !== undefined && T !== undefined) return this.#sharp(sharp, T);
    if (this.#densityField === undefined) return this.#graph.number(1);
    const density = this.#density(T, arrival);
    if (density === undefined) return this.#graph.number(0);
    const { variable, low, high, name, at } = this.#axis;
    const body = this.#graph.multiply(density, this.#efficiency(this.#place, this.#inside(T, arrival)));
    const what = T === undefined ? "fraction" : this.#recoil === "nucleus" ? "response" : "response_e";
    const label = `${what}_${name}_${this.#detector}`;
    if (at !== undefined) return this.#graph.label(body, `${label}_event`);
    return this.#graph.label(this.#graph.integral("observable", variable, low, high, body), label);
  }

  #density(T: Node | undefined, arrival: ((t: Node) => Value) | undefined): Node | undefined {
    const density = this.#densityField;
    if (density === undefined) return undefined;
    const { dimension, name } = this.#axis;
    const given = density.params?.find((param) => param.given);
    const names = new Map<string, Binding>([
      [density.params?.[0]?.name.text ?? "x", { kind: "value", value: quantity(this.#place, dimension) }],
    ]);
    if (given !== undefined && T !== undefined) {
      names.set(given.name.text, { kind: "value", value: quantity(T, this.#recoilDimension) });
    }
    const site = this.#inside(T, arrival);
    return limited(density, `${density.keyword.text} of ${name}`, divide(none, dimension), site, names)?.node;
  }

  /** Names of the observable's own block over those of the detector. */
  #inside(T: Node | undefined, arrival: ((t: Node) => Value) | undefined): Site {
    const names = new Map<string, Binding>();
    if (T !== undefined) names.set("T", { kind: "value", value: quantity(T, this.#recoilDimension) });
    if (arrival !== undefined) {
      names.set("arrival", {
        kind: "function",
        parameters: [{ name: "t", type: { kind: "dimension", dimension: base.time }, optional: false }],
        apply: ([actual]) => (actual?.kind === "value" ? arrival(actual.value.node) : poison),
      });
    }
    const site = { ...this.#site, scope: this.#site.scope.with(names) };
    const lets = (this.#statement.block?.statements ?? []).filter((one) => one.keyword.text === "let");
    addLets(names, lets, site);
    return site;
  }

  #efficiency(x: Node, site: Site): Node {
    const statement = this.#field("efficiency");
    if (statement === undefined) return this.#graph.number(1);
    const names = new Map<string, Binding>([
      [statement.params?.[0]?.name.text ?? "x", { kind: "value", value: quantity(x, this.#axis.dimension) }],
    ]);
    const value = limited(statement, `efficiency of ${this.#axis.name}`, none, site, names);
    return value === undefined
      ? this.#graph.number(0)
      : this.#graph.label(value.node, `efficiency_${this.#axis.name}`);
  }

  #valueAt(statement: Statement, T: Node): Node {
    const site = this.#inside(T, undefined);
    const argument = statement.params?.[0]?.name.text ?? "T";
    const names = new Map<string, Binding>([
      [argument, { kind: "value", value: quantity(T, this.#recoilDimension) }],
    ]);
    const inner = { ...site, scope: site.scope.with(names) };
    const value = formula(
      statement,
      `${statement.keyword.text} of ${this.#axis.name}`,
      this.#axis.dimension,
      inner,
    );
    return value?.node ?? this.#graph.number(0);
  }

  /** No smearing: one in the bin that holds the value, times the efficiency there. */
  #sharp(statement: Statement, T: Node): Node {
    const key = `sharp${T.id}`;
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const { low, high, at } = this.#axis;
    // Checked before: what is not smeared has no density.
    if (at !== undefined) return this.#graph.number(0);
    const value = this.#valueAt(statement, T);
    const efficiency = this.#efficiency(value, this.#inside(T, undefined));
    const zero = this.#graph.number(0);
    const below = this.#graph.select("<", value, high, efficiency, zero);
    const made = this.#graph.select("<=", low, value, below, zero);
    this.#made.set(key, made);
    return made;
  }

  edgesInRecoil(T: Node): readonly Node[] {
    const statement = this.#valueField;
    if (statement === undefined) return [];
    const value = this.#valueAt(statement, T);
    return this.#axis.internalEdges.map((edge) => this.#graph.subtract(value, this.#graph.number(edge)));
  }
}
