/** Numbers of a document in one form: a sign belongs to its number, an error is absolute. */
import type { ExprJson, NumberJson } from "../interchange/document.ts";
import { multiplyExact, parseDecimal } from "../units/index.ts";

/** `-5` and `+5` as one number. */
export function signed(json: { readonly op: string; readonly args: readonly ExprJson[] }): ExprJson {
  const [only, ...others] = json.args;
  if (only === undefined || others.length > 0 || !("num" in only)) return json;
  if (json.op === "+") return only;
  return json.op === "-" && !/^[+-]/.test(only.num) ? { ...only, num: `-${only.num}` } : json;
}

/** `60 +- 10%` as `60 +- 6`, exactly. */
export function absoluteError(json: { readonly center: ExprJson; readonly error: ExprJson }): ExprJson {
  const { center, error } = json;
  if (!("num" in center) || !("num" in error) || error.percent !== true) return json;
  const [value, width] = [parseDecimal(center.num), parseDecimal(error.num)];
  if (typeof value === "string" || typeof width === "string") return json;
  const { numerator, denominator } = multiplyExact(value, width);
  const digits = String(numerator < 0n ? -numerator : numerator);
  // Denominators are powers of ten; two more are the percent.
  const absolute: NumberJson = { ...center, num: `${digits}e-${String(denominator).length + 1}` };
  return typeof parseDecimal(absolute.num) === "string" ? json : { center, error: absolute };
}
