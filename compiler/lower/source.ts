import { changes, inFrontOf, insertion } from "../../grammar/fixes.ts";
import type { Expr, Fix, Statement } from "../../grammar/syntax.ts";
import { diagnostic } from "../diagnostics/diagnostic.ts";
import { elaborateQuantity, type Site } from "../elaborate/expression.ts";
import { endInUnit, formula, withWhere } from "../elaborate/functions.ts";
import { restrictedTo } from "../elaborate/library.ts";
import { type Binding, type Flavor, poison, quantity, type Value } from "../elaborate/value.ts";
import { type Declaration, field, fieldsOf } from "../model/model.ts";
import { dependsOn, reachable } from "../rate/analyse.ts";
import type { DeltaNode, Node, VariableNode } from "../rate/node.ts";
import { linearIn } from "../rate/rewrite.ts";
import { base, describe, dimension } from "../units/index.ts";

export const speciesNames = ["nu_e", "nu_mu", "nu_tau", "nubar_e", "nubar_mu", "nubar_tau"] as const;
export type Species = (typeof speciesNames)[number];

export function flavorOf(species: Species): Flavor {
  return species.endsWith("_e") ? "e" : species.endsWith("_mu") ? "mu" : "tau";
}

/** +1 for neutrinos, -1 for antineutrinos. */
export function signOf(species: Species): 1 | -1 {
  return species.startsWith("nubar") ? -1 : 1;
}

/** The neutrino of a flavour for the sign +1, its antineutrino for -1. */
export function speciesOfFlavor(flavor: Flavor, sign: 1 | -1): Species {
  return sign > 0 ? `nu_${flavor}` : `nubar_${flavor}`;
}

/** A part of a spectrum: a line, or a density of the energy between two limits. */
export type SpectrumPiece =
  | { readonly kind: "line"; readonly energy: Node; readonly weight: Node }
  | { readonly kind: "continuum"; readonly low: Node; readonly high: Node; readonly density: Node };

/** The pieces of the spectrum of one species; `variable` is the energy in the densities. */
export function lowerSpectrum(
  source: Declaration,
  species: Species,
  site: Site,
  variable: VariableNode,
): readonly SpectrumPiece[] {
  return fieldsOf(source, "spectrum")
    .filter((statement) => statement.index?.names[0]?.text === species)
    .flatMap((statement) => piecesOf(statement, species, site, variable));
}

function piecesOf(
  statement: Statement,
  species: Species,
  site: Site,
  variable: VariableNode,
): readonly SpectrumPiece[] {
  const argument = statement.params?.[0]?.name.text ?? "E";
  const energy: Binding = { kind: "value", value: quantity(variable, base.energy) };
  const inner = { ...site, rule: "natural" as const, scope: site.scope.with(new Map([[argument, energy]])) };
  const value = formula(statement, `spectrum[${species}]`, dimension({ energy: -1 }), inner);
  if (value === undefined) return [];
  const { graph } = site.context;
  const terms = value.node.op === "add" ? value.node.args : [value.node];
  const lines: SpectrumPiece[] = [];
  const smooth: Node[] = [];
  for (const term of terms) {
    const delta = reachable([term]).find((node): node is DeltaNode => node.op === "delta");
    if (delta === undefined) smooth.push(term);
    else {
      const line = lineOf(term, delta, site, variable);
      if (line === undefined) site.context.report(diagnostic("SV1506", statement.span, { species }));
      else lines.push(line);
    }
  }
  if (smooth.length === 0) return lines;
  const limits = limitsOf(statement, { ...site, rule: "natural" }, value.node, variable);
  if (limits === undefined) {
    // A range that is wrong was reported.
    if (statement.clauses.some(({ kind }) => kind === "for")) return lines;
    site.context.report(diagnostic("SV1507", statement.span, { species }, { fixes: [withRange(statement)] }));
    return lines;
  }
  const body = graph.add(...smooth);
  return [...lines, { kind: "continuum", ...limits, density: body }];
}

/** A product of delta(E - E0) and a weight. */
function lineOf(term: Node, delta: DeltaNode, site: Site, variable: VariableNode): SpectrumPiece | undefined {
  const { graph } = site.context;
  const factors = term.op === "multiply" ? term.args : [term];
  if (!factors.includes(delta)) return undefined;
  const linear = linearIn(graph, delta.args[0], variable);
  if (linear?.slope.op !== "number" || linear.slope.value !== 1) return undefined;
  const weight = graph.multiply(...factors.filter((factor) => factor !== delta));
  if (dependsOn(weight, variable)) return undefined;
  return { kind: "line", energy: graph.negate(linear.offset), weight };
}

/** The range of `for E in a .. b`, or the ends of the table that the spectrum is read from. */
function limitsOf(
  statement: Statement,
  site: Site,
  node: Node,
  variable: VariableNode,
): { low: Node; high: Node } | undefined {
  const clause = statement.clauses.find((one) => one.kind === "for");
  if (clause !== undefined) {
    const written = [clause.range.low, clause.range.high];
    const [low, high] = written.map((end) => elaborateEnd(end, written, site));
    return low === undefined || high === undefined ? undefined : { low, high };
  }
  const { graph } = site.context;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const inner of reachable([node])) {
    if (inner.op !== "table" || inner.args[0] !== variable) continue;
    low = Math.min(low, inner.table.x[0] ?? low);
    high = Math.max(high, inner.table.x[inner.table.x.length - 1] ?? high);
  }
  return low < high ? { low: graph.number(low), high: graph.number(high) } : undefined;
}

/** The formula holds up to the largest energy of a muon that decays at rest. */
function withRange({ params, clauses, note, cites, span }: Statement): Fix {
  const text = `for ${params?.[0]?.name.text ?? "E"} in 0 MeV .. 53 MeV`;
  const after = [...clauses, ...(note === undefined ? [] : [note]), ...cites].map((part) => part.span);
  const next = after.filter(({ start }) => start > span.start).sort((a, b) => a.start - b.start)[0];
  return next === undefined
    ? insertion(span, ` ${text}`)
    : changes(`add \`${text}\``, inFrontOf(next, `${text} `));
}

function elaborateEnd(end: Expr, written: readonly Expr[], site: Site): Node | undefined {
  const value = elaborateQuantity(end, { ...site, rule: "strict" });
  if (value === undefined) return undefined;
  if (value.zero === true || value.dimension === base.energy || value.dimension === base.mass)
    return value.node;
  const parameters = { field: "E", expected: "energy", found: describe(value.dimension) };
  site.context.report(diagnostic("SV1202", end.span, parameters, endInUnit(end, "MeV", written)));
  return undefined;
}

/** Density of the arrival times of a species at a time; undefined when the source has none. */
export function lowerArrival(
  source: Declaration,
  species: Species,
  site: Site,
): ((t: Node) => Value) | undefined {
  const statement = fieldsOf(source, "arrival").find((one) => one.index?.names[0]?.text === species);
  if (statement === undefined) return undefined;
  const argument = statement.params?.[0]?.name.text ?? "t";
  return (t) => {
    const bound: Binding = { kind: "value", value: quantity(t, base.time) };
    const inner = { ...site, scope: site.scope.with(new Map([[argument, bound]])) };
    const value = formula(statement, `arrival[${species}]`, dimension({ time: -1 }), inner);
    return value === undefined ? poison : restrictedTo(statement, value, withWhere(statement, inner));
  };
}

/** Species that the source emits, in the order of its text. */
export function speciesOf(source: Declaration): readonly Species[] {
  const written = fieldsOf(source, "spectrum").map((statement) => statement.index?.names[0]?.text);
  return speciesNames.filter((name) => written.includes(name));
}

/** Neutrinos of each species per area: `fluence`, or `flux` times the live time of the experiment. */
export function lowerFluence(source: Declaration, site: Site, livetime: Node | undefined): Node | undefined {
  const fluence = field(source, "fluence");
  const strict = { ...site, rule: "strict" as const };
  if (fluence !== undefined) return formula(fluence, "fluence", dimension({ length: -2 }), strict)?.node;
  const flux = field(source, "flux");
  if (flux === undefined || livetime === undefined) return undefined;
  const value = formula(flux, "flux", dimension({ length: -2, time: -1 }), strict);
  return value === undefined ? undefined : site.context.graph.multiply(value.node, livetime);
}
