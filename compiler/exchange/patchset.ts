/** Values of parameters that a workspace cannot say, as a pyhf patch set: the changes of the workspace at each point of a grid. */
import type { PyhfModifier, PyhfWorkspace } from "./pyhf.ts";

export interface Replacement {
  readonly op: "replace";
  /** A JSON pointer into the workspace. */
  readonly path: string;
  readonly value: readonly number[] | number;
}

export interface GridPoint {
  readonly values: readonly number[];
  readonly workspace: PyhfWorkspace;
}

export interface PatchSetMetadata {
  readonly references: { readonly hepdata: string };
  readonly digests: { readonly sha256: string };
  readonly labels: readonly string[];
  readonly description: string;
}

export interface PatchSet {
  readonly metadata: PatchSetMetadata & Readonly<Record<string, unknown>>;
  readonly patches: readonly {
    readonly metadata: { readonly name: string; readonly values: readonly number[] };
    readonly patch: readonly Replacement[];
  }[];
  readonly version: "1.0.0";
}

/** A name that the schema of patch sets takes. */
export function labelOf(name: string): string {
  return name.replace(/[^a-zA-Z0-9]+/g, "_").replace(/^_+|_+$/g, "");
}

/** Patches of a workspace that lead to those of the points, which have the same samples and modifiers. */
export function patchSet(
  workspace: PyhfWorkspace,
  points: readonly GridPoint[],
  metadata: PatchSet["metadata"],
): PatchSet {
  const width = String(points.length).length;
  return {
    metadata,
    patches: points.map((point, i) => ({
      metadata: { name: `point_${String(i + 1).padStart(width, "0")}`, values: point.values },
      patch: changesOf(workspace, point.workspace),
    })),
    version: "1.0.0",
  };
}

function changesOf(from: PyhfWorkspace, to: PyhfWorkspace): readonly Replacement[] {
  return from.channels.flatMap((channel, c) =>
    channel.samples.flatMap((sample, s) => {
      const other = to.channels[c]?.samples[s];
      if (other === undefined || other.name !== sample.name) throw new Error("another workspace");
      const path = `/channels/${c}/samples/${s}`;
      return [
        ...replaced(`${path}/data`, sample.data, other.data),
        ...sample.modifiers.flatMap((modifier, m) =>
          modifierChanges(`${path}/modifiers/${m}/data`, modifier, other.modifiers[m]),
        ),
      ];
    }),
  );
}

function modifierChanges(
  path: string,
  from: PyhfModifier,
  to: PyhfModifier | undefined,
): readonly Replacement[] {
  if (to === undefined || to.name !== from.name || to.type !== from.type)
    throw new Error("another workspace");
  if (from.type === "histosys" && to.type === "histosys") {
    return [
      ...replaced(`${path}/lo_data`, from.data.lo_data, to.data.lo_data),
      ...replaced(`${path}/hi_data`, from.data.hi_data, to.data.hi_data),
    ];
  }
  if (from.type === "staterror" && to.type === "staterror") return replaced(path, from.data, to.data);
  if (from.type === "normsys" && to.type === "normsys") {
    return [
      ...replaced(`${path}/lo`, from.data.lo, to.data.lo),
      ...replaced(`${path}/hi`, from.data.hi, to.data.hi),
    ];
  }
  return [];
}

function replaced<T extends readonly number[] | number>(
  path: string,
  from: T,
  to: T,
): readonly Replacement[] {
  return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ op: "replace", path, value: to }];
}
