import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Files that take longest, in this order: begun last, one core would wait for another at the end. */
const longest = [
  "examples/examples",
  "infrastructure/guide",
  "plugin/build-steps",
  "scan/resume",
  "infrastructure/package",
  "faults/faults",
  "statistics/toys",
  "playground/playground",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const found = longest.findIndex((name) => moduleId.endsWith(`test/${name}.test.ts`));
      return found < 0 ? longest.length : found;
    };
    return [...(await super.sort(files))].sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  resolve: {
    alias: [
      { find: /^sevens$/, replacement: at("./compiler/index.ts") },
      { find: /^sevens\/(runtime|compiler|grammar)$/, replacement: at("./$1/index.ts") },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    // The default leaves a core to the watcher of files.
    maxWorkers: "100%",
    // Files share what a worker has loaded: a quarter of all time went into loading the compiler anew for each.
    isolate: false,
    sequence: { sequencer: LongestFirst },
  },
});
