/** The command line within a test: the same code as `sevens`, with its output caught. */
import { run } from "../../compiler/cli/main.ts";
import { root } from "./root.ts";

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `sevens ARGS` in a folder, that of the project unless said otherwise. */
export async function sevens(
  args: readonly string[],
  options: { cwd?: string; stdin?: string } = {},
): Promise<Ran> {
  const { cwd = root, stdin = "" } = options;
  const written = { stdout: "", stderr: "" };
  const decoder = new TextDecoder();
  const sink = (to: keyof typeof written) => ({
    isTTY: false,
    write: (data: string | Uint8Array): void => {
      written[to] += typeof data === "string" ? data : decoder.decode(data);
    },
  });
  const exitCode = await run(args, {
    stdout: sink("stdout"),
    stderr: sink("stderr"),
    stdin: async () => new TextEncoder().encode(stdin),
    cwd,
    env: {},
  });
  return { exitCode, ...written };
}
