/** Loading: from files to the model form. */
export {
  type Loaded,
  type LoadOptions,
  languageVersion,
  load,
  loadText,
  loadTree,
  parseModule,
} from "./load.ts";
export { type Entry, type Module, type Modules, projectOf, readModules } from "./modules.ts";
export { type Bound, freeNames, walkExpr } from "./names.ts";
export { fieldOf } from "./shape.ts";
export { localNames } from "./walk-statement.ts";
