/** The canonical document of a model, with its hash. */

import { nodeSha256 } from "../interchange/hash-node.ts";
import { type Document, toDocument, withHash } from "../interchange/index.ts";
import type { Model } from "../model/model.ts";

export function documentOf(model: Model): Document {
  return withHash(toDocument(model), nodeSha256);
}
