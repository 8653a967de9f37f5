/** Loading: from files to the model form. */
export { languageVersion } from "./language.ts";
export {
  type Loaded,
  type LoadOptions,
  load,
  loadText,
  loadTree,
  parseModule,
} from "./load.ts";
export { type Entry, lookUp, type Module, type Modules, projectOf, readModules } from "./modules.ts";
export { type Bound, freeNames, walkExpr } from "./names.ts";
export { homeOf } from "./packages.ts";
export { fieldOf } from "./shape.ts";
export { localNames } from "./walk-statement.ts";
