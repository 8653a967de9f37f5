/** The worker when the program runs from its sources: a thread does not inherit the loader of TypeScript. */
import { register } from "tsx/esm/api";

register();
const { default: scanChunk } = await import("./worker.ts");

export default scanChunk;
