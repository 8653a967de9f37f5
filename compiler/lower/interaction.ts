import type { MapExpr, Statement } from "../../grammar/syntax.ts";
import * as constants from "../../runtime/constants.ts";
import { elaborateQuantity, type Site } from "../elaborate/expression.ts";
import { checkDimension, formula, placeAt, withWhere } from "../elaborate/functions.ts";
import { type Library, type ParameterValue, wordOf } from "../elaborate/library.ts";
import { asFlavor, type Binding, type Flavor, flavors, quantity } from "../elaborate/value.ts";
import { type Declaration, fieldsOf } from "../model/model.ts";
import type { Graph } from "../rate/graph.ts";
import type { Node } from "../rate/node.ts";
import { base, dimension, none } from "../units/index.ts";
import { type Nucleus, nucleusNames } from "./nucleus.ts";
import { flavorOf, type Species, signOf } from "./source.ts";

export type Kinematics = "leading" | "exact" | "spin_half";

/** The kinematics that an analysis chooses; leading order when it does not say. */
export function kinematicsOf(declaration: Declaration | undefined): Kinematics {
  const word = declaration === undefined ? undefined : wordOf(declaration, "kinematics");
  return word === "exact" || word === "spin_half" ? word : "leading";
}

/** Where a cross section is taken: energies as nodes of the rate form. */
export interface ScatteringPoint {
  readonly E: Node;
  readonly T: Node;
  readonly q: Node;
}

export interface CrossSectionOptions {
  readonly interactions: readonly Declaration[];
  readonly kinematics: Kinematics;
  readonly value: ParameterValue;
}

/** G_F in 1/MeV². */
const fermiConstant = constants.G_F * 1e-6;

/**
 * dσ/dT of a neutrino on a nucleus, 1/MeV³:
 * (G_F² M/π) K(E, T) Σ_k |Q_{l→k}|² with the weak charges of all interactions added up first, plus the terms
 * that interactions add to dσ/dT itself (arXiv:2202.11002, section on CEvNS in the Standard Model).
 */
export function crossSection(
  library: Library,
  nucleus: Nucleus,
  species: Species,
  point: ScatteringPoint,
  options: CrossSectionOptions,
): Node {
  const { graph } = library.context;
  const incoming = flavorOf(species);
  const charges = new Map<Flavor, Node[]>();
  const terms: Node[] = [];
  for (const interaction of options.interactions) {
    const site = interactionSite(library, interaction, nucleus, species, point, options.value);
    addCharges(interaction, site, incoming, charges);
    addTerms(interaction, site, incoming, terms);
    addMediators(interaction, site, nucleus, species, point, charges, terms);
  }
  const squares = flavors.map((flavor) => {
    const parts = charges.get(flavor) ?? [];
    const charge = graph.add(...parts);
    const name =
      flavor === incoming
        ? `charge_${flavor}_${nucleus.name}`
        : `charge_${incoming}_to_${flavor}_${nucleus.name}`;
    if (parts.length > 0 && charge.op !== "number") graph.label(charge, name);
    return graph.power(charge, graph.number(2));
  });
  const prefactor = graph.number((fermiConstant ** 2 * nucleus.mass) / Math.PI);
  const coherent = graph.multiply(
    prefactor,
    kinematicFactor(graph, nucleus, point, options.kinematics),
    graph.add(...squares),
  );
  return graph.add(coherent, ...terms);
}

/** `leading` 1 - MT/2E², `exact` adds -T/E (spin 0), `spin_half` adds T²/2E² to that. */
export function kinematicFactor(
  graph: Graph,
  nucleus: Nucleus,
  { E, T }: ScatteringPoint,
  kinematics: Kinematics,
): Node {
  const half = graph.number(-nucleus.mass / 2);
  const perE = graph.power(E, graph.number(-1));
  const perE2 = graph.power(E, graph.number(-2));
  const terms = [graph.number(1), graph.multiply(half, T, perE2)];
  if (kinematics !== "leading") terms.push(graph.multiply(graph.number(-1), T, perE));
  if (kinematics === "spin_half") terms.push(graph.multiply(graph.number(0.5), T, T, perE2));
  return graph.add(...terms);
}

function interactionSite(
  library: Library,
  interaction: Declaration,
  nucleus: Nucleus,
  species: Species,
  { E, T, q }: ScatteringPoint,
  value: ParameterValue,
): Site {
  const { graph } = library.context;
  const bind = (node: Node, d = base.energy): Binding => ({ kind: "value", value: quantity(node, d) });
  const names = new Map<string, Binding>([
    ["E", bind(E)],
    ["T", bind(T)],
    ["q", bind(q)],
    ["nu_sign", bind(graph.number(signOf(species)), none)],
    ...nucleusNames(nucleus, graph, q),
  ]);
  return library.inside(interaction, "natural", value, names);
}

/** The flavours that the names of an index stand for, given the incoming one; undefined when it does not apply. */
function matchIndex(
  statement: Statement,
  incoming: Flavor,
): readonly { names: [string, Flavor][]; outgoing: Flavor }[] {
  const [first, second] = statement.index?.names ?? [];
  if (first === undefined) return [{ names: [], outgoing: incoming }];
  const fixed = asFlavor(first.text);
  if (fixed !== undefined && fixed !== incoming) return [];
  const own: [string, Flavor][] = fixed === undefined ? [[first.text, incoming]] : [];
  if (second === undefined) return [{ names: own, outgoing: incoming }];
  const outgoing = asFlavor(second.text);
  if (outgoing !== undefined) return [{ names: own, outgoing }];
  return flavors.map((flavor) => ({ names: [...own, [second.text, flavor]], outgoing: flavor }));
}

function withFlavors(site: Site, names: readonly [string, Flavor][]): Site {
  const bindings = names.map(([name, flavor]): [string, Binding] => [name, { kind: "flavor", flavor }]);
  return { ...site, scope: site.scope.with(new Map(bindings)) };
}

function signed(statement: Statement, node: Node, graph: Graph): Node {
  return statement.assign?.operator === "-=" ? graph.negate(node) : node;
}

function addCharges(
  interaction: Declaration,
  site: Site,
  incoming: Flavor,
  charges: Map<Flavor, Node[]>,
): void {
  for (const statement of fieldsOf(interaction, "charge")) {
    for (const { names, outgoing } of matchIndex(statement, incoming)) {
      const value = formula(statement, "charge", none, withFlavors(site, names));
      if (value !== undefined) push(charges, outgoing, signed(statement, value.node, site.context.graph));
    }
  }
}

function addTerms(interaction: Declaration, site: Site, incoming: Flavor, terms: Node[]): void {
  for (const statement of fieldsOf(interaction, "dsigma")) {
    for (const { names } of matchIndex(statement, incoming)) {
      const value = formula(statement, "dsigma/dT", dimension({ energy: -3 }), withFlavors(site, names));
      if (value !== undefined) terms.push(signed(statement, value.node, site.context.graph));
    }
  }
}

function push(charges: Map<Flavor, Node[]>, flavor: Flavor, node: Node): void {
  const list = charges.get(flavor);
  if (list === undefined) charges.set(flavor, [node]);
  else list.push(node);
}

/** What the formulas of all mediators share. */
interface MediatorTerms {
  readonly mass: Node;
  readonly coupling: Node;
  /** Charge of a particle by its most specific key; zero when the table does not name it. */
  readonly charge: (...keys: readonly string[]) => Node;
  readonly has: (key: string) => boolean;
}

function addMediators(
  interaction: Declaration,
  site: Site,
  nucleus: Nucleus,
  species: Species,
  point: ScatteringPoint,
  charges: Map<Flavor, Node[]>,
  terms: Node[],
): void {
  for (const statement of fieldsOf(interaction, "mediator")) {
    const read = readMediator(statement, site);
    if (read === undefined) continue;
    const kind = statement.type?.kind === "path" ? statement.type.parts[0]?.text : undefined;
    const made = (kind === "scalar" ? scalarTerm : vectorCharge)(read, site, nucleus, species, point);
    placeAt(statement.span, made, site.context);
    if (kind === "scalar") terms.push(made);
    else push(charges, flavorOf(species), made);
  }
}

function readMediator(statement: Statement, site: Site): MediatorTerms | undefined {
  const inner = statement.block?.statements ?? [];
  const find = (keyword: string): Statement | undefined => inner.find((one) => one.keyword.text === keyword);
  const mass = find("mass");
  const coupling = find("coupling");
  const table = find("charges")?.assign?.value;
  if (mass === undefined || coupling === undefined || table?.kind !== "map") return undefined;
  const massValue = formula(mass, "mass", base.energy, site);
  const couplingValue = formula(coupling, "coupling", none, site);
  const values = chargeTable(table, withWhere(statement, site));
  if (massValue === undefined || couplingValue === undefined) return undefined;
  const charge = (...keys: readonly string[]): Node => {
    for (const key of keys) {
      const value = values.get(key);
      if (value !== undefined) return value;
    }
    return site.context.graph.number(0);
  };
  return { mass: massValue.node, coupling: couplingValue.node, charge, has: (key) => values.has(key) };
}

function chargeTable(table: MapExpr, site: Site): ReadonlyMap<string, Node> {
  const values = new Map<string, Node>();
  for (const { key, value } of table.entries) {
    const found = elaborateQuantity(value, site);
    const charge =
      found === undefined ? undefined : checkDimension(found, value, `charge of ${key.text}`, none, site);
    if (charge !== undefined) values.set(key.text, charge.node);
  }
  return values;
}

function neutrinoCharge({ charge }: MediatorTerms, species: Species): Node {
  const flavor = flavorOf(species);
  return charge(`nu_${flavor}`, flavor, "nu", "leptons");
}

/** 1/(q² + mass²). */
function propagator(graph: Graph, { mass }: MediatorTerms, q: Node): Node {
  const two = graph.number(2);
  return graph.power(graph.add(graph.power(q, two), graph.power(mass, two)), graph.number(-1));
}

/** Form factors at the momentum transfer; zero where one is in error, which was reported. */
function formfactors(nucleus: Nucleus, graph: Graph, q: Node): { Fp: Node; Fn: Node } {
  const nodeOf = (value: ReturnType<Nucleus["Fp"]>): Node =>
    value.kind === "quantity" ? value.node : graph.number(0);
  return { Fp: nodeOf(nucleus.Fp(q)), Fn: nodeOf(nucleus.Fn(q)) };
}

/**
 * L = g Z'_μ (Q'_ν ν̄_L γ^μ ν_L + Σ_q Q'_q q̄ γ^μ q):
 * Q_W += g² Q'_ν [(2Q'_u + Q'_d) Z F_p + (Q'_u + 2Q'_d) N F_n] / (√2 G_F (q² + M²)) (arXiv:2202.11002).
 */
function vectorCharge(
  terms: MediatorTerms,
  site: Site,
  nucleus: Nucleus,
  species: Species,
  { q }: ScatteringPoint,
): Node {
  const { graph } = site.context;
  const up = terms.charge("u", "quarks");
  const down = terms.charge("d", "quarks");
  const two = graph.number(2);
  const proton = terms.has("p") ? terms.charge("p") : graph.add(graph.multiply(two, up), down);
  const neutron = terms.has("n") ? terms.charge("n") : graph.add(up, graph.multiply(two, down));
  const { Fp, Fn } = formfactors(nucleus, graph, q);
  return graph.multiply(
    graph.number(1 / (Math.SQRT2 * fermiConstant)),
    graph.power(terms.coupling, two),
    neutrinoCharge(terms, species),
    propagator(graph, terms, q),
    graph.add(
      graph.multiply(proton, graph.number(nucleus.Z), Fp),
      graph.multiply(neutron, graph.number(nucleus.N), Fn),
    ),
  );
}

/** Nucleon scalar charge per unit quark charge: m_N f_Tq/m_q (arXiv:1506.04142). */
const scalarElements = {
  p: {
    u: (constants.m_p * constants.fTp_u) / constants.m_u,
    d: (constants.m_p * constants.fTp_d) / constants.m_d,
    s: (constants.m_p * constants.fTp_s) / constants.m_s,
  },
  n: {
    u: (constants.m_n * constants.fTn_u) / constants.m_u,
    d: (constants.m_n * constants.fTn_d) / constants.m_d,
    s: (constants.m_n * constants.fTn_s) / constants.m_s,
  },
} as const;

/**
 * dσ/dT += M² T/(4π E²) g² Q_ν² Q_φ²/(q² + M_φ²)² with Q_φ = g (Z F_p Σ_q Q_q m_p f_Tq/m_q + N F_n …)
 * (arXiv:2202.11002).
 */
function scalarTerm(
  terms: MediatorTerms,
  site: Site,
  nucleus: Nucleus,
  species: Species,
  { E, T, q }: ScatteringPoint,
): Node {
  const { graph } = site.context;
  const two = graph.number(2);
  const nucleon = (key: "p" | "n"): Node => {
    if (terms.has(key)) return terms.charge(key);
    const quarks = (["u", "d", "s"] as const).map((quark) =>
      graph.multiply(terms.charge(quark, "quarks"), graph.number(scalarElements[key][quark])),
    );
    return graph.add(...quarks);
  };
  const { Fp, Fn } = formfactors(nucleus, graph, q);
  const charge = graph.add(
    graph.multiply(nucleon("p"), graph.number(nucleus.Z), Fp),
    graph.multiply(nucleon("n"), graph.number(nucleus.N), Fn),
  );
  return graph.multiply(
    graph.number(nucleus.mass ** 2 / (4 * Math.PI)),
    T,
    graph.power(E, graph.number(-2)),
    graph.power(terms.coupling, graph.number(4)),
    graph.power(neutrinoCharge(terms, species), two),
    graph.power(charge, two),
    graph.power(propagator(graph, terms, q), two),
  );
}

/** Product of the flux changes of all interactions for a species at an energy, or undefined when there is none. */
export function fluxFactor(
  library: Library,
  options: CrossSectionOptions,
  species: Species,
  E: Node,
  baseline: Binding | undefined,
): Node | undefined {
  const { graph } = library.context;
  const factors: Node[] = [];
  const names = new Map<string, Binding>([
    ["E", { kind: "value", value: quantity(E, base.energy) }],
    ["nu_sign", { kind: "value", value: quantity(graph.number(signOf(species)), none) }],
  ]);
  if (baseline !== undefined) names.set("L", baseline);
  for (const interaction of options.interactions) {
    const site = library.inside(interaction, "natural", options.value, names);
    for (const statement of fieldsOf(interaction, "flux")) {
      for (const { names: own } of matchIndex(statement, flavorOf(species))) {
        const value = formula(statement, "flux", none, withFlavors(site, own));
        if (value !== undefined) factors.push(value.node);
      }
    }
  }
  return factors.length === 0 ? undefined : graph.multiply(...factors);
}
