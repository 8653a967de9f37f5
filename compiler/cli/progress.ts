/** What a long command is at, on standard error when that is a terminal. */
import { printable } from "../diagnostics/index.ts";
import type { Io } from "./io.ts";

export interface Progress {
  /** Replaces what is shown: one line, whatever the names in it hold. */
  show(text: string): void;
  /** Takes it away: before results or diagnostics are printed. */
  clear(): void;
}

const clearLine = "\r\u001b[2K";

export function progressOn({ stderr, env }: Io): Progress {
  if (!stderr.isTTY || env.TERM === "dumb") return { show: () => {}, clear: () => {} };
  let shown = false;
  return {
    show: (text) => {
      stderr.write(`${clearLine}${printable(text)}`);
      shown = true;
    },
    clear: () => {
      if (shown) stderr.write(clearLine);
      shown = false;
    },
  };
}
