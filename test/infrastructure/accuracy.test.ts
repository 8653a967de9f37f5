/** The table of the README that compares published numbers with ours: the third column is what the specs give. */
import { describe, expect, test } from "vitest";
import type { FitOutput } from "../../compiler/cli/schemas/fit.ts";
import type { RatesOutput } from "../../compiler/cli/schemas/rates.ts";
import { sevens } from "./command-line.ts";
import { text } from "./root.ts";

const rows = new Map(
  [...text("README.md").matchAll(/^\| ([^|]+) \| [^|]* \| ([^|]+) \|$/gm)].map(
    ([, quantity = "", ours = ""]) => [quantity, ours],
  ),
);

const spec = (name: string): string => `examples/coherent-csi/${name}.sevens`;

async function printed(...args: readonly string[]): Promise<string> {
  const { exitCode, stdout } = await sevens([...args, "--format", "json"]);
  expect(exitCode).toBe(0);
  return stdout;
}

async function ratesOf(name: string): Promise<RatesOutput> {
  return JSON.parse(await printed("rates", spec(name)));
}

/** Value and errors of the free parameter, times a unit. */
async function fitted(name: string): Promise<readonly [value: number, up: number, down: number]> {
  const { analyses }: FitOutput = JSON.parse(await printed("fit", spec(name)));
  const { value, errors } = analyses[0]?.parameters[0] ?? { value: Number.NaN, errors: [null, null] };
  return [value, errors[1] ?? Number.NaN, errors[0] ?? Number.NaN];
}

function withErrors(numbers: readonly [number, number, number], digits: number): string {
  const [value, up, down] = numbers.map((one) => Math.abs(one).toFixed(digits));
  return `${value} +${up} −${down}`;
}

describe("the accuracy table of the README", () => {
  test("events expected", async () => {
    const { experiments } = await ratesOf("weak-mixing-angle");
    expect(rows.get("CEvNS events expected")).toBe(experiments[0]?.components.CEvNS?.total.toFixed(1));
  });

  test("events found", async () => {
    const { experiments } = await ratesOf("free-normalisation");
    const expected = experiments[0]?.components.CEvNS?.total ?? Number.NaN;
    const [shift, up, down] = await fitted("free-normalisation");
    const found = withErrors([expected * (1 + shift), expected * up, expected * down], 1);
    expect(rows.get("CEvNS events found")).toBe(found);
  });

  test("neutron radius", async () => {
    expect(rows.get("R_n(Cs, I) in fm")).toBe(withErrors(await fitted("neutron-radius"), 2));
  });

  test("weak mixing angle", async () => {
    expect(rows.get("sin²θ_W")).toBe(withErrors(await fitted("weak-mixing-angle"), 3));
  });
});
