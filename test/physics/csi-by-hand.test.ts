/**
 * The CsI likelihood of the benchmarks, written out by hand with its own formulas and the tables of the library,
 * against the compiled one: a table or a convention that changes on one side only is found here.
 */
import { expect, test } from "vitest";
import { load } from "../../compiler/index.ts";
import { chiSquare } from "../../runtime/index.ts";
import { directChiSquare } from "../bench/direct.ts";
import { mover, parameters, pointOf, valuesAt } from "../bench/points.ts";
import { ordersOf } from "../bench/staged-data.ts";
import { compiled, difference, host, modelOf, root } from "./compile.ts";

test("the CsI likelihood is the one that is written out by hand", () => {
  const { unit, analysis } = compiled(modelOf(load(`${root}/test/bench/csi.sevens`, host)));
  const byHand = directChiSquare(ordersOf(unit));
  const objective = chiSquare(analysis);
  const x = Float64Array.from(objective.start);
  const move = mover(objective, parameters);
  for (const step of [0, 5]) {
    move(x, step);
    expect(difference(objective.value(x), byHand(pointOf(valuesAt(step))))).toBeLessThan(1e-9);
  }
});
