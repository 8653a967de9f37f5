/** The table that a run prints. */

export interface Row {
  readonly group: string;
  readonly name: string;
  /** What was measured: a ratio, or a number with its unit. Absent when skipped. */
  readonly value?: number;
  /** "ratio", "ms", "us", "kB". */
  readonly unit?: string;
  readonly target?: { readonly relation: "at most" | "at least"; readonly value: number };
  /** Where the ratio comes from, or why the row was skipped. */
  readonly note: string;
}

export type Verdict = "pass" | "FAIL" | "info" | "skipped";

export function verdictOf({ value, target }: Row): Verdict {
  if (value === undefined) return "skipped";
  if (target === undefined) return "info";
  const holds = target.relation === "at most" ? value <= target.value : value >= target.value;
  return holds ? "pass" : "FAIL";
}

export function microseconds(nanoseconds: number): string {
  if (nanoseconds >= 1e6) return `${(nanoseconds / 1e6).toPrecision(3)} ms`;
  return `${(nanoseconds / 1e3).toPrecision(3)} us`;
}

/** A ratio of two times with both of them in the note. */
export function ratioRow(
  group: string,
  name: string,
  [top, above]: readonly [what: string, nanoseconds: number],
  [bottom, below]: readonly [what: string, nanoseconds: number],
  target?: Row["target"],
): Row {
  const note = `${top} ${microseconds(above)}, ${bottom} ${microseconds(below)}`;
  return { group, name, value: above / below, unit: "ratio", ...(target ? { target } : {}), note };
}

export const atMost = (value: number) => ({ relation: "at most", value }) as const;
export const atLeast = (value: number) => ({ relation: "at least", value }) as const;

function shown(value: number): string {
  return value >= 1000 ? value.toFixed(0) : value.toPrecision(3);
}

function cells(row: Row): readonly string[] {
  const { name, value, unit = "", target, note } = row;
  const measured = value === undefined ? "-" : `${shown(value)}${unit === "ratio" ? "" : ` ${unit}`}`;
  const wanted = target === undefined ? "" : `${target.relation} ${target.value}`;
  return [name, measured, wanted, verdictOf(row), note];
}

export function table(rows: readonly Row[]): string {
  const texts = rows.map(cells);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...texts.map((row) => row[column]!.length)));
  let group = "";
  return rows
    .map((row, i) => {
      const head = row.group === group ? "" : `${group === "" ? "" : "\n"}${row.group}\n`;
      group = row.group;
      const line = texts[i]!.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ");
      return `${head}  ${line.trimEnd()}\n`;
    })
    .join("");
}

export function json(rows: readonly Row[]): string {
  return `${JSON.stringify(
    rows.map((row) => ({ ...row, verdict: verdictOf(row) })),
    undefined,
    2,
  )}\n`;
}
