/** Exports of examples and of texts, with the likelihood of the compiled analysis beside them. */
import { existsSync, readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import { type BinnedModel, binnedModel } from "../../compiler/exchange/binned-model.ts";
import { chiSquare, type Objective } from "../../runtime/index.ts";
import { type Compiled, compiled, modelOfExample, modelOfText, root, vector } from "../physics/compile.ts";

export interface Exporting extends Compiled {
  readonly binned: BinnedModel;
  /** χ² of the compiled analysis, at values of the spec with changes. */
  readonly chi2: (changes?: Readonly<Record<string, number>>) => number;
}

function exporting(made: Compiled): Exporting {
  const objective: Objective = chiSquare(made.analysis);
  return {
    ...made,
    binned: binnedModel(made.unit),
    chi2: (changes) => objective.value(vector(made.analysis, changes)),
  };
}

export const ofExample = (path: string): Exporting => exporting(compiled(modelOfExample(path)));
export const ofText = (text: string): Exporting => exporting(compiled(modelOfText(text)));

const schemas = `${root}/../shared/schemas/pyhf-1.0.0/`;
export const hasSchemas = existsSync(`${schemas}workspace.json`);
export const needsSchemas = "(needs ../shared/schemas/pyhf-1.0.0)";

/** The published schema of a kind of pyhf's documents. */
export function pyhfSchema(kind: "workspace" | "patchset"): ValidateFunction {
  const read = (name: string): object => JSON.parse(readFileSync(`${schemas}${name}.json`, "utf8"));
  const ajv = new Ajv({ strict: false });
  ajv.addMetaSchema(draft06);
  ajv.addSchema(read("defs"));
  return ajv.compile(read(kind));
}

const draft06: object = JSON.parse(
  readFileSync(new URL(import.meta.resolve("ajv/dist/refs/json-schema-draft-06.json")), "utf8"),
);

/** Points spread over some ranges, always the same ones. */
export function spread(ranges: Readonly<Record<string, readonly [number, number]>>, count: number) {
  const names = Object.keys(ranges);
  return Array.from({ length: count }, (_, i) =>
    Object.fromEntries(
      names.map((name, k) => {
        const [low, high] = ranges[name]!;
        // Multiples of an irrational number lie evenly in the unit interval.
        const share = ((i + 1) * Math.sqrt(2 + 3 * k + k * k)) % 1;
        return [name, low + (high - low) * share];
      }),
    ),
  );
}
