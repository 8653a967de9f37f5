/** Work that is done while nothing is asked. */
import { warmUp } from "../../service/index.ts";
import type { Place } from "./files.ts";

/** Does work in small steps, with whatever else there is to do between them. */
export async function inSteps(steps: Iterable<unknown>): Promise<void> {
  for (const _ of steps) await new Promise((resolve) => setImmediate(resolve));
}

/** What the first completion in a file would otherwise wait for. */
export function* beforeFirst({ host, service, file }: Place): Generator<unknown> {
  yield* warmUp(host);
  service.readNames(file);
}
