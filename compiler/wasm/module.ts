/** The binary format of a WebAssembly module: sections from the functions and imports that it has. */
import { type Code, unsigned, type ValueType, valueTypes } from "./instructions.ts";

export interface FunctionType {
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
}

export interface ModuleFunction extends FunctionType {
  /** Present when the host may call it. */
  readonly export: string | undefined;
  /** Types of the locals after the parameters. */
  readonly locals: readonly ValueType[];
  readonly body: Code;
}

export interface ModuleContent {
  /** Functions of the host, numbered first, from 0. */
  readonly imports: readonly (FunctionType & { readonly name: string })[];
  readonly functions: readonly ModuleFunction[];
}

/** Names under which the host gives the memory and the functions. */
export const hostNames = { module: "host", memory: "memory" } as const;

export function encodeModule({ imports, functions }: ModuleContent): Uint8Array {
  const types = new Types();
  const importTypes = imports.map((one) => types.indexOf(one));
  const functionTypes = functions.map((one) => types.indexOf(one));
  const exported = functions.flatMap((one, i) =>
    one.export === undefined ? [] : [[...name(one.export), 0x00, ...unsigned(imports.length + i)]],
  );
  const bytes = [
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(types.encoded)),
    ...section(
      2,
      vector([
        [...name(hostNames.module), ...name(hostNames.memory), 0x02, 0x00, ...unsigned(1)],
        ...imports.map((one, i) => [
          ...name(hostNames.module),
          ...name(one.name),
          0x00,
          ...unsigned(importTypes[i]!),
        ]),
      ]),
    ),
    ...section(3, vector(functionTypes.map((index) => unsigned(index)))),
    ...section(7, vector(exported)),
  ];
  const code = section(10, vector(functions.map(body)));
  return Uint8Array.from([...bytes, ...code]);
}

/** Function types, each once. */
class Types {
  readonly #known = new Map<string, number>();
  readonly encoded: Code[] = [];

  indexOf({ parameters, results }: FunctionType): number {
    const key = `${parameters.join(" ")} -> ${results.join(" ")}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const list = (types: readonly ValueType[]): Code => vector(types.map((type) => [valueTypes[type]]));
    this.#known.set(key, this.encoded.length);
    return this.encoded.push([0x60, ...list(parameters), ...list(results)]) - 1;
  }
}

function body({ locals, body: code }: ModuleFunction): Code {
  const runs: [number, ValueType][] = [];
  for (const type of locals) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === type) last[0] += 1;
    else runs.push([1, type]);
  }
  const declared = vector(runs.map(([count, type]) => [...unsigned(count), valueTypes[type]]));
  const size = declared.length + code.length + 1;
  return [...unsigned(size), ...declared, ...code, 0x0b];
}

function section(id: number, content: Code): Code {
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function name(text: string): Code {
  const bytes = new TextEncoder().encode(text);
  return [...unsigned(bytes.length), ...bytes];
}
