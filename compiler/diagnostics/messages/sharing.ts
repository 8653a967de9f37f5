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
  SV2103: {
    severity: "error",
    name: "bad-bundle",
    message: "`{path}` is no bundle that can be read: {problem}",
    page: {
      why: "A bundle is one file that `sevens bundle` writes: JSON with the specs and tables, their hashes and the results.",
      wrong: '{ "bundle": 1, "files": {',
      right: "sevens bundle fit.sevens -o fit.sevens-bundle",
    },
  },
  SV2104: {
    severity: "error",
    name: "bundle-changed",
    message: "`{path}` is not what was bundled: {change}",
    help: "ask for the bundle anew, or look with `sevens diff` for what the change means",
    page: {
      why: "The text of a file in the bundle does not have the hash that was written with it: somebody or something changed it afterwards.",
      wrong: "1,3,471   where 1,3,470 was bundled",
      right: "sevens bundle fit.sevens -o fit.sevens-bundle   after each change",
    },
  },
  SV2105: {
    severity: "error",
    name: "results-differ",
    message: "{what} of {name} is {found}, recorded is {recorded}",
    page: {
      why: "What the bundle recorded and what is computed from it now are not the same number to the last bit. Either the record was changed, or another version of Sevens computes it otherwise.",
      wrong: "a bundle of one version of Sevens, verified with another",
      right: "the version that the bundle names, `npx sevens@VERSION verify …`",
    },
  },
  SV2106: {
    severity: "error",
    name: "unequal-copies",
    message: "{entry} is installed twice with other content: `{one}` is not `{other}`",
    help: "install both anew from one source, `rm -r node_modules && npm ci`; who changed a package gives it another version",
    page: {
      why: "A lock says for each version of a package which content it has, wherever npm puts it. Two copies of one version that are not equal would be two packages under one name: which of them a result rests on could not be said.",
      wrong:
        "a file of node_modules/@group/other/node_modules/@group/base 1.0.0 edited, beside node_modules/@group/base 1.0.0",
      right: 'a package.json of the edited copy with "version": "1.0.1"',
    },
  },
} as const satisfies Group<"SV21">;
