/** A copy of an example with everything installed that its page asks for. */
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtPackage } from "./built-package.ts";
import { root } from "./root.ts";

export interface Project {
  readonly folder: string;
  /** The path of the command line, for programs that stay. */
  readonly cli: string;
  /** Runs `sevens`, `node` or another program of `node_modules/.bin`. */
  run(program: string, ...args: readonly string[]): Promise<Run>;
  remove(): void;
}

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function projectOf(example: string): Promise<Project> {
  const built = await builtPackage();
  const folder = mkdtempSync(join(tmpdir(), "sevens-project-"));
  cpSync(join(root, "examples", example), folder, { recursive: true });
  const modules = join(folder, "node_modules");
  mkdirSync(modules, { recursive: true });
  for (const name of readdirSync(join(root, "node_modules"))) {
    // What programs keep there is theirs.
    if (name.startsWith(".") && name !== ".bin") continue;
    symlinkSync(join(root, "node_modules", name), join(modules, name), "junction");
  }
  symlinkSync(built, join(modules, "sevens"), "junction");
  // Builds are those of a user, not of a test.
  const { NODE_ENV: _, ...env } = process.env;
  const cli = join(built, "dist/cli.js");
  const programs: Readonly<Record<string, readonly string[]>> = { sevens: [cli], node: [] };
  return {
    folder,
    cli,
    run: (program, ...args) => {
      const [file, first] =
        programs[program] === undefined
          ? [join(modules, ".bin", program), []]
          : [process.execPath, programs[program]];
      return new Promise((resolve) => {
        execFile(file, [...first, ...args], { cwd: folder, env }, (error, stdout, stderr) => {
          resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
        });
      });
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
