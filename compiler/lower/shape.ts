/** Shapes over the bins: densities or numbers per bin, moved by shape systematics and normalised. */
import type { Statement } from "../../grammar/syntax.ts";
import { signatures } from "../../runtime/signatures.ts";
import { instantiate } from "../elaborate/expand.ts";
import type { Site } from "../elaborate/expression.ts";
import { formula, withWhere } from "../elaborate/functions.ts";
import { type Library, type ParameterValue, restrictedTo } from "../elaborate/library.ts";
import { type Binding, quantity } from "../elaborate/value.ts";
import { type Declaration, fieldsOf, labelOf } from "../model/model.ts";
import type { Graph } from "../rate/graph.ts";
import type { Node } from "../rate/node.ts";
import { divide, none } from "../units/index.ts";
import { listNumbers } from "./lists.ts";
import { shapeParameter, targetsOf, variesShape } from "./nuisances.ts";
import type { BinnedAxis } from "./response.ts";

/** An experiment with its bins: where shapes are given. */
export interface Binned {
  readonly library: Library;
  readonly declaration: Declaration;
  readonly axes: readonly BinnedAxis[];
  readonly site: Site;
  readonly value: ParameterValue;
}

/** The field of a block. */
export function innerField(statement: Statement | undefined, keyword: string): Statement | undefined {
  return statement?.block?.statements.find((one) => one.keyword.text === keyword);
}

/**
 * Shape of a component: its share of each bin, normalised to 1 over some of the axes in every bin of the others. Shape
 * systematics move it between tables that are normalised likewise; what they would make negative is zero.
 */
export function lowerShape(
  binned: Binned,
  component: string,
  shape: Statement,
  over: readonly BinnedAxis[],
): Node | undefined {
  const { graph } = binned.library.context;
  const perBin = overBins(binned, `${component}_shape`, shape);
  if (perBin === undefined) return undefined;
  const nominal = normalised(graph, perBin, over, component);
  const variations = fieldsOf(binned.declaration, "systematic").filter(
    (one) => variesShape(one) && targetsOf(one).includes(component),
  );
  if (variations.length === 0) return graph.label(nominal, `${component}_shape`);
  const shifts = variations.flatMap((one) => shiftOf(binned, one, nominal, over));
  const moved = graph.call("max", graph.number(0), graph.add(nominal, ...shifts));
  const kept = graph.label(moved, `varied_${component}`);
  return graph.label(normalised(graph, kept, over, `varied_${component}`), `${component}_shape`);
}

/** What a shape systematic adds to the nominal shape at the value of its nuisance. */
function shiftOf(
  binned: Binned,
  systematic: Statement,
  nominal: Node,
  over: readonly BinnedAxis[],
): readonly Node[] {
  const { graph } = binned.library.context;
  const name = labelOf(systematic);
  const table = (keyword: "plus" | "minus"): Node | undefined => {
    const field = innerField(systematic, keyword);
    const perBin = field === undefined ? undefined : overBins(binned, `${name}_${keyword}`, field);
    return perBin === undefined ? undefined : normalised(graph, perBin, over, `${name}_${keyword}`);
  };
  const plus = table("plus");
  if (plus === undefined) return [];
  // One table stands for both directions: the other is its mirror image.
  const mirrored = graph.subtract(graph.multiply(graph.number(2), nominal), plus);
  const minus = table("minus") ?? mirrored;
  const parameter = shapeParameter(binned.declaration, systematic);
  const eta = binned.value(parameter).node;
  const word = innerField(systematic, "interpolation")?.assign?.value;
  const linear = word?.kind === "path" && word.parts[0]?.text === "linear";
  const at = interpolated(graph, linear ? "morph_linear" : "morph", [eta, minus, nominal, plus]);
  return [graph.label(graph.subtract(at, nominal), `shift_${name}`)];
}

/** A function of the runtime written out, so that what reads the nuisance alone is done once for all bins. */
function interpolated(graph: Graph, name: string, args: readonly Node[]): Node {
  const signature = signatures.find((one) => one.name === name);
  if (signature?.expand === undefined) throw new Error(`${name} has no expansion`);
  return instantiate(graph, signature, signature.expand, args);
}

function normalised(graph: Graph, perBin: Node, over: readonly BinnedAxis[], name: string): Node {
  const norm = over.reduce<Node>((sum, { axis }) => graph.sum(axis, sum), perBin);
  return graph.divide(graph.label(perBin, `shape_${name}`), graph.label(norm, `norm_${name}`));
}

/** What `name` is called in generated code: numbers per bin as they stand, or a formula of the binned observables integrated over each bin. */
export function overBins(
  { library, declaration, axes, site }: Binned,
  name: string,
  shape: Statement,
): Node | undefined {
  const { graph } = library.context;
  const expr = shape.assign?.value;
  if (expr === undefined) return undefined;
  if (shape.params === undefined) {
    const values = listNumbers(expr);
    return graph.data(
      `${declaration.name}_${name}`,
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
  const value = formula(shape, shape.keyword.text, dimension, inner);
  if (value === undefined) return undefined;
  const limited = restrictedTo(shape, value, withWhere(shape, inner));
  if (limited.kind !== "quantity") return undefined;
  return axes.reduce<Node>(
    (body, axis) => graph.integral("background", axis.variable, axis.low, axis.high, body),
    limited.node,
  );
}
