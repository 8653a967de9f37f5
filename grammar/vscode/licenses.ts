/** Licences of the packages whose code is in a bundle. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where the code of a bundled package lies: `…/node_modules/NAME`. */
const packageIn = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** Name, version and text of the licence of each package that modules come from; empty when they come from none. */
export function licensesOf(modules: readonly string[]): string {
  const folders = new Set(modules.flatMap((id) => packageIn.exec(id.replaceAll("\\", "/"))?.[1] ?? []));
  return [...folders]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
      const text = file === undefined ? "" : readFileSync(join(folder, file), "utf8").trim();
      return `${name} ${version} (${license})\n\n${text}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}
