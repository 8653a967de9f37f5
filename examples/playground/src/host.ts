/** The compiler's view of the page: the spec that is written, and the library. */

import library from "virtual:library";
import type { Host } from "sevens";

/** Name of the spec that is written. */
export const specFile = "playground.sevens";

const files = new Map(Object.entries(library).map(([path, text]) => [`library/${path}`, text]));

export function hostOf(text: string): Host {
  return {
    library: "library",
    readFile: (path) => (path === specFile ? text : files.get(path)),
    listFiles: (folder) => {
      const start = `${folder}/`;
      const below = [...files.keys()].filter((path) => path.startsWith(start));
      return [...new Set(below.map((path) => path.slice(start.length).split("/")[0] ?? ""))];
    },
  };
}
