/**
 * How wide text is, from the tables of an OpenType font.
 */

/** Width of a text in units of the font size. */
export type TextWidth = (text: string) => number;

/**
 * The advance widths of an OpenType font: tables `cmap` (character to glyph), `hmtx` (glyph to advance), `hhea`
 * and `head` (how many advances, and in what units). OpenType specification 1.9, ISO/IEC 14496-22.
 */
export function widthsOf(font: DataView): TextWidth {
  const unitsPerEm = font.getUint16(tableAt(font, "head") + 18);
  const advances = font.getUint16(tableAt(font, "hhea") + 34);
  const metrics = tableAt(font, "hmtx");
  const segments = characterMap(font, tableAt(font, "cmap"));
  const width = (character: string): number => {
    const glyph = glyphOf(font, segments, character.codePointAt(0) ?? 0);
    return font.getUint16(metrics + 4 * Math.min(glyph, advances - 1)) / unitsPerEm;
  };
  return (text) => Array.from(text).reduce((sum, character) => sum + width(character), 0);
}

/** The family name of an OpenType font, from its table `name`; "sans-serif" when it says none that can be read. */
export function familyOf(font: DataView): string {
  const table = tableAt(font, "name");
  const [count, texts] = [font.getUint16(table + 2), table + font.getUint16(table + 4)];
  for (let record = table + 6; record < table + 6 + 12 * count; record += 12) {
    // Windows, Unicode, family.
    if (font.getUint16(record) !== 3 || font.getUint16(record + 6) !== 1) continue;
    const start = texts + font.getUint16(record + 10);
    const length = font.getUint16(record + 8) / 2;
    const codes = Array.from({ length }, (_, i) => font.getUint16(start + 2 * i));
    return String.fromCharCode(...codes).replace(/["&<>]/g, "");
  }
  return "sans-serif";
}

/** Offset of a table of the font. */
function tableAt(font: DataView, tag: string): number {
  const tables = font.getUint16(4);
  for (let record = 12; record < 12 + 16 * tables; record += 16) {
    const name = String.fromCharCode(...[0, 1, 2, 3].map((i) => font.getUint8(record + i)));
    if (name === tag) return font.getUint32(record + 8);
  }
  throw new RangeError(`the font has no table ${tag}`);
}

/** Offset of the map of the Basic Multilingual Plane, which every Unicode font has: a subtable of format 4. */
function characterMap(font: DataView, cmap: number): number {
  const subtables = font.getUint16(cmap + 2);
  for (let i = 0; i < subtables; i++) {
    const subtable = cmap + font.getUint32(cmap + 4 + 8 * i + 4);
    if (font.getUint16(subtable) === 4) return subtable;
  }
  throw new Error("the font has no character map of format 4");
}

/** The glyph of a character, 0 (the empty box) when the font has none. */
function glyphOf(font: DataView, map: number, code: number): number {
  const twice = font.getUint16(map + 6);
  const [ends, starts] = [map + 14, map + 16 + twice];
  for (let i = 0; i < twice; i += 2) {
    if (font.getUint16(ends + i) < code) continue;
    const start = font.getUint16(starts + i);
    if (start > code) return 0;
    const delta = font.getUint16(starts + twice + i);
    const rangeAt = starts + 2 * twice + i;
    const range = font.getUint16(rangeAt);
    if (range === 0) return (code + delta) & 0xffff;
    const glyph = font.getUint16(rangeAt + range + 2 * (code - start));
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
}
