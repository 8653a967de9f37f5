/** The functions of the signature table as values, by the names that the language uses. */
import { signatures } from "./signatures.ts";
import * as special from "./special.ts";

type Implementation = (...args: number[]) => number;

const mathematics: Readonly<Record<string, Implementation>> = {
  sqrt: Math.sqrt,
  exp: Math.exp,
  log: Math.log,
  log10: Math.log10,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  abs: Math.abs,
  min: Math.min,
  max: Math.max,
};

const exported = new Map<string, Implementation>();
for (const [name, value] of Object.entries(special))
  if (typeof value === "function") exported.set(name, value);

function find(javascript: string): Implementation | undefined {
  return javascript.startsWith("Math.") ? mathematics[javascript.slice(5)] : exported.get(javascript);
}

export const implementations: Readonly<Record<string, Implementation>> = Object.fromEntries(
  signatures.flatMap(({ name, javascript }) => {
    const found = find(javascript);
    return found === undefined ? [] : [[name, found] as const];
  }),
);
