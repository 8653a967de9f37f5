/** Loading: from files to the model form. */
export { type Loaded, type LoadOptions, languageVersion, load, loadText, loadTree } from "./load.ts";
export { type Bound, freeNames, walkExpr } from "./names.ts";
export { fieldOf } from "./shape.ts";
export { localNames } from "./walk-statement.ts";
