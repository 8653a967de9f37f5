/** SV21xx: locks and bundles. */
import type { Group } from "../definition.ts";

export const sharingMessages = {
  SV2101: {
    severity: "error",
    name: "lock-mismatch",
    message: "`sevens.lock` does not fit: {change}",
    help: "install what is locked, or write the lock anew with `sevens lock`",
    page: {
      why: "The lock has the version and the hash of every file that the specs of the project use of packages and of the library. Another version may give other numbers.",
      wrong: "npm install @group/base@1.1.0   with 1.0.0 in the lock",
      right: "npm install @group/base@1.1.0 && sevens lock",
    },
  },
  SV2102: {
    severity: "error",
    name: "bad-lock",
    message: "`sevens.lock` is no lock: {problem}",
    help: "write it anew with `sevens lock`",
    page: {
      why: "The file is not as `sevens lock` writes it, maybe because of a merge.",
      wrong: '{ "lock": 1,\n<<<<<<< HEAD',
      right: "sevens lock",
    },
  },
} as const satisfies Group<"SV21">;
