/** The language server alone, for extensions of editors that bring it with them. */
import { serveStdio } from "./server.ts";

await serveStdio();
