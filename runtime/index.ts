/**
 * The physics runtime (`sevens/runtime`): what generated modules import. It imports nothing of ours outside this
 * folder, has no start-up and runs in a browser.
 */

export * from "./chi-square.ts";
export * from "./compiled.ts";
export * from "./constants.ts";
export * from "./contour.ts";
export * from "./errors.ts";
export * from "./event-density.ts";
export * from "./events.ts";
export * from "./fisher.ts";
export * from "./fit.ts";
export * from "./hmc.ts";
export * from "./identified.ts";
export * from "./impacts.ts";
export {
  type Interpolant,
  type InterpolationKind,
  interpolant,
  type Outside,
  type Table,
} from "./interpolate.ts";
export * from "./kinematics.ts";
export * from "./likelihood.ts";
export * from "./limit.ts";
export * from "./minimise.ts";
export * from "./minos.ts";
export * from "./panels.ts";
export { power } from "./power.ts";
export * from "./pseudo-experiment.ts";
export * from "./quadrature.ts";
export * from "./random.ts";
export * from "./roots.ts";
export * from "./scan.ts";
export * from "./signatures.ts";
export * from "./special.ts";
export * from "./toy-limit.ts";
export * from "./toy-summary.ts";
export * from "./toys.ts";
