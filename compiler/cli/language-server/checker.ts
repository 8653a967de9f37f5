/** The thread that checks specs, as the server has it: started with the first question, and again when it has ended. */
import { Worker } from "node:worker_threads";
import {
  createMessageConnection,
  type MessageConnection,
  PortMessageReader,
  PortMessageWriter,
  type RequestType,
} from "vscode-languageserver/node";
import { type At, diskChanged, type In, projectEnds, textIs } from "./questions.ts";

export class Checker {
  /** Texts of open files by project and file, for a thread that begins. */
  readonly #texts = new Map<string, At & { readonly text: string }>();
  #connection: MessageConnection | undefined;
  /** Settles when the thread has answered all that was asked: it is asked one question at a time. */
  #idle: Promise<unknown> = Promise.resolve();

  /** The text of a file as the editor has it. */
  set(at: At, text: string): void {
    const told = { ...at, text };
    this.#texts.set(keyOf(at), told);
    void this.#connection?.sendNotification(textIs, told);
  }

  /** The file is that on disk again. */
  close(at: At): void {
    this.#texts.delete(keyOf(at));
    void this.#connection?.sendNotification(textIs, at);
  }

  /** Nothing more will be asked about projects, nor about open files as theirs. */
  end(projects: readonly In[]): void {
    for (const { project, reach } of projects) {
      for (const [key, at] of this.#texts)
        if (at.project === project && at.reach === reach) this.#texts.delete(key);
      void this.#connection?.sendNotification(projectEnds, { project, reach });
    }
  }

  /** Files on disk have changed. */
  forget(): void {
    void this.#connection?.sendNotification(diskChanged, undefined);
  }

  /**
   * The answer of the thread, after all that it was asked before. Rejects when the thread fails or ends, and with what
   * `mustBeWanted` throws when its turn comes: then the thread is not asked.
   */
  ask<Asked, Answer>(
    question: RequestType<Asked, Answer, void>,
    asked: Asked,
    mustBeWanted: () => void = () => {},
  ): Promise<Answer> {
    const answer = this.#idle.then(() => {
      mustBeWanted();
      this.#connection ??= this.#start();
      return this.#connection.sendRequest<Answer>(question.method, asked);
    });
    this.#idle = answer.catch(() => {});
    return answer;
  }

  #start(): MessageConnection {
    const worker = new Worker(threadFile());
    const connection = createMessageConnection(new PortMessageReader(worker), new PortMessageWriter(worker));
    const ended = (): void => {
      if (this.#connection === connection) this.#connection = undefined;
      connection.dispose();
    };
    // An error, such as no more memory, ends the thread: what it was asked is rejected, the next question starts another.
    worker.once("error", ended);
    worker.once("exit", ended);
    // The server ends with its client, whatever is being checked.
    worker.unref();
    connection.listen();
    for (const told of this.#texts.values()) void connection.sendNotification(textIs, told);
    return connection;
  }
}

const keyOf = ({ project, reach, file }: At): string => `${reach} ${project}\n${file}`;

/** The thread's module beside this one: from source by way of a loader, in a package or extension as a bundle. */
function threadFile(): URL {
  const [ending] = /\.\w+$/.exec(import.meta.url) ?? [];
  const name = ending === ".ts" ? "checker-from-source.mjs" : `checker-thread${ending}`;
  return new URL(`./${name}`, import.meta.url);
}
