/** Limits as text for people, and as rows of CSV. */
import picocolors from "picocolors";
import { chiSquareQuantile } from "../../runtime/chi-square.ts";
import type { CrossingStatus } from "../../runtime/minos.ts";
import { endText } from "./fit-table.ts";
import type { LimitMethodName, LimitOutput } from "./schemas/limit.ts";
import { figure, percent, plural, printTable, right } from "./tables.ts";
import { nuisanceText } from "./toy-run.ts";

const methods: Readonly<Record<LimitMethodName, string>> = {
  profile: "profile likelihood, one-sided",
  cls: "CLs",
  "feldman-cousins": "Feldman-Cousins",
};

const orNaN = (value: number | null): number => value ?? Number.NaN;

export function limitText(output: LimitOutput, color: boolean): string {
  const { bold } = picocolors.createColors(color);
  const { analysis, parameter, level, method, toys, nuisances, observed, expected } = output;
  const how =
    toys === null ? "in the limit of many events" : `${plural(toys.count, "toy")} a value, seed ${toys.seed}`;
  const failed =
    toys === null || toys.failed === 0 ? [] : [`${toys.failed} toys have no fit and are left out\n`];
  return [
    `${bold(analysis)}   ${parameter} at ${percent(level)}: ${methods[method]}, ${how}, ${nuisanceText[nuisances]}\n`,
    ...(observed === null ? [] : [observedTable(output, observed, color)]),
    ...(expected === null ? [] : [expectedTable(output, expected, color)]),
    ...failed,
    ...nullText(output),
  ].join("\n");
}

/** What stands for no signal, where it matters and is not zero. */
function nullText({ parameter, unit, method, expected, null: nothing }: LimitOutput): readonly string[] {
  if (nothing === 0 || (method === "feldman-cousins" && expected === null)) return [];
  return [`without a signal is here ${`${parameter} = ${figure(nothing, 4)} ${unit}`.trimEnd()}\n`];
}

function observedTable(
  { parameter, unit, toys: made }: LimitOutput,
  { best, regions }: NonNullable<LimitOutput["observed"]>,
  color: boolean,
): string {
  const toys = made !== null;
  const error = toys ? [right("±")] : [];
  const columns = [
    { title: "observed" },
    right("best"),
    right("from"),
    ...error,
    right("to"),
    ...error,
    { title: "unit" },
    { title: "" },
  ];
  const rows = regions.map(({ low, high, status, errors }, i) => {
    const ends = status
      .map((one, k) => endOf(one, k === 0 ? "below" : "above", toys))
      .filter((text) => text !== "");
    const numbers = [orOpen(low, -1), orOpen(high, 1)].flatMap((value, k) => {
      const width = errors?.[k] ?? 0;
      return [figure(value, 4), ...(toys ? [width > 0 ? figure(width, 2) : ""] : [])];
    });
    return [parameter, figure(best, 4), ...numbers, unit, [...(i > 0 ? ["and"] : []), ...ends].join("; ")];
  });
  const blank = columns.slice(2, -2).map(() => "");
  const none = [
    parameter,
    figure(best, 4),
    ...blank,
    unit,
    toys ? "every value of the grid is excluded" : "every value is excluded",
  ];
  return printTable(columns, rows.length > 0 ? rows : [none], { color });
}

function orOpen(value: number | null, side: 1 | -1): number {
  return value ?? side * Number.POSITIVE_INFINITY;
}

/** Without an end on a grid of toys, or at all. */
function endOf(status: CrossingStatus, side: "below" | "above", toys: boolean): string {
  if (status !== "open") return endText(status, side);
  return toys ? `goes on ${side} the grid` : `no end ${side}`;
}

function expectedTable(
  { unit, toys }: LimitOutput,
  expected: NonNullable<LimitOutput["expected"]>,
  color: boolean,
): string {
  const columns = [
    { title: "expected without a signal" },
    right("upper end"),
    { title: "unit" },
    { title: "" },
  ];
  const rows = expected.map(({ shift, value }) => [
    shiftText(shift),
    figure(orOpen(value, 1), 4),
    unit,
    value === null ? endOf("open", "above", toys !== null) : "",
  ]);
  return printTable(columns, rows, { color });
}

function shiftText(shift: number): string {
  return shift === 0 ? "median" : `${shift > 0 ? "+" : "-"}${Math.abs(shift)} sigma`;
}

/** A row for each region, and for each expected limit. */
export function limitRows(output: LimitOutput): readonly (readonly (string | number)[])[] {
  const { analysis, parameter, unit, level, method, observed, expected } = output;
  const head = ["analysis", "parameter", "unit", "level", "method", "kind", "shift"];
  const numbers = ["best", "low", "low_error", "high", "high_error"];
  const same = [analysis, parameter, unit, level, method];
  return [
    [...head, ...numbers],
    ...(observed?.regions ?? []).map(({ low, high, errors }) => [
      ...same,
      ...["observed", "", observed!.best],
      ...[orOpen(low, -1), errors?.[0] ?? "", orOpen(high, 1), errors?.[1] ?? ""],
    ]),
    ...(expected ?? []).map(({ shift, value }) => [
      ...same,
      "expected",
      shift,
      "",
      "",
      "",
      orOpen(value, 1),
      "",
    ]),
  ];
}

/** The tests at the values of the grid, for pictures. */
export function pointRows({
  parameter,
  unit,
  level,
  points,
}: LimitOutput): readonly (readonly (string | number)[])[] {
  const name = unit === "" ? parameter : `${parameter} [${unit}]`;
  const head = [name, "t", "asymptotic", "critical", "critical_low", "critical_high", "share"];
  const asymptotic = chiSquareQuantile(level);
  return [
    head,
    ...points.map(({ at, t, critical, criticalLow, criticalHigh, share }) => [
      ...[at, orNaN(t), asymptotic, orNaN(critical), orNaN(criticalLow), orNaN(criticalHigh), orNaN(share)],
    ]),
  ];
}
