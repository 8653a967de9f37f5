/** `sevens` in this process, with a world made of strings and a folder of its own. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { run } from "../../compiler/cli/main.ts";
import { schemas } from "../../compiler/cli/schemas/index.ts";
import { templates } from "../../compiler/cli/templates.ts";

export const examples = fileURLToPath(new URL("../../examples/coherent-csi/", import.meta.url));
export const neutronRadius = `${examples}neutron-radius.sevens`;
export const weakMixingAngle = `${examples}weak-mixing-angle.sevens`;

/** A small spec, quick to compile: a germanium detector with one axis, and an analysis without data. */
export const projection = templates.detector("Ge1");

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What was written to standard output, as bytes. */
  readonly bytes: Uint8Array;
}

export interface World {
  readonly cwd?: string;
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly tty?: boolean;
}

export async function sevens(args: readonly string[], world: World = {}): Promise<Outcome> {
  const out: Uint8Array[] = [];
  const err: Uint8Array[] = [];
  const sink = (chunks: Uint8Array[]) => ({
    write: (data: string | Uint8Array) => void chunks.push(Buffer.from(data)),
    isTTY: world.tty ?? false,
  });
  const code = await run(args, {
    stdout: sink(out),
    stderr: sink(err),
    stdin: async () => Buffer.from(world.stdin ?? ""),
    cwd: world.cwd ?? process.cwd(),
    env: world.env ?? {},
  });
  const bytes = Buffer.concat(out);
  return { code, bytes, stdout: bytes.toString(), stderr: Buffer.concat(err).toString() };
}

/** A folder that is gone when the work is done. */
export async function inFolder<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "sevens-test-"));
  try {
    for (const [name, data] of Object.entries(files)) writeFileSync(join(folder, name), data);
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function textIn(folder: string, name: string): string {
  return readFileSync(join(folder, name), "utf8");
}

/** What is wrong with a verb's JSON by its published schema; undefined when nothing is. */
export function violations(schema: string, text: string): unknown {
  const ajv = new Ajv({ allErrors: true, strict: false });
  const validate = ajv.compile({ ...schemas[schema]?.() });
  const json: unknown = JSON.parse(text);
  return validate(json) ? undefined : validate.errors;
}
