/** New particles by their charges: what a vector or a scalar adds to scattering on nuclei and on electrons. */

import type { MapExpr, Span, Statement } from "../../grammar/syntax.ts";
import * as constants from "../../runtime/constants.ts";
import { square } from "../../runtime/power.ts";
import { elaborateQuantity, type Site } from "../elaborate/expression.ts";
import { checkDimension, formula, placeAt, withWhere } from "../elaborate/functions.ts";
import { type Declaration, fieldsOf } from "../model/model.ts";
import type { Graph } from "../rate/graph.ts";
import type { Node } from "../rate/node.ts";
import { base, none } from "../units/index.ts";
import { type ByFlavor, push } from "./contributions.ts";
import type { Nucleus } from "./nucleus.ts";
import { flavorOf, type Species } from "./source.ts";
import type { ScatteringPoint } from "./vertex.ts";

/** G_F in 1/MeV². */
export const fermiConstant = constants.G_F * 1e-6;

/** What the formulas of all mediators share. */
interface MediatorTerms {
  readonly mass: Node;
  readonly coupling: Node;
  /** Charge of a particle by its most specific key; zero when the table does not name it. */
  readonly charge: (...keys: readonly string[]) => Node;
  readonly has: (key: string) => boolean;
}

/** Adds the mediators of an interaction to the weak charges of a nucleus, and to its cross section. */
export function addMediators(
  interaction: Declaration,
  site: Site,
  nucleus: Nucleus,
  species: Species,
  point: ScatteringPoint,
  charges: ByFlavor,
  terms: Node[],
): void {
  for (const { span, isScalar, read } of mediatorsOf(interaction, site)) {
    const made = (isScalar ? scalarTerm : vectorCharge)(read, site, nucleus, species, point);
    placeAt(span, made, site.context);
    if (isScalar) terms.push(made);
    else push(charges, flavorOf(species), made);
  }
}

/** Adds them to the vector couplings of an electron, and to its cross section. */
export function addElectronMediators(
  interaction: Declaration,
  site: Site,
  species: Species,
  point: ScatteringPoint,
  couplings: ByFlavor,
  terms: Node[],
): void {
  for (const { span, isScalar, read } of mediatorsOf(interaction, site)) {
    const made = (isScalar ? electronScalarTerm : electronVectorCoupling)(read, site, species, point);
    placeAt(span, made, site.context);
    if (isScalar) terms.push(made);
    else push(couplings, flavorOf(species), made);
  }
}

interface Mediator {
  readonly span: Span;
  readonly isScalar: boolean;
  readonly read: MediatorTerms;
}

function mediatorsOf(interaction: Declaration, site: Site): readonly Mediator[] {
  return fieldsOf(interaction, "mediator").flatMap((statement): readonly Mediator[] => {
    const read = readMediator(statement, site);
    const kind = statement.type?.kind === "path" ? statement.type.parts[0]?.text : undefined;
    return read === undefined ? [] : [{ span: statement.span, isScalar: kind === "scalar", read }];
  });
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

function electronCharge({ charge }: MediatorTerms): Node {
  return charge("e", "leptons");
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
    graph.number(square(nucleus.mass) / (4 * Math.PI)),
    T,
    graph.power(E, graph.number(-2)),
    graph.power(terms.coupling, graph.number(4)),
    graph.power(neutrinoCharge(terms, species), two),
    graph.power(charge, two),
    graph.power(propagator(graph, terms, q), two),
  );
}

/** g_V += g² Q'_ν Q'_e / (√2 G_F (q² + M²)): the vector of `vectorCharge` on an electron (arXiv:2202.11002). */
function electronVectorCoupling(
  terms: MediatorTerms,
  site: Site,
  species: Species,
  { q }: ScatteringPoint,
): Node {
  const { graph } = site.context;
  return graph.multiply(
    graph.number(1 / (Math.SQRT2 * fermiConstant)),
    graph.power(terms.coupling, graph.number(2)),
    neutrinoCharge(terms, species),
    electronCharge(terms),
    propagator(graph, terms, q),
  );
}

/** dσ/dT += m_e² T/(4π E²) g⁴ Q'_ν² Q'_e²/(q² + M_φ²)², per electron (arXiv:1604.01025). */
function electronScalarTerm(
  terms: MediatorTerms,
  site: Site,
  species: Species,
  { E, T, q }: ScatteringPoint,
): Node {
  const { graph } = site.context;
  const two = graph.number(2);
  return graph.multiply(
    graph.number(square(constants.m_e) / (4 * Math.PI)),
    T,
    graph.power(E, graph.number(-2)),
    graph.power(terms.coupling, graph.number(4)),
    graph.power(neutrinoCharge(terms, species), two),
    graph.power(electronCharge(terms), two),
    graph.power(propagator(graph, terms, q), two),
  );
}
