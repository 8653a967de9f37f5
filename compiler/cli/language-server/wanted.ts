/** Whether the editor still wants an answer: it takes questions back, above all those about a text that has changed since. */
import {
  type CancellationToken,
  type ConnectionStrategy,
  LSPErrorCodes,
  Message,
  ResponseError,
} from "vscode-languageserver/node";

/** What was asked: after which change of texts, and what throws when it is asked no longer. */
export interface Asked {
  readonly since: number;
  readonly wanted: () => void;
}

const cancelled = (): ResponseError =>
  new ResponseError(LSPErrorCodes.RequestCancelled, "the question was taken back");

/** Questions that are taken back before their turn are not looked at. */
export const connectionStrategy: ConnectionStrategy = {
  cancelUndispatched: (message) =>
    Message.isRequest(message)
      ? { jsonrpc: message.jsonrpc, id: message.id, error: cancelled().toJson() }
      : undefined,
};

export function mustBeWanted(token: CancellationToken): void {
  if (token.isCancellationRequested) throw cancelled();
}

/** Milliseconds in which what came together with a question is read. */
const BREATH = 10;

/** Before long work on the thread that also reads: a change or a cancellation that has come already can be seen then. */
export const othersRead = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, BREATH));

/** An answer, or that there is none as soon as the question is taken back. */
export async function unlessCancelled<T>(token: CancellationToken, answer: () => Promise<T>): Promise<T> {
  mustBeWanted(token);
  return new Promise((resolve, reject) => {
    const listening = token.onCancellationRequested(() => reject(cancelled()));
    answer()
      .then(resolve, reject)
      .finally(() => listening.dispose());
  });
}
