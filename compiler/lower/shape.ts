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
import { binSizes, inBins, sourceAt } from "./events.ts";
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
 * systematics move it between tables that are normalised likewise; what they would make negative is zero. At events it is
 * the density with the same norm.
 */
export function lowerShape(
  binned: Binned,
  component: string,
  shape: Statement,
  over: readonly BinnedAxis[],
): Node | undefined {
  const { graph } = binned.library.context;
  const own = (places: Binned): Node | undefined => overBins(places, `${component}_shape`, shape);
  const nominal = (places: Binned): Node | undefined => normalised(places, own, over, component);
  const variations = fieldsOf(binned.declaration, "systematic").filter(
    (one) => variesShape(one) && targetsOf(one).includes(component),
  );
  const moved = (places: Binned): Node | undefined => {
    const start = nominal(places);
    if (start === undefined) return undefined;
    const shifts = variations.flatMap((one) => shiftOf(places, one, start, over));
    return graph.label(
      graph.call("max", graph.number(0), graph.add(start, ...shifts)),
      `varied_${component}`,
    );
  };
  const shares =
    variations.length === 0 ? nominal(binned) : normalised(binned, moved, over, `varied_${component}`);
  return shares === undefined ? undefined : graph.label(shares, `${component}_shape`);
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
    if (field === undefined) return undefined;
    const own = (places: Binned): Node | undefined => overBins(places, `${name}_${keyword}`, field);
    return normalised(binned, own, over, `${name}_${keyword}`);
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

/** What a shape is in its places, over its sum in the bins of some axes. */
function normalised(
  binned: Binned,
  shapeIn: (places: Binned) => Node | undefined,
  over: readonly BinnedAxis[],
  name: string,
): Node | undefined {
  const { graph } = binned.library.context;
  const here = shapeIn(binned);
  const unbinned = binned.axes.some(({ at }) => at !== undefined);
  const perBin = unbinned ? shapeIn({ ...binned, axes: inBins(binned.axes) }) : here;
  if (here === undefined || perBin === undefined) return undefined;
  const norm = over.reduce<Node>((sum, { axis }) => graph.sum(axis, sum), perBin);
  return graph.divide(graph.label(here, `shape_${name}`), graph.label(norm, `norm_${name}`));
}

/** The sum of a shape over all bins. */
export function sumOverBins(binned: Binned, name: string, shape: Statement): Node | undefined {
  const { graph } = binned.library.context;
  const axes = inBins(binned.axes);
  const perBin = overBins({ ...binned, axes }, name, shape);
  return perBin && axes.reduce<Node>((sum, { axis }) => graph.sum(axis, sum), perBin);
}

/** What `name` is called in generated code: numbers per bin as they stand, or a formula of the binned observables integrated over each bin; at events the density. */
export function overBins(
  { library, declaration, axes, site }: Binned,
  name: string,
  shape: Statement,
): Node | undefined {
  const { graph } = library.context;
  const expr = shape.assign?.value;
  const places = axes[0]?.at;
  if (expr === undefined) return undefined;
  if (shape.params === undefined) {
    const values = listNumbers(expr);
    const key = `${declaration.name}_${name}`;
    const own = axes.map(({ axis }) => axis);
    if (places === undefined) return graph.data(key, own, { kind: "values", values });
    const sizes = binSizes(axes);
    const list = values.map((value, bin) => value / sizes[bin]!);
    const densities = places.bins.map((bin) => list[bin]!);
    return graph.data(`${key}_event`, [places.axis], sourceAt(places, densities, { what: "bin", list }));
  }
  const density = densityOver({ axes, site }, shape);
  if (density === undefined || places !== undefined) return density;
  return axes.reduce<Node>(
    (body, axis) => graph.integral("background", axis.variable, axis.low, axis.high, body),
    density,
  );
}

/** A shape that is a formula, in the binned observables or at the events; undefined when it is none, or after a report. */
export function densityOver(
  { axes, site }: Pick<Binned, "axes" | "site">,
  shape: Statement,
): Node | undefined {
  const names = new Map<string, Binding>();
  let dimension = none;
  shape.params?.forEach((param, i) => {
    const axis = axes[i];
    if (axis === undefined) return;
    names.set(param.name.text, {
      kind: "value",
      value: quantity(axis.at?.value ?? axis.variable, axis.dimension),
    });
    dimension = divide(dimension, axis.dimension);
  });
  const inner = { ...site, scope: site.scope.with(names) };
  const value = formula(shape, shape.keyword.text, dimension, inner);
  if (value === undefined) return undefined;
  const limited = restrictedTo(shape, value, withWhere(shape, inner));
  return limited.kind === "quantity" ? limited.node : undefined;
}
