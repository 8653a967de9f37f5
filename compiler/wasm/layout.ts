import type { KernelExpr, KernelStatement } from "../kernel/form.ts";
import { parts, walk } from "../stage/dead-stores.ts";

/** Where the values that WebAssembly reads and writes stand in its memory, in doubles from its beginning. */
export interface Layout {
  readonly parameters: ReadonlyMap<string, number>;
  readonly scalars: ReadonlyMap<string, number>;
  readonly arrays: ReadonlyMap<string, number>;
  /** The words that say which parameters moved. */
  readonly dirty: number;
  /** Doubles in all. */
  readonly size: number;
}

/** What the statements touch, by kind. */
export interface Touched {
  readonly parameters: ReadonlySet<string>;
  readonly arrays: ReadonlySet<string>;
  /** Scalars of the module; locals are among them. */
  readonly names: ReadonlySet<string>;
}

export function touchedBy(statements: readonly KernelStatement[]): Touched {
  const touched = { parameters: new Set<string>(), arrays: new Set<string>(), names: new Set<string>() };
  const see = (value: KernelExpr): void => {
    if (value.kind === "parameter") touched.parameters.add(value.name);
    if (value.kind === "element") touched.arrays.add(value.array);
    if (value.kind === "name") touched.names.add(value.name);
    parts(value).forEach(see);
  };
  walk(statements, see);
  const targets = (list: readonly KernelStatement[]): void => {
    for (const statement of list) {
      if (statement.kind === "assign") touched.names.add(statement.name);
      if (statement.kind === "store") touched.arrays.add(statement.array);
      if ("body" in statement) targets(statement.body);
    }
  };
  targets(statements);
  return touched;
}

/** Arrays begin at even places, so that pairs of elements are aligned. */
export function layoutOf(
  parameters: readonly string[],
  scalars: readonly string[],
  arrays: readonly { readonly name: string; readonly size: number }[],
  dirtySize: number,
): Layout {
  let next = 0;
  const place = (names: readonly string[]): ReadonlyMap<string, number> =>
    new Map(names.map((name) => [name, next++]));
  const layout = { parameters: place(parameters), scalars: place(scalars), dirty: next };
  next += Math.ceil(dirtySize / 2);
  const places = new Map<string, number>();
  for (const { name, size } of arrays) {
    next += next % 2;
    places.set(name, next);
    next += size;
  }
  return { ...layout, arrays: places, size: next };
}
