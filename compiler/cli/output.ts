/** Where results go: standard output or a file; and how JSON and CSV are written. */
import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { printableText } from "../diagnostics/index.ts";
import { isFile, isFolder, realPath } from "../disk/paths.ts";
import type { Context } from "./context.ts";
import { Stop, wrongUsage } from "./exit.ts";
import { reasonOf } from "./read.ts";

/** A file to write, as the user names it. */
export interface OutputFile {
  readonly path: string;
  readonly data: string | Uint8Array;
}

/**
 * Writes a result to the file of `-o`, or to standard output (also for `-o -`). A terminal gets no control characters that
 * a spec may have brought; files and other programs get every byte.
 */
export function writeResult(context: Context, output: string | undefined, data: string | Uint8Array): void {
  const { stdout } = context.io;
  if (output !== undefined && output !== "-") writeFiles(context, [{ path: output, data }]);
  else stdout.write(stdout.isTTY && typeof data === "string" ? forTerminal(data) : data);
}

/** Bold stays, which heads of tables are in, and always ends on its line. */
function forTerminal(text: string): string {
  return text
    .split(bold)
    .map((part, i) => (i % 2 === 0 ? printableText(part) : `\u001b[1m${printableText(part)}\u001b[22m`))
    .join("");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are escape sequences.
const bold = /\u001b\[1m([^\u001b\n]*)\u001b\[22m/;

/** Writes results; never over a file that was read, which would be a slip of the hand. */
export function writeFiles(context: Context, files: readonly OutputFile[]): void {
  const targets = files.map(({ path }) => realTarget(context, path));
  targets.forEach((target, i) => {
    const { path } = files[i]!;
    if (context.inputs.has(target)) throw refusal(context, path, "it is the file that was read");
    if (targets.indexOf(target) < i) throw refusal(context, path, "another result goes there");
  });
  replaceFiles(context, files);
}

function realTarget({ io }: Context, path: string): string {
  const target = resolve(io.cwd, path);
  return realPath(target) ?? target;
}

/** Writes files so that each is either the old or the new one, and none is new unless all could be written. */
export function replaceFiles(context: Context, files: readonly OutputFile[]): void {
  const written: { readonly temporary: string; readonly target: string }[] = [];
  try {
    for (const { path, data } of files) {
      attempt(context, path, () => {
        const real = realTarget(context, path);
        if (isFolder(real)) throw refusal(context, path, "it is a folder");
        // A pipe or a device is written to; it must not be replaced by a file.
        if (realPath(real) !== undefined && !isFile(real)) return writeFileSync(real, data);
        const temporary = join(dirname(real), `.sevens-${randomBytes(6).toString("hex")}.tmp`);
        written.push({ temporary, target: real });
        writeFileSync(temporary, data, { flag: "wx" });
        // What may be read by few stays so.
        if (isFile(real)) chmodSync(temporary, statSync(real).mode);
      });
    }
    for (const { temporary, target } of written) {
      attempt(context, target, () => renameSync(temporary, target));
    }
  } finally {
    for (const { temporary } of written) rmSync(temporary, { force: true });
  }
}

/** Makes a folder and those above it. */
export function makeFolder(context: Context, path: string): void {
  attempt(context, path, () => mkdirSync(resolve(context.io.cwd, path), { recursive: true }));
}

function attempt(context: Context, path: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    throw error instanceof Stop ? error : refusal(context, path, reasonOf(error));
  }
}

function refusal(context: Context, path: string, reason: string): Stop {
  return wrongUsage(context.line, path, `cannot write \`${path}\`: ${reason}`);
}

/** Longest line that a list or an object of plain values is put on. */
const jsonWidth = 100;

/**
 * JSON with an indentation. What is short stays on one line, and so does every list of plain values. Numbers that
 * JSON cannot say become null.
 */
export function printJson(value: unknown): string {
  return `${jsonText(value, "")}\n`;
}

function jsonText(value: unknown, indent: string): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  const inner = `${indent}  `;
  if (Array.isArray(value) || value instanceof Float64Array) {
    const items = Array.from<unknown, string>(value, (item) => jsonText(item, inner));
    const plain = items.every((item) => !/^[[{]/.test(item));
    return plain ? `[${items.join(", ")}]` : bracketed(items, ["[", "]"], indent);
  }
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  if (fields.length === 0) return "{}";
  const texts = fields.map(([key, field]) => `${JSON.stringify(key)}: ${jsonText(field, inner)}`);
  return bracketed(texts, ["{ ", " }"], indent);
}

function bracketed(
  items: readonly string[],
  [open, close]: readonly [string, string],
  indent: string,
): string {
  const line = `${open}${items.join(", ")}${close}`;
  if (indent !== "" && indent.length + line.length <= jsonWidth && !line.includes("\n")) return line;
  const lines = items.map((item) => `${indent}  ${item}`);
  return `${open.trim()}\n${lines.join(",\n")}\n${indent}${close.trim()}`;
}

/** CSV by RFC 4180, with line feeds. A text that a spreadsheet would take for a formula gets a `'` in front of it. */
export function printCsv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(csvField).join(",")}\n`).join("");
}

function csvField(field: string | number): string {
  if (typeof field === "string" && isFormula(field)) return csvField(`'${field}`);
  const text = typeof field === "number" && !Number.isFinite(field) ? nameOf(field) : `${field}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function isFormula(text: string): boolean {
  return /^[=@\t\r]/.test(text) || (/^[+-]/.test(text) && !/^[+-](?:[\d.]|inf$)/.test(text));
}

function nameOf(number: number): string {
  return Number.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
}
