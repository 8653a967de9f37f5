/** SHA-256 on Node. A browser brings its own, synchronous one. */
import { createHash } from "node:crypto";
import type { Sha256 } from "./hash.ts";

export const nodeSha256: Sha256 = (text) => createHash("sha256").update(text, "utf8").digest("hex");
