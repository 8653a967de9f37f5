/**
 * The font that figures are measured and drawn with, so that they look the same on a machine without fonts:
 * Arimo (SIL Open Font License 1.1) from the package `@expo-google-fonts/arimo`.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { familyOf, type TextWidth, widthsOf } from "./font.ts";

/** Path of the font. */
export function fontFile(): string {
  return createRequire(import.meta.url).resolve("@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf");
}

/** Reads how wide text is in a font, the usual one unless given. A file that is none is a RangeError. */
export async function readTextWidth(path = fontFile()): Promise<TextWidth> {
  return read(path, widthsOf);
}

/** The name of the family of a font. A file that is none is a RangeError. */
export async function readFamily(path: string): Promise<string> {
  return read(path, familyOf);
}

async function read<T>(path: string, what: (font: DataView) => T): Promise<T> {
  const { buffer, byteOffset, byteLength } = await readFile(path);
  return what(new DataView(buffer, byteOffset, byteLength));
}
