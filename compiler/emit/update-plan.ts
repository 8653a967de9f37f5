/** How a generated module keeps itself up to date: which stages run when which parameters moved. */
import { type Group, groups, type KernelProgram, type KernelStage } from "../kernel/form.ts";
import type { BitTest, Run } from "../wasm/print.ts";

/** Parameters of one word of bits; the highest bit says that a group never ran. */
const wordSize = 31;
const never = -(2 ** 31);

/** One step of a group: a stage in JavaScript, or a run of stages in WebAssembly. */
export type Step =
  | { readonly kind: "stage"; readonly stage: KernelStage; readonly tests: readonly BitTest[] }
  | { readonly kind: "run"; readonly name: string };

export interface UpdatePlan {
  /** Words of bits for each group, in the order of `groups`. */
  readonly words: number;
  readonly dirtySize: number;
  /** Groups that have stages. */
  readonly used: readonly Group[];
  readonly steps: ReadonlyMap<Group, readonly Step[]>;
  readonly runs: readonly Run[];
  /** Words of a group that tell whether one of the parameters moved. */
  readonly testsOf: (group: Group, names: readonly string[]) => readonly BitTest[];
}

/** `index` gives the place of each parameter in the vector; `inWasm` chooses what is run as WebAssembly. */
export function updatePlan(
  kernel: KernelProgram,
  index: ReadonlyMap<string, number>,
  inWasm: (stage: KernelStage) => boolean,
): UpdatePlan {
  const used = groups.filter((group) => kernel.stages.some((stage) => stage.group === group));
  const words = Math.max(1, Math.ceil(index.size / wordSize));
  const testsOf = (group: Group, names: readonly string[]): readonly BitTest[] =>
    masksOf(index, words, names).flatMap((mask, word) =>
      mask === 0 ? [] : [{ word: used.indexOf(group) * words + word, mask }],
    );
  const runs: Run[] = [];
  const steps = new Map<Group, readonly Step[]>();
  for (const group of used) {
    const list: Step[] = [];
    let run: Run["stages"][number][] | undefined;
    for (const stage of kernel.stages.filter((one) => one.group === group)) {
      const tests =
        stage.reads.length === 0
          ? [{ word: used.indexOf(group) * words, mask: never }]
          : testsOf(group, stage.reads);
      if (!inWasm(stage)) {
        run = undefined;
        list.push({ kind: "stage", stage, tests });
      } else if (run === undefined) {
        run = [{ stage, tests }];
        const name = `${group}${runs.length}`;
        runs.push({ name, stages: run });
        list.push({ kind: "run", name });
      } else run.push({ stage, tests });
    }
    steps.set(group, list);
  }
  return { words, dirtySize: Math.max(1, used.length * words), used, steps, runs, testsOf };
}

/** Bits of parameters, one number a word. */
export function masksOf(
  index: ReadonlyMap<string, number>,
  words: number,
  names: readonly string[],
): readonly number[] {
  const masks = new Array<number>(words).fill(0);
  for (const name of names) {
    const place = index.get(name);
    if (place === undefined) continue;
    masks[Math.floor(place / wordSize)]! |= 1 << (place % wordSize);
  }
  return masks;
}

/** Places in the vector that a word has bits for. */
export function wordRange(word: number, size: number): { readonly from: number; readonly to: number } {
  return { from: word * wordSize, to: Math.min(size, (word + 1) * wordSize) };
}
