/**
 * The font that figures are measured and drawn with, so that they look the same on a machine without fonts:
 * Arimo (SIL Open Font License 1.1) from the package `@expo-google-fonts/arimo`.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type TextWidth, widthsOf } from "./font.ts";

/** Path of the font. */
export function fontFile(): string {
  return createRequire(import.meta.url).resolve("@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf");
}

/** Reads how wide text is in the font. */
export async function readTextWidth(): Promise<TextWidth> {
  const { buffer, byteOffset, byteLength } = await readFile(fontFile());
  return widthsOf(new DataView(buffer, byteOffset, byteLength));
}
