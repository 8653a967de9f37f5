/** Published numbers are met, and `docs/verification.md` says by how much. `npm run golden` writes the page anew. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sevens } from "../infrastructure/command-line.ts";
import { root, text } from "../infrastructure/root.ts";
import { type Output, type Published, published } from "./published.ts";

const page = "docs/verification.md";
const outputs = new Map<string, Promise<Output>>();

function outputOf(command: readonly string[]): Promise<Output> {
  const key = command.join(" ");
  const known = outputs.get(key) ?? run(command);
  outputs.set(key, known);
  return known;
}

async function run(command: readonly string[]): Promise<Output> {
  const { exitCode, stdout } = await sevens(command, { cwd: root });
  expect({ command, exitCode }).toEqual({ command, exitCode: 0 });
  return JSON.parse(stdout);
}

/** The distance in the error on the side where ours is. */
function pullOf({ value, errors: [down, up] }: Published, ours: number): number {
  return (ours - value) / (ours < value ? down : up);
}

const digits = ({ errors, value }: Published): number => {
  const written = Math.max(...[value, ...errors].map((one) => (`${one}`.split(".")[1] ?? "").length));
  return written + 1;
};

async function rowOf(one: Published): Promise<string> {
  const ours = one.ours(...(await Promise.all(one.commands.map(outputOf))));
  const pull = pullOf(one, ours);
  expect(Math.abs(pull), one.quantity).toBeLessThan(one.most);
  const [down, up] = one.errors;
  const errors = down === up ? `± ${up}` : `+${up} −${down}`;
  const unit = one.unit === "" ? "" : ` ${one.unit}`;
  const command = one.commands.at(-1)!.slice(0, -2).join(" ");
  const sign = pull < 0 ? "−" : "+";
  return `| ${one.quantity} | ${one.value} ${errors}${unit} | ${ours.toFixed(digits(one))}${unit} | ${sign}${Math.abs(pull).toFixed(2)} | \`sevens ${command}\` | ${one.source} |`;
}

test("published numbers, each with the command that gives ours", { timeout: 120_000 }, async () => {
  const rows: string[] = [];
  for (const one of published) rows.push(await rowOf(one));
  const [before] = text(page).split("| quantity |");
  const table = [
    "| quantity | published | ours | pull | command | source |",
    "|---|---|---|---|---|---|",
    ...rows,
  ];
  const written = `${before}${table.join("\n")}\n`;
  if (process.env.UPDATE === "1") writeFileSync(join(root, page), written);
  else expect(text(page)).toBe(written);
});
