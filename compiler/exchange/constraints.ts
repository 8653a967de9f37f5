/** Measurements of expressions, as far as a format with one constraint per parameter can say them. */
import { power } from "../../runtime/power.ts";
import { dependence } from "../rate/analyse.ts";
import type { BinnedModel, ModelConstraint, ModelParameter } from "./binned-model.ts";
import type { Fidelity } from "./fidelity.ts";

export interface Absorbed {
  /** The same model; parameters have what was measured of them as their constraints. */
  readonly model: BinnedModel;
  readonly fidelity: readonly Fidelity[];
}

/**
 * Puts Gaussian measurements of linear functions of one parameter into the constraint of that parameter: χ² stays the same up
 * to a constant. The others are left out, which the record says.
 */
export function absorbConstraints(model: BinnedModel): Absorbed {
  const parameters = new Map(model.parameters.map((one) => [one.key, one]));
  const fidelity = model.constraints.map((constraint): Fidelity => {
    const subject = `constraint ${constraint.name}`;
    const read = [...dependence(constraint.node).parameters].filter((key) => parameters.has(key));
    const [key, ...others] = read;
    if (key === undefined) return { subject, as: "left out: it reads no fitted parameter", degree: "exact" };
    const parameter = parameters.get(key)!;
    const found = others.length > 0 ? undefined : narrowed(model, parameter, constraint);
    if (found === undefined) {
      const note = `it is no linear function of one parameter: it reads ${read.join(", ")}`;
      return { subject, as: "left out", degree: "unsupported", note };
    }
    parameters.set(key, found);
    return {
      subject,
      as: `constraint of ${parameter.name}`,
      degree: "exact",
      note: "up to a constant of chi2",
    };
  });
  return { model: { ...model, parameters: [...parameters.values()] }, fidelity };
}

function narrowed(
  model: BinnedModel,
  parameter: ModelParameter,
  { node, mean, sigma }: ModelConstraint,
): ModelParameter | undefined {
  const { key, value, kind, factor } = parameter;
  const width = kind === "nuisance" ? parameter.sigma : Math.abs(value) || factor;
  const at = (place: number): number => model.evaluate(node, [], new Map([[key, place]]))[0]!;
  const slope = (at(value + width) - at(value - width)) / (2 * width);
  const line = (place: number): number => at(value) + slope * (place - value);
  const isLine = [-3, -2, 0.5, 2, 3].every((k) => {
    const place = value + k * width;
    return (
      Math.abs(at(place) - line(place)) <= 1e-10 * Math.max(Math.abs(at(place)), Math.abs(slope * width))
    );
  });
  if (!(isLine && Math.abs(slope) > 0)) return undefined;
  const measured = { mean: value + (mean - at(value)) / slope, sigma: sigma / Math.abs(slope) };
  if (kind === "free") return { ...parameter, ...measured, kind: "nuisance" };
  const weights = [parameter, measured].map((one) => power(one.sigma, -2));
  const sum = weights[0]! + weights[1]!;
  const both = (parameter.mean * weights[0]! + measured.mean * weights[1]!) / sum;
  return { ...parameter, mean: both, sigma: power(sum, -0.5) };
}
