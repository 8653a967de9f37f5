/** A bundle from its text, and what in it is not as it was bundled. */
import type { Span } from "../../grammar/syntax.ts";
import { type Diagnostic, diagnostic } from "../diagnostics/index.ts";
import type { Sha256 } from "../interchange/hash.ts";
import { isInside, normalize } from "../load/paths.ts";
import { type Bundle, type BundledFile, bundleVersions, hashDigits, lineHashes } from "./bundle.ts";

/** True for a text that means to be a bundle. */
export function looksLikeBundle(text: string): boolean {
  return /^\s*\{\s*"bundle"\s*:/.test(text);
}

/** The bundle, or what is wrong with it. `valid` says what does not follow the schema, undefined when all does. */
export function readBundle(
  text: string,
  valid: (json: unknown) => json is Bundle,
): Bundle | { readonly problem: string } {
  if (text.trim() === "") return { problem: "it is empty" };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: "it is not well-formed JSON; was it cut off?" };
  }
  const version = typeof json === "object" && json !== null && "bundle" in json ? json.bundle : undefined;
  if (!bundleVersions.some((one) => one === version)) {
    const known = typeof version === "number" || typeof version === "string";
    const found = known ? `version ${JSON.stringify(version)}` : "no version";
    return { problem: `it has ${found}, this compiler reads ${bundleVersions.join(" and ")}` };
  }
  if (!valid(json)) return { problem: "it does not follow the schema, `sevens schema bundle`" };
  const odd = Object.keys(json.files).find(
    (path) => normalize(path) !== path || !isInside(path, "") || /[\\\0]/.test(path),
  );
  if (odd !== undefined) return { problem: `it holds a file at \`${odd}\`, outside of the project` };
  if (!Object.hasOwn(json.files, json.root)) return { problem: `its spec \`${json.root}\` is not in it` };
  const unsourced = Object.keys(json.files).find((path) => json.files[path]?.source === undefined);
  if (json.bundle >= sourcedSince && unsourced !== undefined) {
    return { problem: `it is incomplete: the source of \`${unsourced}\` is not in it` };
  }
  return json;
}

/** The version of bundles from which on each file has its source, which may be null. */
const sourcedSince = 2;

/** Files that are not what was bundled, each with the lines and digits that changed, as far as they can be told. */
export function damageOf({ files }: Bundle, sha256: Sha256): readonly Diagnostic[] {
  const restored = restorer(sha256);
  return Object.entries(files).flatMap(([file, entry]) =>
    sha256(entry.text) === entry.sha256 ? [] : damageOfFile(file, entry, sha256, restored),
  );
}

function damageOfFile(
  file: string,
  { text, lines, sha256: whole }: BundledFile,
  sha256: Sha256,
  restored: Restorer,
) {
  const report = (span: Span, change: string): Diagnostic =>
    diagnostic("SV2104", span, { path: file, change });
  const [recorded, found] = [lines, lineHashes(text, sha256)].map(
    (all) => all.match(new RegExp(`.{${hashDigits}}`, "g")) ?? [],
  );
  if (recorded === undefined || found === undefined) throw new Error("two lists make two");
  const texts = text.split("\n");
  const spans = spansOfLines(file, texts);
  const spanOf = (at: number): Span => spans[at] ?? { file, start: 0, end: 0 };
  const changed = texts.flatMap((_, i) => (recorded[i] === found[i] ? [] : [i]));
  const [first] = changed;
  if (recorded.length !== found.length) {
    const at = first ?? texts.length - 1;
    const change = `it has ${found.length} lines, bundled were ${recorded.length}; they differ from line ${at + 1} on`;
    return [report(spanOf(at), change)];
  }
  if (first === undefined) return [report({ file, start: 0, end: 0 }, "its hash was changed")];
  return changed.map((at) => {
    const line = texts[at] ?? "";
    const place = spanOf(at);
    const before = restored(line, recorded[at] ?? "");
    const certain =
      before !== undefined &&
      (changed.length > 1 || sha256(texts.with(at, before.line).join("\n")) === whole);
    if (!certain) return report(place, `line ${at + 1} was changed`);
    const start = place.start + before.at;
    const was = before.line[before.at] ?? "";
    const change = `line ${at + 1} was \`${before.line}\`, with \`${was}\` in place of \`${line[before.at]}\``;
    return report({ file, start, end: start + 1 }, change);
  });
}

function spansOfLines(file: string, lines: readonly string[]): readonly Span[] {
  let next = 0;
  return lines.map((line) => {
    const start = next;
    next += line.length + 1;
    return { file, start, end: start + line.length };
  });
}

/** Characters of numbers, one of which may have been put in the place of another. */
const digits = "0123456789.-+eE";
/** Longer lines are not searched. */
const longestLine = 2000;

/** Lines that are tried in all files of a bundle; what was changed more thoroughly is found, and not restored. */
const mostTried = 100_000;

/** The line with one character of a number as it was, found by its hash. */
type Restorer = (line: string, hash: string) => { readonly line: string; readonly at: number } | undefined;

function restorer(sha256: Sha256): Restorer {
  let tried = 0;
  return (line, hash) => {
    if (line.length > longestLine) return undefined;
    for (let at = 0; at < line.length; at++) {
      for (const digit of digits) {
        if (digit === line[at]) continue;
        if (tried++ >= mostTried) return undefined;
        const candidate = `${line.slice(0, at)}${digit}${line.slice(at + 1)}`;
        if (sha256(candidate).slice(0, hashDigits) === hash) return { line: candidate, at };
      }
    }
    return undefined;
  };
}
