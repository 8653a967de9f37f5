/** Everything that computing a chunk takes, as one text: for worker threads, and for tasks on other machines. */
import type { SampleRequest } from "../../runtime/posterior-sample.ts";
import type { ScanAxis, ScanStart } from "../../runtime/scan.ts";
import type { ToyRequest } from "../../runtime/toys.ts";

/** The parts of a piece of work that a user can name: two go together when they agree in all of them. */
export interface ScanIdentity {
  /** Version of Sevens. */
  readonly sevens: string;
  /** Content hash of the spec. */
  readonly spec: string;
  readonly analysis: string;
  /** What the command line changes of the spec. */
  readonly settings: Readonly<Record<string, string | number | readonly string[]>>;
  readonly grid: readonly ScanAxis[];
  /** What pseudo-experiments or chains are asked for, but how many of the former; absent for profiles. */
  readonly toys?: Readonly<Record<string, string | number>>;
  /** Hash of the start: a best fit with other digits shows that another compiler or machine made it. */
  readonly fit: string;
}

/** Profiles on a grid. */
export interface ScanPlan {
  readonly kind: "scan";
  readonly identity: ScanIdentity;
  readonly start: ScanStart;
  /** The generated JavaScript of the analysis. */
  readonly code: string;
  /** Names and units of the parameters that are fitted at each point. */
  readonly profiled: readonly NamedUnit[];
  /** Units of the grid's parameters. */
  readonly units: readonly string[];
}

/** Pseudo-experiments. */
export interface ToyPlan {
  readonly kind: "toys";
  readonly identity: ScanIdentity;
  readonly request: ToyRequest;
  /** The generated JavaScript of the analysis. */
  readonly code: string;
  /** Names and units of the tested parameters. */
  readonly tested: readonly NamedUnit[];
  /** And of those that each pseudo-experiment estimates. */
  readonly estimated: readonly NamedUnit[];
}

/** Chains of draws from a posterior. */
export interface SamplePlan {
  readonly kind: "sample";
  readonly identity: ScanIdentity;
  readonly sample: SampleRequest;
  /** The generated JavaScript of the analysis. */
  readonly code: string;
  /** Names and units of the fitted parameters. */
  readonly drawn: readonly NamedUnit[];
}

export type Plan = ScanPlan | ToyPlan | SamplePlan;

export interface NamedUnit {
  readonly name: string;
  readonly unit: string;
}

/** Which part of two pieces of work is different, in words; undefined when they are the same. */
export function differenceOf(a: ScanIdentity, b: ScanIdentity): string | undefined {
  const parts: readonly (readonly [keyof ScanIdentity, string])[] = [
    ["sevens", "another version of Sevens"],
    ["spec", "another spec"],
    ["analysis", "another analysis"],
    ["settings", "other options"],
    ["grid", "another grid"],
    ["toys", "other toys or chains"],
    ["fit", "another compiler or another machine"],
  ];
  return parts.find(([key]) => JSON.stringify(a[key]) !== JSON.stringify(b[key]))?.[1];
}

export function planText(plan: Plan): string {
  return JSON.stringify(plan);
}

/** The plan in a text that `planText` made; undefined for any other. */
export function readPlan(text: string): Plan | undefined {
  const value = parsed(text);
  return isPlan(value) ? value : undefined;
}

/** The identity in a text that `JSON.stringify` made of one; undefined for any other. */
export function readIdentity(text: string): ScanIdentity | undefined {
  const value = parsed(text);
  return isIdentity(value) ? value : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isPlan(value: unknown): value is Plan {
  if (!isRecord(value)) return false;
  const { kind, identity, code, start, profiled, units, request, tested, estimated, sample, drawn } = value;
  if (!isIdentity(identity) || typeof code !== "string") return false;
  if (kind === "scan") return isRecord(start) && [profiled, units].every(Array.isArray);
  if (kind === "sample") return isRecord(sample) && Array.isArray(drawn);
  return kind === "toys" && isRecord(request) && [tested, estimated].every(Array.isArray);
}

function isIdentity(value: unknown): value is ScanIdentity {
  if (!isRecord(value)) return false;
  const { sevens, spec, analysis, settings, grid, fit } = value;
  const named = [sevens, spec, analysis, fit].every((text) => typeof text === "string");
  return named && isRecord(settings) && Array.isArray(grid) && grid.every(isAxis);
}

function isAxis(value: unknown): value is ScanAxis {
  if (!isRecord(value)) return false;
  const { parameter, values } = value;
  return typeof parameter === "string" && Array.isArray(values) && values.every(Number.isFinite);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
