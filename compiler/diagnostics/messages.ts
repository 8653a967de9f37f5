/**
 * Every diagnostic of the compiler: code, severity, message, help, page.
 *
 * To add one, write an entry into the file of its group under `messages/`; `diagnostic("SV….", span, { … })` then
 * knows its code and parameters, `explain` its page, and a test asks for a wrong program in `test/bad/`.
 */
import type { Definition, Group } from "./definition.ts";
import { exchangeMessages } from "./messages/exchange.ts";
import { fileMessages } from "./messages/files.ts";
import { nameMessages } from "./messages/names.ts";
import { lintMessages, physicsMessages } from "./messages/physics.ts";
import { evaluationMessages, usageMessages } from "./messages/running.ts";
import { shapeMessages } from "./messages/shape.ts";
import { sharingMessages } from "./messages/sharing.ts";
import { syntaxMessages } from "./messages/syntax.ts";
import { unitMessages } from "./messages/units.ts";
import { valueMessages } from "./messages/values.ts";

export const messages = {
  ...syntaxMessages,
  ...nameMessages,
  ...unitMessages,
  ...shapeMessages,
  ...valueMessages,
  ...physicsMessages,
  ...lintMessages,
  ...fileMessages,
  ...evaluationMessages,
  ...usageMessages,
  ...exchangeMessages,
  ...sharingMessages,
} as const satisfies Group<"SV">;

export type Code = keyof typeof messages;

/** The names in braces of a template: `"x" | "y"` of `"{x} and {y}"`. */
type Names<Template> = Template extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

type RemarkOf<D> =
  | (D extends { readonly help: infer Help } ? Help : never)
  | (D extends { readonly note: infer Note } ? Note : never);

type NamesOf<C extends Code> = Names<(typeof messages)[C]["message"]> | Names<RemarkOf<(typeof messages)[C]>>;

/** What the message, the help and the note of a code want to be told. */
export type ParametersOf<C extends Code> = Readonly<Record<NamesOf<C>, string | number>>;

export const codes: readonly Code[] = Object.keys(messages).filter(isCode);

export function isCode(text: string): text is Code {
  return Object.hasOwn(messages, text);
}

export function definitionOf(code: Code): Definition {
  return messages[code];
}

/** The code of a lint by its name: `unit-form-factor` is SV1601. */
export function lintNamed(name: string): Code | undefined {
  return codes.find((code) => messages[code].name === name && messages[code].severity === "warning");
}

/** Fills the `{named}` places of a template; a name without a value stays as it is. */
export function fill(template: string, parameters: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) =>
    Object.hasOwn(parameters, name) ? `${parameters[name]}` : place,
  );
}
