import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "./paths.ts";

/** The version in the package's `package.json`. */
export function version(): string {
  const text: unknown = JSON.parse(readFileSync(join(packageFolder(), "package.json"), "utf8"));
  const found = typeof text === "object" && text !== null && "version" in text ? text.version : undefined;
  return typeof found === "string" ? found : "unknown";
}
