/** Stages of the kernel form as one WebAssembly module: a function for each, over a memory that it shares with JavaScript. */
import type { KernelExpr, KernelProgram, KernelStage } from "../kernel/form.ts";
import { parts, walk } from "../stage/dead-stores.ts";
import { nativeFunctions, type Target, tableName } from "./expressions.ts";
import { FunctionBuilder } from "./function-builder.ts";
import { call, i32, when } from "./instructions.ts";
import { type Layout, layoutOf, touchedBy } from "./layout.ts";
import { encodeModule, type ModuleFunction } from "./module.ts";
import { printStatements } from "./statements.ts";

export interface WasmStages {
  readonly bytes: Uint8Array;
  readonly layout: Layout;
  /** Functions that the host gives, by the expressions that JavaScript has for them. */
  readonly host: readonly string[];
}

/** Stages that run one after the other, each when one of its words of bits has something of its mask. */
export interface Run {
  readonly name: string;
  readonly stages: readonly { readonly stage: KernelStage; readonly tests: readonly BitTest[] }[];
}

export interface BitTest {
  readonly word: number;
  readonly mask: number;
}

/** False for what only JavaScript can do. */
export function fitsWasm({ statements }: KernelStage): boolean {
  let fits = true;
  const see = (value: KernelExpr): void => {
    if (value.kind === "root") fits = false;
    parts(value).forEach(see);
  };
  walk(statements, see);
  return fits;
}

export function printWasm(
  kernel: KernelProgram,
  runs: readonly Run[],
  dirtySize: number,
  callee: (name: string) => string,
): WasmStages {
  const stages = runs.flatMap((run) => run.stages.map(({ stage }) => stage));
  const host = hostFunctions(stages, callee);
  const indexOfHost = (name: string, count: number): number => {
    const index = host.findIndex((one) => one.name === name && one.arity === count);
    if (index < 0) throw new Error(`the host has no ${name} of ${count}`);
    return index;
  };
  const layout = layoutFor(kernel, stages, dirtySize);
  const target: Target = { layout, callee, host: indexOfHost };
  const indexOf = (stage: KernelStage): number => host.length + stages.indexOf(stage);
  const bytes = encodeModule({
    imports: host.map(({ name, arity }) => ({
      name,
      parameters: new Array<"f64">(arity).fill("f64"),
      results: ["f64"],
    })),
    functions: [
      ...stages.map((stage) => stageFunction(target, stage)),
      ...runs.map((run) => runFunction(run, indexOf, layout)),
    ],
  });
  return { bytes, layout, host: host.map(({ name }) => name) };
}

function stageFunction(target: Target, { statements }: KernelStage): ModuleFunction {
  const f = new FunctionBuilder();
  printStatements(target, statements, [
    {
      f,
      indices: new Map(),
      shifts: new Map(),
      pairIndex: undefined,
      good: undefined,
      scalar: false,
      names: new Map(),
      loads: new Map(),
      outside: undefined,
      inner: undefined,
    },
  ]);
  return f.finish([]);
}

function runFunction(
  { name, stages }: Run,
  indexOf: (stage: KernelStage) => number,
  { dirty }: Layout,
): ModuleFunction {
  const f = new FunctionBuilder();
  for (const { stage, tests } of stages) {
    const bits = tests.map(({ word, mask }) =>
      i32.and(i32.load(i32.const(0), 8 * dirty + 4 * word), i32.const(mask)),
    );
    f.append(when(bits.reduce(i32.or), call(indexOf(stage))));
  }
  return f.finish([], name);
}

function layoutFor(kernel: KernelProgram, stages: readonly KernelStage[], dirtySize: number): Layout {
  const touched = touchedBy(stages.flatMap(({ statements }) => statements));
  const sizes = new Map(kernel.arrays.map(({ name, sizes }) => [name, product(sizes)]));
  const data = new Map(kernel.data.map(({ name, size }) => [name, size]));
  const arrays = [...touched.arrays].map((name) => ({ name, size: sizes.get(name) ?? data.get(name) ?? 0 }));
  const scalars = kernel.scalars.filter((name) => touched.names.has(name));
  return layoutOf([...touched.parameters], scalars, arrays, dirtySize);
}

interface HostFunction {
  readonly name: string;
  readonly arity: number;
}

/** What the stages may leave to the host. */
function hostFunctions(
  stages: readonly KernelStage[],
  callee: (name: string) => string,
): readonly HostFunction[] {
  const found = new Map<string, HostFunction>();
  const need = (name: string, arity: number): void => {
    if (!nativeFunctions.has(name)) found.set(`${name} ${arity}`, { name, arity });
  };
  const see = (value: KernelExpr): void => {
    if (value.kind === "call") need(callee(value.function), value.args.length);
    if (value.kind === "table") need(tableName(value), 1);
    parts(value).forEach(see);
  };
  for (const { statements } of stages) walk(statements, see);
  return [...found.values()];
}

function product(factors: readonly number[]): number {
  return factors.reduce((value, factor) => value * factor, 1);
}
