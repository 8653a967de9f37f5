/** What may be the name of something: no word of the language, and nothing that the language has by that name. */
import { keywords } from "../../grammar/index.ts";
import { constants } from "../../runtime/constants.ts";
import { signatures } from "../../runtime/signatures.ts";
import { hasErrors } from "../diagnostics/index.ts";
import { flavors } from "../elaborate/value.ts";
import { findKind } from "../kinds/index.ts";
import { parseModule } from "../load/index.ts";
import { dimensionWords, findUnit } from "../units/index.ts";
import { forms } from "./items.ts";

const constantNames: ReadonlySet<string> = new Set(constants.map(({ name }) => name));
const functionNames: ReadonlySet<string> = new Set([
  ...signatures.map(({ name }) => name),
  ...Object.keys(forms),
]);
const flavorNames: ReadonlySet<string> = new Set([...flavors, "flavors"]);

/** Words that begin a statement of any file, or are reserved. */
const isWord = (name: string): boolean =>
  keywords.includes(name) || findKind(name) !== undefined || name === "sevens";

/** What the language has by a name: `a unit`, `a function of the language`. */
function builtIn(name: string): string | undefined {
  if (isWord(name)) return "a word of the language";
  if (findUnit(name) !== undefined) return "a unit";
  if (functionNames.has(name)) return "a function of the language";
  if (constantNames.has(name)) return "a constant of the language";
  if (dimensionWords.has(name)) return "a type of the language";
  return flavorNames.has(name) ? "a flavour" : undefined;
}

/** Why something cannot be called so. */
export function refusedName(name: string): string | undefined {
  const known = builtIn(name);
  if (known !== undefined) return `\`${name}\` is ${known}`;
  const { tree, diagnostics } = parseModule(`sevens 1\nconstant ${name} = 1\n`, "a new name");
  const made = tree.statements[0]?.label?.parts.map(({ text }) => text).join(".");
  return hasErrors(diagnostics) || made !== name || name.includes(".") ? `\`${name}\` is no name` : undefined;
}
