/** The canonical document of a model, with its hash. */

import type { Document } from "../interchange/document.ts";
import { withHash } from "../interchange/hash.ts";
import { nodeSha256 } from "../interchange/hash-node.ts";
import { toDocument } from "../interchange/write.ts";
import type { Model } from "../model/model.ts";

export function documentOf(model: Model): Document {
  return withHash(toDocument(model), nodeSha256);
}
