/** The model as a document: canonical JSON with a schema and a content hash, and text again. */
export type * from "./document.ts";
export { documentVersion, schemaAddress } from "./document.ts";
export { contentHash, type Sha256, semanticText, withHash } from "./hash.ts";
export { fromDocument, readDocument } from "./read.ts";
export { documentSchema } from "./schema.ts";
export type { Schema } from "./schema-expr.ts";
export { toText } from "./to-text.ts";
export { toDocument } from "./write.ts";
