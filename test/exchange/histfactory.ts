/**
 * A workspace evaluated from the definition of HistFactory (K. Cranmer et al., CERN-OPEN-2012-016, and the likelihood page of
 * pyhf), knowing nothing of how it was made: ν = Σ_samples (n + Σ additive) Π multiplicative, Poisson bins, constraints.
 */

interface Modifier {
  readonly name: string;
  readonly type: string;
  readonly data: unknown;
}

export interface Workspace {
  readonly channels: readonly {
    readonly name: string;
    readonly samples: readonly {
      readonly name: string;
      readonly data: readonly number[];
      readonly modifiers: readonly Modifier[];
    }[];
  }[];
  readonly observations: readonly { readonly name: string; readonly data: readonly number[] }[];
  readonly measurements: readonly {
    readonly name: string;
    readonly config: {
      readonly poi: string;
      readonly parameters: readonly {
        readonly name: string;
        readonly inits: readonly number[];
        readonly bounds: readonly (readonly [number, number])[];
        readonly auxdata?: readonly number[];
        readonly sigmas?: readonly number[];
      }[];
    };
  }[];
  readonly version: string;
}

/** Values of parameters; gammas of a staterror as a list. */
export type Point = Readonly<Record<string, number | readonly number[]>>;

type Matrix = readonly (readonly number[])[];

/** Solves a small system by elimination: the polynomial of code 4 from its conditions at ±1. */
function solve(rows: Matrix, right: readonly number[]): number[] {
  const a = rows.map((row, i) => [...row, right[i]!]);
  for (let i = 0; i < a.length; i++) {
    const pivot = a
      .slice(i)
      .reduce((best, row, k) => (Math.abs(row[i]!) > Math.abs(a[best]![i]!) ? i + k : best), i);
    [a[i], a[pivot]] = [a[pivot]!, a[i]!];
    for (let k = 0; k < a.length; k++) {
      if (k === i) continue;
      const factor = a[k]![i]! / a[i]![i]!;
      a[k] = a[k]!.map((value, j) => value - factor * a[i]![j]!);
    }
  }
  return a.map((row, i) => row.at(-1)! / row[i]!);
}

/** Rows of value, slope and curvature of Σ_{i=1..6} a_i α^i at 1 and −1. */
const conditions: Matrix = [1, -1].flatMap((x) => [
  [1, 2, 3, 4, 5, 6].map((i) => x ** i),
  [1, 2, 3, 4, 5, 6].map((i) => i * x ** (i - 1)),
  [1, 2, 3, 4, 5, 6].map((i) => i * (i - 1) * x ** (i - 2)),
]);

function polynomial(alpha: number, up: readonly number[], down: readonly number[]): number {
  return solve(conditions, [...up, ...down]).reduce((sum, a, i) => sum + a * alpha ** (i + 1), 0);
}

/** Code 4: exponential beyond ±1, a polynomial of sixth order with the same value, slope and curvature there. */
export function code4(alpha: number, lo: number, hi: number): number {
  if (alpha >= 1) return hi ** alpha;
  if (alpha <= -1) return lo ** -alpha;
  const log = (value: number): number => Math.log(value);
  return (
    1 +
    polynomial(alpha, [hi - 1, hi * log(hi), hi * log(hi) ** 2], [lo - 1, -lo * log(lo), lo * log(lo) ** 2])
  );
}

/** Code 4p: what is added, linear beyond ±1, a polynomial of sixth order with the same value, slope and curvature there. */
export function code4p(alpha: number, nominal: number, lo: number, hi: number): number {
  if (alpha >= 1) return alpha * (hi - nominal);
  if (alpha <= -1) return -alpha * (lo - nominal);
  return polynomial(alpha, [hi - nominal, hi - nominal, 0], [lo - nominal, -(lo - nominal), 0]);
}

const one = (point: Point, name: string): number => point[name] as number;

/** Expected counts of a channel. */
export function expected(workspace: Workspace, channel: string, point: Point): number[] {
  const { samples } = workspace.channels.find(({ name }) => name === channel)!;
  const bins = samples[0]!.data.length;
  return Array.from({ length: bins }, (_, b) =>
    samples.reduce((sum, { data, modifiers }) => {
      let added = 0;
      let factor = 1;
      for (const { name, type, data: given } of modifiers) {
        if (type === "normfactor" || type === "lumi") factor *= one(point, name);
        else if (type === "normsys") {
          const { lo, hi } = given as { lo: number; hi: number };
          factor *= code4(one(point, name), lo, hi);
        } else if (type === "histosys") {
          const { lo_data, hi_data } = given as { lo_data: number[]; hi_data: number[] };
          added += code4p(one(point, name), data[b]!, lo_data[b]!, hi_data[b]!);
        } else if (type === "staterror") factor *= (point[name] as readonly number[])[b]!;
        else throw new Error(`no ${type} here`);
      }
      return sum + (data[b]! + added) * factor;
    }, 0),
  );
}

/** −2 ln L, less that of a saturated model: Poisson bins over ν = n, Gaussian constraints over their peak. */
export function minusTwoLogL(workspace: Workspace, point: Point): number {
  let sum = 0;
  for (const { name, data } of workspace.observations) {
    const nu = expected(workspace, name, point);
    data.forEach((n, b) => {
      sum += 2 * (nu[b]! - n + (n > 0 ? n * Math.log(n / nu[b]!) : 0));
    });
  }
  return sum + constraints(workspace, point);
}

function constraints(workspace: Workspace, point: Point): number {
  const { parameters } = workspace.measurements[0]!.config;
  const pulls = new Set<string>();
  let sum = 0;
  for (const { samples } of workspace.channels) {
    for (const { modifiers } of samples) {
      for (const { name, type } of modifiers) {
        if (type === "histosys" || type === "normsys" || type === "lumi") pulls.add(name);
      }
    }
  }
  for (const name of pulls) {
    const { auxdata = [0], sigmas = [1] } = parameters.find((own) => own.name === name)!;
    sum += ((auxdata[0]! - one(point, name)) / sigmas[0]!) ** 2;
  }
  for (const [name, relative] of gammaErrors(workspace)) {
    relative.forEach((sigma, b) => {
      if (sigma > 0) sum += ((1 - (point[name] as readonly number[])[b]!) / sigma) ** 2;
    });
  }
  return sum;
}

/** Relative errors of the gammas of each staterror: of all samples that have it together. */
export function gammaErrors(workspace: Workspace): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, { nominal: number[]; variance: number[] }>();
  for (const { samples } of workspace.channels) {
    for (const { data, modifiers } of samples) {
      for (const { name, type, data: errors } of modifiers) {
        if (type !== "staterror") continue;
        const known = found.get(name) ?? { nominal: data.map(() => 0), variance: data.map(() => 0) };
        data.forEach((count, b) => {
          known.nominal[b]! += count;
          known.variance[b]! += (errors as number[])[b]! ** 2;
        });
        found.set(name, known);
      }
    }
  }
  return new Map(
    [...found].map(([name, { nominal, variance }]) => [
      name,
      nominal.map((count, b) => (count > 0 ? Math.sqrt(variance[b]!) / count : 0)),
    ]),
  );
}

/** The starting point of the measurement. */
export function start(workspace: Workspace): Record<string, number> {
  const { parameters } = workspace.measurements[0]!.config;
  return Object.fromEntries(parameters.map(({ name, inits }) => [name, inits[0]!]));
}
