import type { Parameter } from "../elaborate/parameters.ts";
import type { Declaration, Model } from "../model/model.ts";

/** `Rn` of `Cs133.Rn`. */
export function shortName({ name, owner }: Parameter): string {
  return name.slice(owner.length + 1);
}

/** Parameters by their short names; those of experiments that an analysis leaves out have none. */
export function byShortName(
  parameters: Iterable<Parameter>,
  { declarations }: Model,
  analysed: readonly Declaration[],
): ReadonlyMap<string, readonly Parameter[]> {
  const others = declarations.filter((one) => one.kind === "experiment" && !analysed.includes(one));
  const foreign = new Set(others.map(({ name }) => name));
  const found = new Map<string, Parameter[]>();
  for (const parameter of parameters) {
    const short = shortName(parameter);
    if (!foreign.has(parameter.owner)) found.set(short, [...(found.get(short) ?? []), parameter]);
  }
  return found;
}
