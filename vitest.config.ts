import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

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
  },
});
