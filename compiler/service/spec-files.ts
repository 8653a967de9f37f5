/** The specs of a project on disk. */
import type { Host } from "../model/model.ts";

/** A project of more entries, or deeper folders, is looked through in part. */
const mostEntries = 20_000;
const mostDepth = 12;

/** Which specs on disk belong together: those below a folder, or only those that lie in it. */
export type Reach = "below" | "folder";

/**
 * Files that end in `.sevens` in a folder and, within reach, below it. Left out are hidden folders, `node_modules`, and folders with a
 * `package.json` of their own, which are other projects.
 */
export function specsOf(host: Host, top: string, reach: Reach): readonly string[] {
  const found: string[] = [];
  const deepest = reach === "below" ? mostDepth : 0;
  let entries = 0;
  const visit = (folder: string, depth: number): void => {
    const names = host.listFiles?.(folder) ?? [];
    if (depth > 0 && names.includes("package.json")) return;
    for (const name of names) {
      if (++entries > mostEntries) return;
      const path = folder === "" ? name : `${folder}/${name}`;
      if (name.endsWith(".sevens")) found.push(path);
      else if (mayHoldSpecs(name) && depth < deepest) visit(path, depth + 1);
    }
  };
  visit(top, 0);
  return found;
}

/** Folders have no ending: others are not asked for what is in them. */
const mayHoldSpecs = (name: string): boolean => name !== "node_modules" && !/^\.|\.\w{1,5}$/.test(name);
