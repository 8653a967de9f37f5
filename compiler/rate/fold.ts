import { implementations } from "../../runtime/implementations.ts";

/** Value of a runtime function at numbers; undefined when it has none there. */
export function foldCall(name: string, values: readonly number[]): number | undefined {
  const value = implementations[name]?.(...values);
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}
