/** Specs in links: what is put into one comes out of it, and what cannot be is refused when the link is made. */
import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { fragmentOf, textOf } from "../../examples/playground/src/share.ts";

const line = "constant a = 1 // the same again\n";

describe("a link", () => {
  test.each([
    ["empty", ""],
    ["short", "sevens 1\n// 𝜈\n"],
    ["long and repetitive", line.repeat(100_000)],
  ])("holds a spec that is %s", async (_name, text) => {
    const fragment = await fragmentOf(text);
    expect(fragment.length).toBeLessThan(100_000);
    expect((await textOf(fragment)) === text).toBe(true);
  });

  test("is not made of a spec that would not be read from it", async () => {
    await expect(fragmentOf(line.repeat(200_000))).rejects.toThrow("too long for a link");
  });

  test("with too much in it is told from a damaged one", async () => {
    const packed = deflateRawSync(line.repeat(200_000)).toString("base64url");
    await expect(textOf(`#v1:${packed}`)).rejects.toThrow("the spec in the link is too long");
    const good = await fragmentOf(line.repeat(50));
    await expect(textOf(good.slice(0, -9))).rejects.toThrow("damaged");
    await expect(textOf("#v2:abc")).rejects.toThrow("no spec of this version");
    expect(await textOf("")).toBeUndefined();
  });
});
