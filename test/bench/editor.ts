/** The language service on a long file: completion after a keystroke, and findings. */
import { LanguageService } from "../../compiler/service/index.ts";
import { host, root } from "../physics/compile.ts";
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

export async function editorRows(): Promise<readonly Row[]> {
  const service = new LanguageService(host);
  const file = `${root}/examples/in-a-benchmark.sevens`;
  let text = longSpec();
  service.set(file, text);
  service.diagnostics(file);
  const offset = text.lastIndexOf("  free") + 2;
  const typed = async (): Promise<void> => {
    // A keystroke: the text is another one, and what may follow is asked for at once.
    text = `${text.slice(0, offset)}f${text.slice(offset)}`;
    service.set(file, text);
    if (service.completions(file, offset + 1).length === 0) throw new Error("nothing to complete");
    text = `${text.slice(0, offset)}${text.slice(offset + 1)}`;
  };
  const lines = text.split("\n").length;
  const completion = await bestOf(20, typed);
  const findings = await bestOf(5, () => {
    service.set(file, `${text}\n`);
    service.diagnostics(file);
    service.set(file, text);
    service.diagnostics(file);
  });
  return [
    {
      group,
      name: "completion after a keystroke",
      value: completion,
      unit: "ms",
      target: atMost(50),
      note: `a file of ${lines} lines`,
    },
    {
      group,
      name: "findings after a keystroke",
      value: findings / 2,
      unit: "ms",
      note: `the same file, all checks`,
    },
  ];
}
