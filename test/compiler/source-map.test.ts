/** Source maps of generated modules lead from each line of code to the formula that it computes. */
import { SourceMap } from "node:module";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { describe, expect, test } from "vitest";
import { buildModule } from "../../compiler/build/build.ts";
import { modelOfExample } from "../physics/compile.ts";

const model = modelOfExample("coherent-csi/neutron-radius.sevens");
const naming = { file: "radius.js", nameOf: (name: string) => `../${name}` };
const request = { options: {}, hash: "0" };

/** Places in the specs of the lines of code that match, as `file: text of the line there`. */
function origins(code: string, map: string, line: RegExp): readonly string[] {
  const trace = new TraceMap(map);
  const found = code.split("\n").flatMap((text, i) => {
    if (!line.test(text)) return [];
    const { source, line: at } = originalPositionFor(trace, { line: i + 1, column: text.search(/\S/) });
    if (source === null || at === null) return ["nowhere"];
    const content = trace.sourcesContent?.[trace.resolvedSources.indexOf(source)] ?? "";
    return [`${source.split("/").pop()}: ${content.split("\n")[at - 1]?.trim()}`];
  });
  return [...new Set(found)];
}

describe.each(["js", "ts"] as const)("of %s", async (format) => {
  const { parts } = await buildModule(model, { ...request, formats: [format], map: naming });
  const [code, map] = [parts[format] ?? "", parts.map ?? ""];

  test("a parameter is where it is declared", () => {
    expect(origins(code, map, /^ {2}let p_NeutronRadius_Rn = /)).toEqual([
      expect.stringMatching(/^neutron-radius\.sevens: parameter Rn = /),
    ]);
    expect(origins(code, map, /^ {2}let p_SNS_yield = /)).toEqual([
      expect.stringMatching(/^SNS\.sevens: parameter yield = /),
    ]);
  });

  test("form factors and efficiencies are where their formulas are", () => {
    expect(origins(code, map, /sphere\(/).join("\n")).toContain("formfactors.sevens: F(q) = ");
    expect(origins(code, map, /Math\.exp\(scalar_\d+ \* \(/).join("\n")).toContain(
      "CsINa.sevens: efficiency(n) = ",
    );
  });

  test("code of the compiler has no place for Node either, which goes back to the last one that is known", () => {
    const known = new SourceMap(JSON.parse(map));
    const sourceOf = (line: RegExp): string | undefined => {
      const entry = known.findEntry(
        code.split("\n").findIndex((text) => line.test(text)),
        4,
      );
      return "originalSource" in entry ? entry.originalSource : undefined;
    };
    expect(sourceOf(/^ {2}let p_SNS_yield = /)).toContain("SNS.sevens");
    expect(code).toMatch(/^ {2}function update\(/m);
    expect(sourceOf(/^ {2}function update\(/)).toBeUndefined();
  });

  test("the code is what it is without a map", async () => {
    const plain = await buildModule(model, { ...request, formats: [format] });
    expect(plain.parts.map).toBeUndefined();
    expect(code).toBe(plain.parts[format]);
  });
});

test("most lines that compute something have a place; the others are the compiler's own, such as bins", async () => {
  const { parts } = await buildModule(model, { ...request, formats: ["js"], map: naming });
  const code = parts.js ?? "";
  const stages = code.slice(code.indexOf("function stage"), code.indexOf("// A bit for each parameter"));
  const trace = new TraceMap(parts.map ?? "");
  const first = code.slice(0, code.indexOf("function stage")).split("\n").length;
  const computed = stages
    .split("\n")
    .flatMap((text, i) => (/ \+?= .*;$/.test(text) ? [{ text, line: first + i }] : []));
  const placed = computed.filter(
    ({ text, line }) => originalPositionFor(trace, { line, column: text.search(/\S/) }).source !== null,
  );
  expect(placed.length / computed.length).toBeGreaterThan(0.7);
});
