/** The stages that a generated module runs as WebAssembly, with what JavaScript has to know of them. */
import type { Group, KernelProgram, KernelStage } from "../kernel/form.ts";
import type { Layout } from "../wasm/layout.ts";
import { fitsWasm, printWasm } from "../wasm/print.ts";
import type { UpdatePlan } from "./update-plan.ts";

export interface WasmPart {
  readonly layout: Layout;
  readonly stages: ReadonlySet<KernelStage>;
  /** Names of the functions that run them. */
  readonly runs: string;
  readonly pages: number;
  /** The module in base64. */
  readonly code: string;
  readonly host: string;
}

/** Tables and pictures ask for these now and then: not worth translating. */
const rarelyRun: ReadonlySet<Group> = new Set(["detail", "jacobian"]);
const pageSize = 65_536;

/** Stages worth translating: those that the steps of a fit run. */
export function runsInWasm({ fitted }: KernelProgram): (stage: KernelStage) => boolean {
  const moving = new Set(fitted);
  return (stage) =>
    !rarelyRun.has(stage.group) && stage.reads.some((name) => moving.has(name)) && fitsWasm(stage);
}

/** Undefined when there are no such stages. */
export function wasmPart(
  kernel: KernelProgram,
  { runs, dirtySize }: UpdatePlan,
  callee: (name: string) => string,
): WasmPart | undefined {
  if (runs.length === 0) return undefined;
  const { bytes, layout, host } = printWasm(kernel, runs, dirtySize, callee);
  return {
    layout,
    stages: new Set(runs.flatMap((run) => run.stages.map(({ stage }) => stage))),
    runs: runs.map(({ name }) => name).join(", "),
    pages: Math.ceil((8 * layout.size) / pageSize),
    code: base64(bytes),
    host: host.map(hostEntry).join(", "),
  };
}

function hostEntry(name: string): string {
  if (name.startsWith("table_")) return `"${name}": (x) => ${name}(x)`;
  return name.includes(".") ? `"${name}": ${name}` : name;
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
