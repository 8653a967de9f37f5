/** Changes of a JSON document by RFC 6902, as far as patch sets of grids have them. */
import type { Workspace } from "./histfactory.ts";

export interface Patch {
  readonly metadata: { readonly name: string; readonly values: readonly number[] };
  readonly patch: readonly { readonly op: string; readonly path: string; readonly value: unknown }[];
}

export function applied(workspace: Workspace, patch: Patch["patch"]): Workspace {
  const copy = structuredClone(workspace);
  for (const { op, path, value } of patch) {
    if (op !== "replace") throw new Error(`no ${op} here`);
    const keys = path.slice(1).split("/");
    const last = keys.pop()!;
    const parent = keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy);
    const holder = parent as Record<string, unknown>;
    if (!(last in holder)) throw new Error(`${path} is not there`);
    holder[last] = value;
  }
  return copy;
}
