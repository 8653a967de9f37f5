import type { CompiledAnalysis, ParameterInfo } from "../../runtime/compiled.ts";

/** Bins of the toy spectrum. */
export const TOY_BINS = 12;

const free = (name: string, value: number, range: readonly [number, number]): ParameterInfo => ({
  name,
  unit: "",
  value,
  range,
  role: "free",
  log: false,
  doc: "",
});

const nuisance = (name: string, mean: number, sigma: number): ParameterInfo => ({
  name,
  unit: "",
  value: mean,
  range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  role: "nuisance",
  constraint: { mean, sigma },
  log: false,
  doc: "",
});

/** Expected counts of the toy: strength · (1 + norm) · exp(−slope · i) + (1 + background) · 20. */
export function toyCounts(x: ArrayLike<number>): { signal: Float64Array; background: Float64Array } {
  const [strength, slope, norm, background] = [x[0]!, x[1]!, x[2]!, x[3]!];
  return {
    signal: Float64Array.from(
      { length: TOY_BINS },
      (_, i) => strength * 100 * (1 + norm) * Math.exp(-slope * i),
    ),
    background: new Float64Array(TOY_BINS).fill(20 * (1 + background)),
  };
}

/** What of the toy a test changes. */
export interface ToyOptions {
  /** Undefined for a projection. */
  readonly data?: readonly number[];
  readonly likelihood?: "poisson" | "gaussian";
  readonly range?: readonly [number, number];
  /** Number of nuisances without effect on the counts but coupled in pairs, to fill a fit up. */
  readonly extra?: number;
  /** Counts evaluations. */
  readonly onCall?: () => void;
}

/** A falling spectrum on a flat background, with a free strength and slope and two normalisation nuisances. */
export function toyAnalysis(options: ToyOptions = {}): CompiledAnalysis {
  const extra = Array.from({ length: options.extra ?? 0 }, (_, k) => nuisance(`tilt${k}`, 0, 0.1));
  const parameters = [
    free("strength", 1, options.range ?? [0, 5]),
    free("slope", 0.3, [0.01, 2]),
    nuisance("norm", 0, 0.12),
    nuisance("background", 0, 0.05),
    ...extra,
  ];
  const data = options.data && Float64Array.from(options.data);
  return {
    name: "Toy",
    parameters,
    experiments: [
      {
        name: "Spectrum",
        axes: [{ name: "pe", unit: "", edges: Array.from({ length: TOY_BINS + 1 }, (_, i) => i) }],
        components: [
          { name: "signal", kind: "signal", channels: [] },
          { name: "flat", kind: "background", channels: [] },
        ],
        bins: TOY_BINS,
        data,
        likelihood: options.likelihood ?? "poisson",
        errors: options.likelihood === "gaussian" && data ? data.map(Math.sqrt) : undefined,
      },
    ],
    constraints: [],
    intervals: [0.9],
    precision: 1e-6,
    counts,
    totals: (x) => ({ Spectrum: counts(x).Spectrum.total }),
    constrained: () => new Float64Array(0),
  };
  function counts(x: Float64Array) {
    options.onCall?.();
    const { signal, background: flat } = toyCounts(x);
    extra.forEach((_, k) => {
      for (let i = 0; i < TOY_BINS; i++) flat[i]! *= 1 + x[4 + k]! * Math.sin((i * (k + 1)) / 3);
    });
    const total = signal.map((s, i) => s + flat[i]!);
    return { Spectrum: { total, components: { signal, flat }, channels: {} } };
  }
}

/** The same analysis with other expected counts. */
export function withTotals(
  analysis: CompiledAnalysis,
  total: (x: Float64Array) => Float64Array,
): CompiledAnalysis {
  return {
    ...analysis,
    counts: (x) => ({ Spectrum: { total: total(x), components: {}, channels: {} } }),
    totals: (x) => ({ Spectrum: total(x) }),
  };
}

/** A fluctuated spectrum near the toy's expectation, fixed once. */
export const TOY_DATA = [126, 88, 79, 65, 44, 47, 33, 37, 24, 31, 22, 28] as const;
