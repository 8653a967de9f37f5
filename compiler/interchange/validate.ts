/** Documents against their schema: the envelope first, then each declaration by its kind, so that errors stay readable. */
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { type Diagnostic, diagnostic, suggest } from "../diagnostics/index.ts";
import type { KindName } from "../model/model.ts";
import { type DeclarationJson, type Document, schemaAddress } from "./document.ts";
import { at, atPointer, type Place, spanOf } from "./place.ts";
import { documentSchema, envelopeSchema } from "./schema.ts";
import { exprKeys } from "./schema-expr.ts";

interface Validators {
  readonly ajv: Ajv;
  readonly envelope: ValidateFunction<Document>;
  readonly kinds: Map<KindName, ValidateFunction<DeclarationJson>>;
}

let made: Validators | undefined;

/** Compiled when they are first needed: that takes some time. */
function validators(): Validators {
  if (made !== undefined) return made;
  const ajv = new Ajv({ allErrors: true, verbose: true, strictTypes: false, strictRequired: false });
  ajv.addSchema(documentSchema());
  made = { ajv, envelope: ajv.compile<Document>(envelopeSchema), kinds: new Map() };
  return made;
}

function validatorOf(kind: KindName): ValidateFunction<DeclarationJson> {
  const { ajv, kinds } = validators();
  const known = kinds.get(kind);
  if (known !== undefined) return known;
  const compiled = ajv.compile<DeclarationJson>({ $ref: `${schemaAddress}#/definitions/kind_${kind}` });
  kinds.set(kind, compiled);
  return compiled;
}

/** The document, when its outer shape is right. */
export function validateEnvelope(json: unknown, place: Place): Document | readonly Diagnostic[] {
  const { envelope } = validators();
  return envelope(json) ? json : describeAll(envelope.errors, place, "");
}

/** What is wrong with one declaration of a document. */
export function validateDeclaration(
  json: DeclarationJson,
  index: number,
  root: Place,
): readonly Diagnostic[] {
  const validate = validatorOf(json.kind);
  if (validate(json)) return [];
  return describeAll(validate.errors, at(root, "declarations", index), `/declarations/${index}`);
}

/** One diagnostic a place: what follows from another fault is left out. */
function describeAll(
  errors: readonly ErrorObject[] | null | undefined,
  place: Place,
  prefix: string,
): readonly Diagnostic[] {
  // What each alternative of an `anyOf` lacks is said by the `anyOf` itself.
  const own = (errors ?? []).filter(
    ({ keyword, schemaPath }) => keyword !== "if" && !schemaPath.includes("/anyOf/"),
  );
  const deepest = own.filter(
    (error) => !own.some((other) => other.instancePath.startsWith(`${error.instancePath}/`)) || isOwn(error),
  );
  const seen = new Set<string>();
  return deepest.flatMap((error) => {
    const pointer = pointerOf(error);
    if (seen.has(pointer)) return [];
    seen.add(pointer);
    const { problem, help } = describe(error);
    const where = `${prefix}${pointer}`;
    const names = { pointer: where === "" ? "the document" : `\`${where}\``, problem };
    const extra = help === undefined ? { pointer: where } : { pointer: where, help };
    return [diagnostic("SV1708", spanOf(atPointer(place, pointer)), names, extra)];
  });
}

/** Faults of an object itself, whatever is wrong inside it. */
const isOwn = ({ keyword }: ErrorObject): boolean =>
  keyword === "additionalProperties" || keyword === "required" || keyword === "propertyNames";

/** The fault's place; a property that should not be there is the place itself. */
function pointerOf({ instancePath, keyword, params }: ErrorObject): string {
  const extra: unknown = keyword === "additionalProperties" ? params.additionalProperty : undefined;
  return typeof extra === "string"
    ? `${instancePath}/${extra.replaceAll("~", "~0").replaceAll("/", "~1")}`
    : instancePath;
}

interface Description {
  readonly problem: string;
  readonly help?: string;
}

function describe({ keyword, params, parentSchema, schema, data, message }: ErrorObject): Description {
  switch (keyword) {
    case "additionalProperties": {
      const known: unknown = parentSchema?.properties;
      const names = typeof known === "object" && known !== null ? Object.keys(known) : [];
      const near = suggest(`${params.additionalProperty}`, names);
      const problem = "is not known here";
      return near === undefined ? { problem } : { problem, help: `did you mean \`${near}\`?` };
    }
    case "required":
      return { problem: `lacks \`${params.missingProperty}\`` };
    case "enum": {
      const words: readonly unknown[] = Array.isArray(schema) ? schema : [];
      return { problem: `is one of ${words.map((word) => `\`${word}\``).join(", ")}, not ${shown(data)}` };
    }
    case "const":
      return { problem: `is ${shown(schema)}, not ${shown(data)}` };
    case "type":
      return { problem: `is ${kindOf(data)}, not of type ${params.type}` };
    case "pattern":
      return { problem: `is not well-formed: ${shown(data)}` };
    case "anyOf":
      return {
        problem: `is no expression, which begins with one of ${exprKeys.map((key) => `\`${key}\``).join(", ")}`,
      };
    case "oneOf":
      return { problem: "has either a `value` or `fields`" };
    default:
      return { problem: message ?? "is not valid" };
  }
}

/** A value of a document, not more of it than is read. */
export function shown(data: unknown): string {
  const text = JSON.stringify(data) ?? "nothing";
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function kindOf(data: unknown): string {
  if (data === null) return "null";
  return Array.isArray(data) ? "an array" : `a ${typeof data}`;
}
