/** From the text of a plan to the points of its chunks. */
import { type ScanPoint, scanner } from "../../runtime/scan.ts";
import { instantiateCode } from "../emit/instantiate.ts";
import { readPlan } from "./plan.ts";

/** Reads the plan, also in this thread, from its text, so that every engine starts from the same numbers. */
export function chunkComputer(text: string): (chunk: number) => readonly ScanPoint[] {
  const plan = readPlan(text);
  if (plan === undefined) throw new Error("this is no plan of a scan");
  const { identity, start, code } = plan;
  return scanner(instantiateCode(code, identity.analysis), identity.grid, start);
}
