/** Which module of the library declares a name that a file has not imported. */
import { kinds } from "../kinds/index.ts";
import type { Host, KindName } from "../model/model.ts";
import { libraryModules, type Parse } from "./modules.ts";
import { normalize } from "./paths.ts";

/** Modules that declare a name as one of some kinds. */
export type Holding = (name: string, among: readonly KindName[]) => readonly string[];

export function libraryHolding({ library, readFile }: Host, parse: Parse): Holding {
  const folder = normalize(library);
  const declares = (module: string, name: string, among: readonly KindName[]): boolean => {
    // A module is one file, or a folder with a file for each name.
    const files = [`${folder}/${module}/${name}.sevens`, `${folder}/${module}.sevens`];
    return files.some((file) => {
      const text = readFile(file);
      const statements = text === undefined ? [] : parse(text, file).tree.statements;
      const found = statements.find(({ label }) => label?.parts[0]?.text === name);
      return among.some((kind) => kinds[kind].keyword === found?.keyword.text);
    });
  };
  return (name, among) => libraryModules.filter((module) => declares(module, name, among));
}
