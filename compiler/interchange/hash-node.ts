/** SHA-256 on Node, of a text or of bytes. A browser brings its own, synchronous one. */
import { createHash } from "node:crypto";

export const nodeSha256 = (data: string | Uint8Array): string =>
  createHash("sha256").update(data).digest("hex");
