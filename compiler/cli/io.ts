/** The outside world of the command line, so that tests can bring their own. */

import { exitCodes } from "./exit.ts";

/** Standard output or standard error. */
export interface Sink {
  write(data: string | Uint8Array): void;
  /** True for a terminal: colours and progress make sense there. */
  readonly isTTY: boolean;
}

export interface Io {
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** All of standard input, or a little more than `most` bytes of what is longer: it need not end. */
  readonly stdin: (most: number) => Promise<Uint8Array>;
  /** Folder that relative paths start from. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The world of this process. A reader that goes away (`sevens rates x | head`) ends it without complaint, a full
 * disk behind standard output with one.
 */
export function processIo(): Io {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
      if (stream === process.stdout) process.stderr.write(`cannot write the result: ${error.message}\n`);
      process.exit(exitCodes.usage);
    });
  }
  return {
    stdout: sinkOf(process.stdout),
    stderr: sinkOf(process.stderr),
    stdin: async (most) => {
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of process.stdin) {
        chunks.push(Buffer.from(chunk));
        size += chunks.at(-1)?.length ?? 0;
        if (size > most) break;
      }
      return Buffer.concat(chunks);
    },
    cwd: process.cwd(),
    env: process.env,
  };
}

function sinkOf(stream: NodeJS.WriteStream): Sink {
  return { write: (data) => void stream.write(data), isTTY: stream.isTTY === true };
}
