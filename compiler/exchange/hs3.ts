/**
 * An HS3 document (HEP Statistics Serialization Standard 0.2, in the dialect that `hs3-document.ts` names): couplings as functions,
 * shifts of nuisances as products, variations of shapes as samples of their own.
 */
import { dependence } from "../rate/analyse.ts";
import type { Node } from "../rate/node.ts";
import type { BinnedModel, ModelChannel, ModelConstraint, ModelParameter } from "./binned-model.ts";
import { type Fidelity, projectionNotes } from "./fidelity.ts";
import { heldFidelity } from "./histfactory-fidelity.ts";
import {
  dialect,
  type Hs3Axis,
  type Hs3BinModifier,
  type Hs3Data,
  type Hs3Distribution,
  type Hs3Document,
  type Hs3Modifier,
  type Hs3Sample,
} from "./hs3-document.ts";
import { expressionText, identifier, numberText } from "./hs3-expression.ts";
import { hs3Fidelity } from "./hs3-fidelity.ts";
import { type Hs3Channel, type Hs3Model, hs3Model } from "./hs3-model.ts";
import { Hs3Names } from "./hs3-names.ts";
import type { ParameterMeaning } from "./provenance.ts";

export interface Hs3Export {
  /** Without what its caller knows: versions, publications, provenance. */
  readonly document: Omit<Hs3Document, "metadata" | "misc">;
  readonly description: string;
  readonly fidelity: readonly Fidelity[];
  readonly parameters: readonly ParameterMeaning[];
}

/** A distribution and its data. */
interface Pair {
  readonly distribution: Hs3Distribution;
  readonly data: Hs3Data;
}

const domainName = "ranges";
const pointName = "default_values";
/** Ranges without an end are this many standard deviations, or values, wide. */
const widest = 10;

/** The document of a model, with the record of what it keeps. */
export function hs3Export(model: BinnedModel): Hs3Export {
  const hs3 = hs3Model(model);
  const writer = new Hs3Writer(model, hs3);
  const channels = hs3.channels.flatMap((channel) => writer.channel(channel));
  const constraints = model.constraints.map((one) => writer.constraint(one));
  const nuisances = hs3.used.filter(({ kind }) => kind === "nuisance");
  const { shifts } = writer;
  const pairs = [
    ...channels,
    ...nuisances.map((one) => writer.nuisance(one)),
    ...shifts.map((one) => writer.measured(one, one, 0, 1)),
    ...constraints.flatMap(({ pair }) => (pair === undefined ? [] : [pair])),
  ];
  const { names } = writer;
  const likelihood = names.fresh(`likelihood_${model.name}`);
  const free = hs3.used.filter(({ kind }) => kind === "free");
  const ranges = [
    ...hs3.used.map((one) => rangeOf(one, names)),
    ...shifts.map((name) => ({ name, min: -widest, max: widest })),
  ];
  const values = [
    ...hs3.used.map((one) => pointOf(one, names)),
    ...shifts.map((name) => ({ name, value: 0 })),
  ];
  return {
    document: {
      distributions: pairs.map(({ distribution }) => distribution),
      functions: names.functions,
      data: pairs.map(({ data }) => data),
      likelihoods: [
        {
          name: likelihood,
          distributions: pairs.map(({ distribution }) => distribution.name),
          data: pairs.map(({ data }) => data.name),
        },
      ],
      domains: [{ name: domainName, type: "product_domain", axes: ranges }],
      parameter_points: [{ name: pointName, parameters: values }],
      analyses: [
        {
          name: names.fresh(model.name),
          likelihood,
          parameters_of_interest: free.map((one) => names.parameter(one)),
          domains: [domainName],
          init: pointName,
        },
      ],
    },
    description: `${model.name}. Dialect: ${dialect.name}; see misc`,
    fidelity: [
      ...projectionNotes(model),
      ...hs3Fidelity(model, hs3),
      ...constraints.map(({ fidelity }) => fidelity),
      ...hs3.held.map((one) => heldFidelity(one, "HS3")),
    ],
    parameters: hs3.used.map((one) => ({
      name: names.parameter(one),
      parameter: one.name,
      unit: one.unit,
      relation: "the same",
    })),
  };
}

/** Readers want a range of a measured number; a Gaussian distribution has nothing beyond this one. */
function observableAxis(name: string, value: number, sigma: number) {
  return { name, min: value - 100 * sigma, max: value + 100 * sigma };
}

function pointOf(one: ModelParameter, names: Hs3Names) {
  return { name: names.parameter(one), value: one.value / one.factor };
}

function rangeOf(one: ModelParameter, names: Hs3Names) {
  const { value, mean, sigma, kind, factor, range } = one;
  const [center, width] = kind === "nuisance" ? [mean, sigma] : [value, Math.abs(value) || factor];
  const min = Number.isFinite(range[0]) ? range[0] : center - widest * width;
  const max = Number.isFinite(range[1]) ? range[1] : center + widest * width;
  return { name: names.parameter(one), min: min / factor, max: max / factor };
}

const normFactor = (parameter: string): Hs3Modifier => ({ name: parameter, type: "normfactor", parameter });

function sampleOf(name: string, contents: Float64Array, modifiers: Hs3Sample["modifiers"]): Hs3Sample {
  return {
    name,
    data: { contents: Array.from(contents), errors: Array.from(contents, () => 0) },
    modifiers,
  };
}

class Hs3Writer {
  readonly names = new Hs3Names();
  readonly #byKey: ReadonlyMap<string, ModelParameter>;
  readonly #held: ReadonlyMap<string, number>;

  constructor(model: BinnedModel, { used, held }: Hs3Model) {
    this.#byKey = new Map(used.map((one) => [one.key, one]));
    this.#held = new Map(held.map(({ key, value }) => [key, value]));
    // Parameters have the first choice of names.
    for (const one of used) this.names.parameter(one);
    this.#fixed = (key) => model.evaluate({ op: "parameter", id: -1, name: key }, [])[0]!;
  }

  readonly #fixed: (key: string) => number;

  readonly #shifts: string[] = [];

  /** Shifts of bins from limited statistics, each a unit Gaussian. */
  get shifts(): readonly string[] {
    return this.#shifts;
  }

  /** What an expression says; parameters in it have their units. */
  #text(node: Node): string | undefined {
    return expressionText(node, (key) => {
      const parameter = this.#byKey.get(key);
      if (parameter === undefined) return numberText(this.#held.get(key) ?? this.#fixed(key));
      const name = this.names.parameter(parameter);
      return parameter.factor === 1 ? name : `(${numberText(parameter.factor)}*${name})`;
    });
  }

  channel(channel: Hs3Channel): readonly Pair[] {
    const { name, likelihood } = channel.channel;
    const samples = this.#samples(channel);
    if (likelihood === "gaussian") return this.#gaussianBins(channel, samples);
    const axes = this.#axes(channel.channel);
    const distribution = {
      name: this.names.fresh(name),
      type: "histfactory_dist",
      axes,
      samples: [...samples, ...this.#spreadSamples(channel, samples)],
    } as const;
    const contents = Array.from(channel.channel.observed);
    return [
      { distribution, data: { name: this.names.fresh(`data_${name}`), type: "binned", axes, contents } },
    ];
  }

  #axes({ name, axes }: ModelChannel): readonly Hs3Axis[] {
    if (axes.length === 0) return [{ name: this.names.fresh(`${name}_count`), edges: [0, 1] }];
    return axes.map((axis) => ({ name: this.names.fresh(`${name}_${axis.name}`), edges: axis.edges }));
  }

  #samples({ channel, terms }: Hs3Channel): readonly Hs3Sample[] {
    const counts = new Map<string, number>();
    const nameOf = (component: string): string => {
      const index = (counts.get(component) ?? 0) + 1;
      counts.set(component, index);
      return index === 1 ? component : `${component}_${index}`;
    };
    return terms.flatMap(({ component, closed, nominal, morphs }) => {
      const factor = this.#factor(`factor_${channel.name}_${component}`, closed);
      const sample = (contents: Float64Array, factors: readonly string[]): Hs3Sample =>
        sampleOf(nameOf(component), contents, factors.map(normFactor));
      return [
        sample(nominal, factor),
        ...morphs.flatMap(({ key, odd, even }) => {
          const parameter = this.#byKey.get(key)!;
          const isStraight = even.every((value) => value === 0);
          return [
            sample(odd, [...factor, this.names.pull(parameter)]),
            ...(isStraight ? [] : [sample(even, [...factor, this.names.evenPull(parameter)])]),
          ];
        }),
      ];
    });
  }

  /** Limited statistics of Poisson bins: standard deviations times what scales them times shifts of the bins. */
  #spreadSamples(
    { channel: { name }, spread }: Hs3Channel,
    others: readonly Hs3Sample[],
  ): readonly Hs3Sample[] {
    const taken = new Set(others.map((one) => one.name));
    return spread.map(({ closed, nominal }) => {
      const scale = this.#factor(`spread_${name}`, closed);
      const root = scale.map((one) => this.names.function(`root_${one}`, `sqrt(${one})`));
      const parameters = Array.from(nominal, (variance, bin) =>
        variance > 0 ? this.#freshShift(`${name}_bin_${bin + 1}`) : this.names.function("unity", "1"),
      );
      const label = identifier(`stat_${name}`, taken);
      const bins: Hs3BinModifier = { name: this.names.fresh(label), type: "shapefactor", parameters };
      return sampleOf(label, nominal.map(Math.sqrt), [...root.map(normFactor), bins]);
    });
  }

  /** The name of a product, or nothing for 1. */
  #factor(name: string, closed: readonly Node[]): readonly string[] {
    if (closed.length === 0) return [];
    const [only, ...others] = closed;
    const text =
      others.length === 0 ? this.#text(only!) : closed.map((one) => this.#factorText(one)).join("*");
    return text === undefined ? [] : [this.names.function(name, text)];
  }

  #factorText(node: Node): string {
    const text = this.#text(node) ?? "";
    return node.op === "add" ? `(${text})` : text;
  }

  /**
   * A Gaussian distribution for each bin, its mean the sum of the samples. A variance s² that moves would move the normalisation, which χ² does
   * not have: the mean gets a shift s b instead, with b a unit Gaussian, whose best value leaves (n − ν)²/(σ² + s²).
   */
  #gaussianBins({ channel, fixed, spread }: Hs3Channel, samples: readonly Hs3Sample[]): readonly Pair[] {
    const { name, observed, errors } = channel;
    const scales = spread.map(({ closed }) => this.#factor(`spread_${name}`, closed));
    return Array.from(observed, (value, bin): Pair => {
      const terms = samples.map(({ data, modifiers }) => {
        const factors = modifiers.flatMap((one) => (one.type === "normfactor" ? [one.parameter] : []));
        return [numberText(data.contents[bin]!), ...factors].join("*");
      });
      const label = `${name}_bin_${bin + 1}`;
      const x = this.names.fresh(`${label}_count`);
      const variances = spread.flatMap(({ nominal }, k) =>
        nominal[bin]! > 0 ? [[numberText(nominal[bin]!), ...scales[k]!].join("*")] : [],
      );
      const mean = this.names.function(
        `${label}_mean`,
        [...terms, ...this.#shift(label, variances)].join(" + "),
      );
      const sigma = Math.hypot(errors![bin]!, Math.sqrt(fixed[bin]!));
      return {
        distribution: { name: this.names.fresh(label), type: "gaussian_dist", x, mean, sigma },
        data: {
          name: this.names.fresh(`data_${label}`),
          type: "point",
          value,
          axes: [observableAxis(x, value, sigma)],
        },
      };
    });
  }

  /** A parameter times the root of variances, nothing without any. */
  #shift(label: string, variances: readonly string[]): readonly string[] {
    if (variances.length === 0) return [];
    return [`sqrt(${variances.join(" + ")})*${this.#freshShift(label)}`];
  }

  #freshShift(label: string): string {
    const name = this.names.fresh(`stat_${label}`);
    this.#shifts.push(name);
    return name;
  }

  nuisance(parameter: ModelParameter): Pair {
    const name = this.names.parameter(parameter);
    const { mean, sigma, factor } = parameter;
    return this.measured(name, name, mean / factor, sigma / factor);
  }

  /** A Gaussian measurement of a parameter or a function. */
  measured(name: string, mean: string, value: number, sigma: number): Pair {
    const x = this.names.fresh(`aux_${name}`);
    return {
      distribution: { name: this.names.fresh(`constraint_${name}`), type: "gaussian_dist", x, mean, sigma },
      data: {
        name: this.names.fresh(`data_aux_${name}`),
        type: "point",
        value,
        axes: [observableAxis(x, value, sigma)],
      },
    };
  }

  /** A measured expression, when it is a closed function of parameters that the document has. */
  constraint({ name, node, mean, sigma }: ModelConstraint): {
    readonly pair?: Pair;
    readonly fidelity: Fidelity;
  } {
    const subject = `constraint ${name}`;
    const read = [...dependence(node).parameters];
    if (!read.some((key) => this.#byKey.has(key))) {
      const held = read.some((key) => this.#held.has(key));
      const as = "left out: it reads no parameter of the document";
      return { fidelity: { subject, as, degree: held ? "unsupported" : "exact" } };
    }
    const text = this.#text(node);
    if (text === undefined || read.some((key) => this.#held.has(key))) {
      const note = `it is no closed function of the parameters of the document: it reads ${read.join(", ")}`;
      return { fidelity: { subject, as: "left out", degree: "unsupported", note } };
    }
    const pair = this.measured(name, this.names.function(`measured_${name}`, text), mean, sigma);
    return { pair, fidelity: { subject, as: "gaussian_dist", degree: "exact" } };
  }
}
