/** The language server on a long file: completion after a keystroke, and findings. */
import { startClient } from "../lsp/client.ts";
import { bestOf } from "./measure.ts";
import { atMost, type Row } from "./report.ts";

const group = "Editing";

/** Two thousand lines: interactions with parameters, and an analysis at the end. */
function longSpec(): string {
  const one = (i: number): string => `
/// Interaction number ${i}.
interaction Number${i} {
  parameter a${i} = ${i}e-3 in -1 .. 1 "the first coupling"
  parameter b${i} = ${i}e-4 in -1 .. 1 "the second coupling"
  let sum${i} = a${i} + b${i}
  charge[l] += sum${i} * (Z + N)
}
`;
  const many = Array.from({ length: 240 }, (_, i) => one(i)).join("");
  return `sevens 1
use interactions { StandardModel }
use experiments { CsI2021 }
${many}
analysis Last {
  model = StandardModel + Number1
  experiments = CsI2021
  free Number1.a1
}
`;
}

/** Milliseconds between a keystroke and the question what may follow: at once, and while its check goes on. */
const delays = [0, 20, 60, 100, 130, 150, 200, 250, 300, 400, 500];

export async function editorRows(): Promise<readonly Row[]> {
  const text = longSpec();
  const offset = text.lastIndexOf("  free") + 2;
  const before = text.slice(0, offset).split("\n");
  const position = { line: before.length - 1, character: before.at(-1)!.length + 1 };
  const client = await startClient();
  const uri = client.uriOf("long.sevens");
  await client.open("long.sevens", text);
  const typed = `${text.slice(0, offset)}f${text.slice(offset)}`;
  const times: number[] = [];
  for (const delay of [...delays, ...delays]) {
    // A keystroke, and what may follow after some time; then as before, until all that is known.
    await client.type(uri, typed);
    await new Promise((resolve) => setTimeout(resolve, delay));
    const start = performance.now();
    const items = await client.connection.sendRequest<unknown[]>("textDocument/completion", {
      textDocument: { uri },
      position,
    });
    times.push(performance.now() - start);
    if (items.length === 0) throw new Error("nothing to complete");
    await client.change("long.sevens", text);
  }
  const findings = await bestOf(5, async () => {
    await client.change("long.sevens", text);
  });
  await client.end();
  const lines = text.split("\n").length;
  return [
    {
      group,
      name: "completion after a keystroke",
      value: Math.max(...times),
      unit: "ms",
      target: atMost(50),
      note: `a file of ${lines} lines; the longest of ${times.length} answers of the server, 0 to 500 ms after the keystroke`,
    },
    {
      group,
      name: "findings after a keystroke",
      value: findings,
      unit: "ms",
      note: "the same file, all checks, with the pause of 120 ms before them",
    },
  ];
}
