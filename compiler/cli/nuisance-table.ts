/** Nuisances after a fit, as text for people. */
import type { FitResult, FittedNuisance } from "../../runtime/fit.ts";
import { figure, printTable, right } from "./tables.ts";

export function nuisanceTable({ nuisances }: FitResult, color: boolean): string {
  const columns = [{ title: "nuisance" }, right("value"), right("error"), right("pull"), { title: "unit" }];
  const rows = nuisances.map((one) => {
    const { name, value, pull, unit } = one;
    return [
      name,
      figure(value, 4),
      nuisanceErrorText(one),
      Number.isFinite(pull) ? pull.toFixed(2).replace(/^(?!-)/, "+") : "",
      unit,
    ];
  });
  return printTable(columns, rows, { color });
}

/** `0.19`; where χ² is no parabola `-1.0 +0.27`. */
export function nuisanceErrorText({ error, profile }: FittedNuisance): string {
  if (profile === undefined) return figure(error, 3);
  const [minus, plus] = profile.map((one) => figure(one, 3));
  return `-${minus} +${plus}`;
}

/** What is said of nuisances in which χ² is no parabola. */
export function kinkRemark(nuisances: FitResult["nuisances"]): readonly string[] {
  const names = nuisances.flatMap(({ name, profile }) => (profile === undefined ? [] : [name]));
  if (names.length === 0) return [];
  const [them, its] = names.length === 1 ? ["it", "its"] : ["them", "their"];
  return [
    `chi2 is no parabola in ${names.join(", ")}, as at a kink: errors of ${them} are from ${its} profile, ${its} correlations say little`,
  ];
}
