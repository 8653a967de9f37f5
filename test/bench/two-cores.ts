/** What two threads that share nothing gain over one on this machine: no scan can gain more. */
import { Worker } from "node:worker_threads";

/** Arithmetic on a small array, for some tenths of a second. */
const work = `
  function spin() {
    const numbers = new Float64Array(4096);
    for (let round = 0; round < 40000; round++) {
      for (let i = 0; i < numbers.length; i++) {
        const x = numbers[i] * 1.0000001 + 0.3;
        numbers[i] = x / (1 + x * x);
      }
    }
    return numbers[0];
  }
`;

/** The work in this thread; made once, so that it is compiled when it is timed. */
const spinHere: () => unknown = new Function(`${work} return spin;`)();

/** Seconds for two portions of the work, one after the other and side by side, each the least of some rounds. */
export async function twoPortions(rounds: number): Promise<readonly [one: number, two: number]> {
  const code = `
    const { parentPort } = require("node:worker_threads");
    ${work}
    parentPort.on("message", () => { spin(); parentPort.postMessage("done"); });
  `;
  const worker = new Worker(code, { eval: true });
  const spinThere = (): Promise<void> =>
    new Promise((resolve, reject) => {
      worker.once("message", () => resolve());
      worker.once("error", reject);
      worker.postMessage("go");
    });
  const least: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  try {
    spinHere();
    await spinThere();
    for (let round = 0; round < rounds; round++) {
      let began = performance.now();
      spinHere();
      spinHere();
      least[0] = Math.min(least[0], (performance.now() - began) / 1000);
      began = performance.now();
      const there = spinThere();
      spinHere();
      await there;
      least[1] = Math.min(least[1], (performance.now() - began) / 1000);
    }
  } finally {
    await worker.terminate();
  }
  return least;
}
