/** What tables of counts keep of an analysis: they are of one point of its parameters. */
import { inUnit } from "../emit/view.ts";
import { dependence } from "../rate/analyse.ts";
import type { BinnedModel, ModelChannel, ModelConstraint, ModelParameter } from "./binned-model.ts";
import type { Fidelity } from "./fidelity.ts";
import { heldAt } from "./histfactory-fidelity.ts";
import { expressionText, numberText } from "./hs3-expression.ts";
import { countsFidelity } from "./poisson-counts.ts";

/** The record of tables that have counts alone: every likelihood, parameter and constraint. */
export function tableFidelity(model: BinnedModel): readonly Fidelity[] {
  return [
    ...likelihoodFidelity(model),
    ...model.parameters.map(heldFidelity),
    ...model.constraints.map((one) =>
      readsFitted(model, one)
        ? leftOut(one, "tables of counts have no measurements of parameters")
        : idle(one),
    ),
  ];
}

/** The record of a submission, whose counts have shifts, and which has tables of parameters and constraints beside them. */
export function submissionFidelity(model: BinnedModel): readonly Fidelity[] {
  const inCounts = new Set(model.channels.flatMap(({ total }) => [...dependence(total).parameters]));
  return [
    ...likelihoodFidelity(model),
    ...model.parameters.map((one): Fidelity => {
      const { name, kind, key } = one;
      if (!inCounts.has(key))
        return { subject: name, as: "a row of the table of parameters", degree: "exact" };
      if (kind === "free") {
        return { ...heldFidelity(one), note: `${ofOnePoint}; its value is in the table of parameters` };
      }
      const as = "errors of the counts, and a row of the table of parameters";
      const note =
        "shifts of each component by itself, from where the counts are; how shifts add up is not said";
      return { subject: name, as, degree: "matched at ±1σ", byNature: true, note };
    }),
    ...model.constraints.map((one): Fidelity => {
      if (!readsFitted(model, one)) return idle(one);
      if (constraintText(model, one) === undefined)
        return leftOut(one, "it is no closed function of the parameters");
      const as = "a row of the table of constraints";
      return { subject: `constraint ${one.name}`, as, degree: "exact" };
    }),
  ];
}

function likelihoodFidelity(model: BinnedModel): readonly Fidelity[] {
  const free = model.parameters.filter(({ kind }) => kind === "free");
  const point = "at one point of the parameters";
  return model.channels.flatMap((channel): readonly Fidelity[] => {
    const { name, variance } = channel;
    const statistics: Fidelity = {
      subject: `${name}: limited statistics`,
      as: "standard deviations of the counts",
      degree: "exact",
      note: point,
    };
    return [
      ...(channel.likelihood === "unbinned"
        ? countsFidelity(model, free, channel)
        : [binsFidelity(channel, point)]),
      ...(variance === undefined ? [] : [statistics]),
    ];
  });
}

function binsFidelity({ name, likelihood, isMeasured }: ModelChannel, point: string): Fidelity {
  const as = likelihood === "gaussian" ? "counts per bin with the errors of the data" : "counts per bin";
  const note = isMeasured ? point : `${point}; a projection, without data`;
  return { subject: name, as, degree: "exact", note };
}

function heldFidelity(parameter: ModelParameter): Fidelity {
  const as = heldAt(parameter);
  return { subject: parameter.name, as, degree: "unsupported", byNature: true, note: ofOnePoint };
}

const ofOnePoint = "the counts are those of one point";

const readsFitted = ({ parameters }: BinnedModel, { node }: ModelConstraint): boolean =>
  parameters.some(({ key }) => dependence(node).parameters.has(key));

function idle({ name }: ModelConstraint): Fidelity {
  return { subject: `constraint ${name}`, as: "left out: it reads no fitted parameter", degree: "exact" };
}

function leftOut({ name }: ModelConstraint, note: string): Fidelity {
  return { subject: `constraint ${name}`, as: "left out", degree: "unsupported", note };
}

/**
 * What a constraint measures in the names and units of the parameters, in its own unit: as the spec has it where that names those
 * parameters alone, otherwise as ties and `let` make it. Undefined where that is no closed function.
 */
export function constraintText(model: BinnedModel, constraint: ModelConstraint): string | undefined {
  const { node, formula, names, factor } = constraint;
  const byKey = new Map(model.parameters.map((one) => [one.key, one]));
  const read = [...dependence(node).parameters].map((key) => byKey.get(key)?.name);
  if (read.length === names.size && read.every((name) => name !== undefined && names.has(name)))
    return formula;
  const text = expressionText(node, (key) => {
    const parameter = byKey.get(key);
    if (parameter === undefined) {
      return numberText(model.evaluate({ op: "parameter", id: -1, name: key }, [])[0]!);
    }
    return parameter.factor === 1 ? parameter.name : `(${numberText(parameter.factor)}*${parameter.name})`;
  });
  return text === undefined || factor === 1 ? text : `(${text})/${numberText(factor)}`;
}

/** The measured value with its error, and the value where the model stands, in the unit of the spec. */
export function measurementOf(
  model: BinnedModel,
  { node, mean, sigma, factor }: ModelConstraint,
): { readonly measured: number; readonly error: number; readonly value: number } {
  const value = model.evaluate(node, [])[0]!;
  return { measured: inUnit(mean, factor), error: inUnit(sigma, factor), value: inUnit(value, factor) };
}
