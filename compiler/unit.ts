/** What a request is compiled to. */
import type { Calibration } from "./calibrate.ts";
import { renderModule } from "./emit/emit.ts";
import type { EmittedAnalysis } from "./emit/view.ts";
import type { Expectation } from "./expectation.ts";
import type { KernelProgram } from "./kernel/form.ts";
import { once } from "./once.ts";
import type { Graph } from "./rate/graph.ts";
import type { Outputs } from "./stage/index.ts";
import type { Rule } from "./stage/quadrature.ts";
import type { IntegralReport } from "./stage/separation.ts";

/** Something to evaluate: an analysis, or an experiment with the interactions of the file. */
export interface Unit {
  readonly name: string;
  readonly kind: "analysis" | "experiment";
  readonly emitted: EmittedAnalysis;
  readonly kernel: KernelProgram;
  /** The symbolic rates that the kernel computes, before the choice of nodes. */
  readonly graph: Graph;
  readonly outputs: Outputs;
  /** The integrals left after separation, and what keeps one from being done once. */
  readonly integrals: readonly IntegralReport[];
  /** The generated JavaScript that `instantiate` runs. */
  readonly code: string;
  /** The rates with sums in the place of integrals. */
  readonly discrete: Outputs;
  /** What the integrals became. */
  readonly rules: readonly Rule[];
  /** Counts at the values of the spec, known without code. */
  readonly expectation: Expectation;
  /** Relative quadrature error that was reached, estimated with twice the nodes. */
  readonly reached: number;
  /** What more points would change in total counts elsewhere. */
  readonly changesAt: Calibration["changesAt"];
}

/** What is known of a unit as soon as the number of nodes is. */
export type Calibrated = Pick<
  Unit,
  "name" | "kind" | "graph" | "outputs" | "discrete" | "reached" | "changesAt"
>;

/** How the rest is made. */
export type Makers = {
  readonly [Part in "emitted" | "integrals" | "rules" | "expectation"]: () => Unit[Part];
};

/** A unit whose code is made when it is asked for: tables of counts need none. */
export function unitOnDemand(calibrated: Calibrated, makers: Makers): Unit {
  const emitted = once(makers.emitted);
  const code = once(() => renderModule([emitted()], [], "memory with WebAssembly"));
  const integrals = once(makers.integrals);
  const rules = once(makers.rules);
  const expectation = once(makers.expectation);
  return {
    ...calibrated,
    get emitted() {
      return emitted();
    },
    get kernel() {
      return emitted().kernel;
    },
    get code() {
      return code();
    },
    get integrals() {
      return integrals();
    },
    get rules() {
      return rules();
    },
    get expectation() {
      return expectation();
    },
  };
}
