/**
 * The compiler (`sevens/compiler`): pure passes from text to numbers, in the order in which data flows.
 *
 * load (parse, resolve `use`, shape by the kind descriptions) -> check -> lower (units checked, symbolic rates)
 * -> stage (separate, split, discretise, plan) -> kernel form -> emit. Nothing here touches the file system:
 * files come through a `Host`.
 */
export { check } from "./check/index.ts";
export * from "./diagnostics/index.ts";
export { type DumpStage, dump, dumpStages } from "./dump.ts";
export { type BuildFormat, emitMappedModule, emitModule } from "./emit/module.ts";
export { type BinnedModel, binnedModel } from "./exchange/binned-model.ts";
export type { Fidelity } from "./exchange/fidelity.ts";
export { type Hs3Export, hs3Export } from "./exchange/hs3.ts";
export { type PyhfExport, pyhfExport, pyhfObstacles } from "./exchange/pyhf.ts";
export { type CountTable, countTables } from "./exchange/tables.ts";
export type { Expectation } from "./expectation.ts";
export * from "./interchange/index.ts";
export * from "./kinds/index.ts";
export * from "./load/index.ts";
export type { Setting } from "./lower/analysis.ts";
export {
  type CrossSectionAverage,
  type CrossSectionPoint,
  type CrossSectionRequest,
  type CrossSectionTable,
  crossSectionTable,
} from "./lower/cross-section.ts";
export { type ValueRequest, type ValueTable, type Variable, valueTable } from "./lower/value-table.ts";
export type { Declaration, Host, KindName, Model } from "./model/model.ts";
export { type Compilation, type CompileOptions, compile, instantiate } from "./pipeline.ts";
export type { Unit } from "./unit.ts";
