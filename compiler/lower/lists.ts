import type { Expr } from "../../grammar/syntax.ts";

/** Longer ranges are refused when a spec is loaded. */
const mostItems = 1e6;

/** The numbers of a list as they are written, in the unit behind it; ranges with a step are filled in. */
export function listNumbers(expr: Expr): readonly number[] {
  const numbers: number[] = [];
  append(expr, 1, numbers);
  return numbers;
}

/** Data of experiments have thousands: they go straight into one list. */
function append(expr: Expr, sign: number, numbers: number[]): void {
  if (expr.kind === "list") for (const item of expr.items) append(item, sign, numbers);
  else if (expr.kind === "number") numbers.push(sign * Number(expr.text) * (expr.percent ? 0.01 : 1));
  else if (expr.kind === "unary" && expr.operator === "-") append(expr.operand, -sign, numbers);
  else if (expr.kind === "range") for (const value of rangeNumbers(expr)) numbers.push(sign * value);
}

function rangeNumbers(expr: Expr & { kind: "range" }): readonly number[] {
  const [low] = listNumbers(expr.low);
  const [high] = listNumbers(expr.high);
  const [step] = expr.step === undefined ? [] : listNumbers(expr.step);
  if (low === undefined || high === undefined) return [];
  if (step === undefined || !(step > 0)) return [low, high];
  const count = Math.round((high - low) / step);
  // Reported when the spec was loaded.
  if (!(count <= mostItems)) return [low, high];
  // Multiples of the step, rounded to the digits that people write.
  return Array.from({ length: count + 1 }, (_, i) => Number((low + i * step).toPrecision(14)));
}

/** The unit of a list: behind its bracket, or that of its first item. */
export function unitOfList(expr: Expr): string {
  if (expr.kind === "list" && expr.unit !== undefined) return unitText(expr.unit);
  if (expr.kind === "list" && expr.items[0] !== undefined) return unitOfList(expr.items[0]);
  if (expr.kind === "range") return unitOfList(expr.low) || unitOfList(expr.high);
  if (expr.kind === "unary") return unitOfList(expr.operand);
  return expr.kind === "number" && expr.unit !== undefined ? unitText(expr.unit) : "";
}

function unitText({ name, power }: { name: { text: string }; power: number }): string {
  return power === 1 ? name.text : `${name.text}^${power}`;
}
