/** `/`-separated paths as text: no file system in sight. */

/** Folder of a file: `a/b.sevens` is in `a`, `b.sevens` in the empty path. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : slash === 0 ? "/" : path.slice(0, slash);
}

/** The last part without its extension. */
export function stemOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.indexOf(".");
  return dot <= 0 ? name : name.slice(0, dot);
}

export function isAbsolute(path: string): boolean {
  return path.startsWith("/") || /^[A-Za-z]:[\\/]/.test(path);
}

/** Without `.`, `..` (as far as they can be taken back) and doubled slashes. */
export function normalize(path: string): string {
  const root = path.startsWith("/") ? "/" : "";
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    const last = parts.at(-1);
    if (part !== "..") parts.push(part);
    else if (last !== undefined && last !== "..") parts.pop();
    else if (root === "") parts.push("..");
  }
  return root + parts.join("/");
}

/** A path as seen from a folder. */
export function join(folder: string, path: string): string {
  return normalize(isAbsolute(path) || folder === "" ? path : `${folder}/${path}`);
}

/** True when the normalized path lies in the normalized folder or below it. */
export function isInside(path: string, folder: string): boolean {
  if (folder === "") return !isAbsolute(path) && path !== ".." && !path.startsWith("../");
  return folder === "/" ? path.startsWith("/") : path.startsWith(`${folder}/`);
}
