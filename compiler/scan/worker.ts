/** A worker thread: instantiates the analysis of a plan once, then computes the chunks it is asked for. */
import { chunkComputer } from "./compute.ts";
import { packed } from "./packed-points.ts";
import type { ThreadResult, ThreadTask } from "./threads.ts";

let known: { readonly plan: string; readonly compute: ReturnType<typeof chunkComputer> } | undefined;

export default function scanChunks({ plan, chunks }: ThreadTask): ThreadResult {
  if (known?.plan !== plan) known = { plan, compute: chunkComputer(plan) };
  return packed(chunks.flatMap(known.compute));
}
