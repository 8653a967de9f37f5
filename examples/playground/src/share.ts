/** The spec in a link: compressed, behind the `#`, which browsers do not send anywhere. */

/** Longer texts make links that mail programs break. */
const longest = 200_000;

/** Bytes of a spec in a link: as many as the compiler reads characters. A short link can stand for any number. */
const mostBytes = 4_000_000;

class TooLong extends Error {}

export async function fragmentOf(text: string): Promise<string> {
  const plain = new TextEncoder().encode(text);
  if (plain.length > mostBytes) throw new Error("the spec is too long for a link; send it as a file");
  const bytes = await through(plain, new CompressionStream("deflate-raw"));
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const packed = btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  if (packed.length > longest) throw new Error("the spec is too long for a link; send it as a file");
  return `#v1:${packed}`;
}

/** Undefined when there is no spec in it; an error when there is one that cannot be read. */
export async function textOf(fragment: string): Promise<string | undefined> {
  const packed = /^#v1:([\w-]*)$/.exec(fragment)?.[1];
  if (packed === undefined) {
    if (fragment.length > 1) throw new Error("the link holds no spec of this version");
    return undefined;
  }
  if (packed.length > longest) throw new Error("the link is too long");
  try {
    const letters = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const text = await through(bytes, new DecompressionStream("deflate-raw"), mostBytes);
    return new TextDecoder("utf-8", { fatal: true }).decode(text);
  } catch (error) {
    if (error instanceof TooLong) throw error;
    throw new Error("the spec in the link is damaged");
  }
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  most = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > most) throw new TooLong("the spec in the link is too long");
    parts.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
