/** Whatever the text: the checker says something sensible, once, and never breaks down. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { codes } from "../../compiler/diagnostics/index.ts";
import { checkedText, library, programs } from "./corpus.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));

const beam = readFileSync(join(repository, "test/bad/parts/beam.sevens"), "utf8");
const whole = `${beam}
use interactions { StandardModel }
analysis Fit {
  model = StandardModel
  experiments = Run
  free s2w in 0 .. 0.5
  parameter R = 5 fm in 3 fm .. 8 fm
  tie Cs133.Rn = R
  tie I127.Rn = R + 0.1 fm
  interval = 68.27%, 90%
}
`;

/** Specs to break: what a user would write, and what the library holds. */
const specs = [whole, ...["interactions/StandardModel", "sources/SNS", "detectors/CsINa"].map(library)];

/** Every how many words one is changed. */
const stride = 8;

function keyOf(one: { code: string; span: { file: string; start: number; end: number } }): string {
  return `${one.code} ${one.span.file} ${one.span.start} ${one.span.end}`;
}

function expectSound(text: string): void {
  const { diagnostics } = checkedText(text);
  const keys = diagnostics.map(keyOf);
  expect(new Set(keys).size).toBe(keys.length);
}

describe("a spec with a piece missing or changed", () => {
  test.each(specs.map((text, i) => [i, text] as const))(
    "spec %i without one line",
    (_, text) => {
      const lines = text.split("\n");
      for (let i = 0; i < lines.length; i++) {
        if (lines[i]?.trim() !== "") expectSound(lines.filter((_line, k) => k !== i).join("\n"));
      }
    },
    60_000,
  );

  test.each(specs.map((text, i) => [i, text] as const))(
    "spec %i with one word changed",
    (_, text) => {
      const words = [...text.matchAll(/[A-Za-z_]\w*|\d+(?:\.\d+)?/g)];
      for (const [i, word] of words.entries()) {
        if (i % stride !== 0) continue;
        const other = words[(i * 7 + 3) % words.length]?.[0] ?? "x";
        expectSound(text.slice(0, word.index) + other + text.slice(word.index + word[0].length));
      }
    },
    120_000,
  );
});

test("a hundred thousand lines of nonsense are refused in a few seconds", () => {
  const words = ["spectrum", "=", "{", "}", "1e5", "fm", "(", ")", "qwerty", "+-", "in", "..", '"', "§"];
  let seed = 1;
  const next = (): string => {
    seed = (seed * 48271) % 2147483647;
    return words[seed % words.length] ?? "";
  };
  const text = Array.from({ length: 100_000 }, () => `${next()} ${next()} ${next()} ${next()}`).join("\n");
  const { diagnostics } = checkedText(text);
  expect(diagnostics.length).toBeGreaterThan(0);
  expect(diagnostics.length).toBeLessThan(5000);
}, 60_000);

test("a binary file is no spec", () => {
  const bytes = Uint8Array.from({ length: 4096 }, (_, i) => (i * 197 + (i >> 3)) % 256);
  const { diagnostics } = checkedText(new TextDecoder().decode(bytes));
  expect(diagnostics.some(({ severity }) => severity === "error")).toBe(true);
});

test("functions that call one another many times over are stopped", () => {
  const levels = Array.from(
    { length: 40 },
    (_, i) => `function f${i + 1}(x: number): number = f${i}(x) + f${i}(x + 1) + f${i}(2*x)`,
  );
  const text = ["sevens 1", "function f0(x: number): number = x", ...levels].join("\n");
  expect(checkedText(text).diagnostics.map(({ code }) => code)).toContain("SV1807");
}, 20_000);

test("definitions that need one another in a long row are stopped before the stack is full", () => {
  const row = (count: number, line: (i: number) => string): string =>
    `sevens 1\n${Array.from({ length: count }, (_, i) => line(i)).join("\n")}\n`;
  const chained = [
    row(1000, (i) =>
      i === 0 ? "function f0(x: number): number = x" : `function f${i}(x: number): number = f${i - 1}(x) + 1`,
    ),
    row(1000, (i) => (i === 999 ? "constant k999 = 1" : `constant k${i} = k${i + 1} + 1`)),
    row(40, (i) =>
      i === 0
        ? "function f0(x: number): number = x"
        : `function f${i}(x: number): number = f${i - 1}(x)${" + 1".repeat(990)}`,
    ),
  ];
  for (const text of chained) {
    const { diagnostics } = checkedText(text);
    expect([...new Set(diagnostics.map(({ code }) => code))]).toEqual(["SV1807"]);
  }
  const { diagnostics } = checkedText(
    row(100, (i) => (i === 99 ? "constant k99 = 1" : `constant k${i} = k${i + 1} + 1`)),
  );
  expect(diagnostics).toEqual([]);
});

test("a range that reads its own variable, and a source whose spectra cannot be read, are reported", () => {
  const source = (range: string): string => `sevens 1
table reactor(E: MeV): 1/MeV {
  points = [[0, 0.2], [4, 0.2], [8, 0]]
  interpolation = linear
}
source Reactor {
  fluence = 1e20 / cm^2
  spectrum[nubar_e](E) = reactor(E) for E in 0 MeV .. ${range}
}
`;
  expect(checkedText(source("E")).diagnostics.map(({ code }) => code)).toContain("SV1101");
  const unread = whole.replace("delta(E - 29.8 MeV)", "missing(E)/MeV for E in 0 MeV .. 50 MeV");
  expect(checkedText(unread).diagnostics.map(({ code }) => code)).toContain("SV1101");
});

test("copies of copies, integrals in integrals and endless texts are refused", () => {
  const copies = Array.from({ length: 300 }, (_, i) =>
    i === 299 ? "nucleus N299 from Cs133 {}" : `nucleus N${i} from N${i + 1} {}`,
  );
  const codesOf = (text: string): readonly string[] => [
    ...new Set(checkedText(text).diagnostics.map(({ code }) => code)),
  ];
  expect(codesOf(`sevens 1\nuse nuclei { Cs133 }\n${copies.join("\n")}\n`)).toEqual(["SV1422"]);
  const integrals = ["a", "b", "c", "d"].reduce(
    (inner, name) => `integral(${inner}, ${name} = 0 .. 1)`,
    "1 + a",
  );
  expect(codesOf(`sevens 1\nconstant k = ${integrals}\n`)).toEqual(["SV1422"]);
  expect(codesOf(`sevens 1\nconstant k = "${"a".repeat(5e6)}\n`)).toEqual(["SV1009"]);
});

test("a thousand unknown names among thousands of known ones take no time", () => {
  const known = Array.from({ length: 3000 }, (_, i) => `constant known${i} = 1`);
  const unknown = Array.from({ length: 1000 }, (_, i) => `constant a${i} = missing${i} + 1`);
  const { diagnostics } = checkedText(`sevens 1\n${[...known, ...unknown].join("\n")}\n`);
  expect(diagnostics.length).toBe(1000);
});

test("nothing in the table of messages is dead", () => {
  const folders = ["compiler", "runtime"].map((name) => join(repository, name));
  const sources = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.includes("messages"))
      .map((name) => readFileSync(join(folder, name), "utf8")),
  );
  const text = sources.join("\n");
  expect(codes.filter((code) => !text.includes(`"${code}"`))).toEqual([]);
});

test("programs of the corpus report each place once", () => {
  for (const program of programs("parts"))
    expectSound(readFileSync(join(repository, "test/bad", program), "utf8"));
});
