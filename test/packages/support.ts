/** Two packages of specs, one depending on the other, in projects that are gone when the work is done. */
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inFolder } from "../cli/harness.ts";

export const sources = fileURLToPath(new URL("./sources/", import.meta.url));

export const fitSpec = 'sevens 1\nuse "@sevens-test/extra" { Angle }\n';

/** A project with both packages as `npm install` leaves them, and more files. */
export function inProject<T>(
  work: (folder: string) => Promise<T>,
  more: Readonly<Record<string, string>> = {},
): Promise<T> {
  const files = { "package.json": '{ "name": "project", "private": true }\n', "fit.sevens": fitSpec };
  return inFolder(files, async (folder) => {
    for (const name of ["base", "extra"]) {
      cpSync(join(sources, name), join(folder, "node_modules", "@sevens-test", name), { recursive: true });
    }
    for (const [name, text] of Object.entries(more)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return await work(folder);
  });
}

export const base = "node_modules/@sevens-test/base";
export const extra = "node_modules/@sevens-test/extra";
