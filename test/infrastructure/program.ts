/** The command line as it is published, to run in a process of its own: from the sources each start takes seconds. */
import { join } from "node:path";
import { builtPackage } from "./built-package.ts";

/** The path of `sevens`. */
export const program = join(await builtPackage(), "dist", "cli.js");
