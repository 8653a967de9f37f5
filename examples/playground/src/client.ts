/** A worker that answers questions; one that takes too long is ended, and another one takes its place. */
import type { Answers, Question, Reply, Request } from "./protocol.ts";

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (problem: Error) => void;
}

/** The question was dropped because a newer one made it pointless. */
export class Dropped extends Error {}

export class Client {
  #worker = this.#started();
  #waiting = new Map<number, Waiting>();
  #count = 0;

  /** Rejects with the problem in words, when it takes longer than `seconds`, or with `Dropped`. */
  ask<Q extends Question>(question: Q, text: string, offset = 0, seconds = 30): Promise<Answers[Q]> {
    const id = ++this.#count;
    const request: Request = { id, question, text, offset };
    return new Promise<Answers[Q]>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.restart(new Error(`it took more than ${seconds} s and was ended`));
      }, 1000 * seconds);
      const done = (): void => clearTimeout(timer);
      this.#waiting.set(id, {
        resolve: (answer) => {
          done();
          resolve(answer);
        },
        reject: (problem) => {
          done();
          reject(problem);
        },
      });
      this.#worker.postMessage(request);
    });
  }

  get busy(): boolean {
    return this.#waiting.size > 0;
  }

  /** Ends whatever it does. */
  restart(reason: Error = new Dropped()): void {
    this.#worker.terminate();
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#worker = this.#started();
    for (const { reject } of waiting) reject(reason);
  }

  #started(): Worker {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data: { id, answer, problem } }: MessageEvent<Reply>) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (problem === undefined) waiting?.resolve(answer as never);
      else waiting?.reject(new Error(problem));
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.restart(new Error(event.message || "the compiler stopped"));
    });
    return worker;
  }
}
