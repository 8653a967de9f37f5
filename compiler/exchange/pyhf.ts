/**
 * A pyhf workspace (schema 1.0.0 of pyhf; K. Cranmer et al., HistFactory, CERN-OPEN-2012-016). Templates are those at the values
 * where the model stands.
 */
import type { BinnedModel, ModelParameter } from "./binned-model.ts";
import { absorbConstraints } from "./constraints.ts";
import { type Fidelity, projectionNotes } from "./fidelity.ts";
import { type HistChannel, type HistModel, type HistModifier, histFactory } from "./histfactory.ts";
import { histFidelity } from "./histfactory-fidelity.ts";
import type { Norm } from "./norms.ts";
import { countScale, countsFidelity, hopelessBins } from "./poisson-counts.ts";
import type { ParameterMeaning } from "./provenance.ts";

export type PyhfModifier =
  | { readonly name: string; readonly type: "normfactor" | "lumi"; readonly data: null }
  | {
      readonly name: string;
      readonly type: "normsys";
      readonly data: { readonly lo: number; readonly hi: number };
    }
  | {
      readonly name: string;
      readonly type: "histosys";
      readonly data: { readonly lo_data: readonly number[]; readonly hi_data: readonly number[] };
    }
  | { readonly name: string; readonly type: "staterror"; readonly data: readonly number[] };

export interface PyhfSample {
  readonly name: string;
  readonly data: readonly number[];
  readonly modifiers: readonly PyhfModifier[];
}

export interface PyhfParameter {
  readonly name: string;
  readonly inits: readonly number[];
  readonly bounds: readonly (readonly [number, number])[];
  readonly auxdata?: readonly number[];
  readonly sigmas?: readonly number[];
}

export interface PyhfWorkspace {
  readonly channels: readonly { readonly name: string; readonly samples: readonly PyhfSample[] }[];
  readonly observations: readonly { readonly name: string; readonly data: readonly number[] }[];
  readonly measurements: readonly {
    readonly name: string;
    readonly config: { readonly poi: string; readonly parameters: readonly PyhfParameter[] };
  }[];
  readonly version: "1.0.0";
}

export interface PyhfExport {
  readonly workspace: PyhfWorkspace;
  readonly fidelity: readonly Fidelity[];
  readonly parameters: readonly ParameterMeaning[];
  /** Parameters whose templates are those of one value. */
  readonly held: readonly ModelParameter[];
}

/** Pulls without a range end here, in standard deviations. */
const farthestPull = 10;

/** Why the model is no workspace, by channel: bins that no Poisson distribution stands for. */
export function pyhfObstacles({
  channels,
}: BinnedModel): readonly { readonly channel: string; readonly reason: string }[] {
  return channels.flatMap((channel) => {
    const [first, ...others] = hopelessBins(channel);
    if (first === undefined) return [];
    const bins =
      others.length === 0 ? `bin ${first} has` : `${others.length + 1} bins, the first ${first}, have`;
    const reason = `Gaussian bins become Poisson ones where the data are positive, and ${bins} none`;
    return [{ channel: channel.name, reason }];
  });
}

/** The workspace of a model, with the record of what it keeps. To be asked for only when there are no obstacles. */
export function pyhfExport(given: BinnedModel): PyhfExport {
  const { model, fidelity } = absorbConstraints(given);
  const hist = histFactory(model);
  const norms = hist.norms.map(({ parameter }) => parameter);
  return {
    workspace: workspaceOf(model, hist),
    fidelity: [
      ...projectionNotes(model),
      ...model.channels.flatMap((channel) => countsFidelity(model, norms, channel)),
      ...fidelity,
      ...histFidelity(model, hist),
    ],
    parameters: meanings(hist),
    held: hist.held,
  };
}

/** The workspace alone, without looking how faithful it is. */
export function pyhfWorkspace(given: BinnedModel): PyhfWorkspace {
  const { model } = absorbConstraints(given);
  return workspaceOf(model, histFactory(model));
}

function workspaceOf(model: BinnedModel, hist: HistModel): PyhfWorkspace {
  const names = namesIn(hist);
  return {
    channels: hist.channels.map((channel) => channelOf(channel, names)),
    observations: model.channels.map((channel) => ({
      name: channel.name,
      data: scaled(channel.observed, countScale(channel)),
    })),
    measurements: [
      {
        name: model.name,
        config: {
          poi: interestOf(hist)?.name ?? "",
          parameters: [...hist.norms.map(normOf), ...hist.pulls.map((one) => pullOf(one, hist))],
        },
      },
    ],
    version: "1.0.0",
  };
}

/** The parameter of interest: the first factor of a signal, else the first of all. */
function interestOf({ channels, norms }: HistModel): ModelParameter | undefined {
  const ofSignals = new Set(
    channels.flatMap(({ channel, samples }) => {
      const signals = channel.components.filter(({ kind }) => kind === "signal").map(({ name }) => name);
      const own = samples.filter(({ component }) => signals.includes(component));
      return own.flatMap(({ modifiers }) => modifiers.map(({ key }) => key));
    }),
  );
  const all = norms.map(({ parameter }) => parameter);
  return all.find(({ key }) => ofSignals.has(key)) ?? all[0];
}

/** Names in the workspace, by full name in the spec: those that the analysis uses. */
function namesIn({ norms, pulls, lumi }: HistModel): ReadonlyMap<string, string> {
  const all = [...norms.map(({ parameter }) => parameter), ...pulls];
  return new Map(all.map((one) => [one.key, one.key === lumi?.parameter.key ? "lumi" : one.name]));
}

function channelOf({ channel, samples }: HistChannel, names: ReadonlyMap<string, string>) {
  const scale = countScale(channel);
  return {
    name: channel.name,
    samples: samples.map(({ name, nominal, modifiers }) => ({
      name,
      data: scaled(nominal, scale),
      modifiers: modifiers.map((one) => modifierOf(one, names.get(one.key) ?? one.key, scale)),
    })),
  };
}

function modifierOf(modifier: HistModifier, name: string, scale: Float64Array | undefined): PyhfModifier {
  switch (modifier.type) {
    case "normfactor":
    case "lumi":
      return { name, type: modifier.type, data: null };
    case "staterror":
      return { name, type: "staterror", data: scaled(modifier.errors, scale) };
    case "normsys":
      return { name, type: "normsys", data: { lo: modifier.lo, hi: modifier.hi } };
    case "histosys": {
      const data = { lo_data: scaled(modifier.lo, scale), hi_data: scaled(modifier.hi, scale) };
      return { name, type: "histosys", data };
    }
  }
}

function scaled(counts: Float64Array, scale: Float64Array | undefined): readonly number[] {
  return Array.from(counts, (count, bin) => (scale === undefined ? count : count * scale[bin]!));
}

function normOf({ parameter, start, bounds }: Norm): PyhfParameter {
  return { name: parameter.name, inits: [start], bounds: [bounds] };
}

function pullOf(
  { key, name, value, mean, sigma, range }: ModelParameter,
  { lumi }: HistModel,
): PyhfParameter {
  const pullAt = (place: number): number => (place - mean) / sigma;
  const ends = [Math.max(-farthestPull, pullAt(range[0])), Math.min(farthestPull, pullAt(range[1]))] as const;
  if (key !== lumi?.parameter.key) return { name, inits: [pullAt(value)], bounds: [ends] };
  const factor = (pull: number): number => 1 + lumi.sigma * pull;
  return {
    name: "lumi",
    inits: [factor(pullAt(value))],
    bounds: [[factor(ends[0]), factor(ends[1])]],
    auxdata: [1],
    sigmas: [lumi.sigma],
  };
}

/** The parameters of the workspace in those of the spec. */
function meanings({ norms, pulls, lumi }: HistModel): readonly ParameterMeaning[] {
  return [
    ...norms.map(({ parameter: { name, unit, factor }, line, unity }) => {
      const relation =
        line === undefined
          ? `it is the factor by which the counts differ from those at ${name} = ${unity / factor}`
          : `it is ${line[0]} + ${line[1] * factor} * ${name}`;
      return { name, parameter: name, unit, relation };
    }),
    ...pulls.map(({ key, name, unit, mean, sigma, factor }) => {
      const pull = key === lumi?.parameter.key ? `(lumi - 1)/${lumi.sigma}` : "pull";
      const relation = `${name} = ${mean / factor} + ${sigma / factor} * ${pull}`;
      return { name: key === lumi?.parameter.key ? "lumi" : name, parameter: name, unit, relation };
    }),
  ];
}
