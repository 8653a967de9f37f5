/**
 * Derives the table of measurements of sin^2 theta_W at low energies from a list of published values.
 *
 *   npx tsx models/data/derive-weak-mixing-angle.ts [folder with measurements.csv]
 *
 * Only values that are an angle are taken: a weak charge becomes one with a theory of its own. Values that were compared
 * with a page of their source go into one table, those quoted from memory into another, so that nobody takes them for
 * checked.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { notStated, releaseFolder } from "./derived-table.ts";

const COMMAND = "npx tsx models/data/derive-weak-mixing-angle.ts";

interface Measurement {
  readonly name: string;
  /** GeV. */
  readonly Q: number;
  readonly value: number;
  readonly error: number;
  readonly status: string;
  readonly source: string;
}

/** Rows `name,Q_GeV,quantity,value,err1,err2,status,source`; the source may have commas. */
function measurementsIn(text: string): readonly Measurement[] {
  const rows = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
  return rows.slice(1).flatMap((line) => {
    const [name = "", Q = "", quantity = "", value = "", first = "", second = "", status = "", ...source] =
      line.split(",");
    const measured = quantity.startsWith("sin2thetaW") && !quantity.startsWith("sin2thetaW(0)");
    if (!measured || Q === "") return [];
    const error = Number(Math.hypot(Number(first), Number(second)).toPrecision(3));
    return [{ name, Q: Number(Q), value: Number(value), error, status, source: source.join(",") }];
  });
}

function write(file: string, about: readonly string[], rows: readonly Measurement[]): void {
  const head = [...about, `licence: ${notStated}`, `Derived with ${COMMAND}`].map((line) => `# ${line}\n`);
  const quoted = (text: string): string => (text.includes(",") ? `"${text}"` : text);
  const lines = rows.map(
    ({ name, Q, value, error, source }) => `${quoted(name)},${Q},${value},${error},${quoted(source)}\n`,
  );
  const path = join(import.meta.dirname, file);
  writeFileSync(path, [...head, "name,Q [GeV],s2w,error,source\n", ...lines].join(""));
}

const all = measurementsIn(
  readFileSync(join(releaseFolder("weak-mixing-angle"), "measurements.csv"), "utf8"),
);
const about = "Measurements of sin^2 theta_W; errors of experiment and theory added in quadrature.";
write(
  "weak-mixing-angle.csv",
  [about, "Each value was compared with a page of its source."],
  all.filter(({ status }) => status === "page"),
);
write(
  "weak-mixing-angle-unchecked.csv",
  [about, "NOT CHECKED: quoted from memory of these sources; compare with the paper before use."],
  all.filter(({ status }) => status !== "page"),
);
