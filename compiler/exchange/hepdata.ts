/**
 * A submission to HEPData: `submission.yaml` and a file for each table (the format of hepdata-submission.readthedocs.io): counts by
 * bin with the parts of the expectation and how they move with each nuisance; the parameters and external measurements of them.
 */
import { stringify } from "yaml";
import { inUnit } from "../emit/view.ts";
import { poissonInterval } from "../plot/poisson-interval.ts";
import { type BinnedModel, type ModelChannel, type ModelParameter, templateErrors } from "./binned-model.ts";
import { constraintText, measurementOf } from "./table-fidelity.ts";
import { binAlong } from "./tables.ts";

export interface SubmissionFile {
  readonly name: string;
  /** The name of the table in it, if it has one. */
  readonly table?: string;
  readonly text: string;
}

/** A fitted parameter with the errors of its profile. */
export interface FittedValue {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  /** Distances down and up; infinite or NaN where there is none. */
  readonly minus: number;
  readonly plus: number;
  /** What an error is, in words, when it is not where χ² has risen by 1. */
  readonly remark: string;
}

export interface Submitted {
  readonly model: BinnedModel;
  /** At the best fit, if the model stands there. */
  readonly fitted: readonly FittedValue[] | undefined;
}

export interface SubmissionOptions {
  readonly comment: string;
  /** Files that go beside the tables. */
  readonly resources: readonly { readonly location: string; readonly description: string }[];
}

type ErrorJson =
  | { readonly label: string; readonly symerror: number }
  | { readonly label: string; readonly asymerror: { readonly minus: number; readonly plus: number } };

interface ValueJson {
  readonly value: number | string;
  readonly errors?: readonly ErrorJson[];
}

interface Header {
  readonly name: string;
  readonly units?: string;
}

interface Table {
  readonly name: string;
  readonly file: string;
  readonly description: string;
  readonly independent: readonly {
    readonly header: Header;
    readonly values: readonly (ValueJson | { readonly low: number; readonly high: number })[];
  }[];
  readonly dependent: readonly {
    readonly header: Header;
    readonly qualifiers: readonly {
      readonly name: string;
      readonly value: string | number;
      readonly units?: string;
    }[];
    readonly values: readonly ValueJson[];
  }[];
}

const keywords = [
  { name: "reactions", values: ["NU NUCLEUS --> NU NUCLEUS"] },
  { name: "observables", values: ["EVENTS"] },
  { name: "phrases", values: ["coherent elastic neutrino-nucleus scattering", "CEvNS"] },
];

/** The files of a submission, `submission.yaml` first. */
export function hepdataSubmission(
  submitted: readonly Submitted[],
  { comment, resources }: SubmissionOptions,
): readonly SubmissionFile[] {
  const tables = submitted.flatMap(({ model, fitted }) => [
    ...model.channels.map((channel) => countTable(model, channel)),
    ...(model.parameters.length === 0 ? [] : [parameterTable(model, fitted)]),
    ...constraintTables(model),
  ]);
  const documents = [
    { comment, additional_resources: resources },
    ...tables.map(({ name, description, file }) => ({ name, description, keywords, data_file: file })),
  ];
  return [
    { name: "submission.yaml", text: documents.map((one) => `---\n${yaml(one)}`).join("") },
    ...tables.map(({ name, file, independent, dependent }) => ({
      name: file,
      table: name,
      text: yaml({ independent_variables: independent, dependent_variables: dependent }),
    })),
  ];
}

/** YAML whose numbers YAML 1.1 reads as numbers too: `1.0e-7`, not `1e-7`. */
function yaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }).replace(
    /((?:: |- )-?\d+)(e[+-]\d+)$/gm,
    "$1.0$2",
  );
}

function fileName(name: string): string {
  return `${name.replace(/[^A-Za-z0-9]+/g, "_").toLowerCase()}.yaml`;
}

function countTable(model: BinnedModel, channel: ModelChannel): Table {
  const { name, axes, bins, components, total, variance } = channel;
  const title = model.kind === "analysis" ? `${model.name}: ${name}` : name;
  const qualifiers = qualifiersOf(model, channel);
  const expected = (label: string, of: Expected) => ({
    header: { name: label, units: "events per bin" },
    qualifiers,
    values: expectedValues(model, channel, of),
  });
  const index = {
    header: { name: "bin" },
    values: Array.from({ length: bins }, (_, bin) => ({ value: bin + 1 })),
  };
  return {
    name: `${title} counts`,
    file: fileName(`${title} counts`),
    description:
      "Events observed and expected in each bin. The errors of what is expected are its changes by one standard deviation of " +
      "each nuisance parameter, and the standard deviation of templates with limited statistics.",
    independent:
      axes.length === 0
        ? [index]
        : axes.map((axis, i) => ({
            header: { name: axis.name, ...unitsOf(axis.unit) },
            values: Array.from({ length: bins }, (_, bin) => {
              const at = binAlong(axes, i, bin);
              return { low: axis.edges[at]!, high: axis.edges[at + 1]! };
            }),
          })),
    dependent: [
      ...(channel.isMeasured
        ? [
            {
              header: { name: "data", units: "events per bin" },
              qualifiers: [...qualifiers, { name: "errors", value: errorsOf(channel) }],
              values: dataValues(channel),
            },
          ]
        : []),
      expected("expected", { total, variance }),
      ...components.map((component) => expected(`expected ${component.name}`, component)),
    ],
  };
}

const unitsOf = (unit: string): { readonly units?: string } => (unit === "" ? {} : { units: unit });

/** What the expectation was computed with: the fitted parameters without a constraint. */
function qualifiersOf(model: BinnedModel, { likelihood }: ModelChannel) {
  const free = model.parameters.filter(({ kind }) => kind === "free");
  return [
    { name: model.kind, value: model.name },
    { name: "likelihood", value: likelihood },
    ...free.map(({ name, unit, value, factor }) => ({
      name,
      value: inUnit(value, factor),
      ...unitsOf(unit),
    })),
  ];
}

/** What the errors of the data are, for people. */
function errorsOf({ errors }: ModelChannel): string {
  return errors === undefined
    ? "of Poisson counts: central 68.27 % confidence intervals below 10 counts, sqrt(n) from 10 on"
    : "standard deviations as given with the data";
}

/** Gaussian errors as they are; of Poisson counts the interval that pictures have, see `errorsOf`. */
function dataValues({ observed, errors }: ModelChannel): readonly ValueJson[] {
  return Array.from(observed, (value, bin): ValueJson => {
    if (errors !== undefined) return { value, errors: [{ label: "stat", symerror: errors[bin]! }] };
    const [low, high] = poissonInterval(value);
    return { value, errors: [{ label: "stat", asymerror: { minus: low - value, plus: high - value } }] };
  });
}

/** Counts with their variance from limited statistics, if there is one. */
type Expected = Pick<ModelChannel, "total" | "variance">;

function expectedValues(model: BinnedModel, channel: ModelChannel, expected: Expected): readonly ValueJson[] {
  const { over } = channel;
  const node = expected.total;
  const nominal = model.evaluate(node, over);
  const spread = templateErrors(model, channel, expected);
  const moved = model.parameters
    .filter(({ kind }) => kind === "nuisance")
    .map(({ name, key, value, sigma }) => {
      const at = (pull: number) => model.evaluate(node, over, new Map([[key, value + pull * sigma]]));
      return { name, plus: at(1), minus: at(-1) };
    });
  return Array.from(nominal, (value, bin): ValueJson => {
    const shifts = moved.flatMap(({ name, plus, minus }): ErrorJson[] => {
      const [up, down] = [plus[bin]! - value, minus[bin]! - value];
      return isNothing(up, value) && isNothing(down, value)
        ? []
        : [{ label: name, asymerror: { minus: down, plus: up } }];
    });
    const own = spread?.[bin] ?? 0;
    const errors = own > 0 ? [...shifts, { label: templateStatistics, symerror: own }] : shifts;
    return errors.length === 0 ? { value } : { value, errors };
  });
}

const templateStatistics = "limited statistics of templates";

const isNothing = (difference: number, value: number): boolean =>
  Math.abs(difference) <= 1e-14 * Math.abs(value);

function parameterTable(model: BinnedModel, fitted: readonly FittedValue[] | undefined): Table {
  const qualifiers = [{ name: model.kind, value: model.name }];
  const column = (name: string, values: readonly ValueJson[]) => ({ header: { name }, qualifiers, values });
  const units = model.parameters.map(({ unit }): ValueJson => ({ value: unitText(unit) }));
  const values = model.parameters.map((one) => valueIn(one, fitted ?? []));
  return {
    name: `${model.name} parameters`,
    file: fileName(`${model.name} parameters`),
    description:
      fitted === undefined
        ? "Fitted parameters: the Gaussian constraints of nuisance parameters, and the values that the counts were computed with."
        : "Fitted parameters: the Gaussian constraints of nuisance parameters, and the best fit, with errors from the profile of the " +
          `likelihood, of nuisance parameters from its second derivatives.${remarksOf(fitted)}`,
    independent: [
      { header: { name: "parameter" }, values: model.parameters.map(({ name }) => ({ value: name })) },
    ],
    dependent: [
      column("unit", units),
      column("constraint", model.parameters.map(constraintOf)),
      column(fitted === undefined ? "value" : "best fit", values),
    ],
  };
}

/** The external measurements that the likelihood has beside the counts, if there are any that can be written down. */
function constraintTables(model: BinnedModel): readonly Table[] {
  const rows = model.constraints.flatMap((one) => {
    const text = constraintText(model, one);
    return text === undefined ? [] : [{ ...one, text, ...measurementOf(model, one) }];
  });
  if (rows.length === 0) return [];
  const qualifiers = [{ name: model.kind, value: model.name }];
  const column = (name: string, of: (row: (typeof rows)[number]) => ValueJson) => ({
    header: { name },
    qualifiers,
    values: rows.map(of),
  });
  return [
    {
      name: `${model.name} constraints`,
      file: fileName(`${model.name} constraints`),
      description:
        "External measurements in the likelihood: Gaussian constraints of expressions of the parameters, and the values of the " +
        "expressions where the counts were computed.",
      independent: [{ header: { name: "constraint" }, values: rows.map(({ name }) => ({ value: name })) }],
      dependent: [
        column("expression", ({ text }) => ({ value: text })),
        column("unit", ({ unit }) => ({ value: unitText(unit) })),
        column("measured", ({ measured, error }) => ({
          value: measured,
          errors: [{ label: "measurement", symerror: error }],
        })),
        column("value", ({ value }) => ({ value })),
      ],
    },
  ];
}

const unitText = (unit: string): string => (unit === "" ? "1" : unit);

function remarksOf(fitted: readonly FittedValue[]): string {
  const said = fitted.filter(({ remark }) => remark !== "").map(({ name, remark }) => `${name} (${remark})`);
  return said.length === 0 ? "" : ` Errors that are not where chi2 has risen by 1: ${said.join(", ")}.`;
}

function constraintOf({ kind, mean, sigma, factor }: ModelParameter): ValueJson {
  if (kind === "free") return { value: "-" };
  return {
    value: inUnit(mean, factor),
    errors: [{ label: "constraint", symerror: inUnit(sigma, factor) }],
  };
}

function valueIn({ name, value, factor }: ModelParameter, fitted: readonly FittedValue[]): ValueJson {
  const found = fitted.find((one) => one.name === name);
  if (found === undefined) return { value: inUnit(value, factor) };
  const { minus, plus } = found;
  if (!Number.isFinite(minus) || !Number.isFinite(plus)) return { value: found.value };
  return { value: found.value, errors: [{ label: "fit", asymerror: { minus: -minus, plus } }] };
}
